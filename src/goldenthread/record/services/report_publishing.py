"""Deciding that an issued report is public, and taking that back. Its address stays either way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.models.reports import ReportFile, ReportFileRole, ReportRecord, ReportState
from goldenthread.record.permissions import Permission, require
from goldenthread.record.public import objections_to
from goldenthread.record.scope import writing
from goldenthread.record.services.report_drafts import locked_report
from goldenthread.reporting.report_files import ReportFormat

MOST_NAMED = 10
"""How many places a refusal names."""


def publish_report(
    *, actor: Actor, plan: UUID | str, number: int, on: date, reason: str, named: Collection[str] = ()
) -> None:
    """Show the public an issued report, with its files as they were issued. Saying so twice has effect once.

    Args:
        named: Persons who are meant to be named in it, by the officer's decision; the history says so with the reason.
            Whoever signs a letter need not be among them.

    Raises:
        NotAllowed: The actor may not publish.
        NotFound: There is no such report.
        InvalidEdit: It is not issued; it has no web page among its files, so that nobody could look it through; its
            files carry a certain marking or name a person whom the record knows and who is not meant to be named (the
            message names the places); or no reason is given.
    """
    require(actor, Permission.PUBLISH)
    with writing(actor, _reason(reason, named)):
        report = _locked(plan, number)
        if report.published_on:
            return
        pages = ReportFile.objects.filter(report=report, role=ReportFileRole.ISSUED, ending=ReportFormat.HTML)
        if not pages.exists():
            raise InvalidEdit(
                f"Report {number} was issued without a web page, so it cannot be shown to the public."
            )
        found = [
            each
            for each in objections_to(actor.council, report.plan_id, number)
            if each.certain and each.person not in named
        ]
        if found:
            more = f" And {len(found) - MOST_NAMED} more." if len(found) > MOST_NAMED else ""
            raise InvalidEdit(
                f"Report {number} cannot be made public. {' '.join(f'{each}.' for each in found[:MOST_NAMED])}{more} "
                "What was issued is not changed: issue another report without these words."
            )
        report.published_on, report.published_by = on, actor.capacity
        report.save(update_fields=["published_on", "published_by"])


def withdraw_report(*, actor: Actor, plan: UUID | str, number: int, reason: str) -> None:
    """Take a report away from the public, and say why. Its address then says that it was taken back.

    `published_by` stays: a report that names who made it public, and no day, was taken back.

    Raises:
        NotAllowed, NotFound: as `publish_report`.
        InvalidEdit: It is not public, or no reason is given.
    """
    require(actor, Permission.PUBLISH)
    with writing(actor, reason):
        report = _locked(plan, number)
        if not report.published_on:
            raise InvalidEdit(f"The public does not see report {number}, so there is nothing to take back.")
        report.published_on = None
        report.save(update_fields=["published_on"])


def _reason(reason: str, named: Collection[str]) -> str:
    """The reason as the history has it; empty where none was given."""
    given = reason.strip()
    if not named or not given:
        return given
    return f"{given.rstrip('.')}. Meant to be named: {', '.join(sorted(named))}."


def _locked(plan: UUID | str, number: int) -> ReportRecord:
    report = locked_report(plan, number)
    if report.state != ReportState.ISSUED:
        raise InvalidEdit(f"Report {number} is not issued. Only an issued report can be public.")
    return report
