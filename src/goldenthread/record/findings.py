"""Reading what the checks find in a plan that is held, and which of it was accepted, by whom and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import ConfigDict
from pydantic_core import from_json

from goldenthread.assurance import Finding, check
from goldenthread.plan.model import Plan
from goldenthread.plan.values import Value
from goldenthread.record.beside import beside_plan
from goldenthread.record.models.posts import PostRecord
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot import find_plan

_ACCEPTED = """
SELECT DISTINCT ON (c.row_id) c.row, min(c.id) OVER (PARTITION BY c.row_id) AS entered
FROM change c
WHERE c.plan_id = %(plan)s AND c.table_name = 'accepted_finding'
  AND (%(known_at)s::bigint IS NULL OR (c.changeset IN (
      SELECT changeset FROM revision WHERE council_id = %(council)s AND number <= %(known_at)s)) IS TRUE)
ORDER BY c.row_id, c.id DESC
"""

Identity = tuple[str, UUID | str | None, str]


class Acceptance(Value):
    """That a finding may stand, for a reason, up to and including a day. `message` is what it said at the time."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    item_id: UUID | None
    rule: str
    about: str
    message: str
    reason: str
    owner_id: UUID
    owner: str = ""
    accepted_on: date
    accepted_by: str
    expires_on: date
    withdrawn: str
    withdrawn_on: date | None

    @property
    def identity(self) -> Identity:
        """The finding that it is about (`Finding.identity`)."""
        return (self.rule, self.item_id, self.about)

    def is_withdrawn_on(self, day: date) -> bool:
        """Whether somebody had taken it back by then."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day

    def stands_on(self, day: date) -> bool:
        """Whether the finding may stand on that day."""
        return self.accepted_on <= day <= self.expires_on and not self.is_withdrawn_on(day)


@dataclass(frozen=True)
class AcceptedOne:
    """A finding, and the acceptance under which it may stand."""

    finding: Finding
    acceptance: Acceptance


@dataclass(frozen=True)
class FoundAt:
    """What the checks found in one state of a plan: what is open, and what was accepted. Together they are all of it.

    `lapsed` are acceptances of open findings that stand no longer, because their day came or they were taken back.
    """

    open: tuple[Finding, ...]
    accepted: tuple[AcceptedOne, ...]
    lapsed: Mapping[Identity, Acceptance]

    @cached_property
    def all(self) -> tuple[Finding, ...]:
        """Open and accepted, in the order of the document."""
        found = (*self.open, *(each.finding for each in self.accepted))
        return tuple(sorted(found, key=lambda finding: finding.place))

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Finding, ...]]:
        """The open findings on each item, under its key."""
        found: dict[str, list[Finding]] = {}
        for finding in self.open:
            if finding.item_key:
                found.setdefault(finding.item_key, []).append(finding)
        return {key: tuple(findings) for key, findings in found.items()}


def findings_at(
    council: UUID,
    slug: UUID | str,
    plan: Plan,
    *,
    as_at: date,
    known_at: int | None = None,
    select: Sequence[str] = (),
) -> FoundAt:
    """What the checks find in one state of a plan that is held, with what the record holds beside it.

    Args:
        slug: The plan's slug or id.
        plan: The plan in that state, as `snapshot` gives it.
        as_at: The day on which to judge.
        select: Names of rules, as for `check`.

    Raises:
        NoSuchPlan: The council has no such plan.
        UnknownRule: `select` names a rule that there is not.
    """
    beside = beside_plan(council, slug, as_at=as_at, known_at=known_at)
    found = check(plan, as_at=as_at, beside=beside, select=select)
    return sorted_by_acceptance(found, acceptances(council, slug, known_at=known_at), as_at)


def sorted_by_acceptance(found: Iterable[Finding], acceptances: Iterable[Acceptance], day: date) -> FoundAt:
    """The findings of a day, those that may stand apart from the others. Of several acceptances the last one counts."""
    last = {each.identity: each for each in acceptances if each.accepted_on <= day}
    open_, accepted, lapsed = [], [], {}
    for finding in found:
        acceptance = last.get(finding.identity)
        if acceptance and acceptance.stands_on(day):
            accepted.append(AcceptedOne(finding, acceptance))
            continue
        open_.append(finding)
        if acceptance:
            lapsed[finding.identity] = acceptance
    return FoundAt(tuple(open_), tuple(accepted), lapsed)


def acceptances(council: UUID, plan: UUID | str, *, known_at: int | None = None) -> tuple[Acceptance, ...]:
    """Every acceptance of a finding of the plan, in the order of entry, as far as was known at a revision.

    Raises:
        NoSuchPlan: The council has no such plan.
    """
    with council_scope(council):
        asked = {"council": council, "plan": find_plan(plan).id, "known_at": known_at}
        with connection.cursor() as cursor:
            cursor.execute(_ACCEPTED, asked)
            rows: list[tuple[Any, int]] = cursor.fetchall()
        if not rows:
            return ()
        posts = dict(PostRecord.objects.values_list("id", "name"))
    told = (
        (entered, Acceptance.model_validate(from_json(row) if isinstance(row, str) else row))
        for row, entered in rows
        if row is not None  # None: disposed of
    )
    return tuple(
        each.model_copy(update={"owner": posts.get(each.owner_id, "a post that is held no longer")})
        for _, each in sorted(told, key=lambda pair: pair[0])
    )
