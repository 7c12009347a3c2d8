"""How long the public pages take: the demonstration’s plan and longer ones, from the record to a folder, and live.

    python benchmarks/publishing.py [ACTIONS ...]

Prints p50, p95 and n in milliseconds: reading what there is to tell, making every file, writing the folder, and giving
one page that is made already. Without ACTIONS, the example plan (64 actions) and one of 500 are measured. Both were
published twice, on the day on which they were adopted and four months on.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

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
from goldenthread.record.public import edition_at, public_files  # noqa: E402
from goldenthread.record.services.councils import create_council  # noqa: E402
from goldenthread.record.services.plans import load_plan  # noqa: E402
from goldenthread.record.services.publishing import publish_plan  # noqa: E402
from goldenthread.reporting.public.folder import write_folder  # noqa: E402
from goldenthread.reporting.public.site import site_files  # noqa: E402

ADOPTED, CUT_OFF = date(2022, 6, 7), date(2022, 9, 30)


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
    name = f"Council of {actions}"
    council = create_council(command="benchmark", name=name)
    officer = Actor(council=council.id, role=Role.PMO, name="benchmark")
    held = load_plan(actor=officer, plan=plan, effective_on=ADOPTED, reason="As approved")
    for day in (ADOPTED, CUT_OFF):
        publish_plan(actor=officer, plan=held.slug, cut_off=day, on=CUT_OFF, reason="For residents")
    print(f"{actions} actions")
    _told("  reading what there is to tell", lambda: edition_at(council.id, held.slug, CUT_OFF), count=5)
    edition = edition_at(council.id, held.slug, CUT_OFF)
    _told(f"  making {len(site_files(edition))} files", lambda: site_files(edition), count=5)
    files, folder = site_files(edition), Path(HOME.name) / f"site-{actions}"
    _told("  writing the folder", lambda: write_folder(folder, files), count=5)
    _told("  all of it", lambda: write_folder(folder, _all(council.id, held.slug)), count=5)
    public_files(council.slug, held.slug)
    _told(
        "  one page that is made already",
        lambda: public_files(council.slug, held.slug)["index.html"],
        count=100,
    )


def _told(name: str, work: Callable[[], object], *, count: int) -> None:
    print(measure(name, work, count=count, warm_up=1))


def _all(council: object, plan: str) -> dict[str, bytes]:
    return site_files(edition_at(council, plan, CUT_OFF))  # type: ignore[arg-type]


def _with(plan: Plan, actions: int) -> Plan:
    """The plan, its first theme filled up to so many actions with copies of its own."""
    first = plan.themes[0]
    wanted = actions - sum(1 for _ in plan.actions())
    more = tuple(
        _copy(first.actions[number % len(first.actions)], f"copy-{number}")
        for number in range(max(wanted, 0))
    )
    return plan.model_copy(
        update={"themes": (first.model_copy(update={"actions": (*first.actions, *more)}), *plan.themes[1:])}
    )


def _copy(action: Action, mark: str) -> Action:
    steps = tuple(_copy(step, mark) for step in action.steps)
    return action.model_copy(update={"key": f"{action.key}/{mark}", "steps": steps})


if __name__ == "__main__":
    main()
