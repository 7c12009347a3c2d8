"""The register of all that does not agree in a plan: the contradictions between two places, and what the rules about
dates and deliverables find within one action, each with both of its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.assurance.contradictions.finder import contradictions, ranked
from goldenthread.assurance.contradictions.likeness import Index
from goldenthread.assurance.contradictions.milestones import is_reached
from goldenthread.assurance.contradictions.model import Contradiction, Kind, Place
from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.taking_apart import statements_of
from goldenthread.assurance.contradictions.wording import Act
from goldenthread.assurance.findings import Finding
from goldenthread.assurance.registry import check
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Plan
from goldenthread.plan.status import Status

_TAKEN_OVER = {
    "GT301": Kind.STEP_DATE, "GT302": Kind.START, "GT303": Kind.OPEN, "GT304": Kind.PAST, "GT305": Kind.ONGOING,
    "GT308": Kind.START, "GT502": Kind.PRODUCER,
}  # fmt: skip
"""The rules whose findings are contradictions too, and the kind of each."""
_STRENGTH = {Kind.PAST: 30, Kind.ONGOING: 20}
_USUAL_STRENGTH = 50
_ONGOING = re.compile(r"\bongoing\b", re.IGNORECASE)


def register(plan: Plan, *, as_at: date) -> tuple[Contradiction, ...]:
    """Everything in the plan that does not agree, the surest first.

    What had passed when the plan was approved is judged on that day, if the plan says or dates it; else on `as_at`.
    """
    held = _Register(statements_of(plan), as_at)
    return ranked((*contradictions(plan), *held.taken_over(), *held.past_rows(), *held.ongoing_rows()))


def approval_of(plan: Plan) -> tuple[date, Statement | None] | None:
    """The day on which the plan was approved, and the place that dates it; None where nothing does."""
    return _Register(statements_of(plan), date.max).approval()


@dataclass(frozen=True)
class _Register:
    all: Statements
    as_at: date

    @cached_property
    def index(self) -> Index:
        return Index(self.all)

    def approval(self) -> tuple[date, Statement | None] | None:
        plan = self.all.plan
        if plan.approved_on:
            return plan.approved_on, None
        title = self.all.language.read(plan.title).core
        told = [
            (day, said)
            for said in (*self.all.promises, *self.all.milestones)
            if Act.APPROVE in said.wording.acts and len(said.core) > 1 and said.core <= title
            for day in said.dates
        ]
        if not told:
            return None
        day, said = min(told, key=lambda pair: (pair[0].latest - pair[0].earliest, pair[0].latest))
        return day.earliest, said

    @property
    def judged_on(self) -> date:
        """The day of approval, or the day of the register where the plan was not approved by then."""
        approved = self.approval()
        return min(approved[0], self.as_at) if approved else self.as_at

    def taken_over(self) -> Iterator[Contradiction]:
        """What the older rules find, as contradictions."""
        found = check(self.all.plan, as_at=self.judged_on, select=tuple(_TAKEN_OVER))
        known = {
            said.item.key: said for said in (*self.all.promises, *self.all.milestones, *self.all.deliverables)
        }
        for finding in found:
            said = known.get(finding.item_key or "")
            if said is not None and not (finding.rule == "GT304" and self._is_reached(said)):
                yield self._from(finding, said)

    def _is_reached(self, said: Statement) -> bool:
        """Whether a milestone of unknown status is reached by work that is done: then its status is known after all."""
        return said.kind is ItemKind.MILESTONE and is_reached(self.all, self.index, said)

    def _from(self, finding: Finding, said: Statement) -> Contradiction:
        kind = _TAKEN_OVER[finding.rule]
        other, differs = self._other(finding.rule, said)
        return Contradiction(
            kind=kind,
            first=said.place(),
            second=other,
            differs=differs,
            sentence=finding.message,
            strength=_STRENGTH.get(kind, _USUAL_STRENGTH),
            rule=finding.rule,
        )

    def _other(self, rule: str, said: Statement) -> tuple[Place, tuple[str, str]]:
        """The second place of a finding, and what each of the two says."""
        own = said.date_words or "no date"
        if rule == "GT304":
            place, words = self._approved()
            return place, (own, words)
        family = self.all.by_root[said.root.key] if said.root else ()
        if rule == "GT303":
            last = family[-1] if len(family) > 1 else said
            return last.place(), (f"open, due {own}", "every step complete")
        if rule in {"GT301", "GT302"}:
            above = [part for part in family if part.item in said.above]
            wanted = [part for part in reversed(above) if (part.dates if rule == "GT301" else part.start)]
            if said.start is None or rule == "GT301":
                for part in wanted[:1]:
                    theirs = part.date_words if rule == "GT301" else _started(part.start)
                    return part.place(), (own, theirs or "no date")
        missing = {"GT305": "no review and no end", "GT502": "nothing produces it"}.get(rule)
        return said.place(), (_started(said.start) if rule in {"GT302", "GT308"} else own, missing or own)

    def _approved(self) -> tuple[Place, str]:
        """Where the plan's approval stands, with its day."""
        approved, plan = self.approval(), self.all.plan
        words = day_words(self.judged_on)
        if approved and approved[1]:
            return approved[1].place(), words
        whole = Place(
            key=plan.key,
            id=plan.id,
            kind=ItemKind.PLAN,
            what="plan",
            words=plan.title,
            anchors=plan.anchors,
            date=words,
        )
        return whole, words

    def past_rows(self) -> Iterator[Contradiction]:
        """Actions whose dates are still in doubt: one had passed, whichever part of the action it belongs to."""
        day = self.judged_on
        for promises in self.all.by_root.values():
            action = promises[0]
            printed = [date for part in promises if not part.settled for date in part.dates]
            late = [each for each in printed if each.is_late_on(day)]
            if late and action.status is Status.UNKNOWN:
                place, words = self._approved()
                first = min(late, key=PlanDate.sort_key).printed
                yield Contradiction(
                    kind=Kind.PAST,
                    first=action.place(),
                    second=place,
                    differs=(first, words),
                    sentence=f"“{action.text}” or a step of it was due {first}, and its status is not known.",
                    strength=_STRENGTH[Kind.PAST],
                    rule="GT304",
                )

    def ongoing_rows(self) -> Iterator[Contradiction]:
        """Actions whose dates are still in doubt, one of which is "Ongoing", whichever part of the action that is."""
        for promises in self.all.by_root.values():
            action = promises[0]
            doubtful = any(not part.settled or part.statuses for part in promises)
            if doubtful and action.row_printed and _ONGOING.search(action.row_printed):
                yield Contradiction(
                    kind=Kind.ONGOING,
                    first=action.place(),
                    second=action.place(),
                    differs=("Ongoing", "no review and no end"),
                    sentence=f"A part of “{action.text}” is ongoing, with no date on which it is reviewed.",
                    strength=_STRENGTH[Kind.ONGOING],
                    rule="GT305",
                )


def _started(start: PlanDate | None) -> str:
    return f"starts {start.printed}" if start else "no start"
