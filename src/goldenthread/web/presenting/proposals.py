"""Change requests in words: what is asked for, what it would alter, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from goldenthread.plan.changes import Change, ChangeKind
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.destinations import Destination
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import LinkKind
from goldenthread.plan.proposals import (
    Closure,
    Deferral,
    Division,
    Merger,
    NewAction,
    NewDate,
    NewMeasure,
    NewWording,
    ProposedChange,
    Resumption,
    Supersession,
    Transfer,
)
from goldenthread.record.models.change_control import RequestState
from goldenthread.web.presenting.changes import ChangeWords, change_words, field_words, value_words
from goldenthread.web.presenting.index import PlacedAction, PlanIndex, handle, title_words

LINK_WORDS = {
    LinkKind.SUPERSEDES: "takes the place of",
    LinkKind.TRANSFERRED_TO: "goes on in another plan:",
    LinkKind.PRODUCES: "produces",
    LinkKind.CONTRIBUTES: "contributes to",
    LinkKind.MITIGATES: "mitigates",
}
SHOWN_OF_NEW = ("title", "name", "approved", "leads", "references")
STATE_WORDS = {
    RequestState.PROPOSED: ("Waiting for a decision", "govuk-tag--yellow"),
    RequestState.APPROVED: ("Approved", "govuk-tag--green"),
    RequestState.REFUSED: ("Refused", "govuk-tag--red"),
    RequestState.WITHDRAWN: ("Withdrawn", "govuk-tag--grey"),
}


@dataclass(frozen=True, slots=True)
class StateWords:
    """Where a request stands, and the style of its tag."""

    text: str
    tag: str


def state_words(state: RequestState) -> StateWords:
    """What a page says of a request's state."""
    return StateWords(*STATE_WORDS[state])


def item_words(index: PlanIndex, key: str) -> tuple[str, str | None, str | None]:
    """An item's number and title, with the route and the handle of its page if it has one."""
    if placed := index.by_key.get(key):
        item = placed.action if isinstance(placed, PlacedAction) else placed.milestone
        named = f"{item.ref} {title_words(item)}" if item.ref else title_words(item)
        return named, "action" if isinstance(placed, PlacedAction) else "milestone", handle(item)
    for theme in index.plan.themes:
        if theme.key == key:
            return f"Theme {theme.number}: {theme.name}", None, None
        for statement in theme.success_statements:
            if statement.key == key:
                return f"“{statement.text}”", None, None
    return key, None, None


def request_words(change: ProposedChange, index: PlanIndex) -> str:
    """What is asked for, in a line."""
    item = item_words(index, change.item)[0]
    match change:
        case NewDate():
            return f"Move the approved date of {item} to {change.date.printed}"
        case NewMeasure():
            return f"Change the measure of success of {item}"
        case NewWording():
            return f"Change the {'words' if change.title else 'leads'} of {item}"
        case NewAction():
            return f"Add “{change.part.title}” to {item}"
        case Closure():
            return f"Close {item} without finishing it"
        case Deferral():
            return f"Defer {item}{_until(change.until)}"
        case Resumption():
            return f"Take up {item} again"
        case Merger():
            return f"Merge {_listed(index, change.others)} into {item}"
        case Division():
            return f"Split {item} into {len(change.parts)}"
        case Supersession():
            return f"Let {item_words(index, change.by)[0]} take the place of {item}"
        case Transfer():
            return f"Transfer {item} to {Destination(change.to, change.action or '')}"


def effect_words(effect: Iterable[Change], *indexes: PlanIndex) -> tuple[ChangeWords, ...]:
    """What a change alters, a row for each field; what is new is shown with what it says."""
    return tuple(row for change in effect for row in rows_of(change, indexes))


def rows_of(change: Change, indexes: Iterable[PlanIndex]) -> tuple[ChangeWords, ...]:
    """One difference as rows. An item that comes or goes shows what it says in the last."""
    if change.kind not in {ChangeKind.ADDED, ChangeKind.GONE}:
        return (change_words(change),)
    content = change.after if change.kind is ChangeKind.ADDED else change.before
    told = change_words(change)
    if not isinstance(content, dict):
        return (told,)
    said = {**_dict(content.get("wording")), **_dict(content.get("facts"))}
    if change.item_kind is ItemKind.LINK:
        name = _link_words(said, tuple(indexes))
        return (ChangeWords(name, told.what, None, str(said.get("note") or "") or None),)
    words = "; ".join(
        f"{field_words(field)}: {value}"
        for field in SHOWN_OF_NEW
        if (value := value_words(said.get(field), field))
    )
    before, after = (None, words) if change.kind is ChangeKind.ADDED else (words, None)
    return (ChangeWords(told.item, told.what, before or None, after or None),)


def _link_words(said: dict[str, JsonValue], indexes: tuple[PlanIndex, ...]) -> str:
    def named(key: JsonValue) -> str:
        found = (item_words(index, str(key))[0] for index in indexes)
        return next(
            (name for name in found if name != key), "a new item" if "/added/" in str(key) else str(key)
        )

    kind = LinkKind(str(said["kind"]))
    words = LINK_WORDS.get(kind, kind.value.replace("_", " "))
    return f"{named(said['source'])} {words} {named(said['target'])}"


def _dict(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def _until(date: PlanDate | None) -> str:
    return f" until {date.printed}" if date else ", without a date"


def _listed(index: PlanIndex, keys: Iterable[str]) -> str:
    *most, last = (item_words(index, key)[0] for key in keys)
    return f"{', '.join(most)} and {last}" if most else last
