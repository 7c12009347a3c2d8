"""The end of a plan: where what is still open goes on, and what can be certified when the plan is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goldenthread.assurance.coverage import RowKind
from goldenthread.assurance.ratings import Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, LinkKind
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Paragraph,
    Strong,
    Text,
    being,
    counted,
    opened,
    said,
)
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import DATES, STATUS, PromiseList, Told, listed
from goldenthread.reporting.sections.registry import Options, section

NOWHERE = "Nowhere yet"


@section("exit-map", Options)
def exit_map(matter: Matter, _: Options) -> Iterator[Block]:
    """Every open action with the plan in which it goes on, how far it is assured, and what it answers."""
    open_ = _open(matter)
    where = _destinations(matter)
    count = matter.figure("actions.open", len(open_))
    bare = matter.figure("exit.unmapped", sum(each.item.key not in where for each in open_))
    yield Paragraph(
        said(
            "{open} still open; {bare} not passed on to any other plan.",
            open=opened(counted(count, "action is", "actions are")),
            bare=being(bare),
        )
    )
    told = (
        *DATES,
        STATUS,
        _ANSWERS,
        Told("Goes on in", 3.2, lambda _, each: (where.get(each.item.key, NOWHERE),)),
    )
    asked = PromiseList("Where open actions go on", "Where open actions go on", open_, count, told)
    yield from listed(matter, asked)


@section("closing-certificate", Options)
def closing_certificate(matter: Matter, _: Options) -> Iterator[Block]:
    """What can be certified on the day: that every open action has a place and no recommendation is unassigned; or
    what stands in the way."""
    open_, where = _open(matter), _destinations(matter)
    unmapped = [each for each in open_ if each.item.key not in where]
    unassigned = [row for row in matter.coverage.recommendations if not row.answering and not row.is_lifted]
    elements = [row for row in matter.coverage.rows if row.kind is RowKind.ELEMENT and not row.answering]
    bare = matter.figure("exit.unassigned", sum(row.count for row in unassigned))
    left = matter.figure("exit.unmapped", len(unmapped))
    day = day_words(matter.cut_off)
    if unmapped or unassigned or elements:
        yield Paragraph((Strong(f"This certificate cannot be given as at {day}."),))
    else:
        yield Paragraph((Strong(f"It is certified that as at {day}:"),))
    flags = matter.figure("coverage.flags", matter.coverage.flags)
    items: list[Text] = [
        (*opened(counted(bare, "recommendation is", "recommendations are")), " without an action that answers;"),
        (*opened(counted(left, "open action is", "open actions are")), " without another plan to go on in;"),
        (*opened(counted(flags, "flag is open", "flags are open")), " on the certificate of coverage."),
    ]  # fmt: skip
    if elements:
        without = matter.figure("exit.elements", len(elements))
        items.append(
            (
                *opened(counted(without, "requirement")),
                " of a direction or exit factor is answered by no action.",
            )
        )
    yield Bullets(tuple(items))
    if names := [row.name for row in (*unassigned, *elements)]:
        yield Paragraph((f"Not answered: {'; '.join(names)}.",))
    yield Paragraph(
        said(
            "It can be drawn up again at any time, from change {revision} of the record, whose hash is {hash}.",
            revision=f"{matter.known.revision}",
            hash=matter.known.hash,
        )
    )


def _open(matter: Matter) -> list[Promise]:
    return [each for each in matter.actions if not each.item.status.is_closed]


def _destinations(matter: Matter) -> Mapping[str, str]:
    """Where each action goes on, by its key."""
    return {
        link.source: f"{link.target}: {link.note}" if link.note else link.target
        for link in matter.plan.links
        if link.kind is LinkKind.TRANSFERRED_TO
    }


def _answers(_: Matter, promise: Promise) -> Text:
    cited = promise.item.references if isinstance(promise.item, Action) else ()
    by_review: dict[str, list[str]] = {}
    for one in cited:
        number = f"page {one.page}" if one.page else one.number or "as a whole"
        by_review.setdefault(one.review, []).append(f"{one.class_} {number}" if one.class_ else number)
    return (
        "; ".join(f"{review}: {', '.join(each)}" for review, each in by_review.items())
        or "No recommendation",
    )


_ANSWERS = Told("Answers", 3.0, _answers)
