"""Several promises passed on to another plan at once: proposed together, and decided by one minute.

Each is a change request of its own, with its own effect and its own place in the history: later somebody may have to
take up one of them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.plan.proposals import Transfer
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.services.change_control import Decision, propose_change, record_decision


def propose_transfers(
    *, actor: Actor, plan: UUID | str, transfers: Sequence[Transfer], reason: str, proposed_on: date
) -> tuple[int, ...]:
    """Enter a proposal for each, all or none, and give their numbers. The plan stays as it is.

    Raises:
        NotAllowed: The role may not propose changes.
        InvalidEdit: None is named, one is named twice, no reason, or a promise that the plan has not or has ended.
        NoSuchPlan: The council has no such plan.
    """
    if not transfers:
        raise InvalidEdit("Choose at least one action.")
    if len({each.item for each in transfers}) < len(transfers):
        raise InvalidEdit("An action is named twice. Name each once.")
    with transaction.atomic():
        return tuple(
            propose_change(actor=actor, plan=plan, change=each, reason=reason, proposed_on=proposed_on)
            for each in transfers
        )


def decide_transfers(
    *, actor: Actor, plan: UUID | str, numbers: Sequence[int], decision: Decision, seen_revision: int
) -> int:
    """Record one decision on several proposals, all or none; gives the revision that holds the last of them.

    Raises:
        InvalidEdit: No proposal is named, or as for `record_decision`, of which the other errors are too.
    """
    if not numbers:
        raise InvalidEdit("Choose at least one action.")
    with transaction.atomic():
        revisions = [
            record_decision(
                actor=actor, plan=plan, number=number, decision=decision, seen_revision=seen_revision
            )
            for number in dict.fromkeys(numbers)
        ]
    return revisions[-1]
