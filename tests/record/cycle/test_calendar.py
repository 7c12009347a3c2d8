"""Months, rounds and working days, against dates that anybody can look up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.record.cycle.calendar import (
    Month,
    due_day,
    is_working_day,
    months_between,
    round_of,
    working_days_after,
)
from goldenthread.record.cycle.settings import Frequency

MONTHS = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2022, 6, 1), True),
        (date(2022, 6, 2), False),  # the spring holiday, moved for the Platinum Jubilee
        (date(2022, 6, 3), False),  # the Platinum Jubilee
        (date(2022, 6, 4), False),  # a Saturday
        (date(2022, 9, 19), False),  # the state funeral, by proclamation
        (date(2022, 12, 27), False),  # in place of Christmas Day, a Sunday
        (date(2022, 12, 26), False),
        (date(2023, 5, 8), False),  # the coronation
        (date(2023, 3, 17), True),  # a holiday in Northern Ireland only
        (date(2023, 11, 30), True),  # and one in Scotland only
    ],
)
def test_offices_in_england_are_open(day: date, open_: bool) -> None:
    assert is_working_day(day) is open_


def test_an_answer_is_due_so_many_working_days_after_the_cut_off() -> None:
    assert due_day(date(2022, 6, 30), 5) == date(2022, 7, 7)
    assert due_day(date(2022, 5, 31), 3) == date(2022, 6, 7), "the Jubilee and a weekend lie between"
    assert working_days_after(date(2022, 12, 23), 1) == date(2022, 12, 28)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_a_due_day_is_a_working_day_with_as_many_before_it(day: date, count: int) -> None:
    due = working_days_after(day, count)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, due.toordinal() + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == count


def test_months_know_their_last_day() -> None:
    assert Month(2024, 2).ends_on == date(2024, 2, 29)
    assert Month(2022, 12).ends_on == date(2022, 12, 31)
    assert str(Month(2022, 6)) == "June 2022"


def test_rounds_are_those_of_the_financial_year() -> None:
    june = Month(2022, 6)
    assert round_of(june, Frequency.MONTH).months == (june,)
    assert round_of(june, Frequency.QUARTER).months == (Month(2022, 4), Month(2022, 5), june)
    assert round_of(june, Frequency.QUARTER).ends_with(june)
    half = round_of(Month(2023, 1), Frequency.HALF_YEAR)
    assert (half.starts_on, half.ends_on) == (date(2022, 10, 1), date(2023, 3, 31))
    assert not half.ends_with(Month(2023, 1))


def test_a_council_that_writes_each_december_and_june_has_its_rounds_end_there() -> None:
    half = round_of(Month(2022, 9), Frequency.HALF_YEAR, year_starts=7)
    assert (half.starts_on, half.ends_on) == (date(2022, 7, 1), date(2022, 12, 31))


@given(MONTHS, st.sampled_from(Frequency), st.integers(1, 12))
def test_every_month_is_in_the_round_of_each_of_its_months(
    month: Month, frequency: Frequency, year_starts: int
) -> None:
    found = round_of(month, frequency, year_starts)
    assert month in found.months
    assert len(found.months) == frequency.months
    assert {round_of(each, frequency, year_starts) for each in found.months} == {found}
    assert tuple(months_between(found.months[0], found.months[-1])) == found.months
