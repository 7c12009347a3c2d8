"""`goldenthread contradictions`: both places of each, as text and JSON; status 1 while one is open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from support.contradicting import NORTHBURY

from goldenthread.cli.main import cli


def run(folder: Path, *arguments: str, text: str = NORTHBURY) -> Any:
    path = folder / "northbury.txt"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(
        cli, ("contradictions", str(path), *arguments, "--as-at", "7 June 2022"), standalone_mode=False
    )


def test_each_is_a_line_with_both_places(tmp_path: Path) -> None:
    done = run(tmp_path, "--kind", "date")
    (line,) = [line for line in done.stdout.splitlines() if "GT601" in line]
    assert line.startswith(
        f"{tmp_path / 'northbury.txt'}:15: GT601 different dates: The milestone of theme 1 “Library"
    )
    assert line.endswith(f"says Jul 2022. [{tmp_path / 'northbury.txt'}:21]")
    assert "1 contradiction, 1 open." in done.stderr
    assert done.return_value == 1


def test_json_holds_both_places_in_full(tmp_path: Path) -> None:
    (found,) = json.loads(run(tmp_path, "--kind", "date", "--json").stdout)
    assert found["standing"] == "Open"
    assert found["first"]["date"] == "May 2022"
    assert found["second"]["leads"] == ["Monitoring Officer"]
    assert [found[place]["anchors"][0]["line"] for place in ("first", "second")] == [15, 21]
    assert found["settled"] is None


def test_a_plan_that_agrees_with_itself_passes(tmp_path: Path) -> None:
    sound = NORTHBURY.replace("approved\tMay 2022", "approved\tJuly 2022").replace(
        "Implement a 4", "Explore a 4"
    )
    done = run(tmp_path, text=sound)
    assert done.stdout == ""
    assert done.return_value == 0


def test_an_unknown_kind_is_named_with_those_there_are(tmp_path: Path) -> None:
    done = run(tmp_path, "--kind", "colour")
    assert "date, owner, scope" in str(done.exception.message)
