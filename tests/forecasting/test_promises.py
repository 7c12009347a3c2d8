"""What was known of a promise on a day: keyed by hand from one story, told day by day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecasting.histories import Stated
from goldenthread.forecasting.promises import (
    Promise,
    PromiseKind,
    Silence,
    Told,
    forecastable,
    promises_of,
    told_by_document,
)
from goldenthread.plan import model
from goldenthread.plan.dates import Bound, PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Rating
from goldenthread.plan.status import Status

ADOPTED = date(2022, 6, 7)


def on(edtf: str) -> PlanDate:
    return PlanDate.from_edtf(edtf, edtf)


AUTUMN, DECEMBER = on("2022-23"), on("2022-12")
STORY = (
    Told(Series.START, ADOPTED, on("2022-05")),
    Told(Series.ORIGINAL, ADOPTED, AUTUMN),
    Told(Series.APPROVED, ADOPTED, AUTUMN),
    Told(Series.STATUS, ADOPTED, Status.NOT_STARTED),
    Told(Series.REPORT, date(2022, 8, 31), Rating.GREEN),
    Told(Series.STATUS, date(2022, 8, 31), Status.IN_PROGRESS),
    Told(Series.FORECAST, date(2022, 9, 30), DECEMBER),
    Told(Series.REPORT, date(2022, 9, 30), Rating.AMBER),
    Told(Series.APPROVED, date(2022, 10, 20), on("2023-01")),
    Told(Series.STATUS, date(2022, 12, 31), Status.COMPLETE),
    Told(Series.ACTUAL, date(2022, 12, 31), on("2022-12-12")),
)


def promise(*told: Told) -> Promise:
    return Promise("a", PromiseKind.ACTION, theme=1, told=told)


def test_each_day_on_which_something_was_told_states_the_date_that_then_stood() -> None:
    known = promise(*STORY).known_on(date(2022, 11, 15))
    assert known.history
    assert known.history.stated == (
        Stated(ADOPTED, date(2022, 11, 30)),
        Stated(date(2022, 8, 31), date(2022, 11, 30)),
        Stated(date(2022, 9, 30), date(2022, 12, 31)),
        Stated(date(2022, 10, 20), date(2022, 12, 31)),
    ), "the lead's forecast stands before the approved date, and both count by their last day"
    assert known.history.first == date(2022, 11, 30)
    assert known.history.start == date(2022, 5, 1)
    assert known.history.actual is None
    assert known.history.open_until == date(2022, 11, 15)
    assert known.rating is Rating.AMBER
    assert known.approved == on("2023-01")
    assert known.silence is None


def test_it_is_done_on_the_actual_date_once_that_is_told_and_not_before() -> None:
    told = promise(*STORY)
    assert told.known_on(date(2022, 12, 30)).done_on is None, "done by then, and nobody had said so"
    after = told.known_on(date(2023, 1, 1))
    assert after.done_on == date(2022, 12, 12)
    assert after.silence is Silence.DONE
    assert after.history
    assert len(after.history.stated) == 4, "what is told of it once it is done states no date of it"


def test_a_vague_actual_date_does_not_lie_after_the_day_on_which_it_was_told() -> None:
    told = promise(
        Told(Series.APPROVED, ADOPTED, AUTUMN),
        Told(Series.STATUS, date(2022, 9, 20), Status.COMPLETE),
        Told(Series.ACTUAL, date(2022, 9, 20), on("2022-09")),
    )
    assert told.known_on(date(2023, 1, 1)).done_on == date(2022, 9, 20)


def test_what_is_opened_again_is_open_and_its_later_end_counts() -> None:
    told = promise(
        Told(Series.APPROVED, ADOPTED, AUTUMN),
        Told(Series.STATUS, date(2022, 9, 20), Status.COMPLETE),
        Told(Series.STATUS, date(2022, 10, 5), Status.IN_PROGRESS),
        Told(Series.STATUS, date(2022, 11, 9), Status.COMPLETE),
    )
    assert told.known_on(date(2022, 10, 6)).silence is None
    assert told.known_on(date(2023, 1, 1)).done_on == date(2022, 11, 9)


@pytest.mark.parametrize(
    ("told", "silence"),
    [
        ((), Silence.NO_DATE),
        ((Told(Series.STATUS, ADOPTED, Status.IN_PROGRESS),), Silence.NO_DATE),
        (
            (Told(Series.APPROVED, ADOPTED, AUTUMN), Told(Series.STATUS, ADOPTED, Status.ONGOING)),
            Silence.ONGOING,
        ),
        (
            (Told(Series.APPROVED, ADOPTED, AUTUMN), Told(Series.STATUS, ADOPTED, Status.DEFERRED)),
            Silence.DEFERRED,
        ),
        (
            (Told(Series.APPROVED, ADOPTED, AUTUMN), Told(Series.STATUS, ADOPTED, Status.CANCELLED)),
            Silence.STOPPED,
        ),
        ((Told(Series.APPROVED, ADOPTED, on("2022/2024")),), Silence.TOO_VAGUE),
        ((Told(Series.APPROVED, ADOPTED, on("2023")),), None),
        (
            (Told(Series.APPROVED, ADOPTED, on("2022-06").model_copy(update={"bound": Bound.FROM})),),
            Silence.NO_DATE,
        ),
        ((Told(Series.APPROVED, ADOPTED, AUTUMN), Told(Series.APPROVED, ADOPTED, None)), Silence.NO_DATE),
    ],
)
def test_why_nothing_is_forecast(told: tuple[Told, ...], silence: Silence | None) -> None:
    assert promise(*told).known_on(date(2022, 7, 1)).silence is silence
    assert silence is None or silence.in_words.endswith(".")


def test_a_date_that_passed_in_silence_over_a_year_ago_says_nothing() -> None:
    told = promise(Told(Series.APPROVED, ADOPTED, on("2022-06-30")))
    assert told.known_on(date(2023, 7, 1)).silence is None
    assert told.known_on(date(2023, 7, 2)).silence is Silence.LONG_UNTOLD
    confirmed = promise(*told.told, Told(Series.REPORT, date(2023, 5, 1)))
    assert confirmed.known_on(date(2023, 7, 2)).silence is None


def test_every_promise_of_a_plan_is_found_and_a_headings_steps_stand_for_it() -> None:
    dates = model.Dates(original=AUTUMN, approved=DECEMBER)
    heading = model.Action(
        key="h", title="Group", heading=True, steps=(model.Action(key="s2", title="Two", dates=dates),)
    )
    step = model.Action(key="s1", title="Cabinet approves the plan")
    action = model.Action(key="a", title="Act", dates=dates, steps=(step, heading))
    milestone = model.Milestone(key="m", name="Reached", dates=dates, status=Status.COMPLETE)
    theme = model.Theme(key="t", number=3, name="T", actions=(action,), milestones=(milestone,))
    plan = model.Plan(key="p", council=model.Council(name="Northbury"), title="P", themes=(theme,))
    found = {each.key: each for each in promises_of(plan, told_by_document(plan, ADOPTED))}
    assert found.keys() == {"a", "s1", "s2", "m"}
    assert found["a"].steps == ("s1", "s2")
    assert found["a"].decision
    assert found["s1"].decision
    assert not found["s2"].decision
    assert found["m"].theme == 3
    open_, silent = forecastable(found.values(), date(2022, 7, 1))
    assert [each.promise.key for each in open_] == ["a", "s2"]
    assert {key: known.silence for key, known in silent.items()} == {"s1": Silence.NO_DATE, "m": Silence.DONE}
    history = open_[0].history
    assert history
    assert (history.first, history.stated) == (date(2022, 11, 30), (Stated(ADOPTED, date(2022, 12, 31)),))


@given(st.dates(date(2022, 6, 1), date(2023, 2, 1)))
def test_what_is_told_later_changes_nothing_of_what_was_known_on_a_day(day: date) -> None:
    until = tuple(told for told in STORY if told.on <= day)
    later = (
        Told(Series.APPROVED, date(2023, 3, 1), on("2030")),
        Told(Series.STATUS, date(2023, 3, 1), Status.ONGOING),
    )
    assert promise(*STORY, *later).known_on(day).history == promise(*until).known_on(day).history
    assert promise(*STORY, *later).known_on(day).silence == promise(*until).known_on(day).silence


def test_a_date_that_passed_over_two_years_ago_says_nothing_however_lately_it_was_told() -> None:
    told = promise(Told(Series.APPROVED, date(2024, 6, 30), on("2022-06-30")))
    assert told.known_on(date(2024, 6, 30)).silence is None
    assert told.known_on(date(2024, 7, 1)).silence is Silence.LONG_PAST
