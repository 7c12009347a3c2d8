"""A plan taken apart and put together again is the same plan."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.plans import plans

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import FlatItem, ItemKind, Series, assemble, flatten
from goldenthread.plan.model import Action, Council, Dates, Plan, Theme
from goldenthread.plan.status import Status

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(plans(held=True))
def test_flattened_and_assembled_is_the_same(plan: Plan) -> None:
    assert assemble(flatten(plan), plan.questions) == plan


@FEW
@given(plans(held=True), st.integers(0, 99))
def test_the_order_of_the_list_does_not_matter(plan: Plan, seed: int) -> None:
    items = list(flatten(plan))
    random.Random(seed).shuffle(items)
    assert assemble(items, plan.questions) == plan


@FEW
@given(plans())
def test_every_item_stands_below_its_parent_with_a_place_among_its_kind(plan: Plan) -> None:
    seen: set[str] = set()
    places: set[tuple[str | None, ItemKind, int]] = set()
    for item in flatten(plan):
        assert (item.parent is None) == (item.kind is ItemKind.PLAN)
        assert item.parent is None or item.parent in seen, "parents come before their children"
        seen.add(item.key)
        places.add((item.parent, item.kind, item.position))
    assert len(seen) == len(places) == len(flatten(plan))


def small(action: Action) -> Plan:
    theme = Theme(key="t", number=1, name="Culture", actions=(action,))
    return Plan(key="plan", council=Council(name="Northbury"), title="Plan", themes=(theme,))


def test_what_the_world_does_is_apart_from_what_the_plan_says() -> None:
    due = PlanDate.from_edtf("2022-23", "Autumn 2022")
    action = Action(
        key="a", title="Adopt a strategy", leads=("Director of Finance",), dates=Dates(original=due, approved=due),
        steps=(Action(key="a/1", title="Draft it", status=Status.COMPLETE),), due_printed="Autumn 2022",
    )  # fmt: skip
    items = {item.key: item for item in flatten(small(action))}
    assert set(items["a"].facts) == {Series.LEADS, Series.ORIGINAL, Series.APPROVED}
    assert items["a"].wording["title"] == "Adopt a strategy"
    assert items["a"].wording["due_printed"] == "Autumn 2022"
    assert items["a/1"].facts == {Series.STATUS: "complete"}
    assert (items["a"].kind, items["a/1"].kind, items["a/1"].parent) == (ItemKind.ACTION, ItemKind.STEP, "a")
    for item in items.values():
        assert not {series.value for series in Series} & item.wording.keys()


def test_an_item_is_known_by_its_words_and_else_by_its_key() -> None:
    items = {item.key: item for item in flatten(small(Action(key="a", title=None)))}
    assert items["t"].name == "Culture"
    assert items["a"].name == "a"


def test_a_list_without_one_plan_is_refused() -> None:
    items = flatten(small(Action(key="a", title="Adopt a strategy")))
    with pytest.raises(ValueError, match="found nothing"):
        assemble(items[1:])
    other = items[0].model_copy(update={"key": "other"})
    with pytest.raises(ValueError, match="plan plan, plan other"):
        assemble([*items, other])
    lost = FlatItem(kind=ItemKind.RISK, key="r", position=0, wording={"title": "Money"})
    with pytest.raises(ValueError, match="risk r"):
        assemble([lost])


def test_kinds_have_names_for_people() -> None:
    assert ItemKind.SUCCESS_STATEMENT.in_words == "success statement"
