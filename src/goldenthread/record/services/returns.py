"""Taking in a workbook that came back: what fits is recorded, what somebody overtook is held, the rest is named.

Nothing that was typed is lost: the file is kept as it came, and what could not be recorded is kept with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from goldenthread.documents import DocumentError
from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.reading.returned_workbook import (
    ReturnedError,
    ReturnedRow,
    ReturnedUpdates,
    read_returned_workbook,
)
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound, Unreadable
from goldenthread.record.files.storage import keep
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.cycle import WorkbookReturn
from goldenthread.record.models.evidence import EvidenceSupport
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.promises import HeldPromise, promises
from goldenthread.record.reporters import lead_slugs
from goldenthread.record.returns import ReturnLine, ReturnProblem, ReturnResult, TakenIn, taken_in
from goldenthread.record.scope import writing
from goldenthread.record.services.stored_files import keep_file
from goldenthread.record.services.updating import (
    Outcome,
    lock_items,
    open_plan,
    refuse_update,
    submit_updates,
)
from goldenthread.record.snapshot import find_plan

MEDIA_TYPE = "application/octet-stream"
"""A returned workbook is kept as it came and never shown in a browser."""


def take_in_workbook(*, actor: Actor, plan: UUID | str, name: str, content: bytes, as_at: date) -> TakenIn:
    """Record what was typed in a returned workbook, all in one revision. The same file sent twice is one return.

    A row that does not fit is left out and named, with all that was typed in it; every other row is taken.

    Args:
        name: The file's name.
        as_at: The day of which the updates speak.

    Raises:
        NotAllowed: The actor may not report.
        NoSuchPlan: There is no such plan.
        Unreadable: It is not a workbook, or none of ours; the message says what to do. Nothing is stored.
        InvalidEdit: It belongs to another plan, the plan had not begun on that day, or its period is closed.
    """
    require(actor, Permission.REPORT_PROGRESS)
    try:
        returned = read_returned_workbook(content, name)
    except DocumentError as error:
        raise Unreadable(str(error)) from error
    digest = keep(content)
    with writing(actor, f"Took in the workbook {name}"):
        held_plan = find_plan(plan)
        if returned.stamp.plan != held_plan.id:
            raise InvalidEdit(f"{name} belongs to another plan. Open that plan, and send it there.")
        if earlier := _same_return(held_plan, digest):
            return taken_in(earlier)
        open_plan(held_plan.id, as_at)
        result = _submit(actor, held_plan, returned, as_at)
        file = keep_file(actor=actor, kind="return", name=name, content=content, media_type=MEDIA_TYPE)
        made = WorkbookReturn.objects.create(
            council_id=actor.council,
            file=file,
            plan=held_plan,
            name=name,
            seen_revision=_seen(actor, returned),
            result=result.model_dump(mode="json"),
        )
    return taken_in(made)


def _same_return(plan: PlanRecord, digest: str) -> WorkbookReturn | None:
    """The return of this file, if there was one; while this transaction lasts nobody else takes the same file in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{plan.id} {digest}"])
    return WorkbookReturn.objects.filter(plan=plan, file__sha256=digest).first()


def _seen(actor: Actor, returned: ReturnedUpdates) -> int:
    """The revision of the stamp, which cannot lie in the future."""
    return max(0, min(returned.stamp.seen_revision, head_number(actor.council)))


def _submit(actor: Actor, plan: PlanRecord, returned: ReturnedUpdates, as_at: date) -> ReturnResult:
    rows = (*returned.rows, *returned.unclear)
    lock_items(plan, [row.item for row in rows])
    held = promises(plan.id, [row.item for row in rows], as_at=as_at)
    allowed = lead_slugs(actor, as_at)
    problems = list(_unreadable(returned, held))
    fits: dict[UUID, ReturnedRow] = {}
    for row in returned.rows:
        try:
            refuse_update(held.get(row.item), row.typed, allowed, as_at)
        except (InvalidEdit, NotAllowed, NotFound) as error:
            problems.append(_refused(row, held, str(error)))
        else:
            fits[row.item] = row
    outcomes = submit_updates(
        actor=actor,
        plan=plan.id,
        updates=_without_known_links(plan, {item: row.typed for item, row in fits.items()}),
        as_at=as_at,
        seen_revision=_seen(actor, returned),
        door=Door.WORKBOOK,
    )
    lines: dict[Outcome, list[ReturnLine]] = {outcome: [] for outcome in Outcome}
    for item, row in fits.items():
        lines[outcomes.get(item, Outcome.UNCHANGED)].append(_line(row, held))
    return ReturnResult(
        sender=actor.label,
        as_at=as_at,
        recorded=tuple(lines[Outcome.RECORDED]),
        unchanged=tuple(lines[Outcome.UNCHANGED]),
        held=tuple(lines[Outcome.HELD]),
        errors=tuple(problems),
    )


def _without_known_links(plan: PlanRecord, updates: Mapping[UUID, TypedUpdate]) -> dict[UUID, TypedUpdate]:
    """The updates without links that are on the record: a corrected workbook brings its others a second time."""
    offered = [item for item, typed in updates.items() if typed.evidence]
    known = set(
        EvidenceSupport.objects.filter(plan=plan, item_id__in=offered).values_list(
            "item_id", "evidence__url", "evidence__shows"
        )
        if offered
        else ()
    )
    return {
        item: typed.model_copy(update={"evidence": None})
        if (offer := typed.evidence) and (item, offer.url, offer.shows) in known
        else typed
        for item, typed in updates.items()
    }


def _unreadable(returned: ReturnedUpdates, held: Mapping[UUID, HeldPromise]) -> Iterator[ReturnProblem]:
    """The cells that could not be read, each with what else was typed in its row."""
    said = {row.item: {answer.value: words for answer, words in row.said.items()} for row in returned.unclear}
    wrong: dict[UUID | None, set[str]] = {}
    for error in returned.errors:
        wrong.setdefault(error.item, set()).add(error.column)
    for error in returned.errors:
        also = said.get(error.item, {}) if error.item else {}
        rest = {name: words for name, words in also.items() if words and name not in wrong[error.item]}
        yield _problem(error, held, rest)


def _problem(error: ReturnedError, held: Mapping[UUID, HeldPromise], also: dict[str, str]) -> ReturnProblem:
    found = held.get(error.item) if error.item else None
    return ReturnProblem(
        sheet=error.sheet,
        row=error.row,
        column=error.column,
        value=error.value,
        message=error.message,
        ref=(found.place.ref or "") if found else "",
        title=found.place.title if found else "",
        also=also,
    )


def _refused(row: ReturnedRow, held: Mapping[UUID, HeldPromise], message: str) -> ReturnProblem:
    """A row that was read and cannot be recorded. No cell of it alone is wrong, so the first is named."""
    words = {answer.value: said for answer, said in row.said.items()}
    column = next(iter(words), "")
    error = ReturnedError(row.sheet, row.row, column, words.pop(column, ""), message, row.item)
    return _problem(error, held, words)


def _line(row: ReturnedRow, held: Mapping[UUID, HeldPromise]) -> ReturnLine:
    place = held[row.item].place
    return ReturnLine(
        sheet=row.sheet,
        row=row.row,
        item=row.item,
        ref=place.ref or row.ref,
        title=place.title,
        said={answer.value: words for answer, words in row.said.items()},
    )
