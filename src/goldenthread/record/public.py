"""Reading what the public may see: the publications of a plan, and the edition that its pages are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from goldenthread.assurance.ratings import RatingRule
from goldenthread.record.errors import NotFound, NotYetAdopted
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.posts import Officer
from goldenthread.record.models.publishing import Publication
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register
from goldenthread.record.services.rating_rules import rating_rule
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.public.picking import State, Terms, public_state
from goldenthread.reporting.public.site import Edition, site_files

KEPT_SITES = 8


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
    """The public pages of a plan as they were decided on, by path. Three queries once they are made.

    Raises:
        NotFound: No such council or plan is public.
    """
    council = next((each.id for each in council_register() if each.slug == council_slug), None)
    if council is None:
        raise NotFound("Nothing is published here.")
    with council_scope(council):
        held = PlanRecord.objects.filter(slug=plan).first()
        decided = publications(council, held.id) if held else ()
        if held is None or not decided or decided[-1].withdrawn:
            raise NotFound("Nothing is published here.")
        return _site(council, held.id, decided, _persons(), rating_rule(council).rule)


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
        return Edition(tuple(states), held.id.urn)


def last_edition(council: UUID, plan: str) -> Edition | None:
    """What the public sees now; None where nothing of the plan is public."""
    with council_scope(council):
        held = find_plan(plan)
        decided = publications(council, held.id)
        if not decided or decided[-1].withdrawn:
            return None
        return _edition(council, held.id, decided, _persons(), rating_rule(council).rule)


@lru_cache(maxsize=KEPT_SITES)
def _site(
    council: UUID, plan: UUID, decided: tuple[Published, ...], persons: tuple[str, ...], rule: RatingRule
) -> dict[str, bytes]:
    return site_files(_edition(council, plan, decided, persons, rule))


def _edition(
    council: UUID, plan: UUID, decided: tuple[Published, ...], persons: tuple[str, ...], rule: RatingRule
) -> Edition:
    telling = _Telling(council, plan, rule, _terms(decided, persons))
    stand = [each for each in decided if not each.withdrawn]
    states = tuple(telling.state(each.cut_off, each.known_at) for each in stand)
    return Edition(states, plan.urn)


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
