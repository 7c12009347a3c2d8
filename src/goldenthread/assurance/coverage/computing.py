"""From a plan to its certificate of coverage. Nothing is expanded and nothing is supposed: what is open is a flag."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date

from goldenthread.assurance.coverage.approval import is_about_the_plan_itself
from goldenthread.assurance.coverage.certificate import (
    EXIT_FACTORS,
    Certificate,
    Row,
    RowKind,
    Source,
)
from goldenthread.assurance.coverage.numbering import Numbering, is_absent, is_number, numberings
from goldenthread.assurance.coverage.rows import (
    asks_something,
    kind_of,
    missing_rows,
    reference_name,
    row_order,
    tally_of,
    unlisted_rows,
)
from goldenthread.assurance.coverage.states import State
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import KeyMint, slug
from goldenthread.plan.model import Action, LinkKind, Plan, Recommendation, Requirement, Review
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status

_ENDED = frozenset({Status.CANCELLED, Status.SUPERSEDED})
_LINKS = frozenset({LinkKind.CONTRIBUTES, LinkKind.EVIDENCES, LinkKind.PRODUCES})
"""By such a link an action answers an element of a direction, or an exit factor: they have no number to cite."""


def certificate(plan: Plan, as_at: date) -> Certificate:
    """What a plan says of everything that was asked, as at a day.

    Recommendations come from the register of reviews, from what actions cite, and from how many recommendations the
    plan says that a review made. Their texts are not compared with those of actions.
    """
    return certificate_of(PlanAt(plan, as_at))


def certificate_of(subject: PlanAt) -> Certificate:
    """The same for a plan that is looked at already; the rules on recommendations share it."""
    return subject.once(_certificate)


def _certificate(subject: PlanAt) -> Certificate:
    making = _Making(subject)
    names = dict.fromkeys([*subject.reviews, *making.cited])
    sources = [making.source(name) for name in names]
    if subject.plan.exit_factors:
        sources.append(making.exit_factors())
    mint = KeyMint()
    named = (replace(one, slug=mint.key(slug(one.name)), rows=_with_slugs(one.rows)) for one in sources)
    return Certificate(subject.as_at, tuple(named))


def _with_slugs(rows: Iterable[Row]) -> tuple[Row, ...]:
    mint = KeyMint()
    return tuple(replace(row, slug=mint.key(slug(row.name))) for row in rows)


class _Making:
    """What is worked out once for all rows."""

    def __init__(self, subject: PlanAt) -> None:
        self.subject, self.plan, self.as_at = subject, subject.plan, subject.as_at
        self.cited: dict[str, dict[Reference, tuple[Action, ...]]] = defaultdict(dict)
        for reference, actions in subject.citations.items():
            self.cited[reference.review][reference] = actions
        self._about_plan = {a.key for a in self.plan.actions() if is_about_the_plan_itself(a, self.plan)}
        moved = {link.source for link in self.plan.links if link.kind is LinkKind.TRANSFERRED_TO}
        self._ended = {a.key for a in self.plan.actions() if a.status in _ENDED and a.key not in moved}
        self._linked = self._by_target()
        self._explained = " ".join(_narrative(self.plan))

    # --- sources ------------------------------------------------------------------------------------------------------

    def source(self, name: str) -> Source:
        cited = self.cited.get(name, {})
        review = _as_known(self.subject.reviews.get(name), self.as_at, cited)
        is_known = is_registered(review)
        numbered = numberings(review, tuple(cited)) if review else ()
        beyond = {one.reference(str(number)): one for one in numbered for number in one.beyond}
        held = {one.reference: one for one in review.recommendations} if review else {}
        rows = [
            self._row(reference, held.get(reference), cited.get(reference, ()), beyond, known=is_known)
            for reference in dict.fromkeys([*held, *cited])
            if reference in cited or asks_something(reference)
        ]
        rows += [row for one in numbered for row in missing_rows(one)]
        tallies = tuple(tally_of(one, held) for one in numbered)
        rows += [row for one in tallies for row in unlisted_rows(name, one, tallies, numbered)]
        rows.sort(key=row_order)
        rows += [
            self._required(name, RowKind.ELEMENT, need) for need in (review.requirements if review else ())
        ]
        return Source(name, review, tuple(rows), tallies if review else (), is_known)

    def exit_factors(self) -> Source:
        rows = (
            self._required(EXIT_FACTORS, RowKind.EXIT_FACTOR, factor) for factor in self.plan.exit_factors
        )
        return Source(EXIT_FACTORS, None, tuple(rows))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(
        self,
        reference: Reference,
        item: Recommendation | None,
        actions: tuple[Action, ...],
        beyond: dict[Reference, Numbering],
        *,
        known: bool,
    ) -> Row:
        text = item.text if item else None
        flags: list[State] = []
        because = ""
        unexplained = "" if text or not actions else self._open_meaning(reference, item)
        if not known or unexplained:
            flags = [State.UNRESOLVED]
            because = unexplained if known else f"“{reference.review}” is not in the register of reviews"
        if reference in beyond and actions:
            flags.append(State.DANGLING)
            because = because or f"the plan says that there are {beyond[reference].range_words}"
        elif item and is_absent(item) and actions:
            flags.append(State.DANGLING)
            because = because or f"somebody looked, and the review has no such number: {_basis(item)}"
        answering, gap = self._answering(actions, _listed(item))
        absent = item is not None and is_absent(item)
        if gap and not (absent and not actions):
            flags.append(gap[0])
            because = because or gap[1]
        return Row(
            source=reference.review,
            kind=kind_of(reference, item),
            name=reference_name(reference),
            reference=reference,
            item=item,
            text=text,
            flags=tuple(sorted(flags, key=list(State).index)),
            because=because or (_basis(item) if absent and item else ""),
            actions=actions,
            answering=answering,
            is_unexplained=bool(unexplained),
            lifted_on=item.lifted_on if item and item.lifted_on and item.lifted_on <= self.as_at else None,
        )

    def _required(self, source: str, kind: RowKind, need: Requirement) -> Row:
        actions = self._linked.get(need.key, ())
        answering, gap = self._answering(actions, "no action is linked to it")
        return Row(
            source=source,
            kind=kind,
            name=need.text,
            item=need,
            flags=(gap[0],) if gap else (),
            because=gap[1] if gap else "",
            actions=actions,
            answering=answering,
        )

    def _answering(
        self, actions: Iterable[Action], uncited: str
    ) -> tuple[tuple[Action, ...], tuple[State, str] | None]:
        """The actions that may carry it out; and what is the matter where none may, or no action cites it at all."""
        cited = tuple(actions)
        live = [action for action in cited if action.key not in self._ended]
        answering = tuple(action for action in live if action.key not in self._about_plan)
        if answering:
            return answering, None
        if live:
            return (), (State.CIRCULAR, "only the plan’s own approval cites it")
        if cited:
            return (), (State.UNCOVERED, "every action that cites it was cancelled or superseded")
        return (), (State.UNCOVERED, uncited)

    def _open_meaning(self, reference: Reference, item: Recommendation | None) -> str:
        """Why nobody can tell what a page or a code stands for; empty where somebody can."""
        if item and item.looked_up:
            return ""
        if reference.page is not None:
            return f"the plan does not say what is asked on page {reference.page}"
        code = reference.number or ""
        if not code or code == "all" or is_number(code):
            return ""
        if re.search(rf"\b{re.escape(code)}\b", self._explained):
            return ""
        return f"the plan does not say what “{code}” is"

    def _by_target(self) -> dict[str, tuple[Action, ...]]:
        """The actions that are linked to each item, by its key; a step counts as its action."""
        tops = {part.key: action for action in self.plan.actions() for part in action.walk()}
        found: dict[str, dict[str, Action]] = defaultdict(dict)
        for link in self.plan.links:
            if link.kind in _LINKS and (action := tops.get(link.source)):
                found[link.target].setdefault(action.key, action)
        return {target: tuple(actions.values()) for target, actions in found.items()}


def _as_known(review: Review | None, as_at: date, cited: Container[Reference]) -> Review | None:
    """The review without what was sent or looked up only after the day; what is cited stays, without its words."""
    if review is None:
        return None
    listed = tuple(
        _before(one, as_at)
        for one in review.recommendations
        if one.sent_on is None or one.sent_on <= as_at or one.reference in cited
    )
    return (
        review if listed == review.recommendations else review.model_copy(update={"recommendations": listed})
    )


def _before(one: Recommendation, as_at: date) -> Recommendation:
    sent, looked = one.sent_on, one.looked_up
    if (sent is None or sent <= as_at) and (looked is None or looked.on <= as_at):
        return one
    return one.model_copy(update={"text": None, "sent_on": None, "looked_up": None})


def is_registered(review: Review | None) -> bool:
    """Whether more is known of a review than that it is cited."""
    if review is None:
        return False
    vouched = any(one.text or one.sent_on for one in review.recommendations)
    return bool(
        review.published or review.totals or review.requirements or review.title != review.name or vouched
    )


def _narrative(plan: Plan) -> Iterator[str]:
    """Everywhere that a code may be explained."""
    for section in plan.sections:
        yield section.heading
        yield from section.paragraphs
    for review in plan.reviews:
        yield from (need.text for need in review.requirements)


def _listed(item: Recommendation | None) -> str:
    """Why something that no action cites was asked for."""
    if item and item.sent_on:
        return f"the reviewer sent it on {day_words(item.sent_on)}"
    return "the register of reviews lists it"


def _basis(item: Recommendation) -> str:
    return item.looked_up.basis if item.looked_up else ""
