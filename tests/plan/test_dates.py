"""Dates as vague as they were promised."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goldenthread.plan.dates import Bound, PlanDate, Season, SeasonRules, edtf_days

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def test_a_season_is_late_from_the_day_after_its_last_day() -> None:
    autumn = PlanDate.from_edtf("2022-23", "Autumn 2022")
    assert (autumn.earliest, autumn.latest) == (date(2022, 9, 1), date(2022, 11, 30))
    assert not autumn.is_late_on(date(2022, 11, 30))
    assert autumn.is_late_on(date(2022, 12, 1))


def test_from_a_date_sets_no_last_day() -> None:
    opened = PlanDate.from_edtf("2022-06", "from June 2022").model_copy(update={"bound": Bound.FROM})
    assert not opened.has_last_day
    assert not opened.is_late_on(date(2030, 1, 1))


def test_winter_runs_into_the_next_year() -> None:
    winter = PlanDate.from_edtf("2023-24", "Winter 2023")
    assert (winter.earliest, winter.latest) == (date(2023, 12, 1), date(2024, 2, 29))


def test_a_council_may_have_its_own_seasons() -> None:
    rules = SeasonRules(spring=(4, 6), winter=(1, 3))
    spring = PlanDate.from_edtf("2023-21", "Spring 2023", rules)
    assert (spring.earliest, spring.latest) == (date(2023, 4, 1), date(2023, 6, 30))
    assert spring.follows(rules)
    assert not spring.follows(SeasonRules())
    assert rules.days(Season.WINTER, 2023) == (date(2023, 1, 1), date(2023, 3, 31))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "says"),
    [
        ("2022-06", date(2022, 6, 1), date(2022, 6, 29), "does not name the days"),
        ("2022-06", date(2022, 5, 1), date(2022, 6, 30), "does not name the days"),
        ("2022-23", date(2022, 9, 2), date(2022, 11, 30), "does not name the days"),
        ("2022-23", date(2021, 9, 1), date(2021, 11, 30), "does not name the days"),
        ("2022-06/2022-03", date(2022, 6, 1), date(2022, 3, 31), "after its last day"),
        ("2022-06~", date(2022, 6, 1), date(2022, 6, 30), "must say so"),
        ("June 2022", date(2022, 6, 1), date(2022, 6, 30), "not an EDTF date"),
        ("2022-02-30", date(2022, 2, 1), date(2022, 2, 28), "out of range"),
        ("../2022-06", date(2022, 6, 1), date(2022, 6, 30), "not an EDTF date with a first and a last day"),
    ],
)
def test_days_must_agree_with_the_edtf_value(edtf: str, earliest: date, latest: date, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        PlanDate(printed="June 2022", edtf=edtf, earliest=earliest, latest=latest)


@pytest.mark.parametrize("printed", ["", "  "])
def test_the_printed_words_are_never_empty(printed: str) -> None:
    with pytest.raises(ValidationError):
        PlanDate(printed=printed, edtf="2022", earliest=date(2022, 1, 1), latest=date(2022, 12, 31))


@given(DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_plain_edtf_is_read_as_the_edtf_library_reads_it(one: date, how: str, other: date, also: str) -> None:
    first, last = sorted([one, other])
    for value in (first.strftime(how), f"{first.strftime(how)}/{last.strftime(also)}"):
        library = parse_edtf(value)
        low, high = library.lower_strict(), library.upper_strict()
        assert edtf_days(value) == (date(*low[:3]), date(*high[:3]))


@pytest.mark.parametrize("code", [21, 22, 23])
def test_the_usual_seasons_are_those_of_the_edtf_library(code: int) -> None:
    library = parse_edtf(f"2022-{code}")
    assert edtf_days(f"2022-{code}") == (date(*library.lower_strict()[:3]), date(*library.upper_strict()[:3]))


def test_richer_edtf_is_left_to_the_library() -> None:
    assert edtf_days("2022-06?") == (date(2022, 6, 1), date(2022, 6, 30))
    assert edtf_days("202X") == (date(2020, 1, 1), date(2029, 12, 31))


@given(DAYS)
def test_one_day_survives_json(day: date) -> None:
    exact = PlanDate.on(day)
    assert PlanDate.model_validate_json(exact.model_dump_json()) == exact
    assert exact.printed == f"{day.day} {day:%B} {day.year}"
    assert exact.is_late_on(day + timedelta(days=1))
    assert not exact.is_late_on(day)


def test_order_is_that_in_which_promises_become_late() -> None:
    may, summer, year = (PlanDate.from_edtf(value, value) for value in ("2022-05", "2022-22", "2022"))
    assert sorted([year, summer, may], key=PlanDate.sort_key) == [may, summer, year]
    assert may.is_before(summer)
    assert not may.is_before(year)
    assert may.overlaps(year)
    assert summer.ends_after(may)


def test_an_inferred_date_differs_only_in_saying_so() -> None:
    printed = PlanDate.from_edtf("2022-05", "May 2022")
    assert printed.with_inferred().inferred
    assert printed.with_inferred().model_copy(update={"inferred": False}) == printed
