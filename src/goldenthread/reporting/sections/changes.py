"""What changed since the previous cut-off, what is waiting for a decision, and how often dates were moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from goldenthread.plan.changes import Change, ChangeKind
from goldenthread.plan.days import day_words
from goldenthread.plan.destinations import Destination
from goldenthread.plan.flat import ItemKind, Series, flatten
from goldenthread.plan.model import Link, LinkKind
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Block, Column, Paragraph, Table, Text, counted, opened, said
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import ChangeLine, Matter
from goldenthread.reporting.sections.phrasing import NO_REF, NOT_SET, STATUS_WORDS, date_text
from goldenthread.reporting.sections.registry import Options, section

_STANDING = frozenset({Series.STATUS.value, Series.FORECAST.value, Series.ACTUAL.value})
_SAID = frozenset({Series.REPORT.value, Series.ASSESSMENT.value})
_FIELDS = {
    "approved": "Approved date",
    "original": "Original date",
    "forecast": "Forecast date",
    "actual": "Actual date",
    "start": "Start date",
    "leads": "Lead",
    "status": "Status",
    "references": "Recommendations answered",
}
_LINKS = {
    LinkKind.CONTRIBUTES: "contributes to",
    LinkKind.PRODUCES: "produces",
    LinkKind.DEPENDS_ON: "depends on",
    LinkKind.EVIDENCES: "is evidence for",
    LinkKind.MITIGATES: "is to reduce",
    LinkKind.SUPERSEDES: "takes the place of",
    LinkKind.SAME_AS: "is the same as",
    LinkKind.TRANSFERRED_TO: "goes on in",
}
_LONGEST = 160


@section("changes", Options)
def changes(matter: Matter, _: Options) -> Iterator[Block]:
    """All by which the plan differs from the previous cut-off: what was approved first, then how things stand."""
    before = matter.before
    if before is None:
        yield Paragraph(
            (f"The plan took effect on {day_words(matter.began_on)}. There is nothing earlier to compare.",)
        )
        return
    approved = [line for line in before.changes if line.change.field not in _STANDING | _SAID]
    standing = [line for line in before.changes if line.change.field in _STANDING]
    told = [line for line in before.changes if line.change.field in _SAID]
    since = f"changes.since.{before.cut_off}"
    all_, of_plan, of_standing, reported = (
        matter.figure(name, len(lines))
        for name, lines in (
            (since, before.changes), (f"{since}.plan", approved), (f"{since}.standing", standing),
            (f"{since}.told", told),
        )
    )  # fmt: skip
    yield Paragraph(
        said(
            "The plan at the end of {now} differs from the plan at the end of {then} in {all}: {plan} to what was "
            "approved, {standing} to how promises stand, and {told} in what leads and assurers say of them.",
            now=day_words(matter.cut_off), then=day_words(before.cut_off), all=counted(all_, "place"),
            plan=counted(of_plan, "change"), standing=counted(of_standing, "change"), told=counted(reported, "change"),
        )
    )  # fmt: skip
    if approved:
        yield _approved(matter, approved, of_plan)
    if standing:
        yield _standing(standing, of_standing)


def _approved(matter: Matter, lines: Sequence[ChangeLine], count: Figure) -> Table:
    headings = (
        ("Item", 3.4), ("What changed", 1.8), ("Original date", 1.6), ("Before", 1.8), ("Now", 1.8), ("Moved", 1.3),
        ("Why", 3.0), ("Decided by", 2.2),
    )  # fmt: skip
    return Table(
        "Changes to the plan",
        "Changes to what was approved",
        tuple(Column(*heading) for heading in headings),
        tuple(
            (
                (_linked(matter, line.change) or _named(line.change),),
                (_what(line.change),),
                (date_text(line.original),),
                (_value(line.change.before, line.change),),
                (_value(line.change.after, line.change),),
                (_times(line.moves),),
                (line.reason,),
                (_decision(line),),
            )
            for line in lines
        ),
        counted=count,
    )


def _standing(lines: Sequence[ChangeLine], count: Figure) -> Table:
    headings = (("Item", 4.0), ("What changed", 1.8), ("Original date", 1.8), ("Before", 2.0), ("Now", 2.0))
    return Table(
        "Changes to standing",
        "Changes to how promises stand",
        tuple(Column(*heading) for heading in headings),
        tuple(
            (
                (_named(line.change),),
                (_what(line.change),),
                (date_text(line.original),),
                (_value(line.change.before, line.change),),
                (_value(line.change.after, line.change),),
            )
            for line in lines
        ),
        counted=count,
    )


@section("requests", Options)
def requests(matter: Matter, _: Options) -> Iterator[Block]:
    """Changes that were proposed and wait for a decision: nothing of the plan changes before there is one."""
    count = matter.figure("requests.open", len(matter.requests))
    wait = counted(count, "proposed change waits for a decision", "proposed changes wait for decisions")
    yield Paragraph(said("{wait}.", wait=opened(wait)))
    if matter.requests:
        headings = (
            ("No.", 0.8),
            ("What is proposed", 4),
            ("How far it reaches", 2.4),
            ("Why", 3.4),
            ("Proposed", 2.2),
        )
        columns = tuple(Column(*heading) for heading in headings)
        rows = tuple(
            (
                (str(each.number),),
                (each.what,),
                (each.tier.capitalize(),),
                (each.reason,),
                (f"{day_words(each.proposed_on)}, {each.proposed_by}",),
            )
            for each in matter.requests
        )
        yield Table(
            "Proposed changes", "Proposed changes that wait for a decision", columns, rows, counted=count
        )


@section("decisions", Options)
def decisions(matter: Matter, _: Options) -> Iterator[Block]:
    """What became of proposed changes since the previous cut-off: approved, refused or withdrawn, by whom and why."""
    since = matter.before.cut_off if matter.before else matter.began_on
    count = matter.figure(f"requests.decided.since.{since}", len(matter.decisions))
    told = counted(count, "proposed change was decided on", "proposed changes were decided on")
    yield Paragraph(said("Since {since}, {told}.", since=day_words(since), told=told))
    if matter.decisions:
        headings = (
            ("No.", 0.8),
            ("What was proposed", 3.6),
            ("Outcome", 1.6),
            ("On", 1.8),
            ("By", 2.6),
            ("Why", 3.2),
        )
        rows = tuple(
            (
                (str(each.number),),
                (each.what,),
                (each.outcome.capitalize(),),
                (day_words(each.decided_on),),
                (", ".join(part for part in (each.decided_by, each.reference) if part) or "Not recorded",),
                (each.reason,),
            )
            for each in matter.decisions
        )
        columns = tuple(Column(*heading) for heading in headings)
        yield Table("Decisions", "Proposed changes that were decided on", columns, rows, counted=count)


@section("moved-dates", Options)
def moved_dates(matter: Matter, _: Options) -> Iterator[Block]:
    """Actions and milestones whose approved date has been moved, how often, with the date first promised."""
    found = [
        (each, moves)
        for each in matter.promises
        if each.item.id and (moves := matter.moves.get(each.item.id, 0))
    ]
    found.sort(key=lambda pair: -pair[1])
    count = matter.figure("promises.moved", len(found))
    words = counted(
        count, "promise has had its approved date moved", "promises have had their approved dates moved"
    )
    yield Paragraph(said("{words}.", words=opened(words)))
    if found:
        columns = (Column("Ref"), Column("Promise", 5), Column("Moved", 1.4), Column("Original"), Column("Approved"),
                   Column("Forecast"), Column("Actual"))  # fmt: skip
        rows = tuple(
            _moved_row(matter, each.item.ref or NO_REF, each.name, moves, each.item.dates)
            for each, moves in found
        )
        yield Table("Moved dates", "Promises whose approved date was moved", columns, rows, counted=count)


def _moved_row(matter: Matter, ref: str, name: str, moves: int, dates: object) -> tuple[Text, ...]:
    told = (date_text(getattr(dates, field)) for field in ("original", "approved", "forecast", "actual"))
    return ((ref,), (name,), (_times(moves),), *((words,) for words in told))


def _times(moves: int) -> str:
    return "Never" if not moves else "Once" if moves == 1 else f"{moves} times"


def _named(change: Change) -> str:
    named = f"{change.ref} {change.name}" if change.ref else change.name
    return (
        named
        if change.item_kind in {ItemKind.ACTION, ItemKind.MILESTONE}
        else f"{named} ({change.item_kind.in_words})"
    )


def _linked(matter: Matter, change: Change) -> str:
    """A link that came or went as a person says it: "A4 Close the accounts goes on in Corporate Plan: CP 4"."""
    content = change.after if change.kind is ChangeKind.ADDED else change.before
    wording = content.get("wording") if isinstance(content, dict) else None
    if change.item_kind is not ItemKind.LINK or not isinstance(wording, dict):
        return ""
    link = Link.model_validate({"key": change.key, **wording})
    names = {item.key: f"{item.ref} {item.name}" if item.ref else item.name for item in flatten(matter.plan)}
    target = (
        str(Destination.of(link))
        if link.kind is LinkKind.TRANSFERRED_TO
        else names.get(link.target, link.target)
    )
    return f"{names.get(link.source, link.source)} {_LINKS[link.kind]} {target}"


def _what(change: Change) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            return "Added"
        case ChangeKind.GONE:
            return "Taken out"
        case ChangeKind.MOVED:
            return "Moved to another place"
        case _:
            field = change.field or ""
            return _FIELDS.get(field) or field.replace("_", " ").capitalize()


def _decision(line: ChangeLine) -> str:
    request = f"change request {line.request}" if line.request else ""
    return ", ".join(part for part in (line.decided_by, line.reference, request) if part) or "Not recorded"


def _value(value: JsonValue, change: Change) -> str:
    if change.kind is not ChangeKind.CHANGED:
        return "–"
    words = _in_words(value, change.field or "")
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _in_words(value: JsonValue, field: str) -> str:
    if value in (None, "", [], {}):
        return NOT_SET
    match value:
        case str() if field == "status":
            return STATUS_WORDS[Status(value)]
        case {"printed": str(printed)}:
            return printed
        case {"review": str(review), "number": number, "page": page}:
            return " ".join(str(part) for part in (review, number or page) if part)
        case list():
            return "; ".join(_in_words(part, field) for part in value)
        case bool():
            return "Yes" if value else "No"
        case _:
            return str(value)
