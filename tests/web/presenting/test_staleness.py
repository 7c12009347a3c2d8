"""How long ago a promise was confirmed, in words and against the intervals that a council has agreed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.judgements import Door, Report
from goldenthread.record.cycle.settings import CycleSettings
from goldenthread.web.presenting.staleness import (
    Freshness,
    freshness_counts,
    staleness,
    staleness_words,
)

BEGAN, AGREED = date(2022, 6, 7), CycleSettings(fresh_days=35, stale_days=62)


def said(days_ago: int, today: date) -> str:
    report = Report(as_at=today - timedelta(days=days_ago), by="Director", door=Door.PAGE)
    return staleness_words(report, BEGAN, today, AGREED)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Confirmed today"),
        (1, "Last confirmed 1 day ago"),
        (35, "Last confirmed 35 days ago"),
        (36, "Last confirmed 36 days ago – later than the 35 days agreed"),
        (47, "Last confirmed 47 days ago – later than the 35 days agreed"),
        (62, "Last confirmed 62 days ago – later than the 35 days agreed"),
        (63, "Last confirmed 63 days ago – longer than the 62 days that are acceptable"),
    ],
)
def test_the_words_say_the_days_and_the_interval_that_was_missed(days: int, words: str) -> None:
    assert said(days, date(2023, 1, 31)) == words


def test_what_was_never_confirmed_counts_from_the_plan() -> None:
    assert staleness_words(None, BEGAN, BEGAN, AGREED) == "Not confirmed yet: the plan took effect today"
    assert staleness_words(None, BEGAN, date(2022, 7, 7), AGREED) == (
        "Never confirmed in the 30 days since the plan took effect"
    )
    assert staleness_words(None, BEGAN, date(2022, 8, 30), AGREED).endswith(
        "longer than the 62 days that are acceptable"
    )


def test_counts_keep_those_apart_that_were_never_confirmed() -> None:
    today = date(2022, 8, 30)
    found = [
        staleness(Report(as_at=day, by="Director", door=Door.PAGE), BEGAN, today, AGREED)
        for day in (date(2022, 8, 30), date(2022, 7, 20), date(2022, 6, 7))
    ]
    found.append(staleness(None, BEGAN, today, AGREED))
    assert [count for _, count in freshness_counts(found)] == [1, 1, 1, 1]


@given(st.integers(0, 900), st.integers(1, 400), st.integers(0, 400))
def test_every_age_has_one_place(days: int, fresh: int, more: int) -> None:
    settings = CycleSettings(fresh_days=fresh, stale_days=min(400, fresh + more))
    found = staleness(None, BEGAN, BEGAN + timedelta(days=days), settings)
    expected = (
        Freshness.FRESH
        if days <= settings.fresh_days
        else Freshness.LATE
        if days <= settings.stale_days
        else Freshness.STALE
    )
    assert (found.days, found.freshness) == (days, expected)
