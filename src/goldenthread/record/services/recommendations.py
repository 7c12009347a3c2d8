"""The register of reviews: what reviewers ask later, which action answers it, and what somebody found who looked.

A flag of the certificate of coverage is settled here or by an action that answers, and never by being taken away: what
settles it stays in the plan, with who said so, on what basis and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan.applying import STOPPED
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Found, LookedUp, Plan
from goldenthread.plan.questions import Edit
from goldenthread.plan.references import Reference
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import Written, writing
from goldenthread.record.services.editing import edited, lock_plan
from goldenthread.record.services.registering import (
    Asked,
    answers,
    asked_row,
    find_action,
    find_review,
    mapped,
    name_of,
    new_review,
    plan_date,
    unmapped,
    with_recommendation,
    with_review,
    with_sent,
)
from goldenthread.record.services.store import store_difference
from goldenthread.record.snapshot import read_plan_at

__all__ = [
    "Asked",
    "add_recommendations",
    "lift_recommendation",
    "look_up",
    "map_recommendation",
    "register_review",
    "unmap_recommendation",
]

LONGEST_TEXT = 4000


def add_recommendations(
    *,
    actor: Actor,
    plan: UUID | str,
    review: str,
    recommendations: Sequence[Asked],
    sent_on: date,
    on: date,
    reason: str,
    title: str = "",
) -> int:
    """Enter what a reviewer asked after the plan was made, from the day on which it was sent; gives the revision.

    A review that the register lacks is added with it, under `title`. Until actions cite the new recommendations, the
    certificate says that they are uncovered.

    Raises:
        NotAllowed: The actor may not change the plan.
        InvalidEdit: There is nothing to add, a number is missing or is on the register already, a recommendation has no
            words, or the day is before the plan took effect or after today (`on`).
    """
    require(actor, Permission.EDIT)
    name = " ".join(review.split())
    _refuse_unsaid(name, recommendations)
    if sent_on > on:
        raise InvalidEdit(
            f"They cannot have been sent later than today, {day_words(on)}. You entered {day_words(sent_on)}."
        )
    with _changing(actor, plan, sent_on, reason) as (written, held, base):
        _refuse_known(read_plan_at(actor.council, held.id, None, None)[0], name, recommendations)
        _store(held, base, with_sent(base, name, title, sent_on, recommendations), sent_on)
    return written.revision


def register_review(
    *, actor: Actor, plan: UUID | str, review: str, title: str, published_on: date, reason: str, on: date
) -> int:
    """Enter a review that actions cite and the register lacks, with its title and date; gives the revision.

    Raises:
        NotAllowed: The actor may not change the plan.
        InvalidEdit: It has no name or title.
    """
    require(actor, Permission.EDIT)
    if not (review.strip() and title.strip()):
        raise InvalidEdit("Give the name by which actions cite the review, and its title.")
    if published_on > on:
        raise InvalidEdit(f"It cannot have been published later than today, {day_words(on)}.")
    published = plan_date(published_on)
    with _changing(actor, plan, on, reason) as (written, held, base):
        known = find_review(base, review.strip())
        if known is None:
            made = new_review(base, review.strip(), title.strip(), published)
            new = with_review(base, made)
        else:
            new = edited(
                base,
                [
                    Edit(key=known.key, field="title", value=title.strip()),
                    Edit(key=known.key, field="published", value=published.model_dump(mode="json")),
                ],
            )
        _store(held, base, new, on)
    return written.revision


def map_recommendation(
    *, actor: Actor, plan: UUID | str, action: UUID, to: Reference | UUID, reason: str, effective_on: date
) -> int:
    """Let an action or a step answer a recommendation, and give the revision.

    A recommendation is cited by its reference; an element of a direction or an exit factor, which has none, is linked
    by its id, from `effective_on` on. References are wording: as at an earlier day they are shown as they stand now.

    Raises:
        NotAllowed: The actor may not change the plan.
        NotFound: The plan has no such action, or nothing of the kind was asked.
        InvalidEdit: The action answers it already, or was stopped by a decision.
    """
    require(actor, Permission.EDIT)
    with _changing(actor, plan, effective_on, reason) as (written, held, base):
        found, asked = find_action(base, action), asked_row(base, to, effective_on)
        if found.status in STOPPED:
            raise InvalidEdit(f"“{name_of(found)}” is {found.status}, so it answers nothing. Choose another.")
        if answers(base, found, asked):
            raise InvalidEdit(f"“{name_of(found)}” answers {asked.name} already.")
        _store(held, base, edited(base, [mapped(base, found, asked, effective_on)]), effective_on)
    return written.revision


def unmap_recommendation(
    *, actor: Actor, plan: UUID | str, action: UUID, to: Reference | UUID, reason: str, effective_on: date
) -> int:
    """Say that an action or step does not answer a recommendation after all; raises as `map_recommendation` does."""
    require(actor, Permission.EDIT)
    with _changing(actor, plan, effective_on, reason) as (written, held, base):
        found, asked = find_action(base, action), asked_row(base, to, effective_on)
        if not answers(base, found, asked):
            raise InvalidEdit(
                f"“{name_of(found)}” does not cite {asked.name} itself, so there is nothing to take back."
            )
        _store(held, base, edited(base, [unmapped(base, found, asked)]), effective_on)
    return written.revision


def look_up(
    *,
    actor: Actor,
    plan: UUID | str,
    reference: Reference,
    found: Found,
    basis: str,
    on: date,
    text: str = "",
) -> int:
    """Record what the review itself has under a number, a code or a page: what, on what basis, who says so and when.

    That settles the flag that its meaning or existence is open. A number that the review has not needs no action.

    Raises:
        NotAllowed: The actor may not change the plan.
        NotFound: The plan has no such review, or nothing of the kind was asked.
        InvalidEdit: No basis is given, or not what it says although it is there.
    """
    require(actor, Permission.EDIT)
    if not basis.strip():
        raise InvalidEdit("Say where you looked: the page of the report, or who at the reviewer said so.")
    if found is not Found.ABSENT and not text.strip():
        raise InvalidEdit("Say what it stands for, in the words of the review.")
    _refuse_long(text, "what it says")
    _refuse_long(basis, "where you looked")
    seen = LookedUp(found=found, basis=basis.strip(), by=actor.name, on=on)
    with _changing(actor, plan, on, basis) as (written, held, base):
        asked_row(base, reference, on)
        changes: dict[str, JsonValue] = {"looked_up": seen.model_dump(mode="json")}
        if text.strip():
            changes["text"] = text.strip()
        _store(held, base, with_recommendation(base, reference, changes), on)
    return written.revision


def lift_recommendation(
    *, actor: Actor, plan: UUID | str, reference: Reference, lifted_on: date, source: str, on: date
) -> int:
    """Record that a recommendation no longer stands, from a day on, and by whose word. It stays on the certificate.

    Raises:
        NotAllowed: The actor may not change the plan.
        NotFound: Nothing of the kind was asked.
        InvalidEdit: No source is given.
    """
    require(actor, Permission.EDIT)
    if not source.strip():
        raise InvalidEdit("Say who lifted it, and where that can be read: for example the auditor's letter.")
    _refuse_long(source, "what lifted it")
    if lifted_on > on:
        raise InvalidEdit(
            f"It cannot have been lifted later than today, {day_words(on)}. You entered {day_words(lifted_on)}."
        )
    with _changing(actor, plan, on, source) as (written, held, base):
        asked_row(base, reference, on)
        review = find_review(base, reference.review)
        if review and (made := review.published) and made.earliest and lifted_on < made.earliest:
            raise InvalidEdit(
                f"{reference.review} was published in or after {made.printed}, so nothing of it was lifted on "
                f"{day_words(lifted_on)}."
            )
        changes: dict[str, JsonValue] = {"lifted_on": lifted_on.isoformat(), "lifted_by": source.strip()}
        _store(held, base, with_recommendation(base, reference, changes), on)
    return written.revision


@contextmanager
def _changing(
    actor: Actor, plan: UUID | str, on: date, reason: str
) -> Iterator[tuple[Written, PlanRecord, Plan]]:
    """One revision of a plan: what was written, the plan locked, and its state as at the day of the change."""
    with writing(actor, reason) as written:
        held = lock_plan(plan, on)
        base, _ = read_plan_at(actor.council, held.id, on, None)
        yield written, held, base


def _store(held: PlanRecord, base: Plan, new: Plan, on: date) -> None:
    store_difference(held, base, new, effective_on=on)


def _refuse_long(words: str, what: str) -> None:
    if len(words) > LONGEST_TEXT:
        raise InvalidEdit(f"Say {what} in {LONGEST_TEXT:,} characters or fewer.")


def _refuse_unsaid(review: str, asked: Sequence[Asked]) -> None:
    if not review:
        raise InvalidEdit("Say which review made the recommendations.")
    if not asked:
        raise InvalidEdit("Enter at least one recommendation.")
    for one in asked:
        if not one.number.strip():
            raise InvalidEdit("Every recommendation needs its number, as the reviewer gave it.")
        if not one.text.strip():
            raise InvalidEdit(f"Recommendation {one.number} needs its words, as the reviewer gave them.")
        if len(one.text) > LONGEST_TEXT:
            raise InvalidEdit(f"Recommendation {one.number} must have {LONGEST_TEXT:,} characters or fewer.")
    numbers = [(one.class_, one.number.strip()) for one in asked]
    if twice := next((number for class_, number in numbers if numbers.count((class_, number)) > 1), None):
        raise InvalidEdit(f"Recommendation {twice} is entered twice.")


def _refuse_known(latest: Plan, review: str, asked: Sequence[Asked]) -> None:
    """Refuse a number that the register has, from whatever day on; one that is only cited gets its words now."""
    known = find_review(latest, review)
    told = {one.reference for one in known.recommendations if one.text or one.sent_on} if known else set()
    for one in asked:
        if (reference := one.reference_in(review)) in told:
            raise InvalidEdit(
                f"{reference.label()} is in the register already. Give the new one its own number."
            )
