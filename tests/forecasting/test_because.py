"""Why a forecast says what it says: only what moved it, the largest first, in words that a member understands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from support.stand_in_prior import StandIn

from goldenthread.forecasting.because import Reason, about, moves_of, reasons_for, sentence
from goldenthread.forecasting.plan_forecast import forecast_plan
from goldenthread.forecasting.pooling import PLAN, Effect, Pooled
from goldenthread.forecasting.promises import Known, Promise, PromiseKind, Told
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import Series
from goldenthread.plan.status import Status

START, NOW = date(2022, 6, 7), date(2022, 11, 10)


def known(*dates: str, decision: bool = False) -> Known:
    """A promise whose lead gave these dates, one a month."""
    first = PlanDate.from_edtf(dates[0], dates[0])
    told = [Told(Series.ORIGINAL, START, first), Told(Series.APPROVED, START, first)]
    for month, given in enumerate(dates[1:], 1):
        told.append(
            Told(Series.FORECAST, START + timedelta(days=30 * month), PlanDate.from_edtf(given, given))
        )
    return Promise("a", PromiseKind.ACTION, theme=2, decision=decision, told=tuple(told)).known_on(NOW)


def because(each: Known, pooled: Pooled | None = None) -> str:
    return sentence(reasons_for(StandIn(), [each], pooled or Pooled())[0])


def test_moves_and_days_overdue_are_said_with_their_figures() -> None:
    said = because(known("2022-07", "2022-08", "2022-09-30"))
    assert said.startswith("Because: 41 days past its date; 2 earlier moves, 61 days later in all; ")


def test_what_did_not_move_the_number_is_not_said() -> None:
    said = because(known("2022-12"))
    assert "move" not in said.replace("median", "")
    assert "past its date" not in said
    assert "decision" not in because(known("2022-12", decision=True)), "the prior knows nothing of decisions"


def test_what_the_plans_own_past_says_is_said_with_its_figures() -> None:
    effects = {PLAN: 0.5, Effect("decision", True): 0.6, Effect("theme", 2): -0.02}
    pooled = Pooled(effects, outcomes=9, slips=(10, 20, 35, 40, 50))
    said = because(known("2022-12", decision=True), pooled)
    assert "it needs a decision by members, and such promises come later here than others" in said
    assert "items of this plan have slipped 35 days at the median" in said
    assert "theme" not in said
    few = because(known("2022-12"), Pooled(effects, outcomes=2, slips=(10, 20)))
    assert "promises of this plan have so far come later than elsewhere" in few


def test_the_largest_comes_first_and_what_makes_it_sooner_after_but() -> None:
    reasons = [Reason("it is slow", 30), Reason("it is steep", 12), Reason("its lead rates it green", -20)]
    assert sentence(reasons) == "Because: it is slow; it is steep; but its lead rates it green."
    assert sentence(reasons[2:]) == "Because: its lead rates it green."
    many = [Reason(f"thing {n}", 60 - n) for n in range(6)]
    assert sentence(many) == "Because: thing 0; thing 1; thing 2; thing 3; and 2 smaller things."
    assert sentence([]) == "Because: nothing known of it speaks against its date."
    found = reasons_for(
        StandIn(), [known("2022-07", "2022-08", "2022-09-30")], Pooled({PLAN: 1.5}, outcomes=1)
    )[0]
    sizes = [abs(reason.days) for reason in found]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 7


def test_more_of_a_thing_counts_for_more() -> None:
    few = reasons_for(StandIn(), [known("2022-07", "2022-08")], Pooled())[0]
    many = reasons_for(StandIn(), [known("2022-05", "2022-06", "2022-07", "2022-08")], Pooled())[0]

    def moves(found: list[Reason]) -> int:
        return next(reason.days for reason in found if "earlier move" in reason.words)

    assert moves(many) > moves(few) > 0


def test_moves_are_counted_from_the_date_first_promised() -> None:
    history = known("2022-07", "2022-08", "2022-08", "2022-06-30").history
    assert history
    assert moves_of(history) == (2, -31)


def test_an_action_that_waits_for_a_step_says_so() -> None:
    dates = model.Dates(approved=PlanDate.from_edtf("2022-12", "Dec 2022"))
    later = model.Dates(approved=PlanDate.from_edtf("2023-06", "Jun 2023"))
    step = model.Action(key="s", ref="A1.1", title="Adopt it", dates=later)
    action = model.Action(key="a", ref="A1", title="Act", dates=dates, steps=(step,))
    theme = model.Theme(key="t", number=1, name="T", actions=(action,))
    plan = model.Plan(key="p", council=model.Council(name="Northbury"), title="P", themes=(theme,))
    told = {
        key: (Told(Series.STATUS, START, Status.IN_PROGRESS), Told(Series.APPROVED, START, value.approved))
        for key, value in (("a", dates), ("s", later))
    }
    forecast = forecast_plan(plan, told, NOW, StandIn())
    assert forecast.items["a"].because.startswith(
        "Because: it waits for its steps, most often for A1.1, which adds "
    )
    assert "waits" not in forecast.items["s"].because


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (13, "13 days"), (20, "about 3 weeks"), (59, "about 8 weeks"), (61, "about 2 months")],
)
def test_stretches_are_said_as_precisely_as_they_are_known(days: int, words: str) -> None:
    assert about(days) == words
