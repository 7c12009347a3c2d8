"""The risks to the plan, and whether what is to reduce them is on time."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance.ratings import Promise
from goldenthread.plan.model import LinkKind, Risk
from goldenthread.reporting.content import (
    Block,
    Column,
    Paragraph,
    Strong,
    Table,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import four_dates, named
from goldenthread.reporting.sections.registry import Options, section


@section("risks", Options)
def risks(matter: Matter, _: Options) -> Iterator[Block]:
    """The risks that the plan names, with the actions that are to reduce each, and which of those are late."""
    found = matter.plan.risks
    count = matter.figure("risks.all", len(found))
    yield Paragraph(
        said("The plan names {risks}. It gives them no scores.", risks=counted(count, "key risk"))
    )
    if not found:
        return
    mitigating = {risk.key: _mitigating(matter, risk) for risk in found}
    bare = matter.figure("risks.without_action", sum(not actions for actions in mitigating.values()))
    yield Paragraph(
        said(
            "{bare} linked to no action that is to reduce it.",
            bare=opened(counted(bare, "risk is", "risks are")),
        )
    )
    columns = (Column("Risk", 3), Column("What could happen", 5), Column("In the council’s register", 1.8),
               Column("Actions that are to reduce it", 4))  # fmt: skip
    rows = tuple(
        (
            (risk.title,),
            (risk.description or "Not described",),
            (risk.register_reference or "Not given",),
            _actions(matter, mitigating[risk.key]),
        )
        for risk in found
    )
    yield Table("Risks", "Key risks of the plan", columns, rows, counted=count)


def _mitigating(matter: Matter, risk: Risk) -> tuple[Promise, ...]:
    keys = {
        link.source
        for link in matter.plan.links
        if link.kind is LinkKind.MITIGATES and link.target == risk.key
    }
    return tuple(each for each in matter.promises if each.item.key in keys) if keys else ()


def _actions(matter: Matter, promises: tuple[Promise, ...]) -> Text:
    told: list[str | Strong] = []
    for each in promises:
        told += ["; "] if told else []
        told.append(f"{named(each)} ({four_dates(each.item.dates)})")
        told += [Strong(" – late")] if matter.is_late(each.item) else []
    return tuple(told) or ("None linked",)
