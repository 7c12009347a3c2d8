"""Change control: a change is proposed, a body decides, and only then the plan changes.

The reason of a proposal is kept for ever. A proposal that was wrong is withdrawn and another made; none is amended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from django.db.models import Max

from goldenthread.plan.applying import STOPPED, apply_change, effect_of
from goldenthread.plan.changes import Change
from goldenthread.plan.flat import Series
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Plan
from goldenthread.plan.proposals import PROPOSED, ProposalError, ProposedChange, keys_of, tier_of
from goldenthread.record.actor import Actor
from goldenthread.record.change_requests import EFFECT, current_effect, held_request, is_same_effect
from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.errors import (
    AlreadySettled,
    InvalidEdit,
    NoSuchPlan,
    NotAllowed,
    NotFound,
    ProposalOvertaken,
)
from goldenthread.record.models.change_control import ChangeRequest, RequestState, Tier
from goldenthread.record.models.plan import DatedFact, PlanRecord
from goldenthread.record.permissions import Permission, may, require
from goldenthread.record.scope import writing
from goldenthread.record.services.editing import lock_plan
from goldenthread.record.services.store import store_difference
from goldenthread.record.snapshot import read_plan_at

LONGEST_REASON = 4000


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a body decided: its reference ("minute 42/23"), the day, and where the minute can be read.

    `delegated_by` names the body that handed the decision on, where another than the approver of the tier took it.
    """

    approved: bool
    body: str
    reference: str
    decided_on: date
    link: str = ""
    delegated_by: str = ""
    note: str = ""

    @property
    def taken_by(self) -> str:
        """Who decided, and by whose leave: "Section 151 Officer, delegated by Cabinet"."""
        body, leave = self.body.strip(), self.delegated_by.strip()
        return f"{body}, delegated by {leave}" if leave else body


def propose_change(
    *, actor: Actor, plan: UUID | str, change: ProposedChange, reason: str, proposed_on: date
) -> int:
    """Enter a proposal and give its number within the plan. The plan stays as it is.

    Raises:
        NotAllowed: The role may not propose changes.
        InvalidEdit: No reason, or a change that the plan does not allow as it stands on that day.
        NoSuchPlan: The council has no such plan.
    """
    require(actor, Permission.PROPOSE)
    if len(reason) > LONGEST_REASON:
        raise InvalidEdit(f"The reason is longer than {LONGEST_REASON:,} characters. Shorten it.")
    with writing(actor, reason):
        held = lock_plan(plan, proposed_on)
        base, head = read_plan_at(actor.council, held.id, proposed_on, None)
        effect = _effect(base, change)
        last = ChangeRequest.objects.filter(plan=held).aggregate(last=Max("number"))["last"] or 0
        made = ChangeRequest.objects.create(
            council_id=actor.council,
            plan=held,
            number=last + 1,
            kind=change.kind,
            content={
                "change": PROPOSED.dump_python(change, mode="json"),
                "effect": EFFECT.dump_python(effect, mode="json"),
                "items": list(keys_of(change)),
                "seen_revision": head,
            },
            tier=tier_of(change, base).tier,
            reason=reason.strip(),
            proposed_on=proposed_on,
            proposed_by=actor.label,
        )
    return made.number


def withdraw_proposal(*, actor: Actor, plan: UUID | str, number: int, reason: str) -> int:
    """Take a proposal back before anybody has decided on it, and give the number of the revision. It stays in the list.

    Raises:
        NotAllowed: Neither the proposer nor somebody who records decisions.
        AlreadySettled: It was decided on or withdrawn before.
        NotFound: The plan has no such request.
        InvalidEdit: No reason.
    """
    require(actor, Permission.PROPOSE)
    with writing(actor, reason) as written:
        request = _open_request(lock_plan(plan), number)
        if request.proposed_by != actor.label and not may(actor, Permission.DECIDE):
            raise NotAllowed("Only whoever proposed a change, or the programme office, may withdraw it.")
        request.state, request.decision_note = RequestState.WITHDRAWN, reason.strip()
        request.save(update_fields=["state", "decision_note"])
    return written.revision


def record_decision(
    *, actor: Actor, plan: UUID | str, number: int, decision: Decision, seen_revision: int
) -> int:
    """Record what was decided on a proposal; if it was approved, the plan changes from the day of the decision on.

    Both are one revision, whose number is given. Later reports that the promise goes on do not undo a decision to stop
    it: they were made before the decision was known.

    Args:
        seen_revision: The revision at which whoever records this looked at what the change would alter.

    Raises:
        NotAllowed: The role may not record decisions.
        InvalidEdit: No reference, a body that may not decide this, a link that is none, or a day before the plan's.
        ProposalOvertaken: What the change would alter is no longer what was looked at. Nothing is stored.
        AlreadySettled: It was decided on or withdrawn before.
        NotFound: The plan has no such request.
    """
    require(actor, Permission.DECIDE)
    said = f"{'approved' if decision.approved else 'refused'} by {decision.taken_by}, {decision.reference.strip()}"
    with writing(actor, f"Change request {number} {said}") as written:
        held = lock_plan(plan, decision.decided_on)
        request = _open_request(held, number)
        _check(decision, Tier(request.tier), actor.council)
        if decision.approved:
            change = held_request(vars(request)).change
            _apply(held, change, decision.decided_on, seen_revision)
            request.applied_revision = _number_of_this_revision(actor.council)
        request.state = RequestState.APPROVED if decision.approved else RequestState.REFUSED
        request.decided_by, request.decision_reference = decision.taken_by, decision.reference.strip()
        request.decision_link, request.decided_on = decision.link.strip(), decision.decided_on
        request.decision_note = decision.note.strip()
        request.save()
    return written.revision


def _effect(plan: Plan, change: ProposedChange) -> tuple[Change, ...]:
    try:
        return effect_of(plan, change)
    except ProposalError as error:
        raise InvalidEdit(str(error)) from error


def _open_request(held: PlanRecord, number: int) -> ChangeRequest:
    """The request, in the lock of its plan, if it still waits for a decision."""
    request = ChangeRequest.objects.filter(plan=held, number=number).first()
    if request is None:
        raise NotFound(f"The plan has no change request {number}.")
    if request.state != RequestState.PROPOSED:
        raise AlreadySettled(f"Change request {number} is {request.state} already. Propose another change.")
    return request


def _check(decision: Decision, tier: Tier, council: UUID) -> None:
    approver = settings_of(council).approver(tier)
    if not decision.reference.strip():
        raise InvalidEdit("Enter the reference of the decision, for example minute 42/23.")
    if not decision.body.strip():
        raise InvalidEdit(f"Say who decided. For this change it is {approver}.")
    leave = decision.delegated_by.strip()
    if leave and slug(leave) != slug(approver):
        raise InvalidEdit(f"Only {approver} can hand on a decision of this kind, not {leave}.")
    if not leave and slug(decision.body) != slug(approver):
        raise InvalidEdit(
            f"{approver} decides on changes of this kind ({tier.label}), not {decision.body.strip()}. If {approver} "
            "handed the decision on, say so."
        )
    address = urlsplit(decision.link.strip())
    if decision.link.strip() and not (address.scheme in {"http", "https"} and address.netloc):
        raise InvalidEdit(f"“{decision.link.strip()}” is not an address. Begin with https://")


def _apply(held: PlanRecord, change: ProposedChange, on: date, seen_revision: int) -> None:
    base, head = read_plan_at(held.council_id, held.id, on, None)
    if seen_revision != head and not _looked_at(held, change, on, min(seen_revision, head), base):
        raise ProposalOvertaken(
            "The plan has changed since you looked at this. See what the change would alter now, then record the "
            "decision again."
        )
    _stay_stopped(held, _effect(base, change), on)
    store_difference(held, base, apply_change(base, change), effective_on=on)


def _looked_at(held: PlanRecord, change: ProposedChange, on: date, seen_revision: int, base: Plan) -> bool:
    """Whether the change alters now what it would have altered when somebody looked at it."""
    try:
        seen, _ = read_plan_at(held.council_id, held.id, on, seen_revision)
    except NoSuchPlan:
        return False
    return is_same_effect(current_effect(seen, change), current_effect(base, change))


def _stay_stopped(held: PlanRecord, effect: Iterable[Change], on: date) -> None:
    """Say again, for each later day on which a lead reported otherwise, that the promise is stopped.

    A later decision stands: from the first day on which a decision gave a status, nothing is said again.
    """
    stopped = {
        each.id: str(each.after)
        for each in effect
        if each.id and each.field == Series.STATUS and each.after in STOPPED
    }
    later = DatedFact.objects.filter(
        plan=held, item_id__in=list(stopped), series=Series.STATUS, effective_on__gt=on
    )
    until: set[UUID] = set()
    for item, day, value in sorted(
        later.values_list("item_id", "effective_on", "value"), key=lambda row: row[1]
    ):
        if value in STOPPED or item in until:
            until.add(item)
            continue
        DatedFact.objects.create(
            council_id=held.council_id,
            plan=held,
            item_id=item,
            series=Series.STATUS.value,
            effective_on=day,
            value=stopped[item],
        )


def _number_of_this_revision(council: UUID) -> int:
    """The number that this transaction's revision will have: nobody else can seal one before it ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('revisions of ' || %s::uuid, 0))", [council]
        )
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM revision WHERE council_id = %s", [council])
        return int(cursor.fetchone()[0])
