"""What differs between two states of a plan, item by item and field by field.

The same comparison makes the change list of an import, the changes between two dates, and the rows that the record
writes: they agree by construction.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, ItemKind, flatten
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

    For `MOVED`, before and after are the keys of the parents.
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
    before = {item.key: item for item in flatten(old)}
    after = {item.key: item for item in flatten(new)}
    changes: list[Change] = []
    for key, item in after.items():
        if key not in before:
            changes.append(_change(ChangeKind.ADDED, item))
        else:
            changes.extend(_differences(before[key], item, ignore))
    changes.extend(_change(ChangeKind.GONE, item) for key, item in before.items() if key not in after)
    return tuple(changes)


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
