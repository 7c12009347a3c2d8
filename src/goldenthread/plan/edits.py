"""Changing a plan: a new value with some fields of some items replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue, ValidationError

from goldenthread.plan import model
from goldenthread.plan.questions import Edit


class EditError(ValueError):
    """An edit that cannot be made; the message names the item, the field and the value."""


def apply_edits(plan: model.Plan, edits: Iterable[Edit]) -> model.Plan:
    """The plan after these edits, in their order.

    Raises:
        EditError: when no item has the key, the item has no such field, or the value does not fit it.
    """
    content = plan.model_dump(mode="json", by_alias=True)
    for edit in edits:
        if not _edit_below(content, edit):
            raise EditError(f"There is no item “{edit.key}” in the plan to change.")
    try:
        return model.Plan.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise EditError(f"{place}: {first['msg']} (value {first['input']!r}).") from error


def answer(plan: model.Plan, question_key: str, edits: Iterable[Edit]) -> model.Plan:
    """The plan with the question settled by these edits and no longer open."""
    edited = apply_edits(plan, edits)
    still_open = tuple(question for question in edited.questions if question.key != question_key)
    return edited.model_copy(update={"questions": still_open})


def _edit_below(item: dict[str, Any], edit: Edit) -> bool:
    """Make the edit on this item or on one below it; False when none has the key."""
    if item.get("key") == edit.key:
        if edit.field == "same_as":
            _take_identity(item, edit.value)
        else:
            _set(item, edit)
        return True
    for field, children in item.items():
        if field == "questions" or not isinstance(children, list):
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
