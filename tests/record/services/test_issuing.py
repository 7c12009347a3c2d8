"""Drafting, wording, clearing and issuing reports: what counts, what stands in the way, and what stays for ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connections
from plugins.database import TestDatabase
from support.held_reports import RELEASE, TODAY, again, cleared, drafted, issued, worded
from support.letterheads import letterhead
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury
from support.records import in_post

from goldenthread.assurance.ratings import ByDate, RatingRule
from goldenthread.plan.canonical import content_hash
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, NotReady, NotYetAdopted, StaleDraft
from goldenthread.record.files.storage import path_of
from goldenthread.record.held_reports import Standing
from goldenthread.record.history.selectors import head_number
from goldenthread.record.issued import (
    HeldReport,
    composed,
    held_matter,
    held_report,
    listed_reports,
    report_content,
)
from goldenthread.record.models import Role
from goldenthread.record.models.reports import ClearanceOutcome, ReportState
from goldenthread.record.report_drafts import standing_in_the_way, write_places
from goldenthread.record.report_templates import TemplateKind
from goldenthread.record.services.issuing import clear_stage, issue_report
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.periods import close_period, open_period
from goldenthread.record.services.posts import add_post, rename_post
from goldenthread.record.services.rating_rules import adopt_rating_rule
from goldenthread.record.services.report_drafts import (
    DraftAsked,
    abandon_draft,
    draft_report,
    renew_draft,
    write_draft,
)
from goldenthread.record.services.report_templates import (
    OfferedLetterhead,
    adopt_definition,
    adopt_letterhead,
)
from goldenthread.record.snapshot import snapshot
from goldenthread.reporting.content import Paragraph
from goldenthread.reporting.definitions import definition_text
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.report_files import ReportFormat

LEGAL = "the council’s duties and powers in this matter (Monitoring Officer)"
COST = "what delivery costs, and from which budget it is met (Section 151 Officer)"


@pytest.fixture
def northbury(council_db: TestDatabase) -> RecordedNorthbury:
    return RecordedNorthbury()


@pytest.fixture
def officer(northbury: RecordedNorthbury) -> Actor:
    return northbury.officer


def ask(officer: Actor, audience: str, cut_off: date = CUT_OFF, **days: date | None) -> int:
    asked = DraftAsked(audience, cut_off, days.get("meeting"), days.get("compare"), RELEASE)
    return draft_report(actor=officer, plan=PLAN, asked=asked, on=TODAY)


def write(officer: Actor, held: HeldReport, seen: int | None = None, **written: str) -> int:
    words = {{"legal": LEGAL, "cost": COST}.get(name, name): text for name, text in written.items()}
    return write_draft(
        actor=officer,
        plan=PLAN,
        number=held.number,
        fill={},
        written=words,
        seen=seen or held.version,
        on=TODAY,
    )


def clear(actor: Actor, held: HeldReport, stage: str, by: str = "", back: str | None = None) -> None:
    """Clear a stage, or send it back with words."""
    outcome = ClearanceOutcome.CLEARED if back is None else ClearanceOutcome.SENT_BACK
    clear_stage(
        actor=actor, plan=PLAN, number=held.number, stage=stage, outcome=outcome, words=back or "", cleared_by=by,
        seen=held.version, on=TODAY,
    )  # fmt: skip


def issue(officer: Actor, held: HeldReport) -> None:
    issue_report(actor=officer, plan=PLAN, number=held.number, seen=held.version, on=TODAY, release=RELEASE)


def obstacles(held: HeldReport) -> tuple[str, ...]:
    matter = held_matter(held, RELEASE)
    return standing_in_the_way(held, composed(held, RELEASE, matter), matter)


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_keeps_to_the_record_and_the_definition_as_they_were(northbury: RecordedNorthbury) -> None:
    officer = northbury.officer
    head = head_number(officer.council)
    held = drafted(officer, "cabinet")
    before = composed(held, RELEASE)
    assert (held.number, held.version, held.state, held.known_at) == (1, 1, ReportState.DRAFT, head)
    assert held.title == "Northbury Improvement Plan: progress to 31 October 2022"
    northbury.report("A6", CUT_OFF, status=Status.COMPLETE, actual=PlanDate.on(CUT_OFF))
    own = definition_text("cabinet").replace("progress to {cut_off}", "the council’s own words, {cut_off}")
    adopt_definition(actor=officer, text=own, reason="Ours reads better", seen=0, on=TODAY)
    assert composed(again(officer, 1), RELEASE) == before
    assert str(before.stamp).startswith("Draft 1 of report 1, not issued · As at 31 October 2022")
    renew_draft(actor=officer, plan=PLAN, number=1, seen=1, on=TODAY, release=RELEASE)
    renewed = again(officer, 1)
    assert (renewed.version, renewed.definition_text) == (2, own)
    assert renewed.known_at == head_number(officer.council) - 1
    assert "own words" in composed(renewed, RELEASE).title


def test_a_month_that_was_closed_is_told_as_at_its_closing_until_the_draft_is_renewed(
    northbury: RecordedNorthbury,
) -> None:
    officer = northbury.officer
    period = open_period(actor=officer, plan=PLAN, day=CUT_OFF)
    closed = close_period(actor=officer, period=period.id, today=TODAY).closed_revision
    northbury.report("A5", date(2022, 11, 3), status=Status.COMPLETE)
    assert drafted(officer, "members").known_at == closed
    renew_draft(actor=officer, plan=PLAN, number=1, seen=1, on=TODAY, release=RELEASE)
    assert again(officer, 1).known_at > (closed or 0)


def test_asking_twice_for_a_draft_gives_the_same_one(officer: Actor) -> None:
    assert [ask(officer, "cabinet"), ask(officer, "cabinet")] == [1, 1]
    assert ask(officer, "cabinet", meeting=date(2022, 11, 30)) == 2
    assert ask(officer, "audit") == 3
    abandon_draft(actor=officer, plan=PLAN, number=1, reason="The meeting was cancelled", on=TODAY)
    assert ask(officer, "cabinet") == 4
    assert again(officer, 1).abandoned == "The meeting was cancelled"
    assert [each.number for each in listed_reports(officer.council, PLAN)] == [4, 3, 2, 1]


def test_two_officers_who_start_the_same_draft_at_once_get_one(officer: Actor) -> None:
    numbers: list[int] = []
    together(lambda: numbers.append(ask(officer, "leadership")))
    assert numbers == [1, 1]
    assert len(listed_reports(officer.council, PLAN)) == 1


def test_a_pack_is_for_a_reviewer_that_the_plan_knows(officer: Actor) -> None:
    held = again(officer, ask(officer, "reviewer-auditor"))
    assert held.reviewer == "Auditor"
    assert composed(held, RELEASE).audience == "reviewer:Auditor"
    with pytest.raises(NotFound, match="No report is defined for reviewer-nobody"):
        ask(officer, "reviewer-nobody")
    with pytest.raises(InvalidEdit, match="Say whose pack it is"):
        ask(officer, "reviewer")


def test_what_cannot_be_drafted_is_refused_in_words(officer: Actor) -> None:
    wrong = (
        (InvalidEdit, "8 November 2022 is still to come", {"cut_off": date(2022, 11, 8)}),
        (NotYetAdopted, "took effect on 4 January 2022", {"cut_off": date(2022, 1, 3)}),
        (InvalidEdit, "The meeting must not be before", {"meeting": date(2022, 10, 30)}),
        (InvalidEdit, "must be before the cut-off", {"compare": CUT_OFF}),
    )
    for error, said, days in wrong:
        with pytest.raises(error, match=said):
            ask(officer, "cabinet", **days)
    with pytest.raises(NotAllowed, match="may not prepare and issue reports"):
        ask(replace(officer, role=Role.LEADERSHIP), "cabinet")
    assert not listed_reports(officer.council, PLAN)


# --- words ------------------------------------------------------------------------------------------------------------


def test_words_stand_where_the_report_asked_for_them(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    asked = {place.key: place.heading for place in write_places(held, held_matter(held, RELEASE))}
    assert asked[LEGAL] == "Legal and governance"
    assert write(officer, held, legal="The council has power to do so.\n\nIt need not ask.") == 2
    told = again(officer, 1)
    legal = next(part for part in composed(told, RELEASE).sections if part.title == "Legal and governance")
    assert Paragraph(("The council has power to do so.",)) in legal.blocks
    assert Paragraph(("It need not ask.",)) in legal.blocks
    assert not any(LEGAL in each for each in obstacles(told))
    shown = {place.key: place.words for place in write_places(told, held_matter(told, RELEASE))}
    assert shown[LEGAL].startswith("The council has power")
    assert write(officer, told, legal="The council has power to do so. \r\n\r\nIt need not ask.  ") == 2
    assert write(officer, told, legal="") == 3
    assert again(officer, 1).written == {}


def test_a_place_that_is_not_there_and_what_the_record_says_itself_cannot_be_worded(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    with pytest.raises(InvalidEdit, match="no place “whatever”"):
        write(officer, held, whatever="words")
    for blank in ("hash", "cut_off", "revision"):
        with pytest.raises(InvalidEdit, match=f"no place “{blank}”"):
            write_draft(
                actor=officer, plan=PLAN, number=1, fill={blank: "forged"}, written={}, seen=1, on=TODAY
            )
    with pytest.raises(InvalidEdit, match="longer than 20,000 characters"):
        write(officer, held, legal="x" * 20_001)
    assert again(officer, 1).version == 1


def test_two_officers_who_write_for_different_places_both_keep_their_words(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    write(officer, held, legal="Powers.", cost="")
    assert write(officer, held, seen=1, legal="", cost="From reserves.") == 3
    assert again(officer, 1).written == {LEGAL: "Powers.", COST: "From reserves."}


def test_two_officers_who_write_for_the_same_place_see_both_versions(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    write(officer, held, legal="Powers, said the first.")
    with pytest.raises(StaleDraft) as stale:
        write(officer, held, seen=1, legal="Powers, said the second.", cost="From reserves.")
    (conflict,) = stale.value.theirs
    assert (conflict.field, conflict.seen) == (LEGAL, "")
    assert (conflict.theirs, conflict.ours) == ("Powers, said the first.", "Powers, said the second.")
    assert again(officer, 1).written == {LEGAL: "Powers, said the first."}
    assert write(officer, held, seen=stale.value.version, legal="Powers, said the second.") == 3


def test_a_renewed_draft_keeps_the_words_and_does_not_move_where_nothing_is_new(
    northbury: RecordedNorthbury,
) -> None:
    officer = northbury.officer
    write(officer, drafted(officer, "cabinet"), legal="Powers.")
    assert renew_draft(actor=officer, plan=PLAN, number=1, seen=2, on=TODAY, release=RELEASE) == 3
    held = again(officer, 1)
    assert held.written == {LEGAL: "Powers."}
    with pytest.raises(StaleDraft, match="you saw version 2, and it is version 3 now"):
        renew_draft(actor=officer, plan=PLAN, number=1, seen=2, on=TODAY, release=RELEASE)


# --- clearance --------------------------------------------------------------------------------------------------------


def standings(held: HeldReport) -> dict[str, Standing]:
    return {stage.name: stage.standing for stage in held.stages}


def test_a_clearance_counts_for_the_version_that_it_was_given_to(officer: Actor) -> None:
    held = drafted(officer, "reviewer-auditor")
    assert standings(held) == {"Programme office": Standing.WAITING, "Monitoring Officer": Standing.WAITING}
    clear(officer, held, "monitoring-officer", by="M. Poole, Monitoring Officer")  # any order
    clear(officer, held, "Programme office")
    told = again(officer, 1)
    assert set(standings(told).values()) == {Standing.CLEARED}
    last = told.stages[1].last
    assert last
    assert (last.by, last.recorded_by) == ("M. Poole, Monitoring Officer", "Programme office")
    assert not obstacles(told)
    renew_draft(actor=officer, plan=PLAN, number=1, seen=1, on=TODAY, release=RELEASE)
    moved = again(officer, 1)
    assert set(standings(moved).values()) == {Standing.EARLIER}
    assert len(obstacles(moved)) == 2
    with pytest.raises(NotReady, match="version 1 was cleared on 7 November 2022"):
        issue(officer, moved)
    with pytest.raises(StaleDraft):
        clear(officer, held, "Programme office")


def test_what_is_sent_back_says_why_and_stands_in_the_way(officer: Actor) -> None:
    held = drafted(officer, "reviewer-auditor")
    with pytest.raises(InvalidEdit, match="Say what has to change"):
        clear(officer, held, "Monitoring Officer", by="M. Poole", back=" ")
    clear(officer, held, "Monitoring Officer", by="M. Poole")
    clear(officer, held, "Monitoring Officer", by="M. Poole", back="Take the name out")
    assert standings(again(officer, 1))["Monitoring Officer"] is Standing.SENT_BACK
    assert any(
        "sent back by M. Poole" in each and "Take the name out" in each
        for each in obstacles(again(officer, 1))
    )
    clear(officer, held, "Monitoring Officer", by="M. Poole")
    assert standings(again(officer, 1))["Monitoring Officer"] is Standing.CLEARED
    assert len(again(officer, 1).clearances) == 3


def test_saying_twice_that_a_stage_is_cleared_is_said_once(officer: Actor) -> None:
    held = drafted(officer, "members")
    before = head_number(officer.council)
    for _ in range(2):
        clear(officer, held, "programme-office")
    assert len(again(officer, 1).clearances) == 1
    assert head_number(officer.council) == before + 1


def test_who_may_clear(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    finance = in_post(officer, "Director of Finance")
    monitoring = in_post(officer, "Monitoring Officer")
    leader = replace(officer, role=Role.LEADERSHIP)
    clear(finance, held, "Finance", by="Somebody else")
    clear(monitoring, held, "Monitoring Officer")
    clear(leader, held, "Commissioners")
    said = {each.stage: each.by for each in again(officer, 1).clearances}
    assert said == {
        "Finance": "Director of Finance",
        "Monitoring Officer": "Monitoring Officer",
        "Commissioners": "Leadership Team",
    }
    refused = (
        (finance, "Monitoring Officer", "Ask whoever holds that post"),
        (finance, "Programme office", "Only the programme office"),
        (replace(officer, role=Role.MEMBER), "Finance", "may not clear reports"),
    )
    for actor, stage, why in refused:
        with pytest.raises(NotAllowed, match=why):
            clear(actor, held, stage)
    with pytest.raises(InvalidEdit, match="Say who cleared it for Legal"):
        clear(officer, held, "Legal")
    with pytest.raises(NotFound, match="no stage “Audit”"):
        clear(officer, held, "Audit", by="X")


# --- issue ------------------------------------------------------------------------------------------------------------


def test_it_is_refused_with_every_reason_at_once(officer: Actor) -> None:
    held = drafted(officer, "cabinet")
    write(officer, held, legal="Powers.")
    held = again(officer, 1)
    clear(officer, held, "Finance", by="F. Ash")
    with pytest.raises(NotReady) as refused:
        issue(officer, held)
    reasons = refused.value.reasons
    assert sum(each.startswith("Still to be written: ") for each in reasons) == 8
    assert sum(each.endswith(": not cleared yet") for each in reasons) == 5
    assert len(reasons) == 13
    assert again(officer, 1).is_draft
    assert not again(officer, 1).files


def test_each_open_condition_alone_stops_it(officer: Actor) -> None:
    ready = cleared(officer, worded(officer, drafted(officer, "cabinet")))
    assert not obstacles(ready)
    clear(officer, ready, "Legal", by="L. Orr", back="One word")
    with pytest.raises(NotReady, match="Legal: sent back by L"):
        issue(officer, ready)
    clear(officer, ready, "Legal", by="L. Orr")
    write(officer, ready, legal="")
    unwritten = cleared(officer, again(officer, 1))
    with pytest.raises(NotReady) as refused:
        issue(officer, unwritten)
    assert refused.value.reasons == (f"Still to be written: Legal and governance: {LEGAL}",)
    write(officer, unwritten, legal="Powers.")
    with pytest.raises(StaleDraft):
        issue(officer, unwritten)
    with pytest.raises(NotAllowed, match="may not prepare and issue"):
        issue(replace(officer, role=Role.ASSURER), again(officer, 1))
    issue(officer, cleared(officer, again(officer, 1)))
    assert again(officer, 1).is_issued


def test_a_figure_that_differs_from_another_report_stands_in_the_way(officer: Actor) -> None:
    held = cleared(officer, worded(officer, drafted(officer, "cabinet")))
    matter = held_matter(held, RELEASE)
    report = composed(held, RELEASE, matter)
    first, *others = report.sections
    forged = Paragraph((Figure("actions.all", 7777), " actions"))
    wrong = replace(report, sections=(replace(first, blocks=(*first.blocks, forged)), *others))
    (reason,) = standing_in_the_way(held, wrong, matter)
    assert "7,777" in reason
    assert "A figure is not the same everywhere" in reason


def test_a_letter_is_not_issued_while_it_is_no_final_letter(officer: Actor) -> None:
    held = cleared(officer, drafted(officer, "letter"))
    with pytest.raises(NotReady) as refused:
        issue(officer, held)
    assert "The date of the letter is open. Give its day in the head of the letter." in refused.value.reasons
    assert any("marked as a draft" in each for each in refused.value.reasons)


def test_issued_twice_it_is_issued_once(officer: Actor) -> None:
    ready = cleared(officer, worded(officer, drafted(officer, "members")))
    before = head_number(officer.council)
    together(lambda: issue(officer, ready))
    issue(officer, ready)
    told = again(officer, ready.number)
    assert head_number(officer.council) == before + 1
    assert [each.format for each in told.files] == list(ReportFormat)
    assert (told.issued_on, told.issued_by, told.release) == (TODAY, "Programme office", RELEASE)
    assert all(path_of(each.sha256).stat().st_size == each.size for each in told.files)


def test_nothing_of_an_issued_report_changes(officer: Actor) -> None:
    held = issued(officer, "members")
    for attempt in (
        lambda: write(officer, held, legal=""),
        lambda: renew_draft(actor=officer, plan=PLAN, number=1, seen=1, on=TODAY, release=RELEASE),
        lambda: abandon_draft(actor=officer, plan=PLAN, number=1, reason="Regret", on=TODAY),
        lambda: clear(officer, held, "Programme office", back="Too late"),
    ):
        with pytest.raises(InvalidEdit, match="was issued on 7 November 2022 and does not change any more"):
            attempt()
    assert again(officer, 1) == held
    assert ask(officer, "members") == 2, "another report to the same audience is a new draft"


def test_a_draft_that_was_given_up_is_not_issued(officer: Actor) -> None:
    held = drafted(officer, "members")
    abandon_draft(actor=officer, plan=PLAN, number=1, reason="Not needed", on=TODAY)
    with pytest.raises(InvalidEdit, match="was given up"):
        issue(officer, held)
    assert obstacles(again(officer, 1)) == ("The draft was given up: Not needed",)


def test_a_year_later_an_issued_report_is_what_it_was(northbury: RecordedNorthbury) -> None:
    officer = northbury.officer
    adopt_letterhead(
        actor=officer, kind=TemplateKind.DOCX, reason="Ours", seen=0, on=TODAY,
        offered=OfferedLetterhead("ours.docx", letterhead("docx")),
    )  # fmt: skip
    held = issued(officer, "cabinet")
    stored = {each.format: each.content() for each in held.files}
    assert held.head_hash[:12] in str(composed(held, RELEASE).stamp)
    _a_year(northbury)
    told = again(officer, held.number)
    assert told == held
    then = snapshot(council=officer.council, plan=PLAN, cut_off=held.cut_off, known_at=held.known_at)
    assert content_hash(then) == held.snapshot_hash
    now = snapshot(council=officer.council, plan=PLAN, cut_off=held.cut_off)
    assert content_hash(now) != held.snapshot_hash, "what was recorded since does change that day"
    assert {each.format: each.content() for each in told.files} == stored
    made = report_content(told, composed(told, RELEASE), tuple(ReportFormat))
    assert [format_ for format_ in ReportFormat if made[format_] != stored[format_]] == []
    assert b"Report 1" in stored[ReportFormat.HTML]
    assert b"not issued" not in stored[ReportFormat.HTML]


def _a_year(northbury: RecordedNorthbury) -> None:
    """Twelve months of changes, some of them of days before the cut-off, of everything that a report rests on."""
    officer = northbury.officer
    northbury.report("A6", date(2022, 10, 3), status=Status.COMPLETE, actual=PlanDate.on(date(2022, 10, 3)))
    northbury.report("A2", date(2022, 7, 1), status=Status.IN_PROGRESS)
    northbury.move("A5", "2023-06", date(2022, 10, 20), "minute 40/22")
    for month in range(1, 10):
        northbury.report("A4", date(2023, month, 28), status=Status.IN_PROGRESS, highlight=f"Month {month}")
    enter_meetings(actor=officer, body="cabinet", days=[date(2022, 11, 2)])
    strict = RatingRule(name="Strict", test=ByDate(amber_days=0))
    adopt_rating_rule(actor=officer, rule=strict, adopted_on=CUT_OFF, note="", reason="Cabinet asked for it")
    add_post(actor=officer, name="Chief of Finance", reason="A new post")
    rename_post(actor=officer, post="chief-of-finance", name="Corporate Director", reason="Renamed")
    own = definition_text("cabinet").replace('title = "{plan}', 'title = "Other words: {plan}', 1)
    adopt_definition(actor=officer, text=own, reason="Ours reads better", seen=0, on=date(2023, 5, 1))
    adopt_letterhead(
        actor=officer, kind=TemplateKind.DOCX, reason="A new crest", seen=1, on=date(2023, 5, 1),
        offered=OfferedLetterhead("new.docx", letterhead("docx", "Another motto")),
    )  # fmt: skip
    later = issued(officer, "cabinet", date(2023, 9, 30))
    assert later.title.startswith("Other words")


def test_issuing_killed_at_any_step_is_done_wholly_or_not_at_all(
    council_db: TestDatabase, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": council_db.address.url(council_db.name),
        "GOLDENTHREAD_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
    }
    script = Path(__file__).parents[1] / "killed_issues.py"
    run = subprocess.run(
        [sys.executable, script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    *killed, whole = [json.loads(line) for line in run.stdout.splitlines()]
    assert whole.pop("ended") > 20, "it counted its statements"
    assert whole == {"state": "issued", "files": 7, "kept": 7, "verified": True}
    assert len(killed) == 8
    for each in killed:
        assert each == {"ended": -signal.SIGKILL, "state": "draft", "files": 0, "kept": 0, "verified": True}


def together(work: object) -> None:
    """The same twice at once, each on a connection of its own."""
    barrier = Barrier(2)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            barrier.wait(timeout=30)
            work()  # type: ignore[operator]
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failed, failed


@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_the_database_itself_keeps_what_was_issued(
    council_db: TestDatabase, officer: Actor, role: str
) -> None:
    held = issued(officer, "members")
    with psycopg.connect(getattr(council_db, role)) as connection:
        connection.execute("SELECT set_config('app.council', %s, false)", [str(officer.council)])
        for statement in (
            "UPDATE report SET cut_off = cut_off + 1",
            "UPDATE report SET state = 'draft'",
            "UPDATE report SET title = 'Another'",
            "DELETE FROM report",
            "UPDATE report_file SET ending = 'x'",
            "DELETE FROM report_file",
            "UPDATE report_clearance SET stage = 'x'",
            "DELETE FROM report_clearance",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation), connection.transaction():
                connection.execute(statement)
        connection.execute("UPDATE report SET published_by = 'Programme office'")
        connection.rollback()
    assert held_report(officer.council, PLAN, held.number) == held
