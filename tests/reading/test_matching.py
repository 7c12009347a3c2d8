"""Identity survives an amended document: what is the same keeps its key, its id and its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from uuid import UUID

import pytest
from support.readings import ANY_PLAN, example_text, published_text, read_text_of, reading_of

from goldenthread.plan.changes import Change, ChangeKind, compare
from goldenthread.plan.edits import answer
from goldenthread.plan.flat import FlatItem, ItemKind, assemble, flatten
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Plan, Theme
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading.matching import match, match_with_scores

any_plan = pytest.mark.parametrize("text_of", ANY_PLAN)
Text = Callable[[], str]
LAYOUT = frozenset({"anchors"})


def held_plan(text: str) -> Plan:
    """The plan of a text as the record holds it: with ids, and with numbers for its promises."""
    plan = reading_of(text)
    items = []
    for number, item in enumerate(flatten(plan), start=1):
        promise = item.kind in (ItemKind.ACTION, ItemKind.STEP, ItemKind.MILESTONE)
        ref = f"N{number}" if promise else None
        items.append(item.model_copy(update={"id": UUID(int=number), "ref": ref}))
    return assemble(items, plan.questions)


@cache
def held() -> Plan:
    return held_plan(example_text())


def amended(*replacements: tuple[str, str]) -> Plan:
    """The example plan read again after some of its words were replaced."""
    text = example_text()
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return match(held(), read_text_of(text))


def with_themes(plan: Plan, change: Callable[[Theme], Theme]) -> Plan:
    return plan.model_copy(update={"themes": tuple(map(change, plan.themes))})


def rekeyed(plan: Plan) -> Plan:
    """The plan under other keys, as if it had been read from another layout: only words and places remain.

    What has no words has nothing but its key.
    """
    names = {
        item.key: item.key if item.name == item.key else f"other/{number}"
        for number, item in enumerate(flatten(plan))
    }
    items = []
    for item in flatten(plan):
        wording = dict(item.wording)
        for field in ("workstream", "source", "target"):
            if field in wording:
                wording[field] = names.get(str(wording[field]), wording[field])
        parent = names[item.parent] if item.parent else None
        fresh = {"key": names[item.key], "parent": parent, "id": None, "ref": None, "wording": wording}
        items.append(item.model_copy(update=fresh))
    return assemble(items)


def identities(plan: Plan) -> set[tuple[str, UUID | None, str | None]]:
    return {(item.key, item.id, item.ref) for item in flatten(plan)}


def asked_about_identity(plan: Plan) -> list[str | None]:
    return [question.item_key for question in plan.questions if question.kind is QuestionKind.IDENTITY]


def of_kind(changes: Iterable[Change], kind: ChangeKind) -> list[Change]:
    return [change for change in changes if change.kind is kind]


def item_named(plan: Plan, name: str) -> FlatItem:
    (found,) = [item for item in flatten(plan) if item.name == name]
    return found


@any_plan
def test_a_plan_is_the_same_as_itself(text_of: Text) -> None:
    plan = held_plan(text_of())
    again, scores = match_with_scores(plan, reading_of(text_of()))
    assert again == plan
    assert {score.likeness for score in scores} == {100.0}


@any_plan
def test_a_plan_is_the_same_under_other_keys(text_of: Text) -> None:
    plan = held_plan(text_of())
    again = match(plan, rekeyed(plan))
    assert identities(again) == identities(plan)
    assert compare(plan, again) == ()


@any_plan
def test_in_another_order_it_is_the_same(text_of: Text) -> None:
    plan = held_plan(text_of())

    def backwards(theme: Theme) -> Theme:
        return theme.model_copy(update={"actions": theme.actions[::-1], "milestones": theme.milestones[::-1]})

    turned = with_themes(reading_of(text_of()), backwards)
    turned = turned.model_copy(update={"themes": turned.themes[::-1]})
    again = match(plan, rekeyed(turned))
    assert identities(again) == identities(plan)
    assert asked_about_identity(again) == []
    assert compare(plan, again) == ()


def test_a_little_reworded_it_is_the_same_and_only_the_wording_changed() -> None:
    again = amended(
        (
            "Settle the organisational culture that the council wants",
            "Settle the organisational culture the council wants",
        ),
        ("Write a Continuous Improvement Plan", "Write the Continuous Improvement Plan"),
    )
    assert identities(again) == identities(held())
    assert asked_about_identity(again) == []
    changed = compare(held(), again, ignore=LAYOUT)
    assert {(change.kind, change.field, change.after) for change in changed} == {
        (ChangeKind.CHANGED, "title", "Settle the organisational culture the council wants"),
        (ChangeKind.CHANGED, "title", "Write the Continuous Improvement Plan"),
    }


def test_a_theme_with_nearly_the_same_name_is_the_same() -> None:
    again = amended(("Theme 6 – Partnerships and Relationships", "Theme 6 – Partnership and Relationships"))
    assert identities(again) == identities(held())
    assert asked_about_identity(again) == []
    (change,) = compare(held(), again, ignore=LAYOUT)
    assert (change.item_kind, change.field, change.after) == (
        ItemKind.THEME, "name", "Partnership and Relationships",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Corporate Grip and Oversight", "How the council is run"])
def test_a_theme_with_another_name_keeps_all_that_is_in_it(name: str) -> None:
    """The theme itself is known by what is in it, or asked about; what is in it is never lost."""
    again = amended(("Theme 2 – Corporate Oversight", f"Theme 2 – {name}"))
    lost = identities(held()) - identities(again)
    assert {key for key, _, _ in lost} <= {"theme/corporate-oversight"}
    theme = item_named(again, name)
    assert theme.id is not None or asked_about_identity(again) == [theme.key]


def test_an_action_in_another_theme_has_moved_with_its_steps() -> None:
    plan = reading_of(example_text())
    taken = plan.themes[0].actions[0].model_copy(update={"workstream": None})
    first = plan.themes[0].model_copy(update={"actions": plan.themes[0].actions[1:]})
    last = plan.themes[5].model_copy(update={"actions": (*plan.themes[5].actions, taken)})
    moved = plan.model_copy(update={"themes": (first, *plan.themes[1:5], last)})
    again = match(held(), rekeyed(moved))
    assert identities(again) == identities(held())
    (change,) = of_kind(compare(held(), again), ChangeKind.MOVED)
    assert (change.key, change.before, change.after) == (taken.key, first.key, last.key)


@any_plan
def test_one_added_is_added_and_one_removed_is_gone(text_of: Text) -> None:
    plan = reading_of(text_of())
    theme = plan.themes[3]
    out = theme.actions[2]
    new = Action(key="action/new", title="Appoint an independent person to the audit committee")
    changed = theme.model_copy(update={"actions": (*theme.actions[:2], new, *theme.actions[3:])})
    again = match(
        held_plan(text_of()),
        plan.model_copy(update={"themes": (*plan.themes[:3], changed, *plan.themes[4:])}),
    )
    assert asked_about_identity(again) == []
    changes = compare(held_plan(text_of()), again)
    assert [change.name for change in of_kind(changes, ChangeKind.ADDED)] == [new.title]
    assert {change.key for change in of_kind(changes, ChangeKind.GONE)} == {part.key for part in out.walk()}
    assert not of_kind(changes, ChangeKind.MOVED)
    assert not of_kind(changes, ChangeKind.CHANGED)


def test_a_new_item_never_takes_the_key_of_one_that_is_gone() -> None:
    """A key is made of words: a new action may have the words of an old one that is somewhere else now."""
    plan = reading_of(example_text())
    theme = plan.themes[3]
    out = theme.actions[2]
    new = Action(key=out.key, title="Appoint an independent person to the audit committee")
    changed = theme.model_copy(update={"actions": (*theme.actions[:2], new, *theme.actions[3:])})
    again = match(held(), plan.model_copy(update={"themes": (*plan.themes[:3], changed, *plan.themes[4:])}))
    found = item_named(again, str(new.title))
    assert found.key != out.key
    assert found.id is None
    assert found.ref is None


def test_one_that_is_half_alike_is_asked_about_and_either_answer_can_be_given() -> None:
    new = "A Commercial Strategy from others"
    again = amended(("Write the Commercial Strategy and put it to work", new))
    (key,) = [key for key in asked_about_identity(again) if key and key.startswith("action/")]
    (question,) = [q for q in again.questions if q.item_key == key and q.kind is QuestionKind.IDENTITY]
    old = item_named(held(), "Write the Commercial Strategy and put it to work")
    assert old.name in question.text
    assert question.default == 0, (
        "so much alike, it is suggested that they are the same, and not taken for it"
    )
    assert question.anchors
    same = answer(again, question.key, question.candidates[0].edits)
    assert {old.key} <= {item.key for item in flatten(same)}
    assert item_named(same, new).id == old.id
    other = answer(again, question.key, question.candidates[1].edits)
    assert item_named(other, new).id is None


def test_very_other_words_give_questions_and_no_wrong_silent_matches() -> None:
    """The example says what the published plan says in other words, action for action and step for step."""
    published, example = held_plan(published_text()), reading_of(example_text())
    again, scores = match_with_scores(published, example)

    def places(plan: Plan) -> dict[str, int]:
        return {part.key: number for number, action in enumerate(plan.actions()) for part in action.walk()}

    ours, theirs = places(example), places(published)
    wrong = [score for score in scores if score.read in ours and ours[score.read] != theirs[score.held]]
    assert wrong == []
    paired = {score.read for score in scores}
    unsure = set(asked_about_identity(again))
    assert len(unsure) > 20
    assert len(unsure | paired) > 500


@any_plan
def test_what_the_reader_asks_speaks_of_the_items_under_their_held_keys(text_of: Text) -> None:
    plan = held_plan(text_of())
    again = match(plan, rekeyed(plan).model_copy(update={"questions": ()}))
    assert again.questions == ()
    again = match(plan, reading_of(text_of()))
    keys = {item.key for item in flatten(again)}
    for question in again.questions:
        assert question.item_key is None or question.item_key in keys
        assert all(edit.key in keys for choice in question.candidates for edit in choice.edits)


@any_plan
def test_questions_follow_items_whose_keys_changed(text_of: Text) -> None:
    """A little other wording gives another key at reading; the questions about it must still find it."""
    text = text_of()
    title = next(
        str(action.title)
        for action in reading_of(text).actions()
        if action.title and any(question.item_key == action.key for question in reading_of(text).questions)
    )
    again = match(held_plan(text), read_text_of(text.replace(title, f"To {title[0].lower()}{title[1:]}")))
    keys = {item.key for item in flatten(again)}
    assert slug(f"To {title}") not in " ".join(keys)
    for question in again.questions:
        assert question.item_key is None or question.item_key in keys
        assert all(edit.key in keys for choice in question.candidates for edit in choice.edits)
