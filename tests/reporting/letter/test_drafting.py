"""The drafted letter: it says what the record holds, all that fell due, and nothing that the claim check denies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.letters import in_turn, matter_of, with_statuses
from support.needs import require_data
from support.northbury import BEFORE, CUT_OFF, northbury, northbury_matter

from goldenthread.documents import read_document
from goldenthread.examples import example_plan_path
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status
from goldenthread.reading import read_plan
from goldenthread.reporting.claims import Verdict
from goldenthread.reporting.letter import Letter
from goldenthread.reporting.letter.checking import claims_by_sentence
from goldenthread.reporting.letter.drafting import draft_letter, months_after
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.letter.saying import quotable, when
from goldenthread.reporting.matter import IssuedReport, Matter, ThemeGroup

SINCE, UNTIL = date(2022, 11, 30), date(2023, 6, 30)


@pytest.fixture(scope="module")
def example() -> Plan:
    return read_plan(read_document(example_plan_path()))


def resting_on(letter: Letter, identifier: str) -> str:
    return " ".join(
        each.text for each in letter.sentences if identifier in {one.identifier for one in each.supports}
    )


def verdicts(letter: Letter, plan: Plan) -> dict[Verdict, list[str]]:
    found: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    for claims in claims_by_sentence(letter, plan).values():
        for claim in claims:
            found[claim.verdict].append(claim.text)
    return found


# --- what it says of Northbury --------------------------------------------------------------------------------------


def test_it_reports_on_the_days_after_the_last_cut_off() -> None:
    letter = draft_letter(northbury_matter())
    assert (letter.since, letter.until) == (date(2022, 8, 1), CUT_OFF)
    assert letter.is_draft
    assert letter.head.dated is None


def test_what_is_late_is_said_in_the_opening() -> None:
    opening = " ".join(each.text for each in draft_letter(northbury_matter()).opening)
    assert "two actions and one milestone are late at 31 October 2022" in opening


@pytest.mark.parametrize(
    ("ref", "words", "never"),
    [
        ("A3", "“Train members” has been reported complete by its lead", "“Train members” is complete"),
        ("A1", "“Adopt a code of conduct” is embedded", "reported complete by its lead"),
        ("M3", "We missed the milestone “Accounts drafted”, due in September 2022: it is in progress.", "reached"),
        ("A4", "“Close the accounts” is late: it was due in September 2022", "on track"),
        ("A4", "now expected in December 2022", "per cent"),
        ("A4", "by decision of Cabinet (minute 31/22); it was first promised for June 2022", "on track"),
        ("A4", "“The auditor found more to correct”, and the next step is “Second draft in December”", "on track"),
        ("A6", "A change to “Let the waste contract” is proposed, and waits for a decision", "agreed"),
        ("A5", "“Agree the budget” is due in December 2022", "late"),
        ("M2", "The milestone “Budget draft” is due in November 2022", "late"),
    ],
)  # fmt: skip
def test_each_promise_is_told_as_it_stands(ref: str, words: str, never: str) -> None:
    told = resting_on(draft_letter(northbury_matter()), ref)
    assert words in told
    assert never not in told


def test_every_sentence_rests_on_something_and_has_a_number_of_its_own() -> None:
    sentences = list(draft_letter(northbury_matter()).sentences)
    assert [each.number for each in sentences] == list(range(1, len(sentences) + 1))
    assert all(each.supports and not each.own for each in sentences)
    assert all(each.text[0] in "“" or each.text[0].isupper() for each in sentences)
    assert all(each.text.endswith(".") for each in sentences)


def test_a_share_of_evidence_has_its_denominator_and_its_day() -> None:
    told = resting_on(draft_letter(northbury_matter()), "A2")
    assert (
        "Evidence is on file at 31 October 2022 for two of the three actions: three pieces, one of them"
        in told
    )


def test_nothing_done_is_said_to_be_nothing() -> None:
    services = draft_letter(northbury_matter()).chapters[2]
    assert services.achieved[0].text == (
        "Since 1 August 2022 the record shows nothing more under this heading as complete."
    )
    assert services.ahead[-1].text == "Nothing more under this heading falls due by 30 April 2023."


def test_themes_stand_under_the_headings_asked_for_and_none_is_lost() -> None:
    letter = draft_letter(northbury_matter(), groups=(ThemeGroup("Services and money", (3, 2)),))
    assert [(each.heading, each.themes) for each in letter.chapters] == [
        ("Services and money", (3, 2)), ("Culture", (1,))
    ]  # fmt: skip


def test_only_what_was_issued_is_attached(example: Plan) -> None:
    matter = matter_of(example, UNTIL, date(2022, 12, 31))
    nothing = draft_letter(matter)
    assert nothing.attachments == ()
    assert not [each for each in nothing.sentences if "attached" in each.text]

    def issued(number: int, audience: str, day: date) -> IssuedReport:
        return IssuedReport(number, audience, f"To {audience} up to {day}", day, day, "a" * 64)

    march, june = date(2023, 3, 31), date(2023, 6, 30)
    reports = (issued(4, "cabinet", march), issued(5, "members", june), issued(6, "cabinet", june))
    letter = draft_letter(replace(matter, issued=(*reports, issued(7, "annual", june))))
    assert letter.attachments == (
        "To cabinet up to 2023-03-31 (report 4)",
        "To cabinet up to 2023-06-30 (report 6)",
        "To annual up to 2023-06-30 (report 7)",
    )
    (said,) = [each for each in letter.sentences if "attached" in each.text]
    assert said.text == "The annual report on the plan and two reports to Cabinet of this time are attached."
    assert [one.identifier for one in said.supports] == ["Report 4", "Report 6", "Report 7"]


# --- on any plan ----------------------------------------------------------------------------------------------------


def holds(matter: Matter) -> None:
    """What is so of every drafted letter."""
    letter = draft_letter(matter)
    assert not [
        each for each in milestones_due(matter.plan, letter.since, letter.until, letter) if each.is_open
    ]
    found = verdicts(letter, matter.plan)
    assert found[Verdict.CONTRADICTED] == []
    assert found[Verdict.UNQUANTIFIED] == []
    assert len(found[Verdict.UNSUPPORTED]) <= 1  # an action without a title, which nothing can be found by


@pytest.mark.parametrize("day", [BEFORE, CUT_OFF])
def test_northbury_on_two_days(day: date) -> None:
    holds(replace(northbury_matter(), plan=northbury(day), cut_off=day, before=None))
    holds(northbury_matter())


@pytest.mark.parametrize("start", [None, 0, 3, 7])
def test_the_example_plan_at_several_statuses(example: Plan, start: int | None) -> None:
    now = example if start is None else with_statuses(example, in_turn(start), lambda: date(2023, 2, 14))
    holds(matter_of(now, UNTIL, SINCE, example))


@pytest.mark.parametrize("start", [None, 5])
def test_the_published_plan_as_imported(start: int | None) -> None:
    plan = read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))
    now = plan if start is None else with_statuses(plan, in_turn(start), lambda: date(2023, 2, 14))
    holds(matter_of(now, UNTIL, SINCE, plan))


def test_a_plan_without_milestones_is_held_to_its_actions() -> None:
    bare = northbury().model_copy(
        update={"themes": tuple(each.model_copy(update={"milestones": ()}) for each in northbury().themes)}
    )
    due = milestones_due(bare, date(2022, 8, 1), CUT_OFF)
    assert {each.promise.item.ref for each in due} == {"A3", "A4", "A6", "A7"}
    holds(replace(northbury_matter(), plan=bare))


def test_a_season_counts_when_it_overlaps_and_what_was_done_before_does_not() -> None:
    def due(edtf: str, printed: str, since: date, until: date) -> bool:
        theme = northbury().themes[1]
        one = theme.milestones[1]
        dates = one.dates.model_copy(update={"approved": PlanDate.from_edtf(edtf, printed)})
        milestones = (one.model_copy(update={"dates": dates}),)
        plan = northbury().model_copy(
            update={"themes": (theme.model_copy(update={"milestones": milestones}),)}
        )
        return bool(milestones_due(plan, since, until))

    assert due("2022-23", "Autumn 2022", date(2022, 11, 1), date(2023, 4, 30))
    assert not due("2022-23", "Autumn 2022", date(2022, 12, 1), date(2023, 4, 30))
    assert due("2022-11", "Nov 2022", date(2022, 11, 30), date(2022, 11, 30))


def test_a_stopped_milestone_is_told_as_stopped() -> None:
    def stopped(status: Status) -> str:
        theme = northbury().themes[1]
        one = theme.milestones[1].model_copy(update={"status": status})
        plan = northbury().model_copy(update={"themes": (theme.model_copy(update={"milestones": (one,)}),)})
        return resting_on(draft_letter(replace(northbury_matter(), plan=plan)), "M3")

    assert "“Accounts drafted”, due in September 2022, is put off" in stopped(Status.DEFERRED)
    assert "is cancelled" in stopped(Status.CANCELLED)
    assert "gives way to other work" in stopped(Status.SUPERSEDED)


# --- the English of it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "printed", "words"),
    [
        ("2022-09", "Sep 2022", "in September 2022"),
        ("2022-09-12", "12 September 2022", "on 12 September 2022"),
        ("2022-23", "Autumn 2022", "in autumn 2022"),
        ("2022", "2022", "in 2022"),
        ("2022-12~", "Est. Dec 2022", "in about December 2022"),
        ("2022-08/2022-12", "Aug - Dec 2022", "between August and December 2022"),
    ],
)
def test_dates_are_written_as_people_say_them(edtf: str, printed: str, words: str) -> None:
    assert when(PlanDate.from_edtf(edtf, printed)) == words


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("The auditor found more to correct.", "“The auditor found more to correct”"),
        ("Response rates have improved", None),
        ("Response rates rose to 81%", None),
        ("  ", None),
    ],
)
def test_a_reason_that_claims_without_a_figure_is_not_repeated(words: str, quoted: str | None) -> None:
    assert quotable(words) == quoted


def test_months_ahead_end_with_the_month() -> None:
    assert months_after(date(2022, 10, 31), 6) == date(2023, 4, 30)
    assert months_after(date(2022, 8, 15), 6) == date(2023, 2, 15)
