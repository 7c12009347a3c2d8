"""The form that records what a document says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from goldenthread.plan.days import day_words
from goldenthread.plan.model import Plan
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import Errors


@dataclass
class ApplyForm:
    """From which day the plan counts, and why it is recorded."""

    effective_on: str = ""
    reason: str = ""
    errors: Errors = field(default_factory=Errors)
    effective: date = date.min

    @classmethod
    def of(cls, plan: Plan) -> ApplyForm:
        """The form with the day that the document itself gives."""
        return cls(effective_on=day_words(plan.approved_on) if plan.approved_on else "")

    @classmethod
    def typed(cls, data: QueryDict) -> ApplyForm:
        """The form as it was sent."""
        return cls(data.get("effective_on", ""), data.get("reason", "").strip())

    def check(self) -> bool:
        """Whether it can be recorded; if not, `errors` says why."""
        try:
            self.effective = typed_day(self.effective_on, "the day on which the plan was approved")
        except CannotRead as error:
            self.errors["effective_on"] = str(error)
        if not self.reason:
            self.errors["reason"] = "Enter a reason"
        return not self.errors
