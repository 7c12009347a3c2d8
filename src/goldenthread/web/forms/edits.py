"""The form that changes an action, a step or a milestone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from pydantic import JsonValue

from goldenthread.plan.applying import STOPPED
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import CHECKED
from goldenthread.record.permissions import PROGRESS_FIELDS
from goldenthread.web.forms.dates import CannotRead, typed_day, typed_plan_date
from goldenthread.web.forms.errors import LONGEST_REASON, Errors
from goldenthread.web.presenting.statuses import STATUS_WORDS

LONGEST_TITLE = 1000
DATES = ("approved", "forecast", "actual")


@dataclass
class EditForm:
    """What was typed, as typed. `changes` and `effective` are filled by `check`, once nothing is wrong."""

    title: str
    status: str
    approved: str
    forecast: str
    actual: str
    leads: str
    effective_on: str
    reason: str
    seen_revision: int
    progress_only: bool = False
    held_status: str = ""
    correction: bool = False
    errors: Errors = field(default_factory=Errors)
    changes: dict[str, JsonValue] = field(default_factory=dict)
    effective: date = date.min

    @classmethod
    def of(cls, item: Action | Milestone, seen_revision: int, today: date, progress_only: bool) -> EditForm:
        """The form filled with what the record says now."""
        return cls(
            title=_title(item) or "",
            status=item.status.value,
            approved=_printed(item.dates.approved),
            forecast=_printed(item.dates.forecast),
            actual=_printed(item.dates.actual),
            leads="\n".join(item.leads),
            effective_on=day_words(today),
            reason="",
            seen_revision=seen_revision,
            progress_only=progress_only,
            held_status=item.status.value,
        )

    @classmethod
    def typed(cls, data: QueryDict, item: Action | Milestone, progress_only: bool) -> EditForm:
        """The form as it was sent; a field that was not sent is as the record says."""
        now = cls.of(item, 0, date.min, progress_only)
        names = ("title", "status", *DATES, "leads", "effective_on", "reason")
        seen = data.get("seen_revision", "")
        return cls(
            **{name: data.get(name, getattr(now, name)).replace("\r\n", "\n") for name in names},
            seen_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else 0,
            progress_only=progress_only,
            held_status=item.status.value,
            correction=data.get("correction") == "yes" and not progress_only,
        )

    @property
    def status_items(self) -> list[dict[str, Any]]:
        """The statuses to choose from. Verified and embedded come from checked evidence, not from this form; what needs
        a decision is not offered to those who report progress.
        """
        left_out = CHECKED | (STOPPED if self.progress_only else frozenset())
        return [
            {"value": status.value, "text": words.text, "selected": status.value == self.status}
            for status, words in STATUS_WORDS.items()
            if status not in left_out or status.value == self.held_status
        ]

    def check(self, item: Action | Milestone) -> bool:
        """Read what was typed. False if something is wrong, which `errors` then says."""
        self._check_title(item)
        if self.status not in {choice["value"] for choice in self.status_items}:
            self.errors["status"] = "Choose a status from the list"
        elif self.status != item.status.value:
            self.changes["status"] = self.status
        for name in DATES:
            self._check_date(name, item)
        leads = [line.strip() for line in self.leads.splitlines() if line.strip()]
        if leads != list(item.leads):
            self.changes["leads"] = list[JsonValue](leads)
        try:
            self.effective = typed_day(self.effective_on, "the day from which it was true")
        except CannotRead as error:
            self.errors["effective_on"] = str(error)
        if not self.reason.strip():
            self.errors["reason"] = "Enter a reason for the change"
        elif len(self.reason) > LONGEST_REASON:
            self.errors["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
        if self.progress_only:
            self.changes = {name: value for name, value in self.changes.items() if name in PROGRESS_FIELDS}
        if not self.errors and not self.changes:
            self.errors["status" if self.progress_only else "title"] = (
                "Nothing is different yet. Change something, or cancel"
            )
        return not self.errors

    def _check_title(self, item: Action | Milestone) -> None:
        typed = " ".join(self.title.split())
        if not typed and _title(item):
            self.errors["title"] = "Enter a title"
        elif len(typed) > LONGEST_TITLE:
            self.errors["title"] = f"The title must be {LONGEST_TITLE:,} characters or fewer"
        elif typed != (_title(item) or ""):
            self.changes["title" if isinstance(item, Action) else "name"] = typed

    def _check_date(self, name: str, item: Action | Milestone) -> None:
        typed, held = getattr(self, name).strip(), getattr(item.dates, name)
        if typed == _printed(held):
            return
        try:
            read = typed_plan_date(typed)
        except CannotRead as error:
            self.errors[name] = str(error)
        else:
            self.changes[f"dates.{name}"] = read.model_dump(mode="json") if read else None


def _printed(value: PlanDate | None) -> str:
    return value.printed if value else ""


def _title(item: Action | Milestone) -> str | None:
    return item.title if isinstance(item, Action) else item.name
