"""The form that settles what several people reported of one promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict

from goldenthread.plan.judgements import Rating
from goldenthread.plan.updates import REPORTABLE, TypedUpdate
from goldenthread.record.services.settling import Conflict
from goldenthread.record.services.updating import LONGEST
from goldenthread.web.forms.dates import CannotRead, typed_plan_date
from goldenthread.web.forms.errors import LONGEST_REASON, Errors
from goldenthread.web.presenting.conflicts import FIELD_NAMES, OTHER, STANDS, said_words


@dataclass
class SettleForm:
    """What was chosen for each field, in other words where that was chosen, and the reason."""

    picks: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def sent(cls, data: QueryDict, item: UUID) -> SettleForm:
        """The form as it was sent for this promise."""
        typed = {
            name: {
                each: data.get(f"{name}_{each}-{item.hex}", "").replace("\x00", "") for each in FIELD_NAMES
            }
            for name in ("pick", "other")
        }
        reason = data.get(f"reason-{item.hex}", "").replace("\r\n", "\n").replace("\x00", "")
        return cls(typed["pick"], typed["other"], reason)

    def read(self, conflict: Conflict) -> TypedUpdate | None:
        """What was chosen; None if something is missing or wrong, which `errors` then says."""
        chosen: dict[str, Any] = {}
        for name in FIELD_NAMES:
            if any(said_words(voice.typed, name) for voice in conflict.voices):
                chosen |= self._chosen(conflict, name)
        if not self.reason.strip():
            self.errors["reason"] = "Enter why this is right"
        elif len(self.reason) > LONGEST_REASON:
            self.errors["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
        return None if self.errors else TypedUpdate(**chosen)

    def _chosen(self, conflict: Conflict, name: str) -> dict[str, Any]:
        pick = self.picks.get(name, "")
        voice = next((voice for voice in conflict.voices if voice.id.hex == pick), None)
        if pick == STANDS:
            return {}
        if pick == OTHER:
            return {name: self._other(name)}
        if voice is None:
            self.errors[f"pick_{name}"] = f"{FIELD_NAMES[name]}: choose what is to stand"
            return {}
        unknown = {"forecast_unknown": voice.typed.forecast_unknown} if name == "forecast" else {}
        return {name: getattr(voice.typed, name), **unknown}

    def _other(self, name: str) -> object:
        typed = self.others.get(name, "").strip()
        known: dict[str, object] = {}
        if name == "status":
            known = {status.value: status for status in REPORTABLE}
        elif name == "rating":
            known = {rating.value: rating for rating in Rating}
        if known or not typed:
            if typed not in known:
                self.errors[f"other_{name}"] = f"{FIELD_NAMES[name]}: say what it is instead"
            return known.get(typed)
        if name in {"forecast", "actual"}:
            try:
                return typed_plan_date(typed)
            except CannotRead as error:
                self.errors[f"other_{name}"] = str(error)
                return None
        if len(typed) > LONGEST:
            self.errors[f"other_{name}"] = f"{FIELD_NAMES[name]} must be {LONGEST:,} characters or fewer"
        return typed

    def listed(self, item: UUID) -> list[dict[str, str]]:
        """For the summary at the head of the page."""
        return [{"text": text, "href": f"#{name}-{item.hex}"} for name, text in self.errors.items()]
