"""A plan's own forecasts made again and scored: counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from support.stand_in_prior import StandIn

from goldenthread.forecasting.promises import Told
from goldenthread.forecasting.track_record import LEAST_FORECASTS, TrackRecord, track_record
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

START, NOW = date(2022, 6, 1), date(2022, 12, 31)
PROMISES = 10
Story = dict[str, tuple[Told, ...]]


def story(done: date | None, last_seen: date) -> tuple[Told, ...]:
    """Promised for the end of August; done on a day, or seen open for the last time on another."""
    due = PlanDate.on(date(2022, 8, 31))
    told = [Told(Series.ORIGINAL, START, due), Told(Series.APPROVED, START, due)]
    told.append(Told(Series.STATUS, done, Status.COMPLETE) if done else Told(Series.REPORT, last_seen))
    return tuple(told)


def a_plan() -> model.Plan:
    milestones = tuple(model.Milestone(key=f"m{n}", name="M") for n in range(PROMISES))
    theme = model.Theme(key="t", number=1, name="T", milestones=milestones)
    return model.Plan(key="p", council=model.Council(name="Northbury"), title="P", themes=(theme,))


def recorded(told: Story, on: date = NOW) -> TrackRecord:
    return track_record(a_plan(), told, on, StandIn())


def test_a_forecast_is_scored_once_it_is_known_what_came_of_it() -> None:
    """Half done on 15 September, half seen open on 31 October: which month ends have a known answer, by hand."""
    done, open_ = story(date(2022, 9, 15), NOW), story(None, date(2022, 10, 31))
    record = recorded({f"m{n}": done if n < PROMISES // 2 else open_ for n in range(PROMISES)})
    assert record.days[0] == date(2022, 6, 30)
    assert record.days[-1] == date(2022, 11, 30)
    counts = {score.months: score.forecasts for score in record.scores}
    # Done: from the ends of June, July and August, whatever is asked. Open: one month on from June to September,
    # three months on from June and July, six months on from none.
    assert counts == {1: 5 * 3 + 5 * 4, 3: 5 * 3 + 5 * 2, 6: 5 * 3}
    assert {score.months: score.promises for score in record.scores} == {1: 10, 3: 10, 6: 5}
    assert record.scores[2].brier is None, f"fewer than {LEAST_FORECASTS}"


def test_what_the_dates_would_have_said_is_scored_beside() -> None:
    """All done on 10 October, promised for 31 August. Within 30 days of the ends of June, July, August, September:
    the date says no, no, yes, yes; what happened is no, no, no, yes. Wrong once in four."""
    record = recorded({f"m{n}": story(date(2022, 10, 10), NOW) for n in range(PROMISES)})
    one = record.scores[0]
    assert one.forecasts == 40
    assert one.brier_of_dates == pytest.approx(1 / 4)
    assert one.brier is not None
    assert 0 < one.brier < 1
    assert sum(each.count for each in record.reliability) <= 120
    assert all(each.low <= each.said <= each.high for each in record.reliability)


def test_nothing_told_later_has_a_say_in_a_forecast_that_was_made() -> None:
    """The same months are scored the same, whatever is told of other promises afterwards."""
    told: Story = {f"m{n}": story(date(2022, 9, 15), NOW) for n in range(PROMISES)}
    early = recorded(told, date(2022, 10, 31))
    later = {
        key: (*each, Told(Series.STATUS, date(2022, 12, 1), Status.VERIFIED)) for key, each in told.items()
    }
    assert recorded(later, date(2022, 10, 31)) == early


def test_a_plan_of_which_nothing_was_told_has_no_record() -> None:
    record = recorded({})
    assert record.days == ()
    assert [score.forecasts for score in record.scores] == [0, 0, 0]
    assert record.reliability == ()
