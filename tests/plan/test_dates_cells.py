"""Date cells in which several phrases have run together."""

from collections import Counter
from itertools import chain

import pytest
from plan.plan_cells import date_cells, milestone_dates

from goldenthread.plan.date_phrases import DateReading, split_date_cell

# Each cell with its items parted by "|", as a person parts them who knows the plan.
CELLS = """
May 2022 | Jun 2022 | Aug 2022 | Autumn 2022
Dec 2022 | Jul 2022 | Dec 2022 | Autumn 2022
May 2022 | Jun 2022 | Jul 2022 | Jun 2022 | Autumn 2022 | TBC 2023
Jun 2022 | Jul 2022 | Sep 2022 | Aug 2022 | Dec 2022 | TBC 2023
18 May 2022 | Jun 2022 | Jul 2022 | Mar 2023
Apr 2023 | Complete | Complete | Complete | Jul 2022 | Jul 2022 | Apr 2023
Mar 2022 - Jun 2022
Jun 2022 | 7 Jun 2022 | by 22 Jun 2022 | Jan 2023
By Sep 2023 | Autumn 2022 | Dates TBC following Autumn decision
Sep 2022 | TBC based on selected option
Ongoing | Aug 2022 and then quarterly | Summer 2022 | Summer 2022 | Summer 2022
Ongoing | Ongoing | Aug 2022 and then ongoing
Sep 2022 | Autumn '22 linked to MTFP | Complete | Sep 2022 | Complete | Dec 2022 | Jul 2022 | Sep 2022
End 2022 | TBC
2021
Autumn 2021 | Mar 2022 | Jun 2022 | May 2022
In place | Sept 2022
Complete | Aug 2022
2027 | Complete | Ongoing | Mar 2023
Mar 2022 | Mar 2022 | 2023
2023 | Sep 2022 | 2023
Mar 2022 | Complete | Summer 2022 | Sep 2022 | Sep 2022
TBC | Complete | Summer 2022 | Sep 2022 | Spring 2023
Dec 2021 | Early 2022
Late 2022 | Complete | May 2022 | Late 2022 | Late 2022
July 2022 | March 2023
Est. Dec 2022
Autumn 2021 | Ongoing | Jun 2022 | Ongoing | May 2022 | Jul 2022 | Jun 2022 | Mar 2023 | Summer 2022 | Early 2023
Completed | Completed | Jul 2022 | Jul 2022
Achieved Feb 2022 | Achieved March 2022
Jun-22 | Jul-22 | Aug-22
22 Jun 2022 | 7 Jul 2022
"""


@pytest.mark.parametrize("line", CELLS.strip().splitlines())
def test_cells_part_where_a_person_parts_them(line: str) -> None:
    items = [item.strip() for item in line.split("|")]
    readings = split_date_cell(" ".join(items))
    assert [reading.printed for reading in readings] == items
    assert all(reading.understood for reading in readings)


def test_punctuation_stays_with_its_item() -> None:
    assert [reading.printed for reading in split_date_cell("May 2022, Jun 2022; (Jul 2022)")] == [
        "May 2022,",
        "Jun 2022;",
        "(Jul 2022)",
    ]


def test_what_is_not_understood_stands_in_its_place() -> None:
    before, made_up, after = split_date_cell("May 2022 workshops held Jun 2022")
    assert (before.printed, made_up.printed, after.printed) == ("May 2022", "workshops held", "Jun 2022")
    assert not made_up.understood


def test_an_impossible_date_is_not_cut_down_to_what_could_be_read() -> None:
    (reading,) = split_date_cell("31 February 2023")
    assert not reading.understood


def test_a_blank_cell_has_no_items() -> None:
    assert split_date_cell(" \n ") == ()


def readings_of(cells: list[str]) -> list[DateReading]:
    return list(chain.from_iterable(split_date_cell(cell) for cell in cells))


def test_every_date_cell_of_the_plan() -> None:
    starts, dues = date_cells()
    for cell in [*starts, *dues, *milestone_dates()]:
        readings = split_date_cell(cell)
        assert " ".join(reading.printed for reading in readings) == " ".join(cell.split())
        assert all(reading.understood for reading in readings), cell
    start_items, due_items = readings_of(starts), readings_of(dues)
    assert (len(start_items), len(due_items)) == (116, 222)
    assert len({reading.printed for reading in start_items}) == 26
    assert len({reading.printed for reading in due_items}) == 41
    words = Counter(reading.printed for reading in due_items if reading.status is not None)
    assert words["Complete"] == 34
    assert words["In place"] == 1


def test_the_milestone_dates_of_the_plan() -> None:
    items = [split_date_cell(cell) for cell in milestone_dates()]
    assert len(items) == 79
    assert sum(not readings for readings in items) == 19
    assert sum(readings[0].achieved for readings in items if readings) == 4
    assert [len(readings) for readings in items if len(readings) > 1] == [2]
