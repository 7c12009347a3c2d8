"""The form that says where several open actions go on, in one other plan at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from pydantic import ValidationError

from goldenthread.assurance.ratings import Promise
from goldenthread.plan.proposals import Transfer
from goldenthread.web.forms.errors import LONGEST_REASON, Errors

PLACE = "place-"
"""How the name of the field of an action begins; what it is called here follows."""


@dataclass
class OnwardForm:
    """What was typed, as typed: the other plan, and what each action is called there (empty: not this)."""

    promises: Sequence[Promise]
    to: str = ""
    link: str = ""
    reason: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def sent(cls, promises: Sequence[Promise], data: QueryDict) -> OnwardForm:
        """The form as it was sent."""

        def typed(name: str) -> str:
            return " ".join(data.get(name, "").replace("\x00", "").split())

        places = {each.item.key: typed(field_of(each)) for each in promises}
        return cls(promises, typed("to"), typed("link"), data.get("reason", "").strip(), places)

    def place(self, promise: Promise) -> str:
        """What was typed for one action."""
        return self.places.get(promise.item.key, "")

    def check(self) -> tuple[Transfer, ...] | None:
        """What is proposed; None if something is wrong, which `errors` then says."""
        if not self.to:
            self.errors["to"] = "Enter the name of the other plan"
        if not self.reason:
            self.errors["reason"] = "Enter a reason for passing them on"
        elif len(self.reason) > LONGEST_REASON:
            self.errors["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
        named = [each for each in self.promises if self.place(each)]
        if not named:
            first = field_of(self.promises[0]) if self.promises else "to"
            self.errors[first] = "Say for at least one action what it is called in the other plan"
        found = [self._transfer(each) for each in named]
        return None if self.errors else tuple(each for each in found if each)

    def _transfer(self, promise: Promise) -> Transfer | None:
        try:
            return Transfer(
                item=promise.item.key, to=self.to or "–", action=self.place(promise), link=self.link or None
            )
        except ValidationError as error:
            wrong = error.errors()[0]["loc"][0]
            name = {"link": "link", "to": "to"}.get(str(wrong), field_of(promise))
            self.errors[name] = (
                "Enter an address that begins with https://"
                if name == "link"
                else "Enter 1,000 characters or fewer"
            )
            return None


def field_of(promise: Promise) -> str:
    """The name of the field of an action."""
    return f"{PLACE}{promise.item.id or promise.item.key}"
