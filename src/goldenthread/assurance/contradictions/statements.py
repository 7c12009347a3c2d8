"""Everything in a plan that can be compared with something else, with what is known of its date, lead and state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from goldenthread.assurance.contradictions.model import Place
from goldenthread.assurance.contradictions.wording import Language, Wording
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Action, Item, Milestone, Plan, Theme
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor


@dataclass(frozen=True, eq=False, slots=True)
class Statement:
    """One thing that the plan says in one place.

    `dates` are the dates that it may have: one that is sure, or those of every reading of a question that is open.
    `row` are the dates that the row of its action prints, where it is not known which is whose. `context` are the
    subject words of what it stands under, `root` the action it belongs to (itself, for an action).
    """

    item: Item
    kind: ItemKind
    text: str
    wording: Wording
    theme: Theme | None = None
    root: Action | None = None
    above: tuple[Action, ...] = ()
    context: frozenset[str] = frozenset()
    dates: tuple[PlanDate, ...] = ()
    start: PlanDate | None = None
    status: Status = Status.UNKNOWN
    statuses: frozenset[Status] = frozenset()
    tbc: bool = False
    leads: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    settled: bool = True
    row: str | None = None
    key_suffix: str = ""

    core: frozenset[str] = field(init=False)
    """The words of its subject."""
    bag: frozenset[str] = field(init=False)
    """The words of its subject and of what it stands under."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "core", self.wording.core)
        object.__setattr__(self, "bag", self.wording.core | self.context)

    @property
    def is_done(self) -> bool:
        """Whether it is said to be done under every reading."""
        return self.status.is_done or (
            bool(self.statuses) and all(status.is_done for status in self.statuses)
        )

    @property
    def key(self) -> str:
        return f"{self.item.key}{self.key_suffix}"

    @property
    def date_words(self) -> str | None:
        """The printed words of its date; of all dates that it may have, where that is in doubt."""
        if self.dates:
            return " or ".join(dict.fromkeys(date.printed for date in self.dates))
        if isinstance(self.item, Milestone):
            return self.item.printed or None
        if isinstance(self.item, Action):
            return self.row if self.kind is ItemKind.STEP and self.row else self.item.due_printed or self.row
        return None

    @property
    def row_printed(self) -> str | None:
        """All that the document prints as due dates of an action and its steps."""
        return self.item.due_printed if isinstance(self.item, Action) else None

    @property
    def what(self) -> str:
        """What it is, with the theme it stands in: "milestone of theme 4"."""
        name = "sentence" if self.kind is ItemKind.SECTION else self.kind.in_words
        return (
            f"{name} of theme {self.theme.number}" if self.theme and self.kind is not ItemKind.THEME else name
        )

    def place(self) -> Place:
        """As a contradiction shows it."""
        return Place(
            key=self.key, id=self.item.id, kind=self.kind, what=self.what, words=self.text, anchors=self.anchors,
            date=self.date_words, leads=self.leads,
        )  # fmt: skip


@dataclass(frozen=True)
class Statements:
    """The statements of a plan, its language, and how much each subject word tells: rare words tell most."""

    plan: Plan
    language: Language
    milestones: tuple[Statement, ...]
    promises: tuple[Statement, ...]
    deliverables: tuple[Statement, ...]
    aims: tuple[Statement, ...]
    sentences: tuple[Statement, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    _whole: dict[frozenset[str], int] = field(default_factory=dict)

    def weight(self, words: Iterable[str]) -> int:
        """How much some subject words tell together; whole numbers, so that the order of the words is nothing."""
        return sum(map(self._tells, words))

    def whole(self, words: frozenset[str]) -> int:
        """As `weight`, for what is asked about often."""
        known = self._whole.get(words)
        if known is None:
            known = self._whole[words] = self.weight(words)
        return known

    @cached_property
    def _tells(self) -> Callable[[str], int]:
        return defaultdict(lambda: self.unknown, self.weights).__getitem__

    @cached_property
    def unknown(self) -> int:
        """What a word tells that stands in no promise."""
        return max(self.weights.values(), default=1)

    @cached_property
    def by_root(self) -> Mapping[str, tuple[Statement, ...]]:
        """Every action with its steps, by the key of the action."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for promise in self.promises:
            assert promise.root is not None
            found[promise.root.key].append(promise)
        return {key: tuple(promises) for key, promises in found.items()}

    def telling(self, words: Iterable[str], most: int = 5) -> tuple[str, ...]:
        """The most telling of some subject words, rarest first."""
        return tuple(sorted(words, key=lambda word: (-self.weights.get(word, self.unknown), word))[:most])


def comes_before(one: Statement, other: Statement) -> bool:
    """Whether one is before the other by every reading of both dates; False where either has none."""
    return bool(one.dates and other.dates) and all(a.is_before(b) for a in one.dates for b in other.dates)
