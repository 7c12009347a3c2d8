"""What differs between two states of a plan, item by item and field by field.

The same comparison makes the change list of an import, the changes between two dates, and the rows that the record
writes: they agree by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, ItemKind, Series, assemble, flat_item, flatten, placed_items
from goldenthread.plan.model import Plan
from goldenthread.plan.values import Value


class ChangeKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"


class Change(Value):
    """One difference. For `CHANGED`, `field` says which, with its value before and after, as JSON.

    For `MOVED`, before and after are the keys of the parents. What is `ADDED` stands whole in `after`, and what is
    `GONE` in `before`: its parent, its place there, what it says and what is so of it.
    """

    kind: ChangeKind
    item_kind: ItemKind
    key: str
    id: UUID | None
    ref: str | None
    name: str
    field: str | None = None
    before: JsonValue = None
    after: JsonValue = None


def compare(old: Plan, new: Plan, *, ignore: frozenset[str] = frozenset()) -> tuple[Change, ...]:
    """Every difference from the old plan to the new one, matched by key, in the order of the new plan.

    Order among brothers and sisters is not compared: a promise is the same wherever it is printed in its list.
    `ignore` names fields that do not matter to the caller (`anchors`, say).
    """
    before = {placed.item.key: placed for placed in placed_items(old)}
    after = {placed.item.key: placed for placed in placed_items(new)}
    changes: list[Change] = []
    for key, placed in after.items():
        was = before.get(key)
        if was is None:
            item = flat_item(placed)
            changes.append(_change(ChangeKind.ADDED, item, after=_whole(item)))
        elif was.parent != placed.parent or was.item != placed.item:  # most are the same: they need no JSON
            changes.extend(_differences(flat_item(was), flat_item(placed), ignore))
    for key, placed in before.items():
        if key not in after:
            item = flat_item(placed)
            changes.append(_change(ChangeKind.GONE, item, before=_whole(item)))
    return tuple(changes)


def with_changes(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan after these differences: `compare` the other way round, but for the order of brothers and sisters.

    Raises:
        KeyError: A change is about an item that the plan has not.
    """
    items = {item.key: item for item in flatten(plan)}
    for change in changes:
        match change.kind:
            case ChangeKind.ADDED:
                content = change.after if isinstance(change.after, dict) else {}
                named = {"kind": change.item_kind, "key": change.key, "id": change.id, "ref": change.ref}
                items[change.key] = FlatItem.model_validate({**content, **named})
            case ChangeKind.GONE:
                del items[change.key]
            case ChangeKind.MOVED:
                items[change.key] = items[change.key].model_copy(update={"parent": change.after})
            case ChangeKind.CHANGED:
                items[change.key] = _with_field(items[change.key], change)
    return assemble(items.values(), plan.questions)


def _with_field(item: FlatItem, change: Change) -> FlatItem:
    if change.field not in set(Series) or change.field in item.wording:
        return item.model_copy(update={"wording": {**item.wording, str(change.field): change.after}})
    series = Series(change.field)
    facts = {name: value for name, value in item.facts.items() if name is not series}
    if change.after is not None:
        facts[series] = change.after
    return item.model_copy(update={"facts": facts})


def _whole(item: FlatItem) -> JsonValue:
    return item.model_dump(mode="json", include={"parent", "position", "wording", "facts"})


def _differences(old: FlatItem, new: FlatItem, ignore: frozenset[str]) -> list[Change]:
    found = []
    if old.parent != new.parent:
        found.append(_change(ChangeKind.MOVED, new, before=old.parent, after=new.parent))
    before, after = _fields(old), _fields(new)
    changed = sorted(
        field for field in (before.keys() | after.keys()) - ignore if before.get(field) != after.get(field)
    )
    found.extend(
        _change(ChangeKind.CHANGED, new, field=field, before=before.get(field), after=after.get(field))
        for field in changed
    )
    return found


def _fields(item: FlatItem) -> dict[str, JsonValue]:
    return {**item.wording, **{series.value: value for series, value in item.facts.items()}}


def _change(kind: ChangeKind, item: FlatItem, **more: Any) -> Change:
    return Change(
        kind=kind, item_kind=item.kind, key=item.key, id=item.id, ref=item.ref, name=item.name, **more
    )
