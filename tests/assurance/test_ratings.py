"""A council's rule: what it makes of each promise on each day, and that its text says the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from goldenthread.assurance.ratings import (
    PRESETS,
    USUAL_RULE,
    Against,
    ByDate,
    BySteps,
    Kind,
    RatingClass,
    RatingRule,
    Sense,
    disagreements,
    rate,
    reperform,
    tally,
)
from goldenthread.plan import model
from goldenthread.plan.dates import Bound, PlanDate
from goldenthread.plan.judgements import Assessment, Door, Rating, Report
from goldenthread.plan.status import Status

GREEN, AMBER, RED, NOT_RATED = RatingClass.GREEN, RatingClass.AMBER, RatingClass.RED, RatingClass.NOT_RATED
AUTUMN = PlanDate.from_edtf("2022-23", "Autumn 2022")
SEPTEMBER = PlanDate.from_edtf("2022-09", "Sep 2022")
ORIGINAL_MAY = PlanDate.from_edtf("2022-05", "May 2022")


def action(key: str = "a", **more: Any) -> model.Action:
    more.setdefault("status", Status.IN_PROGRESS)
    return model.Action(key=key, title=f"Action {key}", **more)


def plan_of(*actions: model.Action, milestones: tuple[model.Milestone, ...] = ()) -> model.Plan:
    theme = model.Theme(key="t", number=1, name="Theme", actions=actions, milestones=milestones)
    return model.Plan(key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,))


def due(approved: PlanDate | None = SEPTEMBER, original: PlanDate | None = None, **more: Any) -> model.Dates:
    return model.Dates(approved=approved, original=original or approved, **more)


def rated(item: model.Action, rule: RatingRule, on: date) -> RatingClass:
    return rate(plan_of(item), rule, on)[item.key].class_


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2022, 9, 30), GREEN),
        (date(2022, 10, 1), AMBER),
        (date(2022, 10, 31), AMBER),
        (date(2022, 11, 1), RED),
    ],
)
def test_the_usual_rule_is_green_to_the_date_amber_a_month_and_red_beyond(
    on: date, wanted: RatingClass
) -> None:
    assert rated(action(dates=due()), USUAL_RULE, on) is wanted


def test_autumn_is_late_on_the_first_of_december() -> None:
    autumn = action(dates=due(AUTUMN))
    assert rated(autumn, USUAL_RULE, date(2022, 11, 30)) is GREEN
    found = rate(plan_of(autumn), USUAL_RULE, date(2022, 12, 1))["a"]
    assert found.class_ is AMBER
    assert found.reason == "Its approved date, Autumn 2022 (to 30 November 2022), passed 1 day ago."


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (Status.COMPLETE, RatingClass.COMPLETE),
        (Status.VERIFIED, RatingClass.COMPLETE),
        (Status.EMBEDDED, RatingClass.COMPLETE),
        (Status.DEFERRED, RatingClass.SUSPENDED),
        (Status.SUPERSEDED, RatingClass.STOPPED),
        (Status.CANCELLED, RatingClass.STOPPED),
        (Status.UNKNOWN, NOT_RATED),
        (Status.NOT_STARTED, GREEN),
        (Status.ONGOING, GREEN),
    ],
)
def test_a_status_decides_before_any_date(status: Status, wanted: RatingClass) -> None:
    for rule in (USUAL_RULE, PRESETS["bromsgrove"]):
        assert rated(action(status=status, dates=due()), rule, date(2022, 9, 1)) is wanted


def test_what_has_no_last_day_is_not_rated_and_says_why() -> None:
    opened = PlanDate.from_edtf("2022-06", "from June 2022").model_copy(update={"bound": Bound.FROM})
    for item, words in (
        (action(), "no approved date"),
        (action(status=Status.ONGOING), "ongoing"),
        (action(dates=due(opened)), "no last day"),
    ):
        found = rate(plan_of(item), USUAL_RULE, date(2030, 1, 1))["a"]
        assert found.class_ is NOT_RATED
        assert words in found.reason


@pytest.mark.parametrize(
    ("done", "of", "overdue", "wanted"),
    [
        (1, 4, False, RED),
        (2, 4, False, AMBER),
        (3, 4, False, AMBER),
        (4, 5, False, GREEN),
        (26, 100, False, AMBER),
        (75, 100, False, AMBER),
        (76, 100, False, GREEN),
        (49, 100, True, RED),
        (50, 100, True, AMBER),
    ],
)
def test_reading_goes_by_the_share_of_steps_complete(
    done: int, of: int, overdue: bool, wanted: RatingClass
) -> None:
    steps = tuple(
        action(f"s{n}", status=Status.COMPLETE if n < done else Status.IN_PROGRESS) for n in range(of)
    )
    on = date(2022, 10, 1) if overdue else date(2022, 9, 30)
    assert rated(action(dates=due(), steps=steps), PRESETS["reading"], on) is wanted


def test_reading_gives_no_colour_that_unknown_steps_could_change() -> None:
    def steps(done: int, unknown: int, other: int) -> tuple[model.Action, ...]:
        statuses = [Status.COMPLETE] * done + [Status.UNKNOWN] * unknown + [Status.IN_PROGRESS] * other
        return tuple(action(f"s{n}", status=status) for n, status in enumerate(statuses))

    reading, on = PRESETS["reading"], date(2022, 9, 1)
    assert rated(action(dates=due(), steps=steps(0, 3, 0)), reading, on) is NOT_RATED
    assert rated(action(dates=due(), steps=steps(0, 1, 9)), reading, on) is RED, "0% and 10% are both red"
    assert rated(action(dates=due()), reading, on) is NOT_RATED, "no steps at all"


def test_rotherham_counts_from_the_original_date_and_what_is_expected() -> None:
    moved = due(AUTUMN, ORIGINAL_MAY)
    rotherham = PRESETS["rotherham"]
    assert rated(action(dates=moved), USUAL_RULE, date(2022, 8, 1)) is GREEN
    assert rated(action(dates=moved), rotherham, date(2022, 8, 31)) is AMBER
    assert rated(action(dates=moved), rotherham, date(2022, 9, 1)) is RED
    expected = due(forecast=PlanDate.from_edtf("2023-03", "Mar 2023"))
    assert rated(action(dates=expected), rotherham, date(2022, 8, 1)) is RED
    assert rated(action(dates=due()), rotherham, date(2022, 8, 1)) is GREEN


def test_bromsgrove_counts_what_was_moved_with_approval_apart_until_it_is_late_again() -> None:
    moved, bromsgrove = action(dates=due(SEPTEMBER, ORIGINAL_MAY)), PRESETS["bromsgrove"]
    assert rated(moved, bromsgrove, date(2022, 9, 30)) is RatingClass.SUSPENDED
    assert rated(moved, bromsgrove, date(2022, 10, 2)) is AMBER


def test_a_rule_that_a_person_judges_rates_nothing_and_says_so() -> None:
    found = rate(plan_of(action(dates=due())), PRESETS["rbkc"], date(2023, 1, 1))["a"]
    assert found.class_ is NOT_RATED
    assert "a person has to judge it" in found.reason
    assert "cannot be worked out from the plan" in PRESETS["rbkc"].text


def test_what_has_not_begun_can_be_counted_apart() -> None:
    rule = RatingRule(name="Apart", not_started_apart=True)
    waiting = action(status=Status.NOT_STARTED, dates=due())
    assert rated(waiting, rule, date(2022, 9, 30)) is RatingClass.NOT_STARTED
    assert rated(waiting, rule, date(2022, 10, 1)) is AMBER


def test_the_text_is_made_from_the_data() -> None:
    assert "late by up to 31 days (one month)" in USUAL_RULE.text
    assert "late by up to 45 days." in RatingRule(name="x", test=ByDate(amber_days=45)).text
    assert (
        "its original date has not passed" in RatingRule(name="x", test=ByDate(against=Against.ORIGINAL)).text
    )
    assert "10% or less" in RatingRule(name="x", test=BySteps(red_up_to=10)).text
    assert (
        "when its approved date has passed"
        not in RatingRule(name="x", test=BySteps(overdue_red_below=None)).text
    )
    assert "Amber: never." in RatingRule(name="x", test=ByDate(amber_days=0)).text
    assert "Red: late." in RatingRule(name="x", test=ByDate(amber_days=0)).text
    assert "expected to be late" in PRESETS["rotherham"].text
    with pytest.raises(ValidationError, match="overlap"):
        BySteps(red_up_to=80, green_above=20)


@given(amber=st.integers(0, 200), late=st.integers(1, 400))
def test_text_and_computation_have_the_same_threshold(amber: int, late: int) -> None:
    """Read the number back out of the printed rule and rate by hand."""
    rule = RatingRule(name="x", test=ByDate(amber_days=amber))
    words = dict(rule.clauses)[AMBER]
    printed = 0 if words == "never" else int(words.removeprefix("late by up to ").split()[0])
    on = SEPTEMBER.latest + timedelta(days=late)
    assert rated(action(dates=due()), rule, on) is (AMBER if late <= printed else RED)


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def stretch(first: date, length: int) -> PlanDate:
    last = first + timedelta(days=length)
    return PlanDate(
        printed="then", edtf=f"{first}/{last}" if length else f"{first}", earliest=first, latest=last
    )


STRETCHES = st.builds(stretch, DAYS, st.integers(0, 100))
DATES = st.builds(
    model.Dates,
    original=st.none() | STRETCHES,
    approved=st.none() | STRETCHES,
    forecast=st.none() | STRETCHES,
)
STEPS = st.lists(st.sampled_from(Status), max_size=6).map(
    lambda found: tuple(action(f"s{n}", status=status) for n, status in enumerate(found))
)
ACTIONS = st.builds(action, status=st.sampled_from(Status), dates=DATES, steps=STEPS)
RULES = st.sampled_from([*PRESETS.values(), RatingRule(name="Apart", not_started_apart=True)])


def shifted(item: model.Action, days: int) -> model.Action:
    def move(value: PlanDate | None) -> PlanDate | None:
        if value is None:
            return None
        return stretch(value.earliest + timedelta(days=days), (value.latest - value.earliest).days)

    moved = {name: move(getattr(item.dates, name)) for name in ("original", "approved", "forecast")}
    return item.model_copy(update={"dates": model.Dates(**moved)})


@settings(max_examples=200)
@given(item=ACTIONS, rule=RULES, on=DAYS, days=st.integers(-1000, 1000))
def test_moving_every_date_and_the_day_alike_changes_no_rating(
    item: model.Action, rule: RatingRule, on: date, days: int
) -> None:
    assert rated(item, rule, on) is rated(shifted(item, days), rule, on + timedelta(days=days))


@given(item=ACTIONS, on=DAYS, days=st.integers(0, 500))
def test_time_alone_never_makes_a_rating_better(item: model.Action, on: date, days: int) -> None:
    order = [GREEN, AMBER, RED]
    now, later = rated(item, USUAL_RULE, on), rated(item, USUAL_RULE, on + timedelta(days=days))
    if now in order:
        assert order.index(later) >= order.index(now)
    else:
        assert later is now


@given(items=st.lists(ACTIONS, max_size=8), rule=RULES, on=DAYS)
def test_nothing_is_dropped_from_the_denominator(
    items: list[model.Action], rule: RatingRule, on: date
) -> None:
    plan = plan_of(*(item.model_copy(update={"key": f"k{n}"}) for n, item in enumerate(items)))
    assert tally(plan, rule, on).total == len(items)


def test_shares_carry_their_denominator() -> None:
    plan = plan_of(
        *(action(f"k{n}", dates=due(), status=Status.UNKNOWN if n else Status.ONGOING) for n in range(3))
    )
    found = tally(plan, USUAL_RULE, date(2022, 9, 1))
    assert (found.share(GREEN), found.share(NOT_RATED)) == ("33% (1 of 3)", "67% (2 of 3)")
    assert (
        tally(plan, USUAL_RULE, date(2022, 9, 1), Kind.MILESTONE).share(GREEN)
        == "none, as there is nothing to count"
    )


def report(rating: Rating) -> Report:
    return Report(as_at=date(2022, 10, 31), by="Director", door=Door.PAGE, rating=rating)


def test_every_stated_rating_is_held_against_the_rule() -> None:
    late = {"dates": due()}
    on = date(2022, 12, 31)
    plan = plan_of(
        action("kind", report=report(Rating.GREEN), **late),
        action("right", report=report(Rating.RED), **late),
        action("harsh", report=report(Rating.RED), dates=due(PlanDate.from_edtf("2023-09", "Sep 2023"))),
        action("closed", report=report(Rating.GREEN), status=Status.COMPLETE, **late),
        action(
            "printed", updates=(model.Update(rag_printed="AMBER"), model.Update(text="No rating")), **late
        ),
        action("unclear", updates=(model.Update(rag_printed="Delivery 4, Spend 5"),), **late),
        action("unknown", status=Status.UNKNOWN, report=report(Rating.GREEN), **late),
        action("silent", **late),
        milestones=(
            model.Milestone(
                key="m",
                name="Opened",
                status=Status.IN_PROGRESS,
                assessment=Assessment(on=on, by="Assurer", rating=Rating.AMBER, reason="Seen"),
                **late,
            ),
        ),
    )
    found = reperform(plan, USUAL_RULE, on)
    assert {
        (each.key, each.by.value, each.stated, each.rule, each.sense) for each in found.disagreements
    } == {
        ("kind", "lead", "Green", RED, Sense.KINDER),
        ("harsh", "lead", "Red", GREEN, Sense.HARSHER),
        ("closed", "lead", "Green", RatingClass.COMPLETE, Sense.NO_COLOUR),
        ("printed", "document", "AMBER", RED, Sense.KINDER),
        ("m", "assurer", "Amber", RED, Sense.KINDER),
    }
    assert (found.stated, found.agreed, found.cannot_tell) == (8, 1, 2)
    assert disagreements(plan, USUAL_RULE, on) == found.disagreements
