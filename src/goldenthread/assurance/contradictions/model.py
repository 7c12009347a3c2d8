"""What a contradiction is: two places of a plan, and what they say differently."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from goldenthread.plan.flat import ItemKind
from goldenthread.plan.values import Anchor, Value


class Kind(StrEnum):
    """What differs. The value is kept in the record and seen by other programs."""

    DATE = "date"
    OWNER = "owner"
    SCOPE = "scope"
    STATE = "state"
    ORDER = "order"
    TWICE = "twice"
    APPROVAL = "approval"
    STEP = "step"
    PRODUCER = "producer"
    NAME = "name"
    BODY = "body"
    MEASURE = "measure"
    STEP_DATE = "step_date"
    UNDATED = "undated"
    START = "start"
    OPEN = "open"
    ONGOING = "ongoing"
    PAST = "past"

    @property
    def in_words(self) -> str:
        """What differs, as a reader would say it."""
        return _TITLES[self]


_TITLES = {
    Kind.DATE: "Different dates",
    Kind.OWNER: "Different leads",
    Kind.SCOPE: "Different scope",
    Kind.STATE: "Done in one place, open in the other",
    Kind.ORDER: "In the wrong order",
    Kind.TWICE: "The same work twice",
    Kind.APPROVAL: "Approval without a step",
    Kind.STEP: "Milestone without a step",
    Kind.PRODUCER: "Deliverable without work",
    Kind.NAME: "Different names",
    Kind.BODY: "Different bodies",
    Kind.MEASURE: "Measures promised and not given",
    Kind.STEP_DATE: "Step later than its action",
    Kind.UNDATED: "Dated and not dated",
    Kind.START: "Start and due date disagree",
    Kind.OPEN: "Steps done, action open",
    Kind.ONGOING: "Ongoing without an end",
    Kind.PAST: "Past when the plan was approved",
}


class Place(Value):
    """One of the two places: the item, or a sentence of the narrative, and what it says there.

    `key` is that of the item; a sentence has its section's key, "#" and its first words. `id` is the permanent id of
    the item (for a sentence: of its section). `what` is what it is ("milestone of theme 4"), `words` are its own,
    `date` the printed words of its date, or both where it is in doubt; None where it has none.
    """

    key: str
    id: UUID | None = None
    kind: ItemKind
    what: str
    words: str
    anchors: tuple[Anchor, ...] = ()
    date: str | None = None
    leads: tuple[str, ...] = ()

    @property
    def line(self) -> int | None:
        """The first line, in a document that has lines."""
        return next((anchor.line for anchor in self.anchors if anchor.line), None)

    @property
    def identity(self) -> str:
        """The permanent id of an item, or else the key: what stays the same when the plan is read again."""
        return str(self.id) if self.id and "#" not in self.key else self.key


class Contradiction(Value):
    """That two places of a plan do not agree. `first` and `second` are the same where one place lacks something.

    `differs` is what each of them says of the thing in question, `sentence` says it in full, `because` are the words
    for which the two are taken to speak of one thing. `strength` (0 to 100) ranks: how sure it is that they do.
    `rule` is the check that found it.
    """

    kind: Kind
    first: Place
    second: Place
    differs: tuple[str, str]
    sentence: str
    because: tuple[str, ...] = ()
    strength: int
    rule: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same one when the plan is put in another order or read again."""
        one, other = sorted((self.first.identity, self.second.identity))
        return (self.kind.value, one, other)

    @property
    def handle(self) -> str:
        """What it is called in an address: a digest of its identity."""
        return sha256("\n".join(self.identity).encode()).hexdigest()[:16]

    @property
    def said(self) -> dict[str, dict[str, str | None]]:
        """What both places say, to see later whether one was changed. Not where they stand: places move."""
        return {name: _said(place) for name, place in (("first", self.first), ("second", self.second))}


def _said(place: Place) -> dict[str, str | None]:
    return {
        "what": place.kind.in_words,
        "words": place.words,
        "date": place.date,
        "leads": ", ".join(place.leads),
    }
