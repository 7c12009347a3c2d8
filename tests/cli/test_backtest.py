"""`goldenthread backtest`: the scores in words and as JSON, every forecast as a line, faults as one sentence."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.synthetic_histories import ON, lengths_by_law

from goldenthread.cli.main import main

from .conftest import Ended, Run, runner

HEADINGS = "project,report_date,start,first_forecast,forecast,actual"


def _file(folder: Path, name: str, *, seed: int, us: bool = False) -> Path:
    """Sixty invented projects, two reports each, a tenth of them open; days ISO or with the month first."""
    shown = (lambda day: f"{day:%m/%d/%y}") if us else date.isoformat
    lines = [HEADINGS]
    for number, length in enumerate(lengths_by_law(60, seed=seed)):
        start = ON + timedelta(days=7 * number)
        first = start + timedelta(days=200)
        ended = "" if number % 10 == 0 else shown(start + timedelta(days=round(length)))
        for after, expected in ((0, first), (90, first + timedelta(days=30))):
            reported = start + timedelta(days=after)
            lines.append(
                ",".join([f"{name} {number}", *map(shown, (reported, start, first, expected)), ended])
            )
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The command in this process."""

    def invoke(*arguments: object) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(["backtest", *map(str, arguments)])
        printed = capsys.readouterr()
        return Ended(ended.value.code, printed.out, printed.err)

    return invoke


def test_a_history_is_scored_against_every_rule_of_thumb(run, tmp_path: Path) -> None:
    told = run(_file(tmp_path, "ours", seed=1))
    assert told.status == 0, told.err
    assert "as known then, on top of prior 1 of" in told.out
    assert "Scored from the day on which 10 projects were finished" in told.out
    for name in ("model", "due date", "median slip", "Kaplan-Meier", "past slips"):
        assert f"\n{name} " in told.out
    assert "CRPS against past slips: " in told.out


def test_another_history_can_be_fitted_and_every_forecast_is_written_out(run, tmp_path: Path) -> None:
    ours, theirs, out = (
        _file(tmp_path, "ours", seed=1, us=True),
        _file(tmp_path, "theirs", seed=2),
        tmp_path / "out.csv",
    )
    told = run(ours, "--fit", theirs, "--predictions", out, "--json")
    assert told.status == 0, told.err
    content = json.loads(told.out)
    assert content["how"] == ["Fitted on all 60 projects of the other file."]
    scores = {score["name"]: score for score in content["scores"]}
    assert scores["model"]["crps"] < scores["due date"]["crps"]
    assert set(scores["model"]["brier"]) == {"1", "3", "6"}

    with out.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == "project report_date p10 p25 p50 p75 p90 done_1m done_3m done_6m".split()
    with ours.open(encoding="utf-8") as lines:
        given = list(csv.DictReader(lines))
    still_open = [row for row in given if not row["actual"] or _us(row["actual"]) > _us(row["report_date"])]
    assert [(row["project"], row["report_date"]) for row in rows] == [
        (row["project"], _us(row["report_date"]).isoformat()) for row in still_open
    ]
    for row in rows:
        days = [date.fromisoformat(row[f"p{percentile}"]) for percentile in (10, 25, 50, 75, 90)]
        assert date.fromisoformat(row["report_date"]) < days[0]
        assert days == sorted(days)
        chances = [float(row[f"done_{months}m"]) for months in (1, 3, 6)]
        assert 0 <= chances[0] <= chances[1] <= chances[2] <= 1
    again = tmp_path / "again.csv"
    run(ours, "--fit", theirs, "--predictions", again)
    assert again.read_bytes() == out.read_bytes()


def test_lines_that_say_little_are_forecast_from_what_there_is_or_left_empty(run, tmp_path: Path) -> None:
    lines = (
        "late,2022-06-01,2022-01-01,,2022-03-01,",  # its day had passed when it was reported
        "early,2022-06-01,2022-09-01,,2023-03-01,",  # it had not begun
        "twice,2022-06-01,,,2022-09-01,",
        "twice,2022-06-01,,,2022-09-01,",
        "undated,2022-06-01,2022-01-01,,,",
        "some day,2022-06-01,2022-01-01,,9999-12-31,",
        "ended,2022-06-01,2022-01-01,,2022-09-01,2022-05-01",
    )
    path, out = tmp_path / "odd.csv", tmp_path / "out.csv"
    path.write_text("\n".join([HEADINGS, *lines]), encoding="utf-8")
    told = run(path, "--predictions", out)
    assert told.status == 0, told.err
    assert "Too few were finished to score anything" in told.out
    written = out.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in written] == [
        "late",
        "early",
        "twice",
        "twice",
        "undated",
        "some day",
    ]
    assert written[2] == written[3]
    assert written[4:] == ["undated,2022-06-01,,,,,,,,", "some day,2022-06-01,,,,,,,,"]
    assert all(line.split(",")[2] >= "2022-06-02" for line in written[:4])


def test_what_cannot_be_read_ends_with_3_and_names_its_place(tmp_path: Path) -> None:
    bare: Run = runner(tmp_path / "home")
    path = tmp_path / "wrong.csv"
    path.write_text(f"{HEADINGS}\nA,2022-01-01,,,whenever,\n", encoding="utf-8")
    ended = bare("backtest", path)
    assert ended.returncode == 3
    assert ended.stderr == (
        "goldenthread: wrong.csv, line 2, column forecast: 'whenever' is not a day. "
        "Write days as 2022-06-07, and leave blank what is not known.\n"
    )
    path.write_text(f"{HEADINGS}\nA,2022-01-01,,,2022-02-01,2021-12-01\n", encoding="utf-8")
    nothing = bare("backtest", path)
    assert nothing.returncode == 2
    assert "so there is nothing to try" in nothing.stderr


def _us(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(2000 + year, month, day)
