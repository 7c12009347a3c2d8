"""Dates in words: vague ones stay vague, all four are always there, and late means after the last day."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status
from goldenthread.web.presenting.dates import date_words, four_dates, is_past, movement, span_words, standing


def read(words: str) -> PlanDate:
    found = read_date_phrase(words).date
    assert found, words
    return found


@pytest.mark.parametrize(
    ("printed", "note"),
    [
        ("Jun 2022", None),
        ("June 2022", None),
        ("18 May 2022", None),
        ("2022", None),
        ("Autumn 2022", "1 September to 30 November 2022"),
        ("By Sep 2023", None),
        ("Achieved April 2022", None),
        ("End 2022", "December 2022; approximate"),
        ("Aug 2022 and then quarterly", "August 2022"),
        ("Winter 2022", "1 December 2022 to 28 February 2023"),
    ],
)
def test_a_date_is_shown_as_printed_with_its_days_where_they_are_not_plain(
    printed: str, note: str | None
) -> None:
    words = date_words(read(printed))
    assert words.text == printed
    assert words.note == note


def test_an_approximate_or_inferred_date_says_so() -> None:
    assert "approximate" in (date_words(read("Late 2022")).note or "")
    assert date_words(read("Jun 2022").with_inferred()).note == "worked out, not printed"


def test_a_date_that_nobody_gave_is_not_left_blank() -> None:
    assert date_words(None).text == "Not set"
    assert not date_words(None).known


def test_the_four_dates_are_always_there_in_order() -> None:
    shown = four_dates(Dates(approved=read("Jun 2022")))
    assert [(name, words.text) for name, words in shown] == [
        ("Original date", "Not set"),
        ("Approved date", "Jun 2022"),
        ("Forecast date", "Not set"),
        ("Actual date", "Not set"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 6, 7), date(2022, 6, 7), "7 June 2022"),
        (date(2022, 9, 1), date(2022, 9, 30), "September 2022"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 12, 1), date(2023, 2, 28), "1 December 2022 to 28 February 2023"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1 February to 28 February 2024"),
    ],
)
def test_spans(first: date, last: date, words: str) -> None:
    assert span_words(first, last) == words


def test_autumn_is_late_on_the_first_of_december_and_not_before() -> None:
    dates = Dates(approved=read("Autumn 2022"))
    assert not is_past(Status.IN_PROGRESS, dates, date(2022, 11, 30))
    assert is_past(Status.IN_PROGRESS, dates, date(2022, 12, 1))
    assert standing(Status.IN_PROGRESS, dates, date(2022, 11, 30)) == "Due today"
    assert standing(Status.IN_PROGRESS, dates, date(2022, 12, 1)) == "Date passed 1 day ago"


def test_the_date_that_stands_counts_and_not_the_original() -> None:
    dates = Dates(original=read("Jun 2022"), approved=read("Dec 2022"))
    assert not is_past(Status.UNKNOWN, dates, date(2022, 8, 1))
    assert is_past(Status.UNKNOWN, Dates(original=read("Jun 2022")), date(2022, 8, 1))


@pytest.mark.parametrize("status", [Status.COMPLETE, Status.VERIFIED, Status.CANCELLED, Status.DEFERRED])
def test_what_is_done_or_stopped_is_not_late(status: Status) -> None:
    assert standing(status, Dates(approved=read("Jun 2022")), date(2025, 1, 1)) is None


def test_a_date_without_a_last_day_is_never_late() -> None:
    assert standing(Status.IN_PROGRESS, Dates(approved=read("from June 2022")), date(2030, 1, 1)) is None


def test_movement_is_measured_from_the_original_date() -> None:
    assert movement(Dates(original=read("Jun 2022"), approved=read("Sep 2022"))) == (
        "Moved 3 months later than the original date"
    )
    assert movement(Dates(original=read("Sep 2022"), approved=read("Jun 2022"))) == (
        "Moved 3 months earlier than the original date"
    )
    assert movement(Dates(original=read("Jun 2022"), approved=read("Jun 2022"))) is None
    assert movement(Dates(approved=read("Jun 2022"))) is None
