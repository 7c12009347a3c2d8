"""What differs between two plans is exactly what was changed."""

from __future__ import annotations

from uuid import UUID

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.plans import plans

from goldenthread.plan.changes import Change, ChangeKind, compare, with_changes
from goldenthread.plan.edits import apply_edits
from goldenthread.plan.flat import FlatItem, ItemKind, assemble, flatten
from goldenthread.plan.model import Action, Council, Objective, Plan, Theme
from goldenthread.plan.questions import Edit

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(plans(held=True))
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert compare(plan, plan) == ()


@FEW
@given(plans(held=True), st.data())
def test_one_field_changed_is_one_change(plan: Plan, data: st.DataObject) -> None:
    items = [item for item in flatten(plan) if item.kind is not ItemKind.PLAN]
    assume(items)
    item = data.draw(st.sampled_from(items))
    field = data.draw(st.sampled_from(sorted(_texts(item))))
    edited = apply_edits(plan, [Edit(key=item.key, field=field, value="Something else entirely")])
    (change,) = compare(plan, edited)
    assert (change.kind, change.item_kind, change.key, change.field) == (
        ChangeKind.CHANGED, item.kind, item.key, field,
    )  # fmt: skip
    assert (change.id, change.ref) == (item.id, item.ref)
    assert change.before == item.wording.get(field)
    assert change.after == "Something else entirely"


def _texts(item: FlatItem) -> set[str]:
    """The fields of an item that take any words."""
    fields = {
        "title", "name", "text", "heading", "aim", "group", "measure", "description", "note", "printed", "condition",
        "source",
    }  # fmt: skip
    found = fields & item.wording.keys()
    return found - {"heading"} if item.kind in (ItemKind.ACTION, ItemKind.STEP) else found


@FEW
@given(plans(held=True), st.data())
def test_an_item_without_children_taken_out_is_gone_and_put_back_is_added(
    plan: Plan, data: st.DataObject
) -> None:
    items = flatten(plan)
    parents = {item.parent for item in items}
    leaves = [item for item in items if item.key not in parents and item.kind is not ItemKind.PLAN]
    assume(leaves)
    leaf = data.draw(st.sampled_from(leaves))
    without = assemble([item for item in items if item is not leaf], plan.questions)
    for old, new, kind in ((plan, without, ChangeKind.GONE), (without, plan, ChangeKind.ADDED)):
        (change,) = compare(old, new)
        assert (change.kind, change.key, change.item_kind, change.name) == (
            kind,
            leaf.key,
            leaf.kind,
            leaf.name,
        )


@FEW
@given(plans(held=True), plans(held=True))
def test_what_was_added_one_way_is_gone_the_other(one: Plan, other: Plan) -> None:
    def told(changes: tuple[Change, ...], kind: ChangeKind) -> set[str]:
        return {change.key for change in changes if change.kind is kind}

    there, back = compare(one, other), compare(other, one)
    assert told(there, ChangeKind.ADDED) == told(back, ChangeKind.GONE)
    assert told(there, ChangeKind.CHANGED) == told(back, ChangeKind.CHANGED)
    assert told(there, ChangeKind.MOVED) == told(back, ChangeKind.MOVED)


@settings(FEW, max_examples=10)
@given(plans(held=True), plans(held=True))
def test_the_differences_applied_to_one_plan_give_the_other(one: Plan, other: Plan) -> None:
    assert compare(with_changes(one, compare(one, other)), other) == ()


def plan_of(*themes: Theme) -> Plan:
    return Plan(key="plan", council=Council(name="Northbury"), title="Plan", themes=themes)


def theme(number: int, *actions: Action) -> Theme:
    return Theme(key=f"t{number}", number=number, name="Culture", actions=actions)


A = Action(key="a", id=UUID(int=1), ref="A1", title="Adopt a strategy", leads=("Director of Finance",))
B = Action(key="b", title="Review the strategy")


def test_an_action_in_another_theme_has_moved() -> None:
    (change,) = compare(plan_of(theme(1, A, B), theme(2)), plan_of(theme(1, B), theme(2, A)))
    assert (change.kind, change.key, change.before, change.after) == (ChangeKind.MOVED, "a", "t1", "t2")
    assert (change.id, change.ref, change.name) == (UUID(int=1), "A1", "Adopt a strategy")


def test_another_order_is_no_change() -> None:
    assert compare(plan_of(theme(1, A, B), theme(2)), plan_of(theme(2), theme(1, B, A))) == ()


def test_what_varies_in_the_world_is_compared_too() -> None:
    led = A.model_copy(update={"leads": ("Chief Executive",)})
    (change,) = compare(plan_of(theme(1, A)), plan_of(theme(1, led)))
    assert (change.field, change.before, change.after) == (
        "leads",
        ["Director of Finance"],
        ["Chief Executive"],
    )


def test_fields_that_do_not_matter_can_be_left_out() -> None:
    changed = A.model_copy(update={"title": "Adopt another strategy", "leads": ()})
    changes = compare(plan_of(theme(1, A)), plan_of(theme(1, changed)), ignore=frozenset({"title"}))
    assert [change.field for change in changes] == ["leads"]


def test_changes_come_in_the_order_of_the_new_plan_and_what_is_gone_comes_last() -> None:
    goal = Objective(key="o", text="Trust")
    old = plan_of(theme(1, A, B))
    new = plan_of(theme(1, B.model_copy(update={"title": "Review it"})), theme(3)).model_copy()
    new = new.model_copy(
        update={"themes": (new.themes[0].model_copy(update={"objectives": (goal,)}), new.themes[1])}
    )
    kinds = [(change.kind.value, change.key) for change in compare(old, new)]
    assert kinds == [("added", "o"), ("changed", "b"), ("added", "t3"), ("gone", "a")]
