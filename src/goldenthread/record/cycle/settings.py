"""What a council has settled about its reporting: how often, how fast, who is asked next, who approves what."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from goldenthread.plan.values import Value
from goldenthread.record.models.change_control import Tier
from goldenthread.record.models.cycle import CouncilSettings


class Frequency(StrEnum):
    """How often leads are asked. Longer rounds are built from months."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"

    @property
    def months(self) -> int:
        """The length of a round in months."""
        return {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF_YEAR: 6}[self]


class Approver(Value):
    """The body that approves changes of one tier (1 to 3)."""

    tier: int = Field(ge=1, le=3)
    body: str


class CycleSettings(Value):
    """One council's settings; the defaults are those of a plan reported monthly. Days are calendar days unless named
    working days, which leave out weekends and the bank holidays of England and Wales.
    """

    automatic: bool = True
    """Months open, leads are asked and reminded by themselves, once the programme office has opened the first month."""
    frequency: Frequency = Frequency.MONTH
    year_starts: int = Field(default=4, ge=1, le=12)
    """The month with which the first round of a year begins: April, as the financial year of councils in England."""
    answer_working_days: int = Field(default=5, ge=1, le=60)
    """Leads are asked on the last day of the period, and are to answer within so many working days."""
    remind_every_days: int = Field(default=3, ge=1, le=60)
    escalate_after_days: int = Field(default=7, ge=1, le=120)
    """So many days after the answer was due, the next one up is asked: deputy, post above, programme office."""
    close_after_days: int | None = Field(default=None, ge=1, le=120)
    """So many days after the answer was due, a month closes by itself. None: when the programme office closes it."""
    link_days: int = Field(default=28, ge=1, le=120)
    fresh_days: int = Field(default=35, ge=1, le=400)
    """The target: every promise was confirmed within so many days."""
    stale_days: int = Field(default=62, ge=1, le=400)
    """The longest interval that is acceptable."""
    embedded_after_months: int = Field(default=3, ge=1, le=60)
    approvers: tuple[Approver, ...] = (
        Approver(tier=Tier.OPERATIONAL, body="Leadership Team"),
        Approver(tier=Tier.DATE_OR_MEASURE, body="Cabinet"),
        Approver(tier=Tier.SCOPE, body="Council"),
    )

    def approver(self, tier: int) -> str:
        """The body that decides on changes of this tier."""
        return next((each.body for each in self.approvers if each.tier == tier), "Council")


def settings_of(council: UUID) -> CycleSettings:
    """The settings of the council in scope; the usual ones where it has settled nothing."""
    held = CouncilSettings.objects.filter(council_id=council).first()
    return CycleSettings.model_validate(held.body) if held else CycleSettings()
