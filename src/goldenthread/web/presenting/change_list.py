"""What an amended document would change, as a person checks it: promises by theme first, wording last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import JsonValue

from goldenthread.plan.changes import Change, ChangeKind
from goldenthread.plan.flat import ItemKind
from goldenthread.web.presenting.changes import ChangeWords, field_words, value_words
from goldenthread.web.presenting.index import PlacedAction, PlanIndex, title_words
from goldenthread.web.presenting.statuses import count_words

OWN_PLACE = frozenset({"anchors", "start_printed", "due_printed", "printed"})
"""Where something was printed, and the words of its date cells: what they mean is shown under the dates."""
PROMISES = (ItemKind.ACTION, ItemKind.STEP, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE)
WORDING = frozenset({(ItemKind.SECTION, "paragraphs"), (ItemKind.THEME, "introduction")})
KEYS = frozenset({"workstream", "source", "target"})
"""Fields that name another item by its key."""
ENGAGEMENT, PLAN = "Communication and engagement", "The plan as a whole"
HAPPENED = {
    ChangeKind.ADDED: "New",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.MOVED: "Moved",
    ChangeKind.GONE: "Gone",
}
COUNTED = (
    (ChangeKind.ADDED, "Added"),
    (ChangeKind.CHANGED, "Changed"),
    (ChangeKind.MOVED, "Moved"),
    (ChangeKind.GONE, "Gone"),
)
SUB_HEADING, ENGAGEMENT_MILESTONE = "sub-heading", "milestone"
PLURALS = {"body": "bodies"}


@dataclass(slots=True)
class ItemChanges:
    """One item: what it is, what lies above it, what happened to it, and each field that is not the same."""

    kind: ItemKind
    called: str
    name: str
    above: str | None
    happened: list[str] = field(default_factory=list)
    fields: list[ChangeWords] = field(default_factory=list)

    @property
    def is_promise(self) -> bool:
        """Whether it is an action, a step or a milestone."""
        return self.kind in PROMISES


@dataclass(slots=True)
class ThemeChanges:
    """A theme with its changed promises, and the rest of it that changed."""

    name: str
    promises: list[ItemChanges] = field(default_factory=list)
    others: list[ItemChanges] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordingChange:
    """A passage before and after, in paragraphs, and what happened to it."""

    heading: str
    happened: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeList:
    """The whole list. `counts` says in words how many items were added, changed, moved and gone.

    `total` also counts the differences that are not shown, in the printed words of date cells.
    """

    counts: tuple[tuple[str, str], ...]
    themes: tuple[ThemeChanges, ...]
    wording: tuple[WordingChange, ...]
    total: int

    @property
    def shows(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.themes or self.wording)


def change_list(changes: Iterable[Change], before: PlanIndex | None, after: PlanIndex) -> ChangeList:
    """Changes arranged for checking. `before` is the plan held, None where the document makes a new one."""
    changes = tuple(changes)
    told = [change for change in changes if change.field not in OWN_PLACE]
    places = _Places(before, after)
    wording = tuple(_wording(change, places) for change in told if _is_wording(change))
    items: dict[str, ItemChanges] = {}
    themes = {name: ThemeChanges(name) for name in places.order}
    for change in told:
        if _is_wording(change):
            continue
        if change.key not in items:
            made = items[change.key] = ItemChanges(
                change.item_kind, places.called(change), _named(change), places.above(change.key)
            )
            theme = themes[places.theme(change.key, change.item_kind)]
            (theme.promises if made.is_promise else theme.others).append(made)
        _add(items[change.key], change, places)
    return ChangeList(
        counts=tuple((words, _counted(told, kind, places)) for kind, words in COUNTED),
        themes=tuple(theme for theme in themes.values() if theme.promises or theme.others),
        wording=wording,
        total=len(changes),
    )


class _Places:
    """Names and themes of items in both plans, by key; where both have an item, the document's place counts."""

    def __init__(self, before: PlanIndex | None, after: PlanIndex) -> None:
        self.indexes = [index for index in (after, before) if index]
        self.names: dict[str, str] = {}
        self.themes: dict[str, str] = {}
        self.order: list[str] = []
        for index in reversed(self.indexes):
            for theme in index.plan.themes:
                words = f"{theme.number}. {theme.name}"
                self.themes[theme.key] = self.names[theme.key] = words
                parts = (
                    theme.objectives,
                    theme.workstreams,
                    theme.deliverables,
                    theme.success_statements,
                    theme.milestones,
                )
                for part in parts:
                    self.themes |= dict.fromkeys((item.key for item in part), words)
                    self.names |= {item.key: title_words(item) for item in part}
            for placed in (*index.actions, *index.steps):
                self.names[placed.action.key] = title_words(placed.action)
                self.themes[placed.action.key] = self.themes[placed.theme.key]
        for index in self.indexes:
            self.order += [f"{theme.number}. {theme.name}" for theme in index.plan.themes]
        self.order = list(dict.fromkeys((*self.order, ENGAGEMENT, PLAN)))

    def theme(self, key: str, kind: ItemKind) -> str:
        """The heading under which an item's changes stand."""
        return ENGAGEMENT if kind is ItemKind.ENGAGEMENT_MILESTONE else self.themes.get(key, PLAN)

    def called(self, change: Change) -> str:
        """What sort of item it is, in words. A sub-heading among steps is kept as a step, and is none."""
        if change.item_kind is ItemKind.STEP and not any(
            change.key in index.by_key for index in self.indexes
        ):
            return SUB_HEADING
        return (
            ENGAGEMENT_MILESTONE
            if change.item_kind is ItemKind.ENGAGEMENT_MILESTONE
            else change.item_kind.in_words
        )

    def above(self, key: str) -> str | None:
        """What a step is a step of."""
        placed = next((index.by_key[key] for index in self.indexes if key in index.by_key), None)
        if not isinstance(placed, PlacedAction) or not placed.parents:
            return None
        action = placed.parents[0]
        return f"{action.ref} {title_words(action)}" if action.ref else title_words(action)

    def words(self, value: JsonValue, named: str | None) -> str | None:
        """A value in words; a key becomes the name of what it stands for."""
        if named in KEYS and isinstance(value, str):
            return self.names.get(value, value)
        return value_words(value, named)


def _named(change: Change) -> str:
    return f"{change.ref} {change.name}" if change.ref else change.name


def _add(item: ItemChanges, change: Change, places: _Places) -> None:
    happened = HAPPENED[change.kind]
    if happened not in item.happened:
        item.happened.append(happened)
    if change.kind is ChangeKind.MOVED:
        item.fields.append(_field(change, "Stands under", places, "workstream"))
    elif change.kind is ChangeKind.CHANGED:
        item.fields.append(_field(change, field_words(change.field), places, change.field))


def _field(change: Change, called: str, places: _Places, named: str | None) -> ChangeWords:
    before, after = (places.words(value, named) for value in (change.before, change.after))
    return ChangeWords(change.name, called, before or "Not set", after or "Not set")


def _is_wording(change: Change) -> bool:
    if change.item_kind is ItemKind.SECTION:
        return change.kind is not ChangeKind.MOVED
    return (change.item_kind, change.field) in WORDING


def _wording(change: Change, places: _Places) -> WordingChange:
    heading = change.name
    if change.kind is ChangeKind.CHANGED:
        is_theme = change.item_kind is ItemKind.THEME
        heading = f"Introduction to {places.names.get(change.key, heading)}" if is_theme else heading
        return WordingChange(
            heading, HAPPENED[change.kind], _paragraphs(change.before), _paragraphs(change.after)
        )
    sections = {s.key: s.paragraphs for index in places.indexes for s in index.plan.sections}
    text = sections.get(change.key, ())
    before, after = ((), text) if change.kind is ChangeKind.ADDED else (text, ())
    return WordingChange(heading, HAPPENED[change.kind], before, after)


def _paragraphs(value: JsonValue) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    return (str(value),) if value not in (None, "") else ()


def _counted(told: list[Change], kind: ChangeKind, places: _Places) -> str:
    """How many items of each sort: "3 actions, 5 steps"; an item counts once, however many of its fields changed."""
    sorts: defaultdict[str, set[str]] = defaultdict(set)
    for change in told:
        if change.kind is kind:
            sorts[places.called(change)].add(change.key)
    first = [each.in_words for each in PROMISES]
    ordered = (*(sort for sort in first if sort in sorts), *(sort for sort in sorts if sort not in first))
    return ", ".join(count_words(len(sorts[sort]), sort, PLURALS.get(sort)) for sort in ordered) or "Nothing"
