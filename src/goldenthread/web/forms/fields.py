"""Short forms that are a list of fields, each a text, a day or a choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.http import QueryDict

from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import LONGEST_REASON, Errors

LONGEST_LINE = 2000
"""In characters: of what is typed in one line, the longest of which is an address."""


class FieldKind(StrEnum):
    """What is typed."""

    TEXT = "text"
    EMAIL = "email"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One field: what it is called here and on the page, and what may be left out. `choices` are values with words."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    needed: bool = True
    choices: tuple[tuple[str, str], ...] = ()


REASON = Field(
    "reason",
    "Reason",
    FieldKind.LONG,
    "For example, the decision that it follows from. Everyone who can see the plan will see this.",
)
FROM = Field("from_day", "From", FieldKind.DAY, "The first day, for example 1 October 2022")
NAME = Field("name", "Name")
EMAIL = Field("email", "E-mail address", FieldKind.EMAIL, needed=False)


@dataclass
class FieldForm:
    """What was typed into such a form, as typed; `days` is filled by `check`."""

    fields: tuple[Field, ...]
    values: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def typed(cls, fields: Iterable[Field], data: QueryDict) -> FieldForm:
        """The form as it was sent."""
        listed = tuple(fields)
        return cls(
            listed, {each.name: data.get(each.name, "").replace("\x00", "").strip() for each in listed}
        )

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def check(self) -> bool:
        """Whether it can be saved; if not, `errors` says why."""
        for each in self.fields:
            typed = self[each.name]
            if not typed:
                if each.needed:
                    self.errors[each.name] = (
                        f"{'Choose from' if each.kind is FieldKind.CHOICE else 'Fill in'} “{each.label}”"
                    )
            elif each.kind is FieldKind.DAY:
                self._read_day(each, typed)
            elif each.kind is FieldKind.CHOICE and typed not in dict(each.choices):
                self.errors[each.name] = f"Choose one of those listed under “{each.label}”"
            elif each.kind is FieldKind.TEXT and len(typed) > LONGEST_LINE:
                self.errors[each.name] = f"“{each.label}” must be {LONGEST_LINE:,} characters or fewer"
            elif each.name == REASON.name and len(typed) > LONGEST_REASON:
                self.errors[each.name] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
        return not self.errors

    def _read_day(self, each: Field, typed: str) -> None:
        try:
            self.days[each.name] = typed_day(typed, f"“{each.label}”")
        except CannotRead as error:
            self.errors[each.name] = str(error)
