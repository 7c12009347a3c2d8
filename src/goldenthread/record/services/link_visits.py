"""Looking each week whether the links among the evidence can still be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotFound
from goldenthread.record.files.visiting import Visited, visit
from goldenthread.record.models.evidence import Evidence, LinkVisit
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing


def record_visit(*, actor: Actor, evidence: UUID, visited: Visited, on: date) -> bool:
    """Keep what a visit found, and say whether it is the first of that day: only that is kept.

    Raises:
        NotAllowed: The actor may not verify evidence.
        NotFound: There is no such evidence, or it is no link.
    """
    require(actor, Permission.VERIFY)
    with writing(actor, "Looked whether a link can be reached"):
        if not Evidence.objects.filter(pk=evidence).exclude(url="").exists():
            raise NotFound("There is no such link among the evidence.")
        if LinkVisit.objects.filter(evidence_id=evidence, visited_on=on).exists():
            return False
        made = LinkVisit.objects.bulk_create(
            [
                LinkVisit(
                    council_id=actor.council,
                    evidence_id=evidence,
                    visited_on=on,
                    reached=visited.reached,
                    said=visited.said,
                )
            ],
            ignore_conflicts=True,  # another worker was quicker
        )
    return bool(made)


def visit_links(
    *, actor: Actor, on: date, most: int | None = None, look: Callable[[str], Visited] = visit
) -> int:
    """Visit links that were not taken back and not visited on that day, and say how many; so many at `most`.

    No transaction is open while a link is asked for. Stopped anywhere and run again, it goes on where it was.
    """
    require(actor, Permission.VERIFY)
    with council_scope(actor.council):
        seen = LinkVisit.objects.filter(visited_on=on).values("evidence_id")
        links = Evidence.objects.filter(withdrawn="").exclude(url="").exclude(id__in=seen)
        waiting = list(links.order_by("added_on", "id").values_list("id", "url")[:most])
    for evidence, url in waiting:
        record_visit(actor=actor, evidence=evidence, visited=look(url), on=on)
    return len(waiting)
