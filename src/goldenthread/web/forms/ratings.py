"""Forms about ratings: two days to explain between, and the council's rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from goldenthread.assurance.ratings import PRESETS, Against, ByDate, ByJudgement, BySteps, RatingRule
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import LONGEST_REASON, Errors

_BASES: dict[str, type[ByDate] | type[BySteps] | type[ByJudgement]] = {
    "date": ByDate,
    "steps": BySteps,
    "judgement": ByJudgement,
}
_NUMBERS = {
    "amber_days": "How many days late is still amber",
    "red_up_to": "Red up to",
    "green_above": "Green above",
    "overdue_red_below": "Red when overdue and below",
}
_SWITCHES = ("expected", "reprogrammed_apart")
_TEXTS = {"green": "What green means", "amber": "What amber means", "red": "What red means"}


@dataclass
class BetweenForm:
    """Two days, as typed; `then` and `now` are filled by `check`."""

    from_: str
    to: str
    errors: Errors = field(default_factory=Errors)
    then: date = date.min
    now: date = date.min

    def check(self) -> bool:
        """Whether both are days, the first before the second or the same."""
        for name, typed, what in (("from", self.from_, "the first day"), ("to", self.to, "the second day")):
            try:
                day = typed_day(typed, what)
            except CannotRead as error:
                self.errors[name] = str(error)
                continue
            if name == "from":
                self.then = day
            else:
                self.now = day
        if not self.errors and self.then > self.now:
            self.errors["to"] = "Enter a second day that is not before the first"
        return not self.errors


@dataclass
class RuleForm:
    """A rule as typed, begun from a preset or from the rule that counts. `rule` and `adopted` are filled by `check`."""

    values: dict[str, str]
    errors: Errors = field(default_factory=Errors)
    rule: RatingRule | None = None
    adopted: date = date.min

    @classmethod
    def of(cls, rule: RatingRule, today: str) -> RuleForm:
        """The form filled with a rule."""
        held = rule.test.model_dump(mode="json")
        told = {name: _shown(value) for name, value in held.items()}
        apart = "yes" if rule.not_started_apart else ""
        return cls({**told, "name": rule.name, "not_started_apart": apart, "adopted_on": today})

    @classmethod
    def typed(cls, data: QueryDict) -> RuleForm:
        """The form as it was sent."""
        return cls({name: str(value).strip() for name, value in data.items()})

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def basis(self) -> str:
        """What it rates by; the date, if something else was sent."""
        return self["basis"] if self["basis"] in _BASES else "date"

    def check(self) -> bool:
        """Whether it can be adopted; if not, `errors` says why, by field."""
        test = _BASES[self.basis]
        given: dict[str, Any] = {}
        for name in test.model_fields:
            given |= self._given(name)
        if not self["name"]:
            self.errors["name"] = "Enter a name for the rule"
        if not self["reason"]:
            self.errors["reason"] = "Enter who decided on the rule, and why"
        if len(self["reason"]) > LONGEST_REASON:
            self.errors["reason"] = f"Shorten the reason to {LONGEST_REASON:,} characters"
        try:
            self.adopted = typed_day(self["adopted_on"], "when it was adopted")
        except CannotRead as error:
            self.errors["adopted_on"] = str(error)
        if self.errors:
            return False
        try:
            self.rule = RatingRule(
                name=self["name"], test=test(**given), not_started_apart=self["not_started_apart"] == "yes"
            )
        except ValidationError as error:
            first = error.errors()[0]
            place = str(first["loc"][-1]) if first["loc"] else "red_up_to"
            self.errors[place] = str(first["msg"]).removeprefix("Value error, ")
        return not self.errors

    def _given(self, name: str) -> dict[str, Any]:
        """The value of one field of the test, or an error in its place."""
        typed = self[name]
        if name in _NUMBERS:
            if name == "overdue_red_below" and not typed:
                return {name: None}
            if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
                self.errors[name] = f"{_NUMBERS[name]}: enter a whole number"
                return {}
            return {name: int(typed)}
        if name in _TEXTS and not typed:
            self.errors[name] = f"{_TEXTS[name]}: enter what it means"
        if name in _SWITCHES:
            return {name: typed == "yes"}
        return {name: typed if name in _TEXTS or typed in set(Against) else typed or None} if typed else {}


def preset_rule(name: str) -> RatingRule | None:
    """The preset of this name."""
    return PRESETS.get(name)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)
