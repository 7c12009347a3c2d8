"""Theme by theme, in plain words; success statements; and the curve of what was promised and what was done."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Paragraph,
    Strong,
    Table,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.matter import Matter, ThemeGroup
from goldenthread.reporting.sections.charts import Line, line_chart
from goldenthread.reporting.sections.phrasing import named
from goldenthread.reporting.sections.registry import Options, section

_MOST_MONTHS = 60


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


@section("curve", Options)
def curve(matter: Matter, _: Options) -> Iterator[Block]:
    """How many actions were to be done by the end of each month, as promised first and as approved now, and how many
    were: a chart with its table."""
    first = [each.item.dates.original for each in matter.actions]
    stands = [each.item.dates.approved for each in matter.actions]
    done = [each.item.dates.actual for each in matter.actions if each.item.status.is_done]
    months = _months(matter, [*first, *stands])
    if not months:
        yield Paragraph(("No action has a date, so there is no curve to draw.",))
        return
    lines = (
        Line("To be done, as first promised", _by(first, months)),
        Line("To be done, as approved now", _by(stands, months)),
        Line(
            "Said to be done (claimed, verified or embedded)",
            _by(done, [day for day in months if day <= _month_end(matter.cut_off)]),
        ),
    )
    bare = matter.figure("actions.without_date", sum(each is None for each in stands))
    undated = matter.figure("actions.done.undated", sum(each is None for each in done))
    table = Table(
        "Curve",
        "How many actions were to be done by the end of each month, and how many were",
        (Column("By the end of", 2), *(Column(line.label, 3) for line in lines)),
        tuple(_row(matter, day, place, lines) for place, day in enumerate(months)),
    )
    last = [line.values[-1] if line.values else 0 for line in lines]
    yield Chart(
        caption="Actions to be done and done, month by month",
        alternative=(
            f"Three lines over {len(months)} months. At the end {last[0]} were to be done as first promised and "
            f"{last[1]} as approved now; by the cut-off {last[2]} were said to be done."
        ),
        svg=line_chart(months, lines, matter.cut_off),
        table=table,
    )
    yield Paragraph(
        said(
            "{bare} no approved date and cannot be drawn. {undated} said to be done without the day being known, and "
            "not in the third line. A vague date counts at its last day.",
            undated=opened(counted(undated, "action is", "actions are")),
            bare=opened(counted(bare, "action has", "actions have")),
        )
    )


def _months(matter: Matter, dates: Sequence[PlanDate | None]) -> list[date]:
    """The last day of each month from the first date that is due, or the plan's beginning, to the last."""
    days = [each.latest for each in dates if each and each.has_last_day]
    if not days:
        return []
    first, last = min(*days, matter.began_on, matter.cut_off), max(*days, matter.cut_off)
    found: list[date] = []
    year, month = first.year, first.month
    while len(found) < _MOST_MONTHS and (day := _month_end(date(year, month, 1))) <= _month_end(last):
        found.append(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _month_end(day: date) -> date:
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def _by(dates: Sequence[PlanDate | None], months: Sequence[date]) -> tuple[int, ...]:
    days = sorted(each.latest for each in dates if each and each.has_last_day)
    return tuple(sum(day <= month for day in days) for month in months)


def _row(matter: Matter, day: date, place: int, lines: Sequence[Line]) -> tuple[Text, ...]:
    cells: list[Text] = []
    for name, line in zip(("first", "approved", "done"), lines, strict=True):
        told = place < len(line.values)
        cells.append((matter.figure(f"curve.{day}.{name}", line.values[place]),) if told else ("–",))
    return ((day_words(day),), *cells)
