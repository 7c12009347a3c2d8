"""Changing a plan: a new value with some fields of some items replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any

from pydantic import JsonValue, ValidationError

from goldenthread.plan import model
from goldenthread.plan.flat import placed_items
from goldenthread.plan.questions import Edit, Question


class EditError(ValueError):
    """An edit that cannot be made; the message names the item, the field and the value."""


def apply_edits(plan: model.Plan, edits: Iterable[Edit]) -> model.Plan:
    """The plan after these edits, in their order.

    Raises:
        EditError: when no item has the key, the item has no such field, the value does not fit it, or two items
            would have the same key.
    """
    made = tuple(edits)
    if not made:
        return plan
    content = plan.model_dump(mode="json", by_alias=True, exclude={"questions"})  # questions are no items
    for edit in made:
        if not _edit_below(content, edit):
            raise EditError(f"There is no item “{edit.key}” in the plan to change.")
    try:
        edited = model.Plan.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise EditError(
            f"{_place(content, first['loc'])}: {first['msg']} (value {first['input']!r})."
        ) from error
    if doubled := next((key for key, count in Counter(_keys(edited)).items() if count > 1), None):
        raise EditError(f"Two items would have the key “{doubled}”.")
    return edited.model_copy(update={"questions": plan.questions})


def answer(plan: model.Plan, question_key: str, edits: Iterable[Edit]) -> model.Plan:
    """The plan with the question settled by these edits and no longer open; raises as `apply_edits` does."""
    edited = apply_edits(plan, edits)
    return edited.model_copy(update={"questions": tuple(questions_left(edited, question_key))})


def questions_left(plan: model.Plan, settled: str) -> Iterator[Question]:
    """The plan's questions without the one with this key, as they stand after its answer.

    An answer can take items away. A question about one of them goes with it, and a candidate that would change one
    is no longer on offer.
    """
    keys = set(_keys(plan))
    for question in plan.questions:
        if question.key == settled or (question.item_key and question.item_key not in keys):
            continue
        possible = [all(edit.key in keys for edit in choice.edits) for choice in question.candidates]
        yield question if all(possible) else _narrowed(question, possible)


def _narrowed(question: Question, possible: Sequence[bool]) -> Question:
    """The question with only the possible ones of its candidates; the default moves with its candidate."""
    default = question.default
    if default is not None:
        default = sum(possible[:default]) if possible[default] else None
    return question.model_copy(
        update={"candidates": tuple(compress(question.candidates, possible)), "default": default}
    )


def _keys(plan: model.Plan) -> Iterator[str]:
    """The key of every item."""
    return (placed.item.key for placed in placed_items(plan))


def _place(content: Any, path: Iterable[int | str]) -> str:
    """The innermost item on a path into a plan's JSON, and the field of it."""
    key, field = "", []
    for step in path:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):  # pydantic also names the type that it tried
            content = None
        field.append(str(step))
        if isinstance(content, dict) and "key" in content:
            key, field = str(content["key"]), []
    return f"“{key}”, {'.'.join(field)}" if key else ".".join(field)


def _edit_below(item: dict[str, Any], edit: Edit) -> bool:
    """Make the edit on this item or on one below it; False when none has the key."""
    if item.get("key") == edit.key:
        if edit.field == "same_as":
            _take_identity(item, edit.value)
        else:
            _set(item, edit)
        return True
    for children in item.values():
        if not isinstance(children, list):
            continue
        for place, child in enumerate(children):
            if not isinstance(child, dict):
                continue
            if child.get("key") == edit.key and edit.field == "replaced_by":
                children[place : place + 1] = _as_list(edit.value)
                return True
            if "key" in child and _edit_below(child, edit):
                return True
    return False


def _set(item: dict[str, Any], edit: Edit) -> None:
    *path, last = edit.field.split(".")
    target: Any = item
    for name in path:
        target = target.get(name) if isinstance(target, dict) else None
    if not isinstance(target, dict) or last not in target or last in {"key", "id"}:
        raise EditError(f"“{edit.key}” has no field “{edit.field}” that can be changed.")
    target[last] = edit.value


def _take_identity(item: dict[str, Any], identity: JsonValue) -> None:
    """Give an item the key, the id and the number of one that is held: they are the same."""
    if not isinstance(identity, dict) or "key" not in identity:
        raise EditError(f"“{item['key']}” can only be the same as an item with a key, not {identity!r}.")
    item.update({name: identity.get(name) for name in ("key", "id", "ref") if name in item})


def _as_list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise EditError(f"An item is replaced by a list of items, not by {value!r}.")
    return value
