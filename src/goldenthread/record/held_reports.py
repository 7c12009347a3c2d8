"""Reports as values: what the record holds of each, how its stages of clearance stand, and its files as issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from goldenthread.plan.keys import slug
from goldenthread.record.files.storage import content_of
from goldenthread.record.models.reports import ClearanceOutcome, ReportState
from goldenthread.record.report_templates import definition_in
from goldenthread.reporting.definitions import Definition
from goldenthread.reporting.letter.model import Letter
from goldenthread.reporting.report_files import ReportFormat


class Standing(StrEnum):
    """How far a stage of clearance has come for the version that there is."""

    WAITING = "waiting"
    CLEARED = "cleared"
    EARLIER = "cleared an earlier version"
    SENT_BACK = "sent back"


@dataclass(frozen=True)
class HeldClearance:
    """What somebody said of a version at a stage. `recorded_by` entered it, for somebody else if the two differ."""

    stage: str
    outcome: ClearanceOutcome
    version: int
    words: str
    by: str
    on: date
    recorded_by: str


@dataclass(frozen=True)
class Stage:
    """A stage of clearance: what it is called, its handle in addresses, how it stands, and the last word there."""

    name: str
    standing: Standing
    last: HeldClearance | None = None

    @property
    def handle(self) -> str:
        """What an address calls it."""
        return slug(self.name)


@dataclass(frozen=True)
class HeldFile:
    """A file as it was issued."""

    format: ReportFormat
    sha256: str
    size: int
    media_type: str

    def content(self) -> bytes:
        """Its bytes. Raises OSError where they are not kept, or are not what was issued."""
        return content_of(self.sha256)


@dataclass(frozen=True, kw_only=True)
class ListedReport:
    """What a list says of a report, whose plan has it under this number; `ReportRecord` says what each field means."""

    number: int
    audience: str
    reviewer: str
    cut_off: date
    version: int
    state: ReportState
    drafted_on: date
    issued_on: date | None
    head_hash: str
    abandoned: str

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state is ReportState.DRAFT

    @property
    def is_issued(self) -> bool:
        """Whether it is frozen, with its files."""
        return self.state is ReportState.ISSUED


@dataclass(frozen=True, kw_only=True)
class HeldReport(ListedReport):
    """One report, from its draft to its issue, with what was said of it in the order in which it was said."""

    id: UUID
    council: UUID
    plan: UUID
    title: str
    known_at: int
    compare_on: date | None
    meeting_on: date | None
    definition_text: str
    fill: Mapping[str, str]
    written: Mapping[str, str]
    letter: Letter | None
    drafted_by: str
    issued_by: str
    snapshot_hash: str
    templates: Mapping[str, str]
    release: str
    published_on: date | None
    clearances: tuple[HeldClearance, ...] = ()
    files: tuple[HeldFile, ...] = ()

    @property
    def held_as(self) -> str:
        """What its stamp says of it, on every page."""
        if self.is_issued:
            return f"Report {self.number}"
        return f"Draft {self.version} of report {self.number}, not issued"

    @property
    def definition(self) -> Definition:
        """The definition that it is composed by. Raises DefinitionError where this release cannot read it any more."""
        return definition_in(self.definition_text, f"{self.audience}.toml")

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage of its definition in order, and how it stands."""
        last = {each.stage: each for each in self.clearances}
        return tuple(self._stage(name, last.get(name)) for name in self.definition.clearance)

    def _stage(self, name: str, last: HeldClearance | None) -> Stage:
        if last is None:
            return Stage(name, Standing.WAITING)
        if last.outcome is ClearanceOutcome.SENT_BACK:
            return Stage(name, Standing.SENT_BACK, last)
        return Stage(name, Standing.CLEARED if last.version == self.version else Standing.EARLIER, last)
