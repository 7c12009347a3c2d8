"""Held reports on a page: what each is, how its stages of clearance stand, its files, and where to go from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.days import day_words
from goldenthread.record.held_reports import HeldClearance, Stage, Standing
from goldenthread.record.issued import HeldReport, ListedReport
from goldenthread.record.letters import is_letter
from goldenthread.record.permissions import Permission
from goldenthread.reporting.report_files import ReportFormat
from goldenthread.web.presenting.reports import FORMATS, Audience
from goldenthread.web.record_access import Viewer

FORMAT_WORDS = dict(FORMATS)


def may_see(viewer: Viewer, held: ListedReport) -> bool:
    """Whether this person sees the report: an issued one as any reader, a draft only to prepare or to clear it."""
    return held.is_issued or may_work_on(viewer)


def may_work_on(viewer: Viewer) -> bool:
    """Whether this person works on reports before they are issued, so that they see what was said of drafts."""
    return viewer.may(Permission.PREPARE_REPORTS) or viewer.may(Permission.CLEAR_REPORTS)


@dataclass(frozen=True)
class Onward:
    """A page that a held report leads to: its route, its words, and for which reports and whom."""

    route: str
    words: str
    offered: Callable[[HeldReport, Viewer], bool]


def _prepares(viewer: Viewer) -> bool:
    return viewer.may(Permission.PREPARE_REPORTS)


ONWARD: tuple[Onward, ...] = (
    Onward("letter", "The letter, sentence by sentence", lambda held, _: is_letter(held)),
    Onward("report-edits", "Edits that came back in Word", lambda _, viewer: _prepares(viewer)),
    Onward("report-comment", "Enter what a body said of it", lambda held, viewer: held.is_issued and _prepares(viewer)),
    Onward(
        "report-publish",
        "Make it public, or take it back",
        lambda held, viewer: held.is_issued and viewer.may(Permission.PUBLISH),
    ),
)  # fmt: skip
"""A part of the product that works on held reports adds a line; its route takes the report's number."""


@dataclass(frozen=True)
class HeldRow:
    """A line of the list of reports."""

    number: int
    whom: str
    cut_off: date
    standing: str


def held_rows(
    held: Iterable[ListedReport], audiences: Mapping[str, Audience], viewer: Viewer, as_at: date | None
) -> list[HeldRow]:
    """The reports that somebody may see, as a list shows them; on a page of the past, those begun by then."""
    seen = (each for each in held if may_see(viewer, each))
    return [_row(each, audiences) for each in seen if as_at is None or each.drafted_on <= as_at]


def _row(held: ListedReport, audiences: Mapping[str, Audience]) -> HeldRow:
    return HeldRow(
        number=held.number,
        whom=whom_of(held, audiences),
        cut_off=held.cut_off,
        standing=_standing(held),
    )


def _standing(held: ListedReport) -> str:
    if held.issued_on:
        return f"Issued {day_words(held.issued_on)}"
    if held.is_draft:
        return f"Draft, version {held.version}"
    return f"Given up: {held.abandoned}"


def whom_of(held: ListedReport, audiences: Mapping[str, Audience]) -> str:
    """Who a report is for, as the list of reports calls them; its own name where it is listed no more."""
    found = audiences.get(held.audience)
    return found.who if found else held.reviewer or held.audience


@dataclass(frozen=True)
class StageRow:
    """A stage of clearance in words."""

    name: str
    handle: str
    standing: str
    said: str


def stage_rows(held: HeldReport) -> Iterator[StageRow]:
    """Every stage of a report in order, with how it stands and what was said last."""
    for stage in held.stages:
        yield StageRow(stage.name, stage.handle, _standing_of(stage, held.version), _said(stage))


def _standing_of(stage: Stage, version: int) -> str:
    words = _STANDINGS[stage.standing]
    moved_on = stage.standing is Standing.SENT_BACK and stage.last and stage.last.version != version
    return f"{words}; what the report says has changed since" if moved_on else words


_STANDINGS = {
    Standing.WAITING: "Waiting",
    Standing.CLEARED: "Cleared",
    Standing.EARLIER: "Cleared an earlier version, so it waits again",
    Standing.SENT_BACK: "Sent back",
}


def said_before(held: HeldReport) -> Iterator[str]:
    """What was said at each stage before the last word there, in the order in which it was said."""
    last = {id(stage.last) for stage in held.stages}
    for each in held.clearances:
        if id(each) not in last:
            yield f"{each.stage}: {each.outcome.label}. {_words_of(each)}"


def _said(stage: Stage) -> str:
    return _words_of(stage.last) if stage.last else ""


def _words_of(said: HeldClearance) -> str:
    entered = "" if said.recorded_by == said.by else f" Recorded by: {said.recorded_by}."
    words = f" “{said.words}”" if said.words else ""
    return f"{said.by}, {day_words(said.on)}, version {said.version}.{words}{entered}"


@dataclass(frozen=True)
class FileRow:
    """A file of a report: in words what it is, its address, and for an issued one its size and hash."""

    words: str
    href: str
    size: str = ""
    sha256: str = ""


def issued_files(held: HeldReport, address: Callable[[str], str]) -> Iterator[FileRow]:
    """The files as they were issued; `address` gives that of an ending."""
    for each in held.files:
        yield FileRow(
            FORMAT_WORDS[each.format], address(each.format.value), f"{each.size:,} bytes", each.sha256
        )


def draft_files(address: Callable[[str], str]) -> Iterator[FileRow]:
    """The files of a draft, which are made when they are asked for."""
    return (FileRow(FORMAT_WORDS[format_], address(format_.value)) for format_ in ReportFormat)
