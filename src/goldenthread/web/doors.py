"""What the page and the mailed link have in common: recording all that came with one press.

Both are thin doors to `submit_updates`; what one takes in, the other would have recorded in the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import RecordError
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.services.challenges import answer_challenge
from goldenthread.record.services.updating import Outcome, submit_updates
from goldenthread.web.forms.updates import Sent


@dataclass
class Recorded:
    """What became of what was sent. Where something was wrong, the forms of `Sent` keep what was typed and say so."""

    outcomes: dict[UUID, Outcome] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unanswered: dict[UUID, str] = field(default_factory=dict)

    @property
    def held(self) -> Collection[UUID]:
        """The promises of which somebody else had reported first."""
        return [item for item, outcome in self.outcomes.items() if outcome is Outcome.HELD]

    @property
    def saved(self) -> int:
        """How many updates are on the record."""
        return sum(outcome is not Outcome.HELD for outcome in self.outcomes.values())


def record_sent(
    sent: Sent, *, actor: Actor, plan: PlanRecord, as_at: date, today: date, door: Door
) -> Recorded:
    """Record all that was sent and fits. What does not fit is left with its form, beside what is wrong with it."""

    def submit(said: dict[UUID, TypedUpdate]) -> dict[UUID, Outcome]:
        return submit_updates(
            actor=actor,
            plan=plan.id,
            updates=said,
            as_at=as_at,
            seen_revision=sent.seen_revision,
            door=door,
        )

    recorded, updates = Recorded(), sent.updates
    try:
        recorded.outcomes = submit(updates)
    except RecordError:
        for item, typed in updates.items():  # one of them does not fit: the others are recorded all the same
            try:
                recorded.outcomes |= submit({item: typed})
            except RecordError as error:
                sent.forms[item].errors["status"] = str(error)
    for challenge, answer in sent.answers.items():
        try:
            answer_challenge(actor=actor, challenge=challenge, answer=answer, on=today)
        except RecordError as error:
            recorded.problems.append(str(error))
            recorded.unanswered[challenge] = answer
    return recorded
