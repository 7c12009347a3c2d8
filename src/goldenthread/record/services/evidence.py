"""Evidence: offering it, saying what it supports, taking it back, and checking it. Nothing of it is ever deleted.

Whoever offers evidence claims that it shows something. That it does is for somebody else to say: neither a lead of the
item nor whoever offered it (`completion.py` says what follows from it).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.files.kinds import media_type_of
from goldenthread.record.files.web_links import web_link
from goldenthread.record.models.council import Role
from goldenthread.record.models.evidence import Evidence, EvidenceCheck, EvidenceSupport
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.plan import Item, PlanRecord
from goldenthread.record.permissions import Permission, may, require
from goldenthread.record.promises import places_of
from goldenthread.record.reporters import lead_slugs, leads_among, refuse_unled
from goldenthread.record.scope import writing
from goldenthread.record.services.stored_files import keep_file, printable_name
from goldenthread.record.services.updating import LONGEST, PROGRAMME_OFFICE
from goldenthread.record.snapshot import PROMISES, find_plan

LONGEST_TITLE = 200
SUPPORTED = frozenset(
    {
        *PROMISES,
        ItemKind.RECOMMENDATION,
        ItemKind.REQUIREMENT,
        ItemKind.EXIT_FACTOR,
        ItemKind.SUCCESS_STATEMENT,
    }
)
"""The kinds of item that evidence can be about."""
_ADDED_BY = """
SELECT r.actor FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.op = 'INSERT' AND (c.table_name, c.row_id) IN (('evidence', %s), ('evidence_support', %s))
"""


@dataclass(frozen=True)
class OfferedFile:
    """A file as it was sent: its name, which proves nothing, and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What is offered as evidence: a file or a link, and what it shows.

    `dated_on` is the day of the evidence itself, from `lapses_on` it no longer counts.
    """

    source: OfferedFile | str
    shows: str
    dated_on: date
    title: str = ""
    lapses_on: date | None = None


def add_evidence(
    *, actor: Actor, plan: UUID | str, items: Collection[UUID], offer: Offer, added_on: date
) -> UUID:
    """Enter a piece of evidence for these items of a plan, and give its id. Nobody has checked it yet.

    Raises:
        NotAllowed: The actor may not report, or not for the leads of one of the items.
        NotFound: The plan has no such item.
        InvalidEdit: It is no file or link that can be kept, does not say what it shows, or its days cannot be.
    """
    require(actor, Permission.REPORT_PROGRESS)
    _refuse_words(offer)
    _refuse_days(offer, added_on)
    title = offer.title.strip() or _name_of(offer.source)
    with writing(actor, f"Added evidence: {title[:LONGEST_TITLE]}"):
        held = find_plan(plan)
        by = _refuse_items(actor, held, items, added_on)
        file, url = _kept(actor, offer.source)
        made = Evidence.objects.create(
            council_id=actor.council,
            title=title[:LONGEST_TITLE],
            shows=offer.shows.strip(),
            file=file,
            url=url,
            sha256=file.sha256 if file else "",
            dated_on=offer.dated_on,
            lapses_on=offer.lapses_on,
            added_on=added_on,
            added_by=by,
        )
        _support(actor, held, made, items, None)
    return made.id


def support_with(*, actor: Actor, plan: UUID | str, evidence: UUID, items: Collection[UUID], on: date) -> int:
    """Say that a piece of evidence supports more items, and of how many that is new.

    Raises:
        NotAllowed, NotFound: as `add_evidence`.
        InvalidEdit: The evidence was taken back.
    """
    require(actor, Permission.REPORT_PROGRESS)
    with writing(actor, "Said what else evidence supports"):
        held, found = find_plan(plan), _locked(evidence)
        _refuse_items(actor, held, items, on)
        known = set(EvidenceSupport.objects.filter(evidence=found).values_list("item_id", flat=True))
        new = [item for item in dict.fromkeys(items) if item not in known]
        _support(actor, held, found, new, on)
    return len(new)


def withdraw_evidence(*, actor: Actor, evidence: UUID, reason: str, on: date) -> None:
    """Take a piece of evidence back. It stays on the record, with the reason, and no longer counts.

    Raises:
        NotAllowed: The actor neither added it nor may change plans or verify evidence.
        NotFound: There is no such evidence.
        InvalidEdit: No reason, or it was taken back before.
    """
    with writing(actor, reason):
        found = _locked(evidence)
        if not (may(actor, Permission.EDIT) or may(actor, Permission.VERIFY)):
            require(actor, Permission.REPORT_PROGRESS)
            if actor.label not in added_by(found.id):
                raise NotAllowed("Only whoever added evidence, or the programme office, may take it back.")
        found.withdrawn, found.withdrawn_on = reason.strip()[:LONGEST], on
        found.save(update_fields=["withdrawn", "withdrawn_on"])


def check_evidence(
    *, actor: Actor, evidence: UUID, item: UUID, sufficient: bool, note: str = "", on: date
) -> None:
    """Say whether a piece of evidence is enough for an item that it supports. The last word counts; all stay.

    Raises:
        NotAllowed: The actor may not verify, leads the item, or added the evidence.
        NotFound: There is no such evidence for the item.
        InvalidEdit: The evidence was taken back; what is missing is not said; or it was entered later than that day.
    """
    require(actor, Permission.VERIFY)
    words = note.strip()
    if not sufficient and not words:
        raise InvalidEdit("Say what is missing, so that somebody can add it.")
    if len(words) > LONGEST:
        raise InvalidEdit(f"The note is longer than {LONGEST:,} characters. Shorten it.")
    with writing(actor, f"Found evidence {'sufficient' if sufficient else 'not sufficient'}"):
        found = _locked(evidence)
        support = EvidenceSupport.objects.filter(evidence=found, item_id=item).first()
        if support is None:
            raise NotFound("That evidence was not entered for this item.")
        if on < (support.added_on or found.added_on):
            raise InvalidEdit("The evidence was entered later than that day. Choose today.")
        refuse_lead(actor, support.plan_id, item, on)
        if actor.label in added_by(found.id, support.id):
            raise NotAllowed("You entered this evidence yourself. Somebody else has to check it.")
        last = EvidenceCheck.objects.filter(support=support).aggregate(last=Max("number"))["last"] or 0
        EvidenceCheck.objects.create(
            council_id=actor.council,
            support=support,
            number=last + 1,
            checked_on=on,
            by=actor.capacity,
            sufficient=sufficient,
            note=words,
        )


def refuse_lead(actor: Actor, plan: UUID, item: UUID, on: date) -> None:
    """Raise NotAllowed if a post of the actor leads the item on that day, whatever else the actor may do."""
    posts = lead_slugs(replace(actor, role=Role.LEAD), on) or frozenset()
    place = next((place for place in places_of(plan, as_at=on) if place.id == item), None)
    if place and leads_among(place.leads, posts):
        raise NotAllowed(f"“{place.name}”: a post of yours leads it. Somebody else has to check it.")


def added_by(evidence: UUID, support: UUID | None = None) -> frozenset[str]:
    """Who entered this evidence, and for this item, as the log names them: no later change can alter it."""
    with connection.cursor() as cursor:
        cursor.execute(_ADDED_BY, [evidence, support])
        return frozenset(actor for (actor,) in cursor.fetchall())


def _refuse_words(offer: Offer) -> None:
    if not offer.shows.strip():
        raise InvalidEdit("Say what the evidence shows.")
    if len(offer.shows) > LONGEST:
        raise InvalidEdit(f"What it shows is longer than {LONGEST:,} characters. Shorten it.")
    if len(offer.title) > LONGEST_TITLE:
        raise InvalidEdit(f"The title is longer than {LONGEST_TITLE} characters. Shorten it.")


def _refuse_days(offer: Offer, added_on: date) -> None:
    if offer.dated_on > added_on:
        raise InvalidEdit(
            f"The evidence is dated {day_words(offer.dated_on)}, which has not come. Enter the day it is of."
        )
    if offer.lapses_on and offer.lapses_on <= offer.dated_on:
        raise InvalidEdit("The evidence would lapse before it is dated. Enter a later day, or none.")


def _refuse_items(actor: Actor, plan: PlanRecord, items: Collection[UUID], on: date) -> str:
    """Raise unless the actor may offer evidence for all of these; else the post for which the actor speaks."""
    if not items:
        raise InvalidEdit("Say what the evidence supports: at least one action, milestone or other item.")
    present = Item.objects.filter(plan=plan, id__in=items, kind__in=SUPPORTED, removed_on=None)
    if present.count() != len(set(items)):
        raise NotFound("The plan has no such item. It may have been taken out.")
    allowed = None if may(actor, Permission.EDIT) else lead_slugs(actor, on)
    if allowed is None:
        return PROGRAMME_OFFICE
    speaks_for: list[str] = []
    for place in places_of(plan.id, as_at=on):
        if place.id in items:
            refuse_unled(place, allowed)
            speaks_for += leads_among(place.leads, allowed)
    if not speaks_for:
        raise NotAllowed("Name at least one action, step or milestone that a post of yours leads.")
    return speaks_for[0]


def _kept(actor: Actor, source: OfferedFile | str) -> tuple[StoredFile | None, str]:
    if isinstance(source, str):
        return None, web_link(source)
    name, limit = _name_of(source), settings.MAX_UPLOAD_BYTES
    if not source.content:
        raise InvalidEdit(f"{name} is empty. Choose another file.")
    if len(source.content) > limit:
        raise InvalidEdit(f"{name} is larger than {limit // (1024 * 1024)} MB. Give a link to it instead.")
    media_type = media_type_of(source.content, name)
    file = keep_file(actor=actor, kind="evidence", name=name, content=source.content, media_type=media_type)
    return file, ""


def _name_of(source: OfferedFile | str) -> str:
    if isinstance(source, str):
        return source.strip()
    return printable_name(source.name, LONGEST_TITLE, "file")


def _support(
    actor: Actor, plan: PlanRecord, evidence: Evidence, items: Collection[UUID], on: date | None
) -> None:
    EvidenceSupport.objects.bulk_create(
        EvidenceSupport(council_id=actor.council, evidence=evidence, plan=plan, item_id=item, added_on=on)
        for item in dict.fromkeys(items)
    )


def _locked(evidence: UUID) -> Evidence:
    """The evidence, held until the transaction ends, if it was not taken back."""
    found = Evidence.objects.select_for_update().filter(pk=evidence).first()
    if found is None:
        raise NotFound("There is no such evidence.")
    if found.withdrawn:
        raise InvalidEdit("This evidence was taken back. Add it anew if it counts after all.")
    return found
