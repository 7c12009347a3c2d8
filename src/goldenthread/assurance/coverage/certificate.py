"""The certificate of coverage: for everything that reviewers asked, which actions answer it. Values only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from goldenthread.assurance.coverage.states import FLAGS, State
from goldenthread.plan.model import Action, Found, Recommendation, Requirement, Review
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.plan.status import CHECKED

EXIT_FACTORS = "Exit factors"


class RowKind(Enum):
    """What a row stands for. Only numbered recommendations, and those known by their total alone, are counted."""

    NUMBER = "Recommendation"
    UNLISTED = "Recommendations without a number"
    POINT = "Point that is no recommendation"
    PAGE = "Page"
    CODE = "Code"
    ALL = "All recommendations"
    WHOLE = "The review as a whole"
    ELEMENT = "Required element"
    EXIT_FACTOR = "Exit factor"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that was asked for, or a reference whose meaning is open; and the actions that cite it.

    Attributes:
        source: The review's name as references cite it, or "Exit factors".
        name: How a person calls it inside its source: "Key recommendation 4", "Page 24".
        slug: The same in an address; no other row of the source has it.
        flags: What is the matter with it, gravest first; empty where nothing is.
        because: What the state rests on, as the end of a sentence; empty where the state says it all.
        actions: Those that cite it, themselves or in a step, in printed order.
        answering: Those of them that go on or are done and are not about the plan itself.
        is_unexplained: Whether it is a page or a code of which the plan does not say what it stands for.
        count: How many recommendations the row stands for; more than one where their numbers are not known.
    """

    source: str
    kind: RowKind
    name: str
    slug: str = ""
    reference: Reference | None = None
    item: Recommendation | Requirement | None = None
    text: str | None = None
    flags: tuple[State, ...] = ()
    because: str = ""
    actions: tuple[Action, ...] = ()
    answering: tuple[Action, ...] = ()
    is_unexplained: bool = False
    count: int = 1
    lifted_on: date | None = None

    @property
    def looked_up_as(self) -> Found | None:
        """What somebody found in the review, if anybody looked."""
        seen = self.item.looked_up if isinstance(self.item, Recommendation) else None
        return seen.found if seen else None

    @property
    def state(self) -> State:
        """The one word."""
        if self.flags:
            return self.flags[0]
        if self.looked_up_as is Found.ABSENT:
            return State.ABSENT
        return State.SINGLE if len(self.answering) == 1 else State.COVERED

    @property
    def is_flagged(self) -> bool:
        """Whether somebody must do something before coverage is shown."""
        return bool(self.flags)

    @property
    def is_cited(self) -> bool:
        """Whether any action cites it."""
        return bool(self.actions)

    @property
    def rests_on_one(self) -> bool:
        """Whether exactly one action cites it, whatever else is the matter."""
        return len(self.actions) == 1

    @property
    def is_recommendation(self) -> bool:
        """Whether it is, as far as the plan shows, a recommendation that the review made."""
        doubtful = {State.DANGLING, State.NOT_REFERENCED, State.ABSENT}
        return self.kind in {RowKind.NUMBER, RowKind.UNLISTED} and self.state not in doubtful

    @property
    def verified(self) -> int:
        """How many of the answering actions are verified or embedded: done, with evidence that somebody checked."""
        return sum(action.status in CHECKED for action in self.answering)

    @property
    def is_addressed(self) -> bool:
        """Whether every answering action is verified or embedded. Being cited says nothing of it."""
        return bool(self.answering) and self.verified == len(self.answering)

    @property
    def is_lifted(self) -> bool:
        """Whether the reviewer or another authority has said that it stands no longer."""
        return self.lifted_on is not None


@dataclass(frozen=True)
class Tally:
    """How many recommendations of a class a review is said to have made, and how many of those the plan knows.

    `found` are known by their number, `beyond` are cited past the last one, `added` came after the plan.
    """

    class_: ReferenceClass | None
    stated: int | None
    found: int
    beyond: tuple[str, ...] = ()
    added: int = 0


@dataclass(frozen=True)
class Counts:
    """Rows of a source by what is said of them; a row that stands for several recommendations counts as so many."""

    asked: int
    single: int
    covered: int
    addressed: int
    lifted: int


@dataclass(frozen=True)
class Source:
    """A review, a direction, or the exit factors, with a row for all that was asked there."""

    name: str
    review: Review | None
    rows: tuple[Row, ...]
    tallies: tuple[Tally, ...] = ()
    is_registered: bool = True
    slug: str = ""

    @property
    def title(self) -> str:
        """Its full title, where it has one."""
        return self.review.title if self.review and self.review.title else self.name

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many rows are in each state; a row that stands for several recommendations counts as so many."""
        counted: Counter[State] = Counter()
        for row in self.rows:
            counted[row.state] += row.count
        return counted

    @cached_property
    def counts(self) -> Counts:
        """How many are asked for, rest on one action or on several, are addressed, and were lifted."""
        return Counts(
            asked=sum(row.count for row in self.rows if row.state is not State.ABSENT),
            single=self.states.get(State.SINGLE, 0),
            covered=self.states.get(State.COVERED, 0),
            addressed=sum(row.is_addressed for row in self.rows),
            lifted=sum(row.is_lifted for row in self.rows),
        )

    @property
    def stated(self) -> int | None:
        """How many recommendations it is said to have made, if the plan says so."""
        said = [tally.stated for tally in self.tallies if tally.stated is not None]
        return sum(said) if said else None

    @property
    def found(self) -> int:
        """How many of them the plan knows by number."""
        return sum(tally.found for tally in self.tallies)

    @property
    def recommendations(self) -> tuple[Row, ...]:
        """The rows that are recommendations of the review, as far as the plan shows."""
        return tuple(row for row in self.rows if row.is_recommendation)

    @property
    def flagged(self) -> tuple[Row, ...]:
        """The rows with a flag, gravest first."""
        order = {state: place for place, state in enumerate(State)}
        return tuple(sorted((row for row in self.rows if row.is_flagged), key=lambda row: order[row.state]))

    @property
    def sound(self) -> tuple[Row, ...]:
        """The rows without a flag."""
        return tuple(row for row in self.rows if not row.is_flagged)

    @property
    def flag_count(self) -> int:
        """How many flags are open here."""
        return sum(row.count for row in self.rows if row.is_flagged)

    @cached_property
    def citing(self) -> tuple[Action, ...]:
        """Every action that cites anything of it, once, in the order of the rows."""
        return tuple({action.key: action for row in self.rows for action in row.actions}.values())

    def row(self, slug_: str) -> Row | None:
        """The row of this address."""
        return next((row for row in self.rows if row.slug == slug_), None)


@dataclass(frozen=True)
class Certificate:
    """Coverage of all that was asked, as at a day. `headline` cannot say more than the rows allow."""

    as_at: date
    sources: tuple[Source, ...]
    _by_slug: dict[str, Source] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {source.slug: source for source in self.sources})

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sources."""
        return (row for source in self.sources for row in source.rows)

    def source(self, slug_: str) -> Source | None:
        """The source of this address."""
        return self._by_slug.get(slug_)

    def only(self, source: Source) -> Certificate:
        """The certificate of one source alone."""
        return Certificate(self.as_at, (source,))

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many rows are in each state, over all sources."""
        return sum((Counter(source.states) for source in self.sources), Counter[State]())

    @property
    def flags(self) -> int:
        """How many flags are open."""
        return sum(self.states.get(state, 0) for state in FLAGS)

    @cached_property
    def references(self) -> tuple[Row, ...]:
        """The rows that are references which some action cites."""
        return tuple(row for row in self.rows if row.reference and row.is_cited)

    @property
    def resting_on_one(self) -> int:
        """How many different references exactly one action cites."""
        return sum(row.rests_on_one for row in self.references)

    @cached_property
    def recommendations(self) -> tuple[Row, ...]:
        """All recommendations that the reviews made, as far as the plan shows."""
        return tuple(row for source in self.sources for row in source.recommendations)

    @property
    def made(self) -> int:
        """How many recommendations the reviews made, as far as the plan shows."""
        return sum(row.count for row in self.recommendations)

    @property
    def answered(self) -> int:
        """How many of them are cited by an action that goes on or is done and is not about the plan itself."""
        return sum(bool(row.answering) for row in self.recommendations)

    @property
    def addressed(self) -> int:
        """How many of them are answered by nothing but verified or embedded actions."""
        return sum(row.is_addressed for row in self.recommendations)

    @property
    def headline(self) -> str:
        """One sentence. While a flag is open, it says that coverage is not proved."""
        if self.flags:
            return f"Coverage is not proved: {_flags(self.flags)} open."
        if not any(self.rows):
            return "The plan names no review, direction or exit factor, so there is nothing to certify."
        return "No flag is open: some action answers everything that the plan says was asked."

    @property
    def detail(self) -> tuple[str, ...]:
        """Sentences with the figures behind the headline."""
        if not any(self.rows):
            return ()
        lines = []
        if self.made:
            lines.append(
                f"{self.answered} of {_many(self.made, 'recommendation')} {_is(self.answered)} cited by an action "
                "other than the plan’s own approval."
            )
        if self.references:
            lines.append(
                f"{self.resting_on_one} of {_many(len(self.references), 'reference')} {_is(self.resting_on_one)} "
                "cited by one action alone."
            )
        if self.made:
            lines.append(
                f"{self.addressed} of {_many(self.made, 'recommendation')} {_is(self.addressed)} addressed: every "
                "action that answers has verified evidence."
            )
        return tuple(lines)


def _flags(number: int) -> str:
    return "1 flag is" if number == 1 else f"{number} flags are"


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
