"""The curve of what was promised, what was done, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from goldenthread.forecasting.curve import Curve, Point, curve_of
from goldenthread.plan.dates import PlanDate, month_end
from goldenthread.plan.days import day_words
from goldenthread.reporting.content import Block, Chart, Column, Paragraph, Table, Text, counted, opened, said
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.charts import Line, line_chart
from goldenthread.reporting.sections.registry import Options, section

_MOST_MONTHS = 60
_MONTHS_BEYOND = 12
"""So long after the last date of the plan the forecast is drawn: what is expected later is said by the last point."""
_NAMES = ("first", "approved", "done")
_RANGE = ("expected", "low", "high")


class CurveOptions(Options):
    """Whether the curve goes on after the cut-off with what is expected."""

    forecast: bool = True


@section("curve", CurveOptions)
def curve(matter: Matter, options: CurveOptions) -> Iterator[Block]:
    """How many actions were to be done by the end of each month, as promised first and as approved now, how many were,
    and how many are expected to be: a chart with its table."""
    first = [each.item.dates.original for each in matter.actions]
    stands = [each.item.dates.approved for each in matter.actions]
    done = [each.item.dates.actual for each in matter.actions if each.item.status.is_done]
    foreseen = _foreseen(matter) if options.forecast else None
    ahead = _ahead(matter, foreseen)
    months = _months(matter, [*first, *stands], ahead)
    if not months:
        yield Paragraph(("No action has a date, so there is no curve to draw.",))
        return
    lines = [
        Line("To be done, as first promised", _by(first, months)),
        Line("To be done, as approved now", _by(stands, months)),
        Line(
            "Said to be done (claimed, verified or embedded)",
            _by(done, [day for day in months if day <= _end_of(matter.cut_off)]),
        ),
    ]
    told = [ahead[day] for day in months if day in ahead]
    if told:
        lines.append(_expected(matter, months, told))
    yield Chart(
        caption="Actions to be done and done, month by month",
        alternative=_alternative(months, lines, told),
        svg=line_chart(months, lines, _end_of(matter.cut_off)),
        table=_table(matter, months, lines, ahead if told else {}),
    )
    bare = matter.figure("actions.without_date", sum(each is None for each in stands))
    undated = matter.figure("actions.done.undated", sum(each is None for each in done))
    yield Paragraph(
        said(
            "{bare} no approved date and cannot be drawn. {undated} said to be done without the day being known, and "
            "not in the third line. A vague date counts at its last day. The upright line is the cut-off.",
            undated=opened(counted(undated, "action is", "actions are")),
            bare=opened(counted(bare, "action has", "actions have")),
        )
    )
    if options.forecast:
        yield Paragraph(_basis(matter, foreseen, drawn=bool(told)))


def _foreseen(matter: Matter) -> Curve | None:
    """What is forecast of the plan's actions, as far as it was worked out."""
    view = matter.outside_view
    keys = [each.item.key for each in matter.actions if view and each.item.key in view.items]
    return curve_of(view, keys) if view and keys else None


def _ahead(matter: Matter, found: Curve | None) -> Mapping[date, Point]:
    """The points after the cut-off by their days; none where nothing at all is forecast."""
    rows = frozenset(matter.outside_view.rows if matter.outside_view else ())
    if found is None or not any(each.item.key in rows for each in matter.actions):
        return {}
    return {point.on: point for point in found.points if point.middle is not None}


def _settled(ahead: Mapping[date, Point]) -> date:
    """The first day after which nothing more is expected, as far as was worked out."""
    last = ahead[max(ahead)]
    return min(
        day for day, point in ahead.items()
        if (point.low, point.middle, point.high) == (last.low, last.middle, last.high)
    )  # fmt: skip


def _expected(matter: Matter, months: Sequence[date], told: Sequence[Point]) -> Line:
    """The line goes on from what is said to be done at the cut-off, where that is a point of the drawing."""
    place = list(months).index(told[0].on)
    done = sum(each.item.status.is_done for each in matter.actions)
    begin = [done] if matter.cut_off in months[:place] else []
    middle, low, high = (
        (*begin, *(getattr(point, name) or 0 for point in told)) for name in ("middle", "low", "high")
    )
    return Line("Expected (within the grey: 8 chances in 10)", middle, place - len(begin), low, high)


def _alternative(months: Sequence[date], lines: Sequence[Line], told: Sequence[Point]) -> str:
    first, approved, done = (line.values[-1] if line.values else 0 for line in lines[:3])
    words = (
        f"{'Four' if told else 'Three'} lines over {len(months)} months. At the end {first} were to be done as first "
        f"promised and {approved} as approved now; by the cut-off {done} were said to be done."
    )
    if not told:
        return words
    last = told[-1]
    return (
        f"{words} {last.middle} are expected to be done by {day_words(last.on)}; with 8 chances in 10 it is between "
        f"{last.low} and {last.high}."
    )


def _table(
    matter: Matter, months: Sequence[date], lines: Sequence[Line], ahead: Mapping[date, Point]
) -> Table:
    columns = [Column("By the end of", 2.6), *(Column(line.label, 3) for line in lines[: len(_NAMES)])]
    columns += [Column(name.capitalize(), 1.5) for name in _RANGE if ahead]
    rows = []
    for place, day in enumerate(months):
        cells: list[Text] = [(day_words(day),)]
        for name, line in zip(_NAMES, lines, strict=False):
            there = place < len(line.values)
            cells.append((matter.figure(f"curve.{day}.{name}", line.values[place]),) if there else ("–",))
        rows.append((*cells, *_range(matter, day, ahead.get(day))) if ahead else tuple(cells))
    caption = "How many actions were to be done by the end of each month, and how many were"
    return Table(
        "Curve", f"{caption} or are expected to be" if ahead else caption, tuple(columns), tuple(rows)
    )


def _range(matter: Matter, day: date, point: Point | None) -> tuple[Text, ...]:
    if point is None:
        return (("–",),) * len(_RANGE)
    values = zip(_RANGE, (point.middle, point.low, point.high), strict=True)
    return tuple((matter.figure(f"curve.{day}.{name}", value or 0),) for name, value in values)


def _basis(matter: Matter, found: Curve | None, *, drawn: bool) -> Text:
    """On what the forecast rests, or why there is none."""
    if found is None:
        return ("What is expected was not worked out for this report.",)
    if not drawn and not found.unforecast:
        return ("No action is open, so nothing more is expected.",)
    if not drawn:
        return (
            "Too little is known to say when any open action will be done, so none is expected on a day.",
        )
    left = matter.figure("actions.unforecast", found.unforecast)
    return said(
        "What is expected comes from how such promises have moved, not from what leads say. It begins with all that is "
        "said to be done. With 8 chances in 10 the number lies from low to high. Of {left} nothing is forecast: this "
        "line leaves them out.",
        left=counted(left, "open action"),
    )


def _months(
    matter: Matter, dates: Sequence[PlanDate | None], ahead: Mapping[date, Point]
) -> tuple[date, ...]:
    """The last day of each month from the first date that is due, or the plan's beginning, to the last."""
    days = [each.latest for each in dates if each and each.has_last_day]
    if not days:
        return ()
    first, last = min(*days, matter.began_on, matter.cut_off), max(*days, matter.cut_off)
    if ahead:
        last = max(last, min(_settled(ahead), _months_on(last, _MONTHS_BEYOND)))
    found: list[date] = []
    while len(found) < _MOST_MONTHS and (day := _months_on(first, len(found))) <= _end_of(last):
        found.append(day)
    return tuple(found)


def _months_on(day: date, months: int) -> date:
    """The end of the month so many months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return month_end(year, month + 1)


def _end_of(day: date) -> date:
    return month_end(day.year, day.month)


def _by(dates: Sequence[PlanDate | None], months: Sequence[date]) -> tuple[int, ...]:
    days = sorted(each.latest for each in dates if each and each.has_last_day)
    return tuple(sum(day <= month for day in days) for month in months)
