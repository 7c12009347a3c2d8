"""All that a report may say of a plan, as values: what was so at the cut-off, as far as was known at one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from goldenthread.assurance import Finding
from goldenthread.assurance.contradictions import Contradiction
from goldenthread.assurance.coverage import Certificate, certificate
from goldenthread.assurance.ratings import Kind, Promise, RatingRule, RuleRating, promises_in, rate
from goldenthread.forecasting.plan_forecast import PlanForecast
from goldenthread.plan.changes import Change
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.destinations import Destination
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Part, Text
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.letter.model import Letter


@dataclass(frozen=True)
class Known:
    """The sealed revision up to which the record was read, the hash of the chain there, and the day it was sealed."""

    revision: int
    hash: str
    sealed_on: date

    @property
    def short_hash(self) -> str:
        """As much of the hash as a person compares."""
        return self.hash[:12]


@dataclass(frozen=True)
class ChangeLine:
    """One difference between the two cut-offs, the promise's original date, and who decided it and why.

    `moves` counts how often the approved date of the item had been changed. `reference` is that of the decision.
    """

    change: Change
    original: PlanDate | None = None
    moves: int = 0
    reason: str = ""
    decided_by: str = ""
    reference: str = ""
    request: int | None = None


@dataclass(frozen=True)
class Before:
    """The cut-off that the report compares with: the plan then, and all by which the plan differs from it."""

    cut_off: date
    plan: Plan
    changes: tuple[ChangeLine, ...] = ()


@dataclass(frozen=True)
class EvidenceCount:
    """How much evidence an item had that counted: all of it, and what somebody had checked and found enough."""

    offered: int = 0
    sufficient: int = 0


@dataclass(frozen=True)
class OpenRequest:
    """A change that was proposed and not decided at the cut-off."""

    number: int
    what: str
    tier: str
    reason: str
    proposed_on: date
    proposed_by: str


@dataclass(frozen=True)
class Decided:
    """What became of a proposed change between the two cut-offs: approved, refused or withdrawn, by whom and why."""

    number: int
    what: str
    outcome: str
    decided_on: date
    decided_by: str
    reference: str
    reason: str


@dataclass(frozen=True)
class Passing:
    """That an action is to go on, or goes on, in another plan: why, and by which change request of the record.

    `stood` is how it stood when it was passed on; None while nobody has decided, and `decided_on` with it.
    """

    to: Destination
    reason: str
    request: int
    stood: Status | None = None
    decided_on: date | None = None
    decided_by: str = ""
    reference: str = ""


@dataclass(frozen=True)
class IssuedReport:
    """A report that was issued: its number in the plan, and the hash of the record that is printed on it."""

    number: int
    audience: str
    title: str
    cut_off: date
    issued_on: date
    hash: str


@dataclass(frozen=True)
class AcceptedFinding:
    """That a finding may stand: why, who answers for it, and until when."""

    finding: Finding
    reason: str
    owner: str
    expires_on: date


@dataclass(frozen=True)
class Found:
    """What the rules find in the plan: what is open, and what may stand for a reason. Neither hides the other."""

    open: tuple[Finding, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()


@dataclass(frozen=True)
class Differing:
    """Two places of the plan that do not agree. `settled` says how somebody settled it; empty where nobody has."""

    contradiction: Contradiction
    settled: str = ""


@dataclass(frozen=True)
class Comment:
    """What a body said of an earlier report, and what was answered (empty: nothing yet).

    `due` is the last day for the response to a recommendation to the executive; None where it is no such.
    """

    body: str
    met_on: date
    text: str
    response: str = ""
    due: date | None = None


@dataclass(frozen=True)
class MeetingDay:
    """That a body meets on a day."""

    body: str
    held_on: date


@dataclass(frozen=True)
class ThemeGroup:
    """Themes that a report shows under one heading, by their numbers."""

    title: str
    themes: tuple[int, ...]

    @property
    def within(self) -> str:
        """What stands before the names of its figures: the themes, since two definitions may call them differently."""
        return f"theme.{'-'.join(map(str, sorted(self.themes)))}."


@dataclass(frozen=True)
class Matter:
    """Everything from which reports of one council's plan are composed. What is None was not available.

    `began_on` is the day on which the plan took effect, `rule_label` says by which version of the rule it is rated.
    `whole` is the certificate of coverage, where it was worked out already or only a part of it is to be told, and
    `scope` stands before the names of figures where only a part of the plan is told ("reviewer:CIPFA").
    `passing` says by the keys of actions which are to go on in other plans, `issued` which reports went out before.
    `groups` and `blanks` are the definition's: how themes are grouped, and what fills the blanks of its wording.
    `written` is what people wrote for the places that wait for them, by the prompt of each, and `letter` the letter
    that they worded; None where it is still to be drafted. `drafted` has what the record now drafts, with its figures
    under their names, by the words.
    """

    plan: Plan
    cut_off: date
    began_on: date
    known: Known
    release: str
    rule: RatingRule
    rule_label: str
    before: Before | None = None
    evidence: Mapping[UUID, EvidenceCount] = field(default_factory=dict)
    requests: tuple[OpenRequest, ...] = ()
    decisions: tuple[Decided, ...] = ()
    moves: Mapping[UUID, int] = field(default_factory=dict)
    passing: Mapping[str, Passing] = field(default_factory=dict)
    issued: tuple[IssuedReport, ...] = ()
    found: Found | None = None
    differing: tuple[Differing, ...] | None = None
    comments: tuple[Comment, ...] = ()
    meetings: tuple[MeetingDay, ...] = ()
    outside_view: PlanForecast | None = None
    whole: Certificate | None = None
    scope: str = ""
    groups: tuple[ThemeGroup, ...] = ()
    blanks: Mapping[str, Part] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    letter: Letter | None = None
    drafted: Mapping[str, Text] = field(default_factory=dict)

    def figure(self, name: str, value: int, words: str = "") -> Figure:
        """A number under its name, which says of which part of the plan it is."""
        return Figure(f"{self.scope}/{name}" if self.scope else name, value, words)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every action, step and milestone."""
        return tuple(promises_in(self.plan))

    @cached_property
    def actions(self) -> tuple[Promise, ...]:
        """The actions, without their steps."""
        return self._of(Kind.ACTION)

    @cached_property
    def milestones(self) -> tuple[Promise, ...]:
        """The milestones, those of engagement last."""
        return self._of(Kind.MILESTONE)

    @cached_property
    def steps(self) -> tuple[Promise, ...]:
        """The steps of all actions."""
        return self._of(Kind.STEP)

    def _of(self, kind: Kind) -> tuple[Promise, ...]:
        return tuple(promise for promise in self.promises if promise.kind is kind)

    @cached_property
    def ratings(self) -> Mapping[str, RuleRating]:
        """What the council's rule makes of every promise at the cut-off, by its key."""
        return rate(self.plan, self.rule, self.cut_off)

    @cached_property
    def coverage(self) -> Certificate:
        """Which actions answer what reviewers asked for."""
        return self.whole or certificate(self.plan, self.cut_off)

    @cached_property
    def theme_groups(self) -> tuple[ThemeGroup, ...]:
        """The headings under which themes are told: the definition's, else a heading for each theme."""
        own = tuple(ThemeGroup(theme.name, (theme.number,)) for theme in self.plan.themes)
        return self.groups or own

    @cached_property
    def statuses_before(self) -> Mapping[str, Status]:
        """The status of each promise at the previous cut-off by its identity; empty if there was none."""
        found = promises_in(self.before.plan) if self.before else ()
        return {promise.identity: promise.item.status for promise in found}

    def is_late(self, item: Action | Milestone) -> bool:
        """Whether the last day of its approved date had gone by at the cut-off with nobody saying that it is done."""
        due = item.dates.approved or item.dates.original
        over = item.status.is_closed or item.status is Status.DEFERRED
        return bool(due and due.is_late_on(self.cut_off)) and not over

    def evidence_for(self, item: Action | Milestone) -> EvidenceCount:
        """The evidence for one promise."""
        return self.evidence.get(item.id, EvidenceCount()) if item.id else EvidenceCount()

    def told(self, **own: Any) -> Matter:
        """The same with what is a definition's own (groups, blanks, what was written).

        What was worked out of the plan goes along: it is worked out once, however many reports are composed of it.
        """
        found = replace(self, **own)
        vars(found).update({name: getattr(self, name) for name in _OF_THE_PLAN})
        return found

    def for_reviewer(self, name: str) -> Matter:
        """The same of one reviewer's recommendations alone: the actions that cite them, and no other review.

        Raises:
            LookupError: the plan knows no such review; the message names those that it knows.
        """
        known = sorted({review.name for review in self.plan.reviews} | _cited(self.plan))
        review = next((one for one in known if one.casefold() == name.casefold()), None)
        if review is None:
            raise LookupError(
                f"No review of the plan is called {name}: there is {', '.join(known) or 'none'}."
            )
        before = self.before and replace(self.before, plan=_of_review(self.before.plan, review))
        plan = _of_review(self.plan, review)
        keys = {promise.item.key for promise in promises_in(plan)}
        if before:
            before = replace(before, changes=tuple(one for one in before.changes if one.change.key in keys))
        return replace(
            self,
            plan=plan,
            before=before,
            found=None,
            differing=None,
            requests=(),
            decisions=(),
            comments=(),
            whole=Certificate(
                self.cut_off, tuple(each for each in self.coverage.sources if each.name == review)
            ),
            scope=f"reviewer:{review}",
        )


_OF_THE_PLAN = ("promises", "actions", "milestones", "steps", "ratings", "coverage", "statuses_before")
"""What does not depend on the definition."""


def _cited(plan: Plan) -> set[str]:
    parts = (part for action in plan.actions() for part in action.walk())
    return {reference.review for part in parts for reference in part.references}


def _of_review(plan: Plan, review: str) -> Plan:
    """The plan with the actions that cite a review, without what the plan says of any other."""

    def cites(action: Action) -> bool:
        return any(one.review == review for part in action.walk() for one in part.references)

    themes = []
    for theme in plan.themes:
        actions = tuple(_citing_only(action, review) for action in theme.actions if cites(action))
        if actions:
            themes.append(theme.model_copy(update={"actions": actions, "milestones": ()}))
    reviews = tuple(one for one in plan.reviews if one.name == review)
    return plan.model_copy(
        update={
            "themes": tuple(themes), "reviews": reviews, "engagement_milestones": (), "risks": (), "questions": (),
            "sections": (),
        }
    )  # fmt: skip


def _citing_only(action: Action, review: str) -> Action:
    references = tuple(one for one in action.references if one.review == review)
    steps = tuple(_citing_only(step, review) for step in action.steps)
    return action.model_copy(update={"references": references, "steps": steps})
