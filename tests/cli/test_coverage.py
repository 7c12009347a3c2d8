"""`goldenthread coverage`: the certificate as text, JSON and CSV; status 1 while a flag is open."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from goldenthread.cli.main import cli
from goldenthread.examples import example_plan_path

EXAMPLE = str(example_plan_path())
SMALL = str(Path(__file__).with_name("small-plan.md"))
SOUND = """# Borough of Northbury Improvement Plan

## Introduction

### Auditor Review of Governance – May 2022

The report made 2 recommendations.

## Theme 1 – Culture

### Delivery Plan

| Workstream | Reference | Lead | Actions | Start Date | Due date |
|---|---|---|---|---|---|
| Members | Auditor Rec 1 | Monitoring Officer | Review the constitution | May 2022 | Sep 2022 |
| Members | Auditor Rec 2 | Leadership Team | Train members | Jun 2022 | Dec 2022 |
"""


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ("coverage", *arguments, "--as-at", "7 June 2022"))


def test_it_says_what_is_open_with_the_lines_and_ends_with_1() -> None:
    result = run(EXAMPLE)
    first, *rest = result.stdout.splitlines()
    assert first == "Coverage is not proved: 24 flags are open."
    assert "58 of 77 references are cited by one action alone." in rest
    assert any(f"{EXAMPLE}:390:" in line for line in rest)
    assert result.stderr == "24 flags open, as at 2022-06-07.\n"
    assert "100 %" not in result.stdout
    assert "100%" not in result.stdout


def test_the_pack_of_one_reviewer_has_only_their_items() -> None:
    out = run(EXAMPLE, "--review", "CIPFA").stdout
    assert "Recommendation 1.2: not referenced, existence unknown" in out
    assert "Grant Thornton" not in out
    rows = list(
        csv.DictReader(io.StringIO(run(EXAMPLE, "--review", "cipfa", "--csv").stdout.lstrip("\ufeff")))
    )
    assert {row["Review"] for row in rows} == {"CIPFA"}
    assert len({row["Recommendation"] for row in rows}) == 16  # 14, the 1.2 that may be, and "all"
    assert all(row["Leads"] and row["Status"] for row in rows if row["Action"] or row["Action title"])


def test_as_json() -> None:
    found = json.loads(run(EXAMPLE, "--json").stdout)
    assert (found["flags"], found["references"], found["resting_on_one_action"]) == (24, 77, 58)
    assert {source["name"] for source in found["sources"]} >= {"Grant Thornton", "CIPFA", "Exit factors"}
    (circular,) = (
        row for source in found["sources"] for row in source["rows"] if row["name"] == "Key recommendation 4"
    )
    assert (circular["state"], circular["addressed"], circular["answering"]) == ("circular", False, 0)


def test_the_status_says_whether_a_flag_is_open(tmp_path: Path) -> None:
    sound = tmp_path / "sound.md"
    sound.write_text(SOUND, encoding="utf-8")
    done = run(str(sound))
    assert done.stdout.startswith("No flag is open"), done.stdout
    runs = CliRunner()
    assert runs.invoke(cli, ("coverage", str(sound)), standalone_mode=False).return_value == 0
    assert runs.invoke(cli, ("coverage", SMALL), standalone_mode=False).return_value == 1
    assert "is not in the register of reviews" in run(SMALL).stdout


def test_a_review_that_the_plan_has_not() -> None:
    result = run(EXAMPLE, "--review", "Ofsted")
    assert result.exit_code == 2
    assert "It has: Grant Thornton, CIPFA" in result.stderr
    assert run(EXAMPLE, "--json", "--csv").exit_code == 2
