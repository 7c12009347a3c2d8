"""How a promise's date has moved: readings day by day, and when that is called sliding day for day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.assurance.trend import DatedFact, Trend, trend_of
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

START = date(2022, 6, 7)


def month(edtf: str) -> PlanDate:
    return PlanDate.from_edtf(edtf, edtf)


def promised(edtf: str) -> list[DatedFact]:
    return [DatedFact(series, START, month(edtf)) for series in (Series.APPROVED, Series.ORIGINAL)]


def told(*said: tuple[date, str | None], first: str = "2022-09") -> Trend:
    """A promise for `first`, then what was expected on each of these days (None: confirmed)."""
    facts = promised(first)
    for day, edtf in said:
        if edtf:
            facts.append(DatedFact(Series.FORECAST, day, month(edtf)))
        facts.append(DatedFact(Series.REPORT, day))
    return trend_of(facts)


def test_each_day_of_a_report_has_the_date_then_expected() -> None:
    trend = told((date(2022, 7, 31), None), (date(2022, 8, 31), "2022-11"), (date(2022, 9, 30), None))
    assert [(r.on, r.expected.edtf, r.by_lead) for r in trend.readings] == [
        (START, "2022-09", False),
        (date(2022, 7, 31), "2022-09", False),
        (date(2022, 8, 31), "2022-11", True),
        (date(2022, 9, 30), "2022-11", True),
    ]
    assert trend.original == month("2022-09")
    assert (trend.moves, trend.moved_days) == (1, 61)


def test_of_two_statements_about_one_day_the_later_counts() -> None:
    facts = [
        *promised("2022-09"),
        DatedFact(Series.FORECAST, date(2022, 8, 31), month("2022-12")),
        DatedFact(Series.FORECAST, date(2022, 8, 31), month("2022-10")),
    ]
    assert [reading.expected.edtf for reading in trend_of(facts).readings] == ["2022-09", "2022-10"]


def test_a_lead_who_can_no_longer_tell_leaves_the_approved_date() -> None:
    facts = [
        *promised("2022-09"),
        DatedFact(Series.FORECAST, date(2022, 7, 31), month("2022-12")),
        DatedFact(Series.FORECAST, date(2022, 8, 31), None),
    ]
    assert [reading.expected.edtf for reading in trend_of(facts).readings] == [
        "2022-09",
        "2022-12",
        "2022-09",
    ]


def test_a_date_that_moves_a_month_each_month_slides_day_for_day() -> None:
    trend = told(
        (date(2022, 7, 31), "2022-10"), (date(2022, 8, 31), "2022-11"), (date(2022, 9, 30), "2022-12")
    )
    assert trend.slide
    assert (trend.slide.since, trend.slide.moved, trend.slide.passed) == (date(2022, 7, 31), 61, 61)
    assert trend.slide.sentence == (
        "Sliding day for day: since 31 July 2022 its date has moved 61 days in 61 days."
    )


def test_a_season_that_moves_a_season_each_quarter_slides_too() -> None:
    trend = told(
        (date(2022, 7, 1), None),
        (date(2022, 8, 1), None),
        (date(2022, 9, 1), "2022-24"),
        (date(2022, 10, 1), None),
        (date(2022, 12, 1), "2023-21"),
        first="2022-23",
    )
    assert trend.slide


def test_one_jump_a_date_that_holds_again_and_one_that_is_done_do_not_slide() -> None:
    assert told((date(2022, 7, 31), None), (date(2022, 8, 31), "2023-03")).slide is None
    held = [(date(2022, 7, 7), "2022-10"), (date(2022, 8, 7), "2022-11"), (date(2022, 12, 7), None)]
    assert told(*held).slide is None
    slow = [(date(2022, 9, 7), "2022-10"), (date(2022, 12, 7), "2022-11"), (date(2023, 3, 7), "2022-12")]
    assert told(*slow).slide is None, "a month in each quarter is slipping, not sliding"
    facts = [*promised("2022-09")]
    for number, day in enumerate((date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30))):
        facts.append(DatedFact(Series.FORECAST, day, month(f"2022-{10 + number}")))
    assert trend_of(facts).slide
    facts.append(DatedFact(Series.STATUS, date(2022, 10, 31), Status.COMPLETE))
    assert trend_of(facts).slide is None


def test_nothing_said_gives_nothing() -> None:
    trend = trend_of(())
    assert (trend.readings, trend.slide, trend.moves, trend.moved_days) == ((), None, 0, 0)


@given(
    moves=st.lists(st.tuples(st.integers(7, 60), st.integers(0, 90)), max_size=8),
    days=st.integers(-2000, 2000),
)
def test_moving_everything_alike_changes_neither_moves_nor_slide(
    moves: list[tuple[int, int]], days: int
) -> None:
    def facts(start: date) -> list[DatedFact]:
        day, due = start, start + timedelta(days=100)
        found = [DatedFact(Series.APPROVED, day, PlanDate.on(due))]
        for passed, moved in moves:
            day, due = day + timedelta(days=passed), due + timedelta(days=moved)
            found.append(DatedFact(Series.FORECAST, day, PlanDate.on(due)))
        return found

    here, there = trend_of(facts(START)), trend_of(facts(START + timedelta(days=days)))
    assert (here.moves, here.moved_days) == (there.moves, there.moved_days)
    assert (here.slide and here.slide.moved) == (there.slide and there.slide.moved)
