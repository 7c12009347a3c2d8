"""The form that records the decision on a change request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from goldenthread.plan.days import day_words
from goldenthread.record.services.change_control import Decision
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import Errors

APPROVED, REFUSED = "approved", "refused"


@dataclass
class DecisionForm:
    """What was typed, as typed. `seen_revision` is the one at which the effect was shown."""

    body: str
    seen_revision: int
    decided_on: str
    outcome: str = ""
    reference: str = ""
    link: str = ""
    delegated_by: str = ""
    note: str = ""
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def of(cls, approver: str, today: date, seen_revision: int) -> DecisionForm:
        """The empty form, with the body that decides on changes of this kind."""
        return cls(body=approver, decided_on=day_words(today), seen_revision=seen_revision)

    @classmethod
    def sent(cls, data: QueryDict) -> DecisionForm:
        """The form as it was sent."""
        seen = data.get("seen_revision", "")
        return cls(
            body=data.get("body", "").strip(),
            decided_on=data.get("decided_on", "").strip(),
            outcome=data.get("outcome", ""),
            reference=data.get("reference", "").strip(),
            link=data.get("link", "").strip(),
            delegated_by=data.get("delegated_by", "").strip(),
            note=data.get("note", "").strip(),
            seen_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else 0,
        )

    def check(self, today: date) -> Decision | None:
        """The decision; None if something is wrong, which `errors` then says."""
        if self.outcome not in {APPROVED, REFUSED}:
            self.errors["outcome"] = "Choose what was decided"
        if not self.reference:
            self.errors["reference"] = "Enter the reference of the decision"
        try:
            day = typed_day(self.decided_on, "the day of the decision")
        except CannotRead as error:
            self.errors["decided_on"] = str(error)
            return None
        if day > today:
            self.errors["decided_on"] = "The day of the decision has not come yet"
        if self.errors:
            return None
        return Decision(
            approved=self.outcome == APPROVED,
            body=self.body,
            reference=self.reference,
            decided_on=day,
            link=self.link,
            delegated_by=self.delegated_by,
            note=self.note,
        )
