"""What one reviewer is shown: their recommendations alone, with the actions that answer each and how those stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.assurance import Finding
from goldenthread.assurance.coverage import Certificate, Row, Source
from goldenthread.documents.writing import Sheet
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action

HEADINGS = (
    "Review", "Recommendation", "Words", "Coverage", "Why", "Answering actions verified", "Addressed", "Lifted",
    "Action", "Action title", "Leads", "Status", "Original date", "Approved date", "Forecast date", "Actual date",
    "Findings",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One action under a recommendation, with what the rules find in it and its steps."""

    action: Action
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class PackRow:
    """A row of the certificate with the actions that cite it."""

    row: Row
    entries: tuple[Entry, ...]


def reviewer_pack(source: Source, findings: Iterable[Finding]) -> tuple[PackRow, ...]:
    """Everything that this reviewer asked, and nothing of anybody else. `findings` may be those of the whole plan."""
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.item_key:
            about[finding.item_key].append(finding)
    return tuple(
        PackRow(row, tuple(Entry(action, _of(action, about)) for action in row.actions))
        for row in source.rows
    )


def pack_sheet(sources: Sequence[Source], findings: Iterable[Finding]) -> Sheet:
    """The packs of these sources as one sheet: a line for each action under each recommendation."""
    found = tuple(findings)
    rows = (
        line for source in sources for pack in reviewer_pack(source, found) for line in _lines(source, pack)
    )
    return Sheet("Coverage", HEADINGS, tuple(rows))


def verified_words(row: Row) -> str:
    """How many of the answering actions are verified: "2 of 3 verified"; "None answers" where there is none."""
    return f"{row.verified} of {len(row.answering)} verified" if row.answering else "None answers"


def lifted_words(row: Row) -> str:
    """Whether it still stands, as far as the record was told: "Lifted on 3 March 2023 (auditor's letter)"."""
    if row.lifted_on is None:
        return "Open"
    by = getattr(row.item, "lifted_by", None)
    return f"Lifted on {day_words(row.lifted_on)}{f' ({by})' if by else ''}"


def certificate_json(found: Certificate) -> dict[str, object]:
    """The certificate for other programs."""
    return {
        "as_at": found.as_at.isoformat(),
        "headline": found.headline,
        "flags": found.flags,
        "references": len(found.references),
        "resting_on_one_action": found.resting_on_one,
        "recommendations": {
            "made": found.made, "cited_by_an_action": found.answered, "addressed": found.addressed,
        },
        "sources": [_source_json(source) for source in found.sources],
    }  # fmt: skip


def _source_json(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "title": source.title,
        "in_the_register": source.is_registered,
        "flags": source.flag_count,
        "totals": [
            {
                "class": one.class_, "stated": one.stated, "found": one.found, "beyond": list(one.beyond),
                "sent_later": one.added,
            }
            for one in source.tallies
        ],
        "states": {state.key: count for state, count in source.states.items()},
        "rows": [_row_json(row) for row in source.rows],
    }  # fmt: skip


def _row_json(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        "kind": row.kind.value,
        "reference": row.reference.model_dump(mode="json", by_alias=True) if row.reference else None,
        "text": row.text,
        "state": row.state.key,
        "flags": [state.key for state in row.flags],
        "because": row.because,
        "stands_for": row.count,
        "actions": [
            {
                "key": action.key, "ref": action.ref, "title": action.title, "status": action.status.value,
                "answers": action in row.answering,
                "anchors": [anchor.model_dump(mode="json", exclude_none=True) for anchor in action.anchors],
            }
            for action in row.actions
        ],
        "rests_on_one_action": row.rests_on_one,
        "verified": row.verified,
        "answering": len(row.answering),
        "addressed": row.is_addressed,
        "lifted_on": row.lifted_on.isoformat() if row.lifted_on else None,
    }  # fmt: skip


def _of(action: Action, about: Mapping[str, list[Finding]]) -> tuple[Finding, ...]:
    return tuple(finding for part in action.walk() for finding in about.get(part.key, ()))


def _lines(source: Source, pack: PackRow) -> Iterator[tuple[str, ...]]:
    row = pack.row
    asked = (
        source.name, row.name, row.text or "", row.state.title, row.because, verified_words(row),
        "Yes" if row.is_addressed else "No", lifted_words(row),
    )  # fmt: skip
    if not pack.entries:
        yield (*asked, *("" for _ in HEADINGS[len(asked) :]))
    for entry in pack.entries:
        action, dates = entry.action, entry.action.dates
        yield (
            *asked,
            action.ref or "",
            action.title or "No title in the plan",
            "; ".join(action.leads),
            action.status.value.replace("_", " "),
            *map(_date, (dates.original, dates.approved, dates.forecast, dates.actual)),
            "; ".join(dict.fromkeys(finding.rule for finding in entry.findings)),
        )


def _date(date: PlanDate | None) -> str:
    return date.printed if date else ""
