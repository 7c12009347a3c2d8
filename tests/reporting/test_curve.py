"""The curve of what was promised, done and is expected: against what was keyed by hand of Northbury."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from support.northbury import CUT_OFF, northbury_matter

from goldenthread.forecasting.plan_forecast import ItemForecast, PlanForecast
from goldenthread.forecasting.pooling import Pooled
from goldenthread.forecasting.promises import Silence, promises_of
from goldenthread.reporting.content import Block, Chart, Table, texts_in, words_of
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections import SECTIONS
from goldenthread.reporting.sections.charts import Line, line_chart

DONE, OPEN = ("a1", "a2", "a3"), ("a4", "a5", "a6", "a7")
DRAWS = [
    [20] * 10,  # A4: by the end of November, 30 days after the cut-off, however it goes
    [45] * 6
    + [75] * 4,  # A5: by the end of December (61 days) in six draws of ten, else by that of January (92)
    [100] * 10,  # A6: by the end of February (120)
    [1000] * 10,  # A7: not within the years that are drawn
]
EXPECTED = {
    "31 October 2022": ["–", "–", "–"],
    "30 November 2022": ["4", "4", "4"],
    "31 December 2022": ["5", "4", "5"],
    "31 January 2023": ["5", "5", "5"],
    "28 February 2023": ["6", "6", "6"],
}
"""Expected, low and high: three are done at the cut-off, and so many more by the draws above."""


def foreseen(rows: tuple[str, ...] = OPEN, pooled: object = None) -> Matter:
    """Northbury with this forecast."""
    matter = northbury_matter()
    known = {each.key: each.known_on(CUT_OFF) for each in promises_of(matter.plan, {})}
    silences = dict.fromkeys(DONE, Silence.DONE) | {"a8": Silence.DEFERRED, "a9": Silence.ONGOING}
    items = {
        key: ItemForecast(each, silences.get(key, None if key in rows else Silence.TOO_LITTLE))
        for key, each in known.items()
    }
    for key in rows:
        items[key] = replace(items[key], p80=CUT_OFF + timedelta(days=100))
    sample = np.array([DRAWS[OPEN.index(key)] for key in rows], dtype=np.int16).reshape(len(rows), 10)
    assert pooled is None or isinstance(pooled, Pooled)
    return replace(matter, outside_view=PlanForecast(CUT_OFF, "by hand", items, pooled, rows, sample))  # type: ignore[arg-type]


def curve(matter: Matter, **options: object) -> tuple[Block, ...]:
    kind = SECTIONS["curve"]
    return tuple(kind.write(matter, kind.options.model_validate(options)))


def chart_of(blocks: tuple[Block, ...]) -> Chart:
    return next(block for block in blocks if isinstance(block, Chart))


def rows_of(table: Table) -> dict[str, list[str]]:
    return {words_of(row[0]): [words_of(cell) for cell in row[1:]] for row in table.rows}


def words(blocks: tuple[Block, ...]) -> str:
    return "\n".join(words_of(text) for block in blocks for text in texts_in(block))


def test_the_curve_goes_on_with_what_is_expected_and_its_range() -> None:
    chart = chart_of(curve(foreseen()))
    assert [column.heading for column in chart.table.columns][-3:] == ["Expected", "Low", "High"]
    found = {day: cells[-3:] for day, cells in rows_of(chart.table).items()}
    assert {day: found[day] for day in EXPECTED} == EXPECTED
    assert set(found["30 September 2022"]) == {"–"}, "what was expected before is not told as if it had been"


def test_the_words_of_the_chart_say_what_is_expected() -> None:
    blocks = curve(foreseen())
    assert "6 are expected to be done by 28 February 2023" in chart_of(blocks).alternative
    assert "8 chances in 10" in words(blocks)
    assert "Of 2 open actions nothing is forecast" in words(blocks), "A8 is deferred, A9 has no end"


def test_nothing_is_expected_where_too_little_is_known() -> None:
    blocks = curve(foreseen(rows=()))
    assert [column.heading for column in chart_of(blocks).table.columns][-1].startswith("Said to be done")
    assert "Too little is known to say when any open action will be done" in words(blocks)


@pytest.mark.parametrize("matter", [northbury_matter(), foreseen()])
def test_a_definition_can_leave_the_forecast_out(matter: Matter) -> None:
    blocks = curve(matter, forecast=False)
    assert len(chart_of(blocks).table.columns) == 4
    assert "expected" not in words(blocks).lower() + chart_of(blocks).alternative.lower()


def test_every_line_has_its_own_dashes_and_marks() -> None:
    svg = ElementTree.fromstring(chart_of(curve(foreseen())).svg)
    lines = [each.get("stroke-dasharray") for each in svg.iter() if each.tag.endswith("polyline")]
    assert len(lines) == len(set(lines)) == 4
    assert [each for each in svg.iter() if each.tag.endswith("polygon")], "the range is an area"


def test_a_line_may_begin_later_and_no_word_leaves_the_drawing() -> None:
    days = tuple(date(2022, month, 28) for month in range(1, 13))
    svg = line_chart(days, [Line("One", (5, 9), first=10, low=(5, 7), high=(5, 12))], days[9])
    root = ElementTree.fromstring(svg)
    width = float(root.get("width") or 0)
    for text in (each for each in root.iter() if each.tag.endswith("text")):
        left, long = float(text.get("x") or 0), 7.3 * len(text.text or "")
        ends = {"start": left + long, "middle": left + long / 2, "end": left}[text.get("text-anchor") or ""]
        assert ends <= width, text.text
