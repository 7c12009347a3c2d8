"""How pages reach the record to read it: who is looking, at which council, and the plan in one state."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from goldenthread.plan.model import Plan
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.errors import NoSuchPlan, NoSuchRevision, NotYetAdopted
from goldenthread.record.files.sources import source_digest
from goldenthread.record.files.storage import content_of
from goldenthread.record.models import (
    Council,
    Membership,
    Revision,
    Role,
    User,
)
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import GRANTED, Permission
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register
from goldenthread.record.services.plans import PlanSummary, plans
from goldenthread.record.snapshot import find_plan
from goldenthread.record.snapshot_cache import snapshot_cached


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, in the role that they have for one council. `head` is the newest revision, 0 for none."""

    user: User
    council_id: UUID
    role: Role
    council: Council | None = None
    head: int = 0
    head_hash: str = ""

    @property
    def actor(self) -> Actor:
        """This person, as services want to know them."""
        return Actor(
            council=self.council_id, role=self.role, name=self.user.get_full_name(), user=self.user.pk
        )

    @property
    def can_edit(self) -> bool:
        """Whether to offer forms that change the plan or report progress on it."""
        return self.may(Permission.EDIT) or self.may(Permission.REPORT_PROGRESS)

    @property
    def is_demo(self) -> bool:
        """Whether the council's data is only an example."""
        return bool(self.council and self.council.demo)

    def may(self, permission: Permission) -> bool:
        """Whether this person's role gives this right."""
        return permission in GRANTED[self.role]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest revision of a council's record."""

    number: int
    hash: str


def viewer_of(user: Any) -> Viewer | None:
    """This person in the strongest role that they have; None for somebody whom no council has added."""
    memberships = list(Membership.objects.filter(user=user).order_by("council_id"))
    if not memberships:
        return None
    strongest = max(memberships, key=lambda membership: len(GRANTED[Role(membership.role)]))
    return Viewer(user, strongest.council_id, Role(strongest.role))


def demo_user() -> User | None:
    """The programme officer of the example council, if there is one."""
    examples = [council.pk for council in council_register() if council.demo]
    member = Membership.objects.filter(council_id__in=examples, role=Role.PMO).select_related("user").first()
    return member.user if member else None


def scope_of(viewer: Viewer) -> AbstractContextManager[None]:
    """One transaction in which this viewer's council is set."""
    return council_scope(viewer.council_id, actor=viewer.actor.label)


@lru_cache(maxsize=256)
def council_at(council: UUID, head: int) -> Council:
    """The council in scope, as it is at its newest revision: any change to it would be another."""
    return Council.objects.get(pk=council)


def head_of(viewer: Viewer) -> Head:
    """The newest revision of the council in scope."""
    newest = (
        Revision.objects.filter(council_id=viewer.council_id)
        .order_by("-number")
        .values_list("number", "hash")
        .first()
    )
    return Head(newest[0], bytes(newest[1]).hex()) if newest else Head(0, "")


def plans_of(viewer: Viewer) -> tuple[PlanSummary, ...]:
    """The plans of the viewer's council."""
    return plans(viewer.council_id)


def plan_record(slug: str) -> PlanRecord:
    """What lists show of a plan of the council in scope.

    Raises:
        NoSuchPlan: There is none.
    """
    return find_plan(slug)


@dataclass(frozen=True)
class CycleTerms:
    """What the freshness of a plan's promises is judged by: since when it counts, and what the council has settled."""

    plan: UUID
    effective_on: date
    settings: CycleSettings


@lru_cache(maxsize=256)
def cycle_terms(council: UUID, slug: str, head: int) -> CycleTerms:
    """The terms of a plan of the council in scope, as they are at its newest revision."""
    held = find_plan(slug)
    return CycleTerms(held.id, held.effective_on, settings_of(council))


def plan_state(viewer: Viewer, slug: str, *, cut_off: date | None, known_at: int | None) -> Plan:
    """The plan in one state, from memory where this process has made it before.

    Raises:
        NoSuchPlan, NoSuchRevision, NotYetAdopted: as `record.snapshot` does.
    """
    return snapshot_cached(council=viewer.council_id, plan=slug, cut_off=cut_off, known_at=known_at)


def stored_content(council: UUID, name: str) -> bytes | None:
    """The content of the document that anchors with this name mean, if it is kept."""
    digest = source_digest(council=council, name=name)
    return kept_content(digest) if digest else None


@lru_cache(maxsize=16)
def kept_content(sha256: str) -> bytes | None:
    """The content with this hash; None if it is not kept on this machine."""
    try:
        return content_of(sha256)
    except OSError:
        return None


__all__ = [
    "CycleTerms",
    "Head",
    "NoSuchPlan",
    "NoSuchRevision",
    "NotYetAdopted",
    "Viewer",
    "council_at",
    "cycle_terms",
    "demo_user",
    "head_of",
    "kept_content",
    "plan_record",
    "plan_state",
    "plans_of",
    "scope_of",
    "stored_content",
    "viewer_of",
]
