"""What is typed about promises: one form for all that are on the page, so that saving one loses nothing of another."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Rating
from goldenthread.plan.updates import REPORTABLE, EvidenceOffer, TypedUpdate
from goldenthread.record.services.updating import LONGEST
from goldenthread.web.forms.dates import CannotRead, typed_plan_date
from goldenthread.web.forms.errors import Errors

LONGEST_DATE, LONGEST_ADDRESS = 100, 2000
_TEXTS = {
    "why": "The reason",
    "next_step": "The next step",
    "highlight": "The highlight",
    "shows": "What the link shows",
}
Choice = TypeVar("Choice")
_is_address = URLValidator(schemes=["http", "https"])


@dataclass
class UpdateForm:
    """What was typed about one promise, as typed. What is blank was not said, and stays as it was."""

    status: str = ""
    expected: str = ""
    nobody_knows: str = ""
    done_on: str = ""
    rating: str = ""
    why: str = ""
    why_gone: str = ""
    next_step: str = ""
    next_step_gone: str = ""
    highlight: str = ""
    url: str = ""
    shows: str = ""
    no_change: bool = False
    errors: Errors = field(default_factory=Errors)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said."""
        return not self.no_change and not any(getattr(self, name).strip() for name in NAMES)

    def read(self) -> TypedUpdate | None:
        """What was typed as an update; None if something is wrong, which `errors` then says."""
        typed = TypedUpdate(
            status=self._chosen("status", {status.value: status for status in REPORTABLE}),
            forecast=self._date("expected"),
            forecast_unknown=bool(self.nobody_knows),
            actual=self._date("done_on"),
            rating=self._chosen("rating", {rating.value: rating for rating in Rating}),
            why=self._text("why"),
            next_step=self._text("next_step"),
            highlight=self._text("highlight"),
            no_change=self.no_change,
            evidence=self._evidence(),
        )
        if typed.forecast and typed.forecast_unknown:
            self.errors["expected"] = "Enter a date, or say that nobody can tell yet, not both"
        if self.no_change and typed != TypedUpdate(no_change=True) and not self.errors:
            self.errors["status"] = (
                "“No change” was chosen and a change was typed as well. Save the change, or clear it"
            )
        return None if self.errors else typed

    def _chosen(self, name: str, known: dict[str, Choice]) -> Choice | None:
        value = getattr(self, name)
        if value and value not in known:
            self.errors[name] = "Choose from the list"
        return known.get(value)

    def _date(self, name: str) -> PlanDate | None:
        value = getattr(self, name)
        if len(value) > LONGEST_DATE:
            self.errors[name] = f"The date must be {LONGEST_DATE} characters or fewer"
            return None
        try:
            return typed_plan_date(value)
        except CannotRead as error:
            self.errors[name] = str(error)
            return None

    def _text(self, name: str) -> str | None:
        value = getattr(self, name).strip()
        if len(value) > LONGEST:
            self.errors[name] = (
                f"{_TEXTS[name]} must be {LONGEST:,} characters or fewer. It has {len(value):,}"
            )
        if getattr(self, f"{name}_gone", "") and not value:
            return ""
        return value or None

    def _evidence(self) -> EvidenceOffer | None:
        address, shows = self.url.strip(), self._text("shows") or ""
        if shows and not address:
            self.errors["url"] = "Enter the address of the evidence, or clear what it shows"
        if not address:
            return None
        try:
            if len(address) > LONGEST_ADDRESS:
                raise ValidationError("too long")
            _is_address(address)
        except ValidationError:
            self.errors["url"] = (
                "Enter the whole address of the evidence, such as https://www.example.gov.uk/minutes"
            )
        return EvidenceOffer(url=address, shows=shows)


NAMES = tuple(each.name for each in fields(UpdateForm) if each.name not in {"no_change", "errors"})


@dataclass
class Sent:
    """Everything that came with one press of a button, by the id of the promise."""

    forms: dict[UUID, UpdateForm]
    answers: dict[UUID, str]
    pressed: UUID | None
    seen_revision: int

    @property
    def has_errors(self) -> bool:
        """Whether anything that was typed does not fit."""
        return any(form.errors for form in self.forms.values())

    @property
    def updates(self) -> dict[UUID, TypedUpdate]:
        """What can be recorded as it was typed."""
        read = {item: form.read() for item, form in self.forms.items()}
        return {item: typed for item, typed in read.items() if typed}


def sent_updates(data: QueryDict) -> Sent:
    """What was sent. A field is called by its name and the id of its promise, as in `why-1b4e…`, without hyphens."""
    confirmed = {*data.getlist("open")} if "rest" in data else set()
    confirmed |= {*data.getlist("no_change")}
    forms: dict[UUID, UpdateForm] = {}
    answers: dict[UUID, str] = {}
    for key in data:
        name, _, item = key.rpartition("-")
        typed = data.get(key, "").replace("\r\n", "\n").replace("\x00", "")
        if name == "answer" and typed.strip() and (known := _id(item)):
            answers[known] = typed.strip()
        elif name in NAMES and typed.strip() and (known := _id(item)):
            setattr(forms.setdefault(known, UpdateForm()), name, typed)
    for item in confirmed:
        known = _id(item)
        if known and ("rest" not in data or known not in forms or item in data.getlist("no_change")):
            forms.setdefault(known, UpdateForm()).no_change = True
    seen = data.get("seen", "")
    return Sent(
        forms=forms,
        answers=answers,
        pressed=_first_id(data.get("no_change"), data.get("save")),
        seen_revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else 0,
    )


def _first_id(*pressed: str | None) -> UUID | None:
    return next((known for each in pressed if each and (known := _id(each))), None)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
