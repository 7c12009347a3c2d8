"""The plan as a value: one state of everything that a council has promised, frozen and typed.

Every computation takes and gives a `Plan`. Nothing here knows of a database, a clock or a file.
An item's `key` is deterministic (its place and content in the document it came from); its `id` is minted once
by the record and never changes; `ref` is the short number that people use ("A12").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Assessment, Report
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor, Value

SCHEMA: Literal["goldenthread.plan/1"] = "goldenthread.plan/1"


class Item(Value):
    """Anything in a plan that has an identity of its own."""

    key: str
    id: UUID | None = None
    anchors: tuple[Anchor, ...] = ()


class Dates(Value):
    """The four dates of a promise. The original is what was first approved, and is never overwritten.

    `approved` is the date that stands now; `forecast` is what the lead expects; `actual` is when it was done.
    """

    original: PlanDate | None = None
    approved: PlanDate | None = None
    forecast: PlanDate | None = None
    actual: PlanDate | None = None


class Update(Value):
    """What was said of a promise on one occasion; the latest comes last. Words, colour and meaning are kept apart.

    `as_at` is the day the update speaks of, None where none is printed. `text` is all that is printed,
    `status_printed` the words of it that name a status, and `status` what they mean. `rag_printed` is a rating in the
    document's own words ("Amber", "Delivery 4, Spend 5"): a rating is never a status.
    """

    as_at: PlanDate | None = None
    text: str = ""
    status_printed: str | None = None
    status: Status = Status.UNKNOWN
    rag_printed: str | None = None


class Action(Item):
    """A promise to do something, or a step of one: the tree is as deep as the plan has it.

    A `heading` only groups the steps that follow it; it is not a promise and is not counted.
    `workstream` is the key of a workstream of the same theme. `start_printed` and `due_printed` keep the words of
    the document's date cells, also when they are no dates ("Ongoing", "TBC"). `number` is what the document calls it
    ("A31", "2.4"), `raised` when it was asked for, and `updates` what documents have said of it since, oldest first.
    `report` is what its lead last reported to the record itself, and `assessment` what the assurer made of it.
    """

    ref: str | None = None
    number: str | None = None
    title: str | None
    heading: bool = False
    workstream: str | None = None
    references: tuple[Reference, ...] = ()
    leads: tuple[str, ...] = ()
    status: Status = Status.UNKNOWN
    start: PlanDate | None = None
    dates: Dates = Dates()
    start_printed: str | None = None
    due_printed: str | None = None
    condition: str | None = None
    review_cadence: str | None = None
    raised: PlanDate | None = None
    updates: tuple[Update, ...] = ()
    report: Report | None = None
    assessment: Assessment | None = None
    steps: tuple[Action, ...] = ()

    def walk(self) -> Iterator[Action]:
        """This action and all that lies below it, headings included, in printed order."""
        yield self
        for step in self.steps:
            yield from step.walk()

    def all_steps(self) -> Iterator[Action]:
        """Every step below this action that is a promise, at any depth, in printed order."""
        for step in self.steps:
            yield from (part for part in step.walk() if not part.heading)


class Milestone(Item):
    """A dated event by which progress is tracked."""

    ref: str | None = None
    name: str
    dates: Dates = Dates()
    printed: str | None = None
    status: Status = Status.UNKNOWN
    leads: tuple[str, ...] = ()
    condition: str | None = None
    report: Report | None = None
    assessment: Assessment | None = None

    @property
    def achieved(self) -> bool:
        """Whether the milestone is said to have been reached."""
        return self.status.is_done


class Objective(Item):
    """What a theme sets out to achieve."""

    text: str


class Workstream(Item):
    """A strand of a theme. `listed` is whether the theme's list of workstreams names it."""

    name: str
    aim: str | None = None
    aliases: tuple[str, ...] = ()
    listed: bool = True


class Deliverable(Item):
    """A thing that the plan will produce; `group` is the heading it stands under, if any."""

    name: str
    group: str | None = None


class SuccessStatement(Item):
    """What will be seen when the theme has succeeded, and the measure that would show it (None: no measure yet)."""

    text: str
    measure: str | None = None


class Theme(Item):
    """One of the plan's chapters of work."""

    number: int = Field(ge=1)
    name: str
    introduction: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    success_statements: tuple[SuccessStatement, ...] = ()
    actions: tuple[Action, ...] = ()

    def workstream(self, key: str | None) -> Workstream | None:
        """The workstream with this key, if the theme has it."""
        return next((stream for stream in self.workstreams if stream.key == key), None)


class Section(Item):
    """A part of the plan's narrative, which is versioned with it."""

    heading: str
    level: int = Field(ge=1)
    paragraphs: tuple[str, ...] = ()


class Risk(Item):
    """A risk to the plan as the plan words it."""

    title: str
    description: str = ""
    register_reference: str | None = None


class Found(StrEnum):
    """What somebody found who looked a reference up in the review itself."""

    RECOMMENDATION = "recommendation"
    POINT = "point"
    """A numbered point, a page or a passage that is no recommendation."""
    ABSENT = "absent"
    """The review has no such number."""


class LookedUp(Value):
    """That somebody looked a reference up in the review: what it is, on what basis, who said so and when."""

    found: Found
    basis: str
    by: str
    on: date


class Recommendation(Item):
    """One recommendation of a review. Its text is often not in the plan, and is then None.

    `sent_on` is the day on which a reviewer sent one that came after the plan, `lifted_on` the day from which it no
    longer stands, by the authority of `lifted_by` ("External auditor's letter of 3 March 2023").
    """

    reference: Reference
    text: str | None = None
    sent_on: date | None = None
    lifted_on: date | None = None
    lifted_by: str | None = None
    looked_up: LookedUp | None = None


class StatedTotal(Value):
    """How many recommendations of a class the plan says that a review made (class None: of no stated class)."""

    class_: ReferenceClass | None = Field(default=None, alias="class")
    count: int = Field(ge=0)


class Requirement(Item):
    """Something that a direction requires, or a factor in ending an intervention; it has no number of its own."""

    text: str


class Review(Item):
    """An outside review, inspection or direction that the plan answers."""

    name: str
    title: str
    published: PlanDate | None = None
    totals: tuple[StatedTotal, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    requirements: tuple[Requirement, ...] = ()


class Post(Item):
    """A post that one person holds at a time. It, not the person, is accountable."""

    name: str
    aliases: tuple[str, ...] = ()


class Body(Item):
    """A group that acts together: a board, a committee, the Leadership Team."""

    name: str
    aliases: tuple[str, ...] = ()


class LinkKind(StrEnum):
    """How two items of a plan belong together."""

    CONTRIBUTES = "contributes"
    PRODUCES = "produces"
    DEPENDS_ON = "depends_on"
    EVIDENCES = "evidences"
    MITIGATES = "mitigates"
    SUPERSEDES = "supersedes"
    SAME_AS = "same_as"
    TRANSFERRED_TO = "transferred_to"
    """The target is another plan by its name, and no item of this one; the note says where it can be read."""


class Link(Item):
    """A stated connection from one item to another, by their keys."""

    kind: LinkKind
    source: str
    target: str
    note: str | None = None


class Council(Value):
    """Whose plan it is."""

    name: str
    ons_code: str | None = None


class PlanKind(StrEnum):
    """What sort of plan it is."""

    IMPROVEMENT = "improvement"
    CORPORATE = "corporate"
    RECOVERY = "recovery"
    PROJECT = "project"
    CONTINUOUS_IMPROVEMENT = "continuous_improvement"
    ACTION_LOG = "action_log"
    COMMITMENTS = "commitments"
    RETURN = "return"
    TRACKER = "tracker"


class Plan(Item):
    """One state of a council's plan."""

    schema_: Literal["goldenthread.plan/1"] = Field(default=SCHEMA, alias="schema")
    council: Council
    title: str
    kind: PlanKind = PlanKind.IMPROVEMENT
    phase: str | None = None
    version: str | None = None
    approving_body: str | None = None
    approved_on: date | None = None
    decision: str | None = None
    sections: tuple[Section, ...] = ()
    themes: tuple[Theme, ...] = ()
    engagement_milestones: tuple[Milestone, ...] = ()
    risks: tuple[Risk, ...] = ()
    reviews: tuple[Review, ...] = ()
    exit_factors: tuple[Requirement, ...] = ()
    posts: tuple[Post, ...] = ()
    bodies: tuple[Body, ...] = ()
    links: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()

    def actions(self) -> Iterator[Action]:
        """Every action of every theme, without their steps."""
        for theme in self.themes:
            yield from theme.actions

    def milestones(self) -> Iterator[Milestone]:
        """Every theme's milestones, then those of engagement."""
        for theme in self.themes:
            yield from theme.milestones
        yield from self.engagement_milestones
