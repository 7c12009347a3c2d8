"""`goldenthread forecast`: of a document and of a plan on the record, in words and as JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files

from goldenthread.record.history.selectors import head_number
from goldenthread.record.services.councils import council_register

from .conftest import Invoke, invoke

EXAMPLE = files("goldenthread.examples") / "improvement-plan-2022.txt"


def test_a_document_is_forecast_from_the_day_of_its_approval_without_a_database() -> None:
    told = invoke("forecast", EXAMPLE, "--as-at", "2022-06-07")
    assert told.status == 0, told.err
    line = re.compile(
        r"^.+: (?:\d+% (?:or less |or more )?chance of being done by|Its approved date|It has no approved date).*; "
        r"50% by .+ 20\d\d, 80% by .+ 20\d\d\. Because: .+\.$"
    )
    lines = told.out.splitlines()
    assert [each for each in lines if not line.match(each)] == []
    assert re.match(
        r"173 promises with a forecast, 135 open without one, as at 2022-06-07, by prior ", told.err
    )
    again = invoke("forecast", EXAMPLE, "--as-at", "2022-06-07")
    assert again.out == told.out


def test_a_plan_on_the_record_is_forecast_with_its_history_as_json(held: Invoke) -> None:
    asked = ("forecast", "borough-of-testing-improvement-plan", "--as-at", "2022-06-30", "--json")
    told, known = held(*asked), held(*asked, "--known-at", head_number(council_register()[0].id))
    assert told.status == 0, told.err
    assert known.out == told.out
    content = json.loads(told.out)
    assert content["as_at"] == "2022-06-30"
    assert "method 1" in content["version"]
    assert content["promises"]
    for row in content["promises"]:
        if "none" in row:
            assert row["because"].endswith(".")
            continue
        assert row["chance_by_due"] is None or 0.05 <= row["chance_by_due"] <= 0.95
        days = [date.fromisoformat(row[name]) for name in ("p10", "p50", "p80", "p90")]
        assert days == sorted(days)
        assert days[0] > date(2022, 6, 30)


def test_a_revision_of_a_file_is_asked_wrongly() -> None:
    told = invoke("forecast", EXAMPLE, "--known-at", "3")
    assert told.status == 2
    assert "a file has no history" in told.err
