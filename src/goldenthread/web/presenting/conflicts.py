"""What several people reported of one promise, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.plan.days import day_words
from goldenthread.plan.judgements import Door, Report
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.services.settling import Conflict, Voice
from goldenthread.web.clock import moment_words
from goldenthread.web.presenting.statuses import status_words
from goldenthread.web.presenting.updates import RATING_WORDS

DOOR_WORDS = {Door.PAGE: "on the page", Door.EMAIL: "by mailed link", Door.WORKBOOK: "by workbook"}
FIELD_NAMES = {
    "status": "Status",
    "forecast": "Expected",
    "actual": "Done on",
    "rating": "Own rating",
    "why": "Reason",
    "next_step": "Next step",
    "highlight": "Highlight",
}
STANDS, OTHER = "stands", "other"
NOBODY_KNOWS, TAKEN_AWAY, NOTHING = "Nobody can tell yet", "Taken away", "Nothing"


@dataclass(frozen=True)
class VoiceWords:
    """One voice: who, when and by which door, and what they said, field by field; nothing if nothing had changed."""

    who: str
    when: str
    said: tuple[tuple[str, str], ...]
    evidence: str = ""


@dataclass(frozen=True)
class Option:
    """One value that can be chosen, with those who said it."""

    value: str
    words: str
    who: str


@dataclass(frozen=True)
class FieldChoice:
    """One field of which more than one thing was said."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ConflictView:
    """One promise with every voice on it, what stands first; `id` ends the names of its fields."""

    id: str
    ref: str
    title: str
    voices: tuple[VoiceWords, ...]
    fields: tuple[FieldChoice, ...]

    @property
    def waiting(self) -> int:
        """How many voices wait to be settled."""
        return len(self.voices) - 1


def conflict_view(conflict: Conflict) -> ConflictView:
    """A conflict as its page shows it. A field of which no waiting voice speaks is not asked about: it stays."""
    stands = standing_words(conflict)
    names = [name for name in FIELD_NAMES if any(said_words(v.typed, name) for v in conflict.voices)]
    return ConflictView(
        id=conflict.place.id.hex,
        ref=conflict.place.ref or "",
        title=conflict.place.title or "No title in the plan",
        voices=(_stands(conflict, stands), *(_voice(voice) for voice in conflict.voices)),
        fields=tuple(
            FieldChoice(name, FIELD_NAMES[name], _options(conflict, stands, name)) for name in names
        ),
    )


def standing_words(conflict: Conflict) -> dict[str, str]:
    """What the record says now, by field."""
    promise = conflict.promise
    report = promise.report
    words = {
        "status": status_words(promise.status).text,
        "forecast": promise.dates.forecast.printed if promise.dates.forecast else "",
        "actual": promise.dates.actual.printed if promise.dates.actual else "",
    }
    if report:
        words |= {"rating": RATING_WORDS[report.rating] if report.rating else ""}
        words |= {name: getattr(report, name) for name in ("why", "next_step", "highlight")}
    return {name: said for name, said in words.items() if said}


def said_words(typed: TypedUpdate, name: str) -> str:
    """What an update says of one field; empty where it says nothing of it."""
    if name == "forecast" and typed.forecast_unknown:
        return NOBODY_KNOWS
    value = getattr(typed, name)
    if value is None:
        return ""
    match name:
        case "status":
            return status_words(value).text
        case "rating":
            return RATING_WORDS[value]
        case "forecast" | "actual":
            return str(value.printed)
        case _:
            return value or TAKEN_AWAY


def _stands(conflict: Conflict, words: dict[str, str]) -> VoiceWords:
    report = conflict.promise.report
    since = f"recorded {moment_words(conflict.stands_since)}" if conflict.stands_since else ""
    when = ", ".join(part for part in (_of_day(report), since) if part)
    who = f"On the record now: {report.by}, {DOOR_WORDS[report.door]}" if report else "On the record now"
    return VoiceWords(who, when, tuple((FIELD_NAMES[name], said) for name, said in words.items()))


def _of_day(report: Report | None) -> str:
    return f"as at {day_words(report.as_at)}" if report else ""


def _voice(voice: Voice) -> VoiceWords:
    said = ((label, said_words(voice.typed, name)) for name, label in FIELD_NAMES.items())
    offered = voice.typed.evidence
    return VoiceWords(
        who=f"{voice.by}, {DOOR_WORDS[voice.door]}",
        when=f"as at {day_words(voice.as_at)}, sent {moment_words(voice.sealed_at)}",
        said=tuple((label, words) for label, words in said if words),
        evidence=" – ".join(part for part in (offered.url, offered.shows) if part) if offered else "",
    )


def _options(conflict: Conflict, stands: dict[str, str], name: str) -> tuple[Option, ...]:
    heard = [
        Option(voice.id.hex, words, f"{voice.by}, {DOOR_WORDS[voice.door]}")
        for voice in conflict.voices
        if (words := said_words(voice.typed, name))
    ]
    return (Option(STANDS, stands.get(name, NOTHING), "On the record now"), *heard)
