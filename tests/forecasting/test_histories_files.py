"""Reading a history of forecasts from CSV: forms of days, faults named by place, and what each line may say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecasting.cases import cases_of
from goldenthread.forecasting.files import HistoryFileError, as_histories, rows_of
from goldenthread.forecasting.histories import History, Stated

HEADINGS = "project,report_date,start,first_forecast,forecast,actual\n"


def _days(*lines: str) -> list[date | None]:
    return [row.forecast for row in rows_of(HEADINGS + "\n".join(lines))]


def test_one_day_that_leaves_no_doubt_settles_all_the_others() -> None:
    assert _days("1,03/04/22,,,05/06/22,", "1,03/25/22,,,12/31/22,") == [date(2022, 5, 6), date(2022, 12, 31)]
    assert _days("1,3/4/2022,,,5/6/2022,", "1,25/3/2022,,,31/12/2022,") == [
        date(2022, 6, 5),
        date(2022, 12, 31),
    ]
    assert _days("1,2022-03-04,,,2022-06-05,", "1,2022-03-04T00:00:00,,,31.12.22,") == [
        date(2022, 6, 5),
        date(2022, 12, 31),
    ]


def test_a_day_that_nothing_settles_is_asked_about_with_its_place() -> None:
    with pytest.raises(
        HistoryFileError, match=r"history, line 3, column report_date: '3/4/22' can be read in two ways"
    ):
        rows_of(HEADINGS + "1,2022-01-01,,,2022-02-01,\n1,3/4/22,,,2022-06-05,\n")


def test_days_in_both_orders_are_refused_with_both_places() -> None:
    with pytest.raises(
        HistoryFileError, match=r"line 2, column report_date: '3/25/22' .* '26/3/22' of line 3"
    ):
        rows_of(HEADINGS + "1,3/25/22,,,3/25/22,\n1,26/3/22,,,3/25/22,\n")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("1,soon,,,2022-02-01,", "line 2, column report_date: 'soon' is not a day"),
        ("1,2022-01-01,,,2022-02-30,", "line 2, column forecast: '2022-02-30' is not a day"),
        (",2022-01-01,,,2022-02-01,", "line 2, column project: it is blank"),
        ("1,,,,2022-02-01,", "line 2, column report_date: it is blank"),
    ],
)
def test_faults_name_line_column_and_value(line: str, place: str) -> None:
    with pytest.raises(HistoryFileError, match=place):
        rows_of(HEADINGS + line)


def test_a_missing_column_and_an_empty_file_are_said() -> None:
    with pytest.raises(HistoryFileError, match="no column forecast and no column actual"):
        rows_of("project,report_date\n1,2022-01-01\n")
    with pytest.raises(HistoryFileError, match="no line below the headings"):
        rows_of(HEADINGS)


def test_columns_in_any_order_other_columns_and_blank_lines_are_taken_as_they_come() -> None:
    text = (
        "Report Date;Actual;Forecast;Owner;Project\n2022-01-01;;2022-02-01;x;A\n;;;;\n2022-01-08;n/a;;x;A\n"
    )
    first, second = rows_of(text)
    assert (first.project, first.on, first.forecast, first.actual) == (
        "A",
        date(2022, 1, 1),
        date(2022, 2, 1),
        None,
    )
    assert second.forecast is None
    assert first.start is None


def test_a_history_is_in_the_order_of_its_reports_and_the_later_of_two_lines_for_a_day_counts() -> None:
    rows = rows_of(
        HEADINGS
        + "A,2022-02-01,2021-12-25,2022-05-05,2022-06-01,\n"
        + "A,2022-01-01,2021-12-01,2022-05-01,2022-05-01,2022-07-01\n"
        + "A,2022-02-01,2021-12-01,2022-05-01,2022-06-15,\n"
    )
    history = as_histories(rows)["A"]
    assert history.stated == (
        Stated(date(2022, 1, 1), date(2022, 5, 1)),
        Stated(date(2022, 2, 1), date(2022, 6, 15)),
    )
    # what the first report said: a later line's start was not known then
    assert (history.start, history.first) == (date(2021, 12, 1), date(2022, 5, 1))
    assert history.actual == date(2022, 7, 1)


def test_open_projects_are_open_until_anybody_last_looked() -> None:
    single = rows_of(HEADINGS + "A,2022-01-01,,,2022-05-01,\nB,2022-01-01,,,2022-05-01,2023-03-01\n")
    assert as_histories(single)["A"].open_until == date(2023, 3, 1)
    repeated = rows_of(
        HEADINGS
        + "A,2022-01-01,,,2022-05-01,\nA,2022-02-01,,,2022-05-01,\n"
        + "B,2022-01-01,,,2022-05-01,2023-03-01\nB,2022-02-01,,,2022-05-01,2023-03-01\n"
    )
    assert as_histories(repeated)["A"].open_until == date(2022, 2, 1)


def test_cases_are_the_reports_on_open_projects() -> None:
    history = History(
        "A",
        tuple(Stated(date(2022, 1, day), date(2022, 3, 1)) for day in (1, 8, 15, 22)),
        actual=date(2022, 1, 15),
    )
    cases = cases_of([history])
    assert cases.days.tolist() == [14.0, 7.0]
    assert cases.slips.tolist() == [-45.0, -45.0]
    assert cases.done.all()


def test_what_open_promises_say_ends_on_the_eve_of_the_stated_day() -> None:
    on = date(2022, 1, 1)
    open_late = History("A", (Stated(on, on + timedelta(days=30)),), open_until=on + timedelta(days=100))
    open_early = History("B", (Stated(on, on + timedelta(days=30)),), open_until=on + timedelta(days=10))
    finished = History("C", (Stated(on, on + timedelta(days=30)),), actual=on + timedelta(days=100))
    assert cases_of([open_late, open_early, finished]).until_stated().days.tolist() == [29.0, 10.0, 100.0]


@given(
    moves=st.lists(st.tuples(st.integers(1, 90), st.integers(-400, 900)), min_size=1, max_size=12),
    length=st.integers(0, 900),
    day=st.integers(-5, 1200),
)
def test_what_was_known_on_a_day_does_not_depend_on_what_came_after(
    moves: list[tuple[int, int]], length: int, day: int
) -> None:
    first = date(2020, 1, 1)
    on, stated = first, []
    for gap, ahead in moves:
        stated.append(Stated(on, on + timedelta(days=ahead)))
        on += timedelta(days=gap)
    whole = History("A", tuple(stated), start=first, actual=first + timedelta(days=length))
    today = first + timedelta(days=day)
    ended = first + timedelta(days=length)
    later = History(
        "A",
        (*(each for each in stated if each.on <= today), Stated(today + timedelta(days=1), today)),
        start=first,
        actual=ended if ended <= today else today + timedelta(days=2),
    )
    assert whole.as_known_on(today) == later.as_known_on(today)
