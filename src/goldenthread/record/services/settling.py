"""Settling what several reported of one promise: somebody who answers for it chooses, and every voice is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from goldenthread.plan.flat import Series
from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotFound, Overtaken
from goldenthread.record.models.cycle import HeldUpdate
from goldenthread.record.permissions import Permission, require
from goldenthread.record.promises import HeldPromise, Place, places_of, promises, with_facts
from goldenthread.record.reporters import lead_slugs, leads_among
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.updating import (
    REPORTED,
    Submission,
    lock_items,
    offer_evidence,
    open_plan,
    refuse_update,
    write_update,
)
from goldenthread.record.snapshot import find_plan


@dataclass(frozen=True)
class Voice:
    """What somebody reported and what waits to be settled: for which post, by which door, of which day, stored when."""

    id: UUID
    typed: TypedUpdate
    by: str
    door: Door
    as_at: date
    seen_revision: int
    revision: int
    sealed_at: datetime


@dataclass(frozen=True)
class Conflict:
    """One promise of which more than one thing was reported: what stands, with its revision, and the voices waiting."""

    promise: HeldPromise
    voices: tuple[Voice, ...]
    stands_since: datetime | None

    @property
    def place(self) -> Place:
        """Where the promise stands in the plan."""
        return self.promise.place


def waiting_conflicts(
    council: UUID, plan: UUID, leads: frozenset[str] | None, *, as_at: date, item: UUID | None = None
) -> tuple[Conflict, ...]:
    """What waits to be settled among the promises of these leads (None: of any), in printed order.

    Args:
        leads: Slugs, as `reporters.lead_slugs` gives them.
        as_at: The day as at which it is shown what stands; voices that speak of a later day bring it forward.
        item: Only this promise.
    """
    with council_scope(council):
        rows = HeldUpdate.objects.filter(
            plan_id=plan, settled__isnull=True, **({"item_id": item} if item else {})
        )
        voices = _voices(rows)
        if not voices:
            return ()
        day = max(as_at, *(voice.as_at for heard in voices.values() for voice in heard))
        among = [
            place
            for place in places_of(plan, as_at=day)
            if place.id in voices and (leads is None or leads_among(place.leads, leads))
        ]
        held = with_facts(plan, among, as_at=day)
        times = _sealed(promise.written.get(Series.REPORT, 0) for promise in held.values())
        return tuple(
            Conflict(promise, tuple(voices[promise.id]), times.get(promise.written.get(Series.REPORT, 0)))
            for promise in held.values()
        )


def settle_held_update(
    *,
    actor: Actor,
    plan: UUID | str,
    item: UUID,
    chosen: TypedUpdate,
    reason: str,
    as_at: date,
    seen_revision: int,
) -> int:
    """Record what is to stand of a promise, and mark every voice that waits as settled. Gives the revision.

    Nothing is deleted: each voice keeps its words, with what was decided beside them. Links that the voices offered are
    all entered as evidence, which somebody has yet to check.

    Args:
        chosen: What is to be recorded, whoever said it; what is None stays as it stands.
        as_at: The day of which the settled report speaks; the latest day of any voice if that is later.
        seen_revision: The revision that the person was looking at.

    Raises:
        NotAllowed: The actor may not report of this promise.
        NotFound: Nothing waits to be settled of it, or the plan has it not.
        Overtaken: Something was reported of it after `seen_revision`. Nothing is stored.
        InvalidEdit: What was chosen does not fit.
    """
    require(actor, Permission.REPORT_PROGRESS)
    with writing(actor, reason) as written:
        held_plan = find_plan(plan)
        lock_items(held_plan, [item])
        waiting = list(HeldUpdate.objects.filter(plan=held_plan, item_id=item, settled__isnull=True))
        if not waiting:
            raise NotFound("Nothing waits to be settled here. Somebody may have settled it already.")
        day = max(as_at, *(voice.as_at for voice in waiting))
        open_plan(held_plan.id, day)
        held = promises(held_plan.id, [item], as_at=day).get(item)
        submission = Submission(actor, held_plan, day, Door.PAGE, lead_slugs(actor, day))
        refuse_update(held, chosen, submission.allowed, day)
        assert held
        if chosen.no_change:
            raise InvalidEdit("Choose what is to stand. “No change” does not say which of them is right.")
        _refuse_overtaken(held, waiting, seen_revision)
        _record(submission, held, chosen, waiting, reason)
    return written.revision


def _record(
    submission: Submission, held: HeldPromise, chosen: TypedUpdate, waiting: list[HeldUpdate], reason: str
) -> None:
    if chosen.highlight is None and held.report:
        chosen = chosen.model_copy(update={"highlight": held.report.highlight})
    write_update(submission, held, chosen)
    for voice in waiting:
        if offer := TypedUpdate.model_validate(voice.values).evidence:
            offer_evidence(submission, held, offer)
        voice.settled = {
            "by": submission.reporter(held),
            "as_at": submission.as_at.isoformat(),
            "reason": reason.strip(),
            "chosen": chosen.model_dump(mode="json", exclude_defaults=True),
        }
    HeldUpdate.objects.bulk_update(waiting, ["settled"])


def _refuse_overtaken(held: HeldPromise, waiting: Collection[HeldUpdate], seen: int) -> None:
    newest = max(held.written.get(series, 0) for series in REPORTED)
    stored = (voice.revision for voices in _voices(waiting).values() for voice in voices)
    if max(newest, *stored) > seen:
        raise Overtaken(
            "Something more was reported of this while you were choosing. It is shown now; choose again."
        )


def _voices(rows: Iterable[HeldUpdate]) -> Mapping[UUID, list[Voice]]:
    """The voices by the promise that they are about, in the order in which they came."""
    waiting = list(rows)
    stored = _stored([row.id for row in waiting])
    heard: dict[UUID, list[Voice]] = defaultdict(list)
    for row in sorted(waiting, key=lambda row: stored[row.id]):
        typed = TypedUpdate.model_validate(row.values)
        heard[row.item_id].append(
            Voice(row.id, typed, row.by, Door(row.door), row.as_at, row.seen_revision, *stored[row.id])
        )
    return heard


def _stored(rows: list[UUID]) -> dict[UUID, tuple[int, datetime]]:
    """In which revision, and when, each of these rows was first written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.row_id, min(r.number), min(r.sealed_at) FROM change c"
            " JOIN revision r USING (council_id, changeset)"
            " WHERE c.row_id = ANY (%s) AND c.table_name = 'held_update' GROUP BY c.row_id",
            [rows],
        )
        return {row: (number, sealed_at) for row, number, sealed_at in cursor.fetchall()}


def _sealed(numbers: Iterable[int]) -> dict[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, sealed_at FROM revision WHERE council_id = current_council() AND number = ANY (%s)",
            [list(numbers)],
        )
        return dict(cursor.fetchall())
