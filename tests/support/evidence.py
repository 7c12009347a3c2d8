"""Evidence for tests: a plan in which something is claimed to be complete, and people who may look at it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.judgements import Door
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.evidence import EvidenceRegister, evidence_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Item, Role, User
from goldenthread.record.promises import promises
from goldenthread.record.scope import council_scope
from goldenthread.record.services.evidence import Offer, add_evidence, check_evidence
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import find_plan
from support.records import in_post, load_small_plan, new_council

PLAN = "improvement-plan"
CLAIMED, OFFERED, CHECKED = date(2022, 9, 30), date(2022, 10, 3), date(2022, 10, 10)


class Checking:
    """A council in which A1 is led by the Monitoring Officer and was reported complete on 30 September 2022."""

    def __init__(self) -> None:
        self.officer = new_council()
        load_small_plan(self.officer)
        self.lead = in_post(self.officer, "Monitoring Officer")
        self.assurer = self._somebody("An auditor", Role.ASSURER)
        self.colleague = self._somebody("Another programme officer", Role.PMO)
        self.report(Status.COMPLETE, CLAIMED)

    def _somebody(self, name: str, role: Role) -> Actor:
        user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.org", name=name)
        return Actor(council=self.officer.council, role=role, name=name, user=user.id)

    def item(self, ref: str = "A1") -> UUID:
        with council_scope(self.officer.council):
            return Item.objects.get(ref=ref).id

    def of_kind(self, kind: ItemKind) -> UUID:
        with council_scope(self.officer.council):
            return Item.objects.filter(kind=kind.value).order_by("key")[0].id

    def report(self, status: Status, on: date, *, ref: str = "A1", actual: PlanDate | None = None) -> None:
        submit_updates(
            actor=self.officer,
            plan=PLAN,
            updates={self.item(ref): TypedUpdate(status=status, actual=actual)},
            as_at=on,
            seen_revision=head_number(self.officer.council),
            door=Door.PAGE,
        )

    def add(
        self,
        *,
        by: Actor | None = None,
        dated_on: date = CLAIMED,
        lapses_on: date | None = None,
        added_on: date = OFFERED,
        ref: str = "A1",
        url: str = "https://example.gov.uk/minutes/42",
    ) -> UUID:
        offer = Offer(source=url, shows="Council adopted it", dated_on=dated_on, lapses_on=lapses_on)
        return add_evidence(
            actor=by or self.lead, plan=PLAN, items=[self.item(ref)], offer=offer, added_on=added_on
        )

    def check(
        self, evidence: UUID, *, by: Actor | None = None, enough: bool = True, on: date = CHECKED
    ) -> None:
        check_evidence(
            actor=by or self.assurer,
            evidence=evidence,
            item=self.item(),
            sufficient=enough,
            note="" if enough else "The minute does not say so",
            on=on,
        )

    def register(self, as_at: date, known_at: int | None = None) -> EvidenceRegister:
        return evidence_of(self.officer.council, PLAN, as_at=as_at, known_at=known_at)

    def status(self, as_at: date, ref: str = "A1") -> Status:
        with council_scope(self.officer.council):
            return promises(find_plan(PLAN).id, [self.item(ref)], as_at=as_at)[self.item(ref)].status
