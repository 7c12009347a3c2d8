"""The posts and bodies that plans name as leads, on the council's own list of posts and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from goldenthread.plan.flat import FlatItem, Series
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import is_collective
from goldenthread.plan.model import Plan
from goldenthread.record.models.posts import BodyRecord, PostKind, PostRecord

_COUNCILLORS = re.compile(
    r"(?:deputy )?(?:leader|mayor)\b|cabinet member\b|portfolio holder\b|lead member\b", re.I
)


def register_leads_of(
    council: UUID, plan: Plan, before: Iterable[FlatItem], after: Iterable[FlatItem]
) -> int:
    """Put each lead that these items name and did not name before on the list, in the scope of the caller.

    What is on it already, by this name or another, stays as it is. Gives how many are new.
    """
    named = _leads(after) - _leads(before)
    if not named:
        return 0
    wanted = {slug(name): name for name in sorted(named)}
    known = {
        *PostRecord.objects.filter(slug__in=wanted).values_list("slug", flat=True),
        *BodyRecord.objects.filter(slug__in=wanted).values_list("slug", flat=True),
    }
    bodies = {body.name for body in plan.bodies}
    new = {short: name for short, name in wanted.items() if short not in known}
    groups = {short for short, name in new.items() if name in bodies or is_collective(name)}
    _add(BodyRecord(council_id=council, slug=short, name=new[short]) for short in groups)
    _add(
        PostRecord(council_id=council, slug=short, name=new[short], kind=_kind(new[short]))
        for short in new.keys() - groups
    )
    return len(new)


def _kind(name: str) -> PostKind:
    """Whether it is a councillor's, as far as the name says; `set_kind` corrects it."""
    return PostKind.PORTFOLIO if _COUNCILLORS.match(name) else PostKind.OFFICER


def _leads(items: Iterable[FlatItem]) -> set[str]:
    found: set[str] = set()
    for item in items:
        leads = item.facts.get(Series.LEADS)
        found |= {str(lead) for lead in leads} if isinstance(leads, list | tuple) else set()
    return found


def _add(rows: Iterable[PostRecord] | Iterable[BodyRecord]) -> None:
    """Add rows; another import that adds the same at this moment is no error."""
    listed = list(rows)
    if listed:
        type(listed[0])._default_manager.bulk_create(listed, ignore_conflicts=True)
