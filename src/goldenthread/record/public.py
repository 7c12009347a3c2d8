"""Reading what the public may see: the publications of a plan, and the edition that its pages are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from goldenthread.assurance.ratings import RatingRule
from goldenthread.record.errors import NotFound, NotYetAdopted
from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.posts import Officer
from goldenthread.record.models.publishing import Publication
from goldenthread.record.models.reports import ReportFile, ReportFileRole, ReportRecord, ReportState
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register
from goldenthread.record.services.rating_rules import rating_rule
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.letter.model import Letter
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.picking import State, Terms, public_state
from goldenthread.reporting.public.reports import (
    Barred,
    Objection,
    PublicFile,
    PublicReport,
    objections,
    public_among,
)
from goldenthread.reporting.public.site import site_files
from goldenthread.reporting.report_files import ReportFormat

KEPT_SITES = 8
_NOTHING = "Nothing is published here."


@dataclass(frozen=True)
class Published:
    """One decision to publish. `withdrawn` is the reason for which it was taken back, empty while it stands."""

    number: int
    cut_off: date
    known_at: int
    hold: tuple[str, ...]
    release: tuple[str, ...]
    reason: str
    decided_on: date
    decided_by: str
    withdrawn: str = ""
    withdrawn_on: date | None = None


def publications(council: UUID, plan: UUID | str) -> tuple[Published, ...]:
    """Every decision to publish this plan, oldest first.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        rows = Publication.objects.filter(plan=find_plan(plan)).order_by("number")
        return tuple(
            Published(
                row.number, row.cut_off, row.known_at, tuple(row.hold), tuple(row.release), row.reason, row.decided_on,
                row.decided_by, row.withdrawn, row.withdrawn_on,
            )
            for row in rows
        )  # fmt: skip


def public_files(council_slug: str, plan: str) -> dict[str, bytes]:
    """The public pages of a plan as they were decided on, by path; a few queries once they are made. The files of
    reports are not among them: `public_report_file`.

    Raises:
        NotFound: No such council is there, or neither its plan nor a report of it is public.
    """
    council = next((each for each in council_register() if each.slug == council_slug), None)
    if council is None:
        raise NotFound(_NOTHING)
    with council_scope(council.id):
        held = PlanRecord.objects.filter(slug=plan).first()
        if held is None:
            raise NotFound(_NOTHING)
        decided, reports = publications(council.id, held.id), _reports(held)
        standing = decided if decided and not decided[-1].withdrawn else ()
        if not standing and not reports:
            raise NotFound(_NOTHING)
        whose = _Whose(council.id, held.id, council.name, held.title)
        return _site(whose, standing, _persons(), rating_rule(council.id).rule, reports)


def public_reports(council: UUID, plan: UUID | str) -> tuple[PublicReport, ...]:
    """Every report of a plan that was ever made public, in the order of their numbers."""
    with council_scope(council):
        return _reports(find_plan(plan))


def _reports(plan: PlanRecord) -> tuple[PublicReport, ...]:
    """The same of a plan of the council in scope: two queries."""
    rows = ReportRecord.objects.filter(plan=plan, state=ReportState.ISSUED, published_by__gt="")
    listed = list(rows.defer("definition", "letter", "written").order_by("number"))
    files: dict[UUID, list[PublicFile]] = {}
    for row in _issued_files(each.id for each in listed):
        kept = PublicFile(ReportFormat(row.ending), row.file.sha256, row.file.size)
        files.setdefault(row.report_id, []).append(kept)
    return tuple(
        PublicReport(
            number=row.number,
            title=row.title or f"Report for {row.reviewer or row.audience}",
            cut_off=row.cut_off,
            issued_on=row.issued_on or row.drafted_on,
            published_on=row.published_on,
            files=tuple(files.get(row.id, ())),
        )
        for row in listed
    )


def public_report_file(council_slug: str, plan: str, path: str) -> tuple[PublicFile, bytes] | None:
    """A file of a public report by its path inside the public pages; None where there is none."""
    council = next((each.id for each in council_register() if each.slug == council_slug), None)
    if council is None or not path.startswith("reports/"):
        return None
    with council_scope(council):
        held = PlanRecord.objects.filter(slug=plan).first()
        reports = public_among(_reports(held)) if held else ()
    for report in reports:
        for file in report.files:
            if report.path_of(file) == path:
                return file, content_of(file.sha256)
    return None


def public_report_files(reports: Iterable[PublicReport]) -> dict[str, bytes]:
    """The files of the reports that are public, by their path inside the folder."""
    return {
        report.path_of(file): content_of(file.sha256)
        for report in public_among(tuple(reports))
        for file in report.files
    }


def objections_to(council: UUID, plan: UUID | str, number: int) -> tuple[Objection, ...]:
    """What in the issued files of a report carries a marking, names a person whom the record knows, or speaks of what
    the public pages hold back. Whoever signs a letter may be named in it."""
    with council_scope(council):
        report = ReportRecord.objects.filter(plan=find_plan(plan), number=number).first()
        rows = _issued_files([report.id]) if report else []
        contents = {ReportFormat(row.ending): content_of(row.file.sha256) for row in rows}
        title = report.title if report else ""
        letter = Letter.model_validate(report.letter) if report and report.letter else None
        hold = _terms(publications(council, plan), ()).hold
        barred = Barred(_persons(), tuple(sorted(hold))).but_for_signatory(letter)
        return objections(contents, barred, title)


def _issued_files(reports: Iterable[UUID]) -> Sequence[ReportFile]:
    rows = ReportFile.objects.filter(report__in=list(reports), role=ReportFileRole.ISSUED)
    return list(rows.select_related("file").order_by("ending"))


def edition_at(
    council: UUID, plan: str, cut_off: date, *, hold: Sequence[str] = (), since: date | None = None
) -> Edition:
    """What would be published as at a day, as it is known now, after the publications that came before that day.

    Args:
        hold: Refs that stay back besides those of the last publication.
        since: The day to compare with where nothing was published before it.

    Raises:
        NoSuchPlan: The council has no such plan.
        NotYetAdopted: The day is before the plan began.
    """
    with council_scope(council):
        held = find_plan(plan)
        decided = publications(council, held.id)
        telling = _Telling(council, held.id, rating_rule(council).rule, _terms(decided, _persons(), hold))
        past = [each for each in decided if not each.withdrawn and each.cut_off < cut_off]
        states = [telling.state(each.cut_off, each.known_at) for each in past]
        if since is not None and not states:
            if since < held.effective_on:
                raise NotYetAdopted(held.effective_on, since)
            states = [telling.state(since, None)]
        states.append(telling.state(cut_off, None))
        return Edition(tuple(states), held.id.urn, reports=_reports(held))


def last_edition(council: UUID, plan: str) -> Edition | None:
    """What the public sees now; None where nothing of the plan is public."""
    with council_scope(council):
        held = find_plan(plan)
        decided = publications(council, held.id)
        if not decided or decided[-1].withdrawn:
            return None
        whose, reports = _Whose(council, held.id, "", held.title), _reports(held)
        return _edition(whose, decided, _persons(), rating_rule(council).rule, reports)


class _Whose(NamedTuple):
    """A plan and its council, with what they are called where nothing of the plan itself is public."""

    council: UUID
    plan: UUID
    name: str
    title: str


@lru_cache(maxsize=KEPT_SITES)
def _site(
    whose: _Whose,
    decided: tuple[Published, ...],
    persons: tuple[str, ...],
    rule: RatingRule,
    reports: tuple[PublicReport, ...],
) -> dict[str, bytes]:
    return site_files(_edition(whose, decided, persons, rule, reports))


def _edition(
    whose: _Whose,
    decided: tuple[Published, ...],
    persons: tuple[str, ...],
    rule: RatingRule,
    reports: tuple[PublicReport, ...],
) -> Edition:
    telling = _Telling(whose.council, whose.plan, rule, _terms(decided, persons))
    stand = [each for each in decided if not each.withdrawn]
    states = tuple(telling.state(each.cut_off, each.known_at) for each in stand)
    return Edition(states, whose.plan.urn, reports=reports, council=whose.name, title=whose.title)


def _terms(decided: Sequence[Published], persons: tuple[str, ...], hold: Sequence[str] = ()) -> Terms:
    """What the newest decision holds back and lets go: it counts for every earlier day as well."""
    last = decided[-1] if decided else None
    kept = {*(last.hold if last else ()), *hold}
    return Terms(persons, frozenset(kept), frozenset(last.release) - kept if last else frozenset())


@dataclass(frozen=True)
class _Telling:
    """A plan, and by what it is told."""

    council: UUID
    plan: UUID
    rule: RatingRule
    terms: Terms

    def state(self, cut_off: date, known_at: int | None) -> State:
        """What the public may see of it as at a day, as known at a revision (None: now)."""
        sealed = head_number(self.council) if known_at is None else known_at
        value = snapshot_cached(council=self.council, plan=self.plan, cut_off=cut_off, known_at=sealed)
        return public_state(value, cut_off, self.rule, self.terms)


def _persons() -> tuple[str, ...]:
    """The people of the council in scope by full name. One word alone ("May") could be any word of a text."""
    names = Officer.objects.order_by("name", "id").values_list("name", flat=True)
    return tuple(dict.fromkeys(name for name in names if len(name.split()) > 1))
