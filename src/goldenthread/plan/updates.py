"""What a person types about a promise, by whichever door it comes in."""

from __future__ import annotations

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Rating
from goldenthread.plan.status import Status
from goldenthread.plan.values import Value

REPORTABLE = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING, Status.COMPLETE)
"""What those who owe a promise can say of it. Verified and embedded need a checker; the others a decision."""


class EvidenceOffer(Value):
    """A link that is offered as evidence with an update, and what it shows."""

    url: str
    shows: str = ""


class TypedUpdate(Value):
    """One update as typed. What is None was not said and stays as it was; an empty text takes the earlier one away.

    `forecast` is when it is now expected, as vague as it honestly is; `forecast_unknown` says that nobody can tell yet.
    `no_change` confirms what stood before, and then nothing else is said.
    """

    status: Status | None = None
    forecast: PlanDate | None = None
    forecast_unknown: bool = False
    actual: PlanDate | None = None
    rating: Rating | None = None
    why: str | None = None
    next_step: str | None = None
    highlight: str | None = None
    no_change: bool = False
    evidence: EvidenceOffer | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether nothing was typed and nothing confirmed."""
        return self == TypedUpdate()
