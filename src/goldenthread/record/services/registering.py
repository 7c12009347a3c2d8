"""The plan as it is once a reviewer's register says more, or an action answers more. Nothing here is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from goldenthread.assurance.coverage import Row, certificate
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Link, LinkKind, Plan, Recommendation, Requirement, Review
from goldenthread.plan.questions import Edit
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.services.editing import edited

LONGEST_NAME, LONGEST_TITLE = 80, 300


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A recommendation as a reviewer sends it: its number, its class where the review has classes, and its words."""

    number: str
    text: str
    class_: ReferenceClass | None = None

    def reference_in(self, review: str) -> Reference:
        """How actions cite it."""
        return Reference(review=review, class_=self.class_, number=self.number.strip())


def with_sent(plan: Plan, name: str, title: str, sent_on: date, asked: Sequence[Asked]) -> Plan:
    """The plan with what a reviewer sent on a day, and with the review if the register lacks it."""
    known = find_review(plan, name)
    if known is None:
        if like := next((review.name for review in plan.reviews if slug(review.name) == slug(name)), None):
            raise InvalidEdit(
                f"The register has “{like}” already. Choose it from the list, or use another name."
            )
        if not title.strip():
            raise InvalidEdit(f"“{name}” is not in the register of reviews. Give its title, and it is added.")
        if len(name) > LONGEST_NAME or len(title) > LONGEST_TITLE:
            raise InvalidEdit(
                f"The name of a review must be {LONGEST_NAME} characters or fewer, and its title {LONGEST_TITLE}."
            )
        plan = with_review(plan, new_review(plan, name, title.strip(), plan_date(sent_on)))
        known = find_review(plan, name)
    assert known
    for one in asked:
        changes: dict[str, JsonValue] = {"text": one.text.strip(), "sent_on": sent_on.isoformat()}
        plan = with_recommendation(plan, one.reference_in(name), changes)
    return plan


def with_review(plan: Plan, review: Review) -> Plan:
    """The plan with one more review."""
    return plan.model_copy(update={"reviews": (*plan.reviews, review)})


def with_recommendation(plan: Plan, reference: Reference, changes: Mapping[str, JsonValue]) -> Plan:
    """The plan with these fields of a recommendation, which comes into the register if it is not there."""
    review = find_review(plan, reference.review)
    if review is None:
        raise NotFound(f"“{reference.review}” is not in the register of reviews. Add the review first.")
    item = next((one for one in review.recommendations if one.reference == reference), None)
    if item is None:
        key = _free(plan, f"recommendation/{slug(reference.label())}")
        item = Recommendation(key=key, reference=reference)
        listed = [one.model_dump(mode="json", by_alias=True) for one in (*review.recommendations, item)]
        plan = edited(plan, [Edit(key=review.key, field="recommendations", value=listed)])
    return edited(plan, [Edit(key=item.key, field=field, value=value) for field, value in changes.items()])


def mapped(plan: Plan, action: Action, asked: Row, on: date) -> Edit:
    """What lets an action answer a recommendation, an element or an exit factor.

    A link is named by its day: one that is made again after it was taken back is another, and the gap stays seen.
    """
    if asked.reference:
        return _citing(action, (*action.references, asked.reference))
    target = _target(asked)
    link = Link(
        key=_free(plan, f"link/contributes/{action.key}/{target.key}/{on.isoformat()}"),
        kind=LinkKind.CONTRIBUTES,
        source=action.key,
        target=target.key,
    )
    return _linking(plan, (*plan.links, link))


def unmapped(plan: Plan, action: Action, asked: Row) -> Edit:
    """What takes that back."""
    if asked.reference:
        return _citing(action, tuple(one for one in action.references if one != asked.reference))
    ended = (action.key, _target(asked).key)
    return _linking(plan, tuple(link for link in plan.links if (link.source, link.target) != ended))


def _citing(action: Action, references: Sequence[Reference]) -> Edit:
    listed: list[JsonValue] = [one.model_dump(mode="json", by_alias=True) for one in references]
    return Edit(key=action.key, field="references", value=listed)


def _linking(plan: Plan, links: Sequence[Link]) -> Edit:
    return Edit(key=plan.key, field="links", value=[link.model_dump(mode="json") for link in links])


def answers(plan: Plan, action: Action, asked: Row) -> bool:
    """Whether this very action or step cites it, whatever other steps do."""
    if asked.reference:
        return asked.reference in action.references
    target = _target(asked).key
    return any(
        (link.source, link.target, link.kind) == (action.key, target, LinkKind.CONTRIBUTES)
        for link in plan.links
    )


def asked_row(plan: Plan, to: Reference | UUID, on: date) -> Row:
    """The row of the certificate that somebody means."""
    for row in certificate(plan, on).rows:
        if (row.reference == to and to is not None) or (row.item and row.item.id == to):
            return row
    named = to.label() if isinstance(to, Reference) else "that"
    raise NotFound(f"Nobody asked for {named}, as far as the plan shows on {day_words(on)}. Enter it first.")


def find_action(plan: Plan, item: UUID) -> Action:
    """The action or step with this id; raises NotFound."""
    for action in plan.actions():
        for part in action.walk():
            if part.id == item:
                return part
    raise NotFound("The plan has no such action on that day. It may have been added later, or taken out.")


def find_review(plan: Plan, name: str) -> Review | None:
    """The review that references cite by this name."""
    return next((review for review in plan.reviews if review.name == name), None)


def new_review(plan: Plan, name: str, title: str, published: PlanDate) -> Review:
    """A review for the register."""
    return Review(key=_free(plan, f"review/{slug(name)}"), name=name, title=title, published=published)


def _target(asked: Row) -> Requirement:
    if not isinstance(asked.item, Requirement):
        raise InvalidEdit(f"“{asked.name}” cannot be linked to an action.")
    return asked.item


def plan_date(day: date) -> PlanDate:
    """A day as a date of the plan."""
    return PlanDate.from_edtf(day.isoformat(), day_words(day))


def _free(plan: Plan, wanted: str) -> str:
    """The key, numbered if something in the plan has it."""
    taken = {one.key for review in plan.reviews for one in (review, *review.recommendations)}
    taken |= {link.key for link in plan.links}
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def name_of(action: Action) -> str:
    """What a message calls an action."""
    return action.title or action.ref or action.key
