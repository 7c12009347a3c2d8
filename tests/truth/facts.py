"""What kinds of fact are keyed, and how one is compared with what a reader found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Text:
    """A printed text: whole, or only its first words, its last words and how many words it has."""

    starts: str
    ends: str
    words: int

    @property
    def whole(self) -> str | None:
        return self.starts if self.starts == self.ends else None

    def __str__(self) -> str:
        return self.whole or f"{self.starts} … {self.ends} [{self.words} words]"


@dataclass(frozen=True)
class DateMeaning:
    """What a printed date token means. `status` (complete, ongoing, tbc) stands where there is no date."""

    printed: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    approximate: bool = False
    bound: str | None = None
    recurs: str | None = None
    condition: str | None = None
    status: str | None = None
    achieved: bool = False


@dataclass(frozen=True)
class Item:
    """An objective, a success statement, a direction element or an exit factor."""

    line: int
    text: Text


@dataclass(frozen=True)
class Workstream:
    """`name` is the theme's own list's, `name_in_table` the delivery plan's; `aim` is None if only in the table."""

    line: int
    name: str
    name_in_table: str
    aim: Text | None


@dataclass(frozen=True)
class Related:
    """Where else the plan speaks of a milestone: the first line of that action or step, and its date."""

    line: int
    where: str
    date: DateMeaning | None
    ambiguous: bool


@dataclass(frozen=True)
class Milestone:
    """`dates` is empty where the cell is blank; `above` and `below` are then the nearest printed dates."""

    line: int
    name: Text
    dates: tuple[DateMeaning, ...]
    parts: tuple[str, ...]
    above: DateMeaning | None
    below: DateMeaning | None
    related: tuple[Related, ...]
    cut_short: bool

    @property
    def achieved(self) -> bool:
        return any(date.achieved for date in self.dates)


@dataclass(frozen=True)
class Deliverable:
    line: int
    name: Text
    group: str | None


@dataclass(frozen=True)
class Reference:
    """A reviewer's recommendation as cited: by number ("3", "1.5", "all"), by page, or the source as a whole."""

    review: str
    class_: str | None
    number: str | None
    page: str | None


@dataclass(frozen=True)
class Step:
    """A step, or a heading among steps. `start` and `due` are None where not printed or ambiguous.

    `italic` is how the plan marks what was done already; `level_asked` says that the printed nesting is doubtful.
    """

    text: Text
    level: int
    level_asked: bool
    heading: bool
    italic: bool
    start: DateMeaning | None
    due: DateMeaning | None


@dataclass(frozen=True)
class Action:
    """An action of the delivery plan: one printed row, or two of which the second continues the first.

    `start` and `due` are the action's own. `shifted` says which way the row's cells are displaced in the table;
    `asked`, that a person must be asked what the action is; a title that is not printed is None.
    """

    theme: int
    lines: tuple[int, ...]
    workstream: str
    workstream_printed: str
    title: Text | None
    leads: tuple[str, ...]
    references: tuple[Reference, ...]
    steps: tuple[Step, ...]
    start_tokens: tuple[DateMeaning, ...]
    due_tokens: tuple[DateMeaning, ...]
    start: DateMeaning | None
    due: DateMeaning | None
    start_ambiguous: str | None
    due_ambiguous: str | None
    shifted: str | None
    asked: bool

    @property
    def leaf_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.heading)


@dataclass(frozen=True)
class Theme:
    number: int
    name: str
    line: int
    objectives: tuple[Item, ...]
    workstreams: tuple[Workstream, ...]
    workstreams_only_in_table: tuple[Workstream, ...]
    milestones: tuple[Milestone, ...]
    deliverables: tuple[Deliverable, ...]
    success_statements: tuple[Item, ...]
    success_lead_in_lines: tuple[int, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Review:
    """An external review; `totals` are the numbers of recommendations that the plan states, by class."""

    line: int
    author: str
    title: str
    date: str
    totals: Mapping[str, int]
    rating: str | None


@dataclass(frozen=True)
class Risk:
    line: int
    name: str
    text: Text


@dataclass(frozen=True)
class Truth:
    title: str
    phase: str
    themes: tuple[Theme, ...]
    theme_names_in_list: tuple[str, ...]
    reviews: tuple[Review, ...]
    direction_elements: tuple[Item, ...]
    engagement_milestones: tuple[Milestone, ...]
    exit_factors: tuple[Item, ...]
    risks: tuple[Risk, ...]
    strategic_risk_reference: str
    dates: Mapping[str, DateMeaning]

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for theme in self.themes for action in theme.actions)


def matches(fact: Text, text: str) -> bool:
    """Whether a reader's text is the printed one, white space apart."""
    words = text.split()
    plain = " ".join(words)
    if fact.whole is not None:
        return plain == fact.whole
    return plain.startswith(fact.starts) and plain.endswith(fact.ends) and len(words) == fact.words
