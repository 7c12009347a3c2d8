"""Theme by theme, in plain words; and success statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Strong,
    Table,
    Text,
    counted,
    said,
)
from goldenthread.reporting.matter import Matter, ThemeGroup
from goldenthread.reporting.sections.phrasing import named
from goldenthread.reporting.sections.registry import Options, section


class ThemeWords(Options):
    """How many achievements and how many next things are named for each theme; 0 leaves them to the counts."""

    most: int = Field(default=3, ge=0)
    short: bool = False


@section("themes", ThemeWords)
def themes(matter: Matter, options: ThemeWords) -> Iterator[Block]:
    """Each theme in a few plain sentences: how much is done, checked and late, what was achieved, what comes next."""
    items: list[Text] = []
    for group in matter.theme_groups:
        told = _told(matter, group)
        if options.short:
            items.append((Strong(f"{group.title}. "), *told))
            continue
        yield Heading(group.title)
        yield Paragraph(told)
        achieved, ahead = _achieved(matter, group), _ahead(matter, group)
        since = f"Done since {day_words(matter.before.cut_off)}:" if matter.before else "Done so far:"
        for words, found in ((since, achieved), ("Next:", ahead)):
            if found and options.most:
                yield Paragraph((words,))
                yield Bullets(tuple(_line(matter, each) for each in found[: options.most]))
    if items:
        yield Bullets(tuple(items))


def _told(matter: Matter, group: ThemeGroup) -> Text:
    mine = [each for each in matter.actions if each.theme in group.themes]
    statuses = Counter(each.item.status for each in mine)
    late = sum(matter.is_late(each.item) for each in mine)

    def figure(name: str, value: int) -> Text:
        return (matter.figure(f"{group.within}actions.{name}", value),)

    return said(
        "Of {all}: {claimed} claimed to be complete, {verified} verified, {embedded} embedded, {open} still open or "
        "not known, {late} late.",
        all=counted(matter.figure(f"{group.within}actions.all", len(mine)), "action"),
        claimed=figure("complete", statuses[Status.COMPLETE]),
        verified=figure("verified", statuses[Status.VERIFIED]),
        embedded=figure("embedded", statuses[Status.EMBEDDED]),
        open=figure("open", sum(not each.item.status.is_closed for each in mine)),
        late=figure("late", late),
    )


def _achieved(matter: Matter, group: ThemeGroup) -> list[Promise]:
    before = matter.statuses_before
    return [
        each
        for each in _of(matter, group)
        if each.item.status.is_done and before.get(each.identity) is not each.item.status
    ]


def _ahead(matter: Matter, group: ThemeGroup) -> list[Promise]:
    found = [each for each in _of(matter, group) if not each.item.status.is_closed and _due(each)]
    return sorted(found, key=lambda each: (_due(each) or date.max, each.item.ref or each.item.key))


def _of(matter: Matter, group: ThemeGroup) -> Iterator[Promise]:
    return (each for each in matter.promises if each.kind is not Kind.STEP and each.theme in group.themes)


def _due(promise: Promise) -> date | None:
    approved = promise.item.dates.approved
    return approved.latest if approved and approved.has_last_day else None


def _line(matter: Matter, promise: Promise) -> Text:
    dates = promise.item.dates
    first = dates.original.printed if dates.original else "no date"
    stands = dates.approved.printed if dates.approved else "no date"
    moved = f"; approved for {stands}" if stands != first else ""
    expected = f"; expected {dates.forecast.printed}" if dates.forecast else ""
    actual = f"; done: {dates.actual.printed}" if dates.actual else ""
    late = "; late" if matter.is_late(promise.item) else ""
    claimed = " (claimed, not checked)" if promise.item.status is Status.COMPLETE else ""
    return (f"{named(promise)}{claimed}: first promised for {first}{moved}{expected}{late}{actual}.",)


@section("success", Options)
def success(matter: Matter, _: Options) -> Iterator[Block]:
    """What will be seen when the plan has worked, with the measure of each, or that it has none yet."""
    rows: list[tuple[Text, ...]] = []
    for group in matter.theme_groups:
        for theme in matter.plan.themes:
            if theme.number in group.themes:
                rows += [
                    ((group.title,), (each.text,), (each.measure or "No measure yet",))
                    for each in theme.success_statements
                ]
    count = matter.figure("success.all", len(rows))
    unmeasured = sum(cells[2][0] == "No measure yet" for cells in rows)
    yield Paragraph(
        said(
            "The plan says in {all} what will be seen when it has worked; {bare} no measure yet, so nobody can say.",
            all=counted(count, "statement"),
            bare=counted(matter.figure("success.unmeasured", unmeasured), "has", "have"),
        )
    )
    if rows:
        columns = (Column("Theme", 2.4), Column("What will be seen", 6), Column("Measure", 4))
        yield Table(
            "Success", "What will be seen when the plan has worked", columns, tuple(rows), counted=count
        )
