"""The form that settles how a council's cycle runs."""

from __future__ import annotations

from calendar import month_name
from dataclasses import dataclass, field

from django.http import QueryDict
from pydantic import ValidationError

from goldenthread.record.cycle.settings import Approver, CycleSettings, Frequency
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind

_TIERS = {
    1: "Who approves an operational change",
    2: "Who approves a change of an end date or a measure of success",
    3: "Who approves a change of scope, a new action or a closure",
}
_NUMBERS = {
    "answer_working_days": ("Working days to answer", "From the cut-off. Bank holidays are left out."),
    "remind_every_days": ("Days between reminders", ""),
    "escalate_after_days": (
        "Days after which the next one up is asked",
        "Counted from the day when the answer was due: deputy, post above, programme office.",
    ),
    "close_after_days": (
        "Days after which a month closes by itself",
        "Counted from the day when answers are due. Leave it empty to close each month yourself.",
    ),
    "link_days": ("Days for which a mailed link works", "Counted from the day when the answer is due."),
    "fresh_days": ("Target: days within which every promise is confirmed", ""),
    "stale_days": ("Longest acceptable number of days without confirmation", ""),
    "embedded_after_months": (
        "Months after completion from which evidence shows that it has lasted",
        "",
    ),
}
_FREQUENCIES = {
    Frequency.MONTH: "Every month",
    Frequency.QUARTER: "Every quarter",
    Frequency.HALF_YEAR: "Every six months",
}
_OPTIONAL = {"close_after_days"}
FIELDS = (
    Field(
        "automatic",
        "Does the cycle run by itself?",
        FieldKind.CHOICE,
        "Months open, leads are asked and reminded, once the first month was opened.",
        choices=(("yes", "Yes"), ("no", "No, everything is done by hand")),
    ),
    Field(
        "frequency",
        "How often leads are asked",
        FieldKind.CHOICE,
        choices=tuple((each.value, words) for each, words in _FREQUENCIES.items()),
    ),
    Field(
        "year_starts",
        "Month with which the first round of a year begins",
        FieldKind.CHOICE,
        choices=tuple((str(number), month_name[number]) for number in range(1, 13)),
    ),
    *(
        Field(name, label, kind=FieldKind.NUMBER, hint=hint, needed=name not in _OPTIONAL)
        for name, (label, hint) in _NUMBERS.items()
    ),
    *(Field(f"approver_{tier}", label) for tier, label in _TIERS.items()),
    REASON,
)


@dataclass
class SettingsForm:
    """What was typed; `settings` is what it comes to, once checked."""

    form: FieldForm
    settings: CycleSettings = field(default_factory=CycleSettings)

    @classmethod
    def of(cls, settings: CycleSettings) -> SettingsForm:
        """The form as it is opened."""
        values = {
            name: str(getattr(settings, name) or "") for name in ("frequency", "year_starts", *_NUMBERS)
        }
        values |= {f"approver_{tier}": settings.approver(tier) for tier in _TIERS}
        return cls(FieldForm(FIELDS, values | {"automatic": "yes" if settings.automatic else "no"}), settings)

    @classmethod
    def typed(cls, data: QueryDict) -> SettingsForm:
        """The form as it was sent."""
        return cls(FieldForm.typed(FIELDS, data))

    @property
    def errors(self) -> Errors:
        """What is wrong with each field."""
        return self.form.errors

    def check(self) -> bool:
        """Whether it can be saved; if not, `errors` says why."""
        if not self.form.check():
            return False
        typed = self.form
        values = {name: typed[name] for name in ("frequency", "year_starts", *_NUMBERS) if typed[name]}
        approvers = [Approver(tier=tier, body=typed[f"approver_{tier}"]) for tier in _TIERS]
        try:
            self.settings = CycleSettings.model_validate(
                values | {"automatic": typed["automatic"] == "yes", "approvers": approvers}
            )
        except ValidationError as error:
            for wrong in error.errors():
                self.errors[str(wrong["loc"][0])] = _words(str(wrong["loc"][0]))
        return not self.errors


def _words(name: str) -> str:
    limits = CycleSettings.model_fields[name].metadata
    low = next(limit.ge for limit in limits if hasattr(limit, "ge"))
    high = next(limit.le for limit in limits if hasattr(limit, "le"))
    return f"{_NUMBERS[name][0]}: enter a whole number from {low} to {high}"
