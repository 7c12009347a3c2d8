"""What the facts about a promise tell of its dates, and what leads write about their figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plugins.database import TestDatabase
from support.records import in_post, new_council

from goldenthread.assurance.trend import DatedFact
from goldenthread.forecasting.kinds import DateKind
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status
from goldenthread.record.accuracy import accuracy_notes, promised_by
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.accuracy_notes import LONGEST_NOTE, write_accuracy_note

JUNE = date(2023, 6, 30)


def on(words: str) -> PlanDate:
    found = read_date_phrase(words).date
    assert found
    return found


def fact(series: Series, day: str, value: str | Status | None) -> DatedFact:
    return DatedFact(series, date.fromisoformat(day), on(value) if type(value) is str else value)  # type: ignore[arg-type]


APPROVED = fact(Series.APPROVED, "2022-05-01", "Autumn 2022")


def test_each_day_on_which_something_was_told_says_what_was_expected_and_how_vaguely() -> None:
    told = promised_by(
        [
            APPROVED,
            fact(Series.STATUS, "2022-05-01", Status.NOT_STARTED),
            fact(Series.FORECAST, "2022-09-30", "January 2023"),
            fact(Series.REPORT, "2022-10-31", None),
            fact(Series.FORECAST, "2022-11-30", "10 March 2023"),
        ]
    )
    assert told
    assert [(str(said.on), str(said.expected), said.kind) for said in told.said] == [
        ("2022-05-01", "2022-11-30", DateKind.SEASON),
        ("2022-09-30", "2023-01-31", DateKind.MONTH),
        ("2022-10-31", "2023-01-31", DateKind.MONTH),
        ("2022-11-30", "2023-03-10", DateKind.DAY),
    ]
    assert (told.done_on, told.open_until) == (None, None)


@pytest.mark.parametrize(
    ("actual", "done_on"),
    [
        ("3 February 2023", date(2023, 2, 3)),
        ("January 2023", date(2023, 1, 31)),
        ("February 2023", date(2023, 2, 8)),  # told on the 8th, so it was done by then
        (None, date(2023, 2, 8)),
    ],
)
def test_it_was_done_on_its_actual_date_or_else_when_the_record_first_held_it_done(
    actual: str | None, done_on: date
) -> None:
    facts = [APPROVED, fact(Series.STATUS, "2023-02-08", Status.COMPLETE)]
    facts += [fact(Series.ACTUAL, "2023-02-08", actual)] if actual else []
    facts += [fact(Series.STATUS, "2023-05-01", Status.VERIFIED)]
    told = promised_by(facts)
    assert told
    assert told.done_on == done_on
    assert [said.on for said in told.said] == [date(2022, 5, 1)], "nothing is expected of what is done"


def test_a_completion_that_was_taken_back_is_none() -> None:
    told = promised_by(
        [
            APPROVED,
            fact(Series.STATUS, "2022-11-01", Status.COMPLETE),
            fact(Series.STATUS, "2022-12-01", Status.IN_PROGRESS),
        ]
    )
    assert told
    assert told.done_on is None
    assert len(told.said) == 2


def test_what_was_stopped_says_when_and_what_has_no_end_is_left_out() -> None:
    stopped = promised_by([APPROVED, fact(Series.STATUS, "2023-01-10", Status.CANCELLED)])
    assert stopped
    assert (stopped.done_on, stopped.open_until) == (None, date(2023, 1, 10))
    assert promised_by([APPROVED, fact(Series.STATUS, "2023-01-10", Status.ONGOING)]) is None
    assert promised_by([fact(Series.APPROVED, "2022-05-01", "from June 2022")]) is None
    assert promised_by([fact(Series.STATUS, "2022-05-01", Status.IN_PROGRESS)]) is None


@pytest.fixture
def office(council_db: TestDatabase) -> Actor:
    return new_council()


def note(actor: Actor, text: str, day: date = JUNE, to: str = "director-of-roads") -> None:
    write_accuracy_note(actor=actor, post=to, text=text, written_on=day)


def notes(actor: Actor, day: date = JUNE, known_at: int | None = None) -> dict[str, str]:
    with council_scope(actor.council):
        return {slug: held.text for slug, held in accuracy_notes(day, known_at).items()}


def test_the_last_word_of_a_lead_stands_and_the_earlier_one_is_still_known(office: Actor) -> None:
    lead = in_post(office, "Director of Roads")
    note(lead, "Frost")
    before = head_number(office.council)
    note(lead, "Frost and floods")
    assert notes(office) == {"director-of-roads": "Frost and floods"}
    assert notes(office, known_at=before) == {"director-of-roads": "Frost"}
    assert notes(office, date(2023, 6, 29)) == {}


def test_nobody_writes_for_a_lead_and_whoever_holds_the_post_may_whatever_the_role(office: Actor) -> None:
    lead = in_post(office, "Director of Roads")
    other = in_post(office, "Director of Parks")
    for actor in (office, other, replace(office, role=Role.ASSURER)):
        with pytest.raises(NotAllowed, match="Only whoever holds the post"):
            note(actor, "They are always late")
    note(replace(lead, role=Role.LEADERSHIP), "Frost")
    with pytest.raises(NotAllowed):
        note(lead, "Before I came", day=date(2021, 1, 1))
    for text in (" ", "x" * (LONGEST_NOTE + 1)):
        with pytest.raises(InvalidEdit, match="Say what explains"):
            note(lead, text)
