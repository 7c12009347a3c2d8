"""The letter of June 2023 against the plan of June 2022: what an honest reader must notice."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from plugins.database import TestDatabase
from support import held_reports
from support.held_reports import RELEASE, TODAY
from support.letters import matter_of
from support.needs import require_data
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.documents import read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotReady
from goldenthread.record.letters import held_letter
from goldenthread.record.models import Role
from goldenthread.record.services.issuing import issue_report
from goldenthread.record.services.letters import (
    add_sentence,
    mark_of,
    move_sentence,
    remove_sentence,
    set_letter_head,
    sign_off_sentence,
    word_sentence,
)
from goldenthread.record.services.report_drafts import renew_draft
from goldenthread.reporting.letter import Head, Letter, Sentence
from goldenthread.reporting.letter.checking import letter_problems
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.letter.editing import Part, Place, sentence_of, with_head
from goldenthread.reporting.matter import ThemeGroup
from goldenthread.reporting.report_files import ReportFormat

PERIOD = ("--from", "2022-12-01", "--to", "2023-06-30")


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    letter = require_data("plans/sandwell-letter-june-2023.txt")
    plan = require_data("plans/sandwell-improvement-plan-2022.txt")
    command = [sys.executable, "-c", "from goldenthread.cli.main import main; main()", "check-letter"]
    done = subprocess.run(
        [*command, str(letter), "--against", str(plan), *PERIOD, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def claim(found: dict[str, Any], line: int, words: str) -> dict[str, Any]:
    [one] = [each for each in found["claims"] if each["line"] == line and words in each["text"]]
    assert isinstance(one, dict)
    return one


def places(claim: dict[str, Any]) -> set[str]:
    return {because["anchor"] for because in claim["because"]}


@pytest.mark.parametrize(
    ("line", "words", "verdict"),
    [
        (55, "SAR and FOI", "unquantified"),
        (55, "significant progress issues", "unquantified"),
        (35, "one of the highest", "unsupported"),
        (37, "external reviewers", "unsupported"),
        (134, "76.2%", "unquantified"),
    ],
)
def test_claims_without_a_figure_or_a_source(
    found: dict[str, Any], line: int, words: str, verdict: str
) -> None:
    assert claim(found, line, words)["verdict"] == verdict


def test_the_share_of_families_lacks_its_period_and_its_number(found: dict[str, Any]) -> None:
    [because] = claim(found, 134, "76.2%")["because"]
    assert "period" in because["text"]
    assert "number of cases" in because["text"]


@pytest.mark.parametrize(
    ("line", "words", "place"),
    [
        (59, "Oracle Fusion", "P506"),
        (75, "Oracle Programme", "P506"),
        (75, "Programme Management Office", "P550"),
    ],
)
def test_what_was_due_and_is_spoken_of_as_not_done(
    found: dict[str, Any], line: int, words: str, place: str
) -> None:
    one = claim(found, line, words)
    assert one["verdict"] == "contradicted"
    assert place in places(one)


@pytest.mark.parametrize(("line", "words", "place"), [(23, "took up post", "P391"), (109, "30 Year", "P604")])
def test_what_was_done_early_is_supported_and_said_to_be_early(
    found: dict[str, Any], line: int, words: str, place: str
) -> None:
    one = claim(found, line, words)
    assert one["verdict"] == "supported"
    assert place in places(one)
    assert any("early" in because["text"] for because in one["because"])


def test_nine_milestones_fell_due_and_are_not_mentioned(found: dict[str, Any]) -> None:
    assert {one["anchor"] for one in found["unmentioned"]} == {
        "P389", "P505", "P605", "P810", "P815", "P816", "P818", "P924", "P925",
    }  # fmt: skip


# --- the letter's form ----------------------------------------------------------------------------------------------

FOUR = (
    ThemeGroup("Organisational Culture", (1,)),
    ThemeGroup("Corporate Oversight and Strategic Direction", (2, 3)),
    ThemeGroup("Decision Making", (4,)),
    ThemeGroup("Partnerships and Relationships, Procurement and Commercial", (6, 5)),
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def drafted(plan: Plan) -> Letter:
    return draft_letter(matter_of(plan, date(2023, 6, 30), date(2022, 11, 30)), groups=FOUR)


def test_six_themes_stand_under_four_headings(drafted: Letter) -> None:
    assert [(each.heading, each.themes) for each in drafted.chapters if each.themes] == [
        (each.title, each.themes) for each in FOUR
    ]


def test_as_in_june_2023_the_letter_is_a_draft_for_exactly_these_reasons(drafted: Letter, plan: Plan) -> None:
    as_printed = drafted.head.model_copy(
        update={
            "my_ref": "KC/JLP",
            "ask_for": "Kerrie Carmichael",
            "marking": "[IL0: UNCLASSIFIED]",
            "signatory": "Cllr Kerrie Carmichael",
            "role": "Council Leader",
        }
    )
    as_it_was = with_head(drafted, as_printed)
    date_open, draft, telephone = letter_problems(as_it_was, plan)
    assert date_open.startswith("The date of the letter is open")
    assert draft.startswith("The letter is marked as a draft")
    assert telephone.startswith("“Telephone” is empty")
    filled = as_printed.model_copy(update={"dated": date(2023, 6, 30), "telephone": "01234 567890"})
    assert len(letter_problems(with_head(drafted, filled), plan)) == 1
    assert letter_problems(with_head(drafted, filled, is_draft=False), plan) == ()


def test_the_nine_that_the_letter_of_june_2023_did_not_mention_are_all_told(
    drafted: Letter, plan: Plan
) -> None:
    due = milestones_due(plan, drafted.since, drafted.until, drafted)
    places = {f"P{each.promise.item.anchors[0].line}" for each in due if each.told_in}
    assert places >= {"P389", "P505", "P605", "P810", "P815", "P816", "P818", "P924", "P925"}
    assert not [each for each in due if each.is_open]


# --- on the record, from the draft to the issue ---------------------------------------------------------------------

NEWS = "Voters showed a photograph at the polls for the first time."
HEAD = Head(
    my_ref="NB/LC/1",
    ask_for="The Leader's office",
    telephone="01632 960000",
    dated=date(2022, 11, 18),
    signatory="Cllr Ann Leader",
)


def on_record(council_db: TestDatabase) -> tuple[Actor, dict[str, Any]]:
    """Northbury's programme office with a letter in draft, and what every service is told of it."""
    officer = RecordedNorthbury().officer
    number = held_reports.drafted(officer, "letter").number
    return officer, {"actor": officer, "plan": PLAN, "number": number, "release": RELEASE}


def fill_head(about: dict[str, Any], officer: Actor, *, is_draft: bool, head: Head = HEAD) -> None:
    letter = held_letter(officer.council, PLAN, about["number"], RELEASE).letter
    set_letter_head(
        **about, head=head, attachments=letter.attachments, is_draft=is_draft, seen=mark_of(letter.head)
    )


def why_not(officer: Actor, number: int) -> str:
    """Every reason for which the letter is not issued, although everybody has cleared it."""
    ready = held_reports.cleared(officer, held_reports.again(officer, number))
    with pytest.raises(NotReady) as refused:
        issue_report(actor=officer, plan=PLAN, number=number, seen=ready.version, on=TODAY, release=RELEASE)
    return str(refused.value)


def test_no_final_letter_while_the_date_is_open_or_it_is_a_draft(council_db: TestDatabase) -> None:
    officer, about = on_record(council_db)
    number = about["number"]
    refused = why_not(officer, number)
    assert "The date of the letter is open" in refused
    assert "marked as a draft" in refused
    fill_head(about, officer, is_draft=False, head=HEAD.model_copy(update={"dated": None}))
    refused = why_not(officer, number)
    assert "The date of the letter is open" in refused
    assert "marked as a draft" not in refused
    fill_head(about, officer, is_draft=True)
    refused = why_not(officer, number)
    assert "The date of the letter is open" not in refused
    assert "marked as a draft" in refused
    assert not held_reports.again(officer, number).files


def test_an_unsupported_sentence_loses_its_mark_by_a_named_sign_off_and_nothing_else(
    council_db: TestDatabase,
) -> None:
    officer, about = on_record(council_db)
    number = about["number"]
    fill_head(about, officer, is_draft=False)
    made = add_sentence(**about, place=Place(Part.ACHIEVED, 0), text=NEWS, rests_on="", on=TODAY)
    given = {**about, "sentence": made}

    def told() -> Sentence:
        return sentence_of(held_letter(officer.council, PLAN, number, RELEASE).letter, made)

    word_sentence(**given, text=f"{NEWS} It went well.", rests_on="", seen=mark_of(told()), on=TODAY)
    move_sentence(**given, to=Place(Part.CLOSING))
    renew_draft(
        actor=officer, plan=PLAN, number=number, seen=held_reports.again(officer, number).version, on=TODAY,
        release=RELEASE,
    )  # fmt: skip
    assert told().is_unsupported, "other words, another place and the newest record support nothing"
    assert f"Sentence {made}" in why_not(officer, number)
    leader = replace(officer, role=Role.LEADERSHIP, name="Cllr Ann Leader")
    for wrong in ({"reason": ""}, {"reason": "I was there", "actor": replace(leader, role=Role.MEMBER)}):
        with pytest.raises((InvalidEdit, NotAllowed)):
            sign_off_sentence(**{**given, "actor": leader, "seen": mark_of(told()), "on": TODAY, **wrong})
    assert told().is_unsupported
    sign_off_sentence(**{**given, "actor": leader}, reason="I was there", seen=mark_of(told()), on=TODAY)
    assert not told().is_unsupported
    ready = held_reports.cleared(officer, held_reports.again(officer, number))
    issue_report(actor=officer, plan=PLAN, number=number, seen=ready.version, on=TODAY, release=RELEASE)
    issued = held_reports.again(officer, number)
    page = next(each for each in issued.files if each.format is ReportFormat.HTML).content().decode()
    assert NEWS in page
    assert "Cllr Ann Leader, Leadership Team" in page, "the annex says who answers for it"
    with pytest.raises(InvalidEdit, match="does not change any more"):
        remove_sentence(**given, seen=mark_of(told()))
