"""How long reports take: Word, OpenDocument and PDF/UA of the Cabinet report together, on plans of two sizes.

    python benchmarks/reports.py [ACTIONS ...]

Prints p50, p95 and n in milliseconds: reading what there is to say, composing it, holding its figures against those of
every other report, and writing the three files side by side; then the web page and the workbook. Without ACTIONS, the
example plan (64 actions) and one of 500 are measured. Both stand four months after they were adopted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date

import django
from timing import machine, measure

HOME = tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-")
os.environ["GOLDENTHREAD_HOME"] = HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"

from goldenthread.web.database import provide_database  # noqa: E402

SERVER = provide_database()
django.setup()

from django.db import connections  # noqa: E402

from goldenthread.documents import read_document  # noqa: E402
from goldenthread.examples import example_plan_path  # noqa: E402
from goldenthread.plan.model import Action, Plan  # noqa: E402
from goldenthread.reading import read_plan  # noqa: E402
from goldenthread.record.actor import Actor  # noqa: E402
from goldenthread.record.database import migrate_if_needed  # noqa: E402
from goldenthread.record.models import Role  # noqa: E402
from goldenthread.record.reports import ReportOn, report_matter  # noqa: E402
from goldenthread.record.services.councils import create_council  # noqa: E402
from goldenthread.record.services.plans import load_plan  # noqa: E402
from goldenthread.reporting.composing import compose, disagreements  # noqa: E402
from goldenthread.reporting.definitions import definition_for  # noqa: E402
from goldenthread.reporting.report_files import ReportFormat, report_file, report_files  # noqa: E402

ADOPTED, CUT_OFF = date(2022, 6, 7), date(2022, 9, 30)
THREE = (ReportFormat.DOCX, ReportFormat.ODT, ReportFormat.PDF)


def main() -> None:
    """Measure, print, and leave nothing behind."""
    print(machine())
    migrate_if_needed()
    try:
        example = read_plan(read_document(example_plan_path()))
        for actions in map(int, sys.argv[1:] or ("64", "500")):
            _measure(_with(example, actions), actions)
    finally:
        connections.close_all()
        if SERVER:
            SERVER.release()


def _measure(plan: Plan, actions: int) -> None:
    council = create_council(command="benchmark", name=f"Council of {actions}")
    actor = Actor(council=council.id, role=Role.PMO, name="benchmark")
    held = load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Approved")
    on = ReportOn(council.id, held.slug, CUT_OFF, 3, release="benchmark")
    definition = definition_for("cabinet")
    matter = report_matter(on)
    report = compose(matter, definition)
    count = 10 if actions <= 100 else 5
    for name, work in (
        ("read what there is to say", lambda: report_matter(on)),
        ("compose", lambda: compose(matter, definition)),
        ("hold every figure against the others", lambda: disagreements(report, matter)),
        ("Word, ODT and PDF/UA together", lambda: report_files(report, THREE)),
        ("all of it", lambda: _all(on)),
        ("web page", lambda: report_file(report, ReportFormat.HTML)),
        ("workbook", lambda: report_file(report, ReportFormat.XLSX)),
    ):
        print(measure(f"{actions} actions: {name}", work, count=count, warm_up=1))


def _all(on: ReportOn) -> None:
    matter = report_matter(on)
    report = compose(matter, definition_for("cabinet"))
    assert not disagreements(report, matter)
    report_files(report, THREE)


def _with(plan: Plan, actions: int) -> Plan:
    """The plan with so many actions: its own over and over, each time under other keys."""
    own = sum(len(theme.actions) for theme in plan.themes)
    if actions == own:
        return plan
    times = -(-actions // own)
    left, themes = actions, []
    for theme in plan.themes:
        copies = [_again(action, turn) for turn in range(times) for action in theme.actions][: max(left, 0)]
        left -= len(copies)
        themes.append(theme.model_copy(update={"actions": tuple(copies)}))
    return plan.model_copy(update={"themes": tuple(themes), "questions": ()})


def _again(action: Action, turn: int) -> Action:
    steps = tuple(_again(step, turn) for step in action.steps)
    return action.model_copy(update={"key": f"{action.key}/again-{turn}", "steps": steps})


if __name__ == "__main__":
    main()
