"""The forecasts of a back-test as lines of a CSV file, so that anybody can score them in their own way."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from goldenthread.forecasting.backtest import MODEL, chances
from goldenthread.forecasting.files import Row
from goldenthread.forecasting.replay import Replay
from goldenthread.forecasting.scores import HORIZONS

PERCENTILES = (10, 25, 50, 75, 90)
COLUMNS = (
    "project",
    "report_date",
    *(f"p{percentile}" for percentile in PERCENTILES),
    *(f"done_{months}m" for months in HORIZONS),
)


def predictions(rows: Sequence[Row], replay: Replay) -> str:
    """A line for each line of the file on which the project was open, in the order of the file.

    pN is the day by which it is done with N % probability, done_Nm the probability of being done within N months of the
    report. Where nothing can be said the rest of the line is empty: no date had been stated.
    """
    outlooks = replay.made[MODEL]
    within = [chances(outlooks.days, months) for months in HORIZONS]
    at = {(each.known.project, each.on): number for number, each in enumerate(replay.cases.asked)}
    finished = {
        row.project: row.actual for row in sorted(rows, key=lambda row: row.on) if row.actual is not None
    }
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        actual = finished.get(row.project)
        if actual is not None and actual <= row.on:
            continue
        number = at.get((row.project, row.on))
        told = [""] * (len(COLUMNS) - 2)
        if number is not None and not outlooks.abstains[number]:
            days = [outlooks.day(number, percentile / 100) for percentile in PERCENTILES]
            told = [
                *(day.isoformat() for day in days if day),
                *(f"{chance[number]:.4f}" for chance in within),
            ]
        writer.writerow([row.project, row.on.isoformat(), *told])
    return written.getvalue()
