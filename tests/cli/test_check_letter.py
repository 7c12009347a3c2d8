"""`goldenthread check-letter`: what a plan makes of a letter, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import invoke

PLAN = """# Northbury Council Improvement Plan (invented)

## Theme 1 – Finance

### Key Milestones

| Milestone | Date |
|---|---|
| Budget Strategy approved | March 2023 |
| Creditor payment system implemented | April 2023 |
| Grants register published | May 2023 |

### Delivery Plan

| Workstream | Reference | Lead | Actions | Start Date | Due date |
|---|---|---|---|---|---|
| Budget | Review Rec 1 | Director of Finance | Write the Budget Strategy | Jan 2023 | March 2023 |
| Payments | Review Rec 2 | Director of Finance | Implement the creditor payment system | Jan 2023 | April 2023 |
| Grants | Review Rec 3 | Director of Finance | Publish the grants register | Jan 2023 | May 2023 |
"""
LETTER = """Dear Secretary of State,

The Budget Strategy was approved in February 2023.
We are implementing the creditor payment system.
Complaints have fallen considerably.

We thank our staff.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    letter, plan = tmp_path / "letter.txt", tmp_path / "plan.md"
    letter.write_text(LETTER, encoding="utf-8")
    plan.write_text(PLAN, encoding="utf-8")
    return letter, plan


def test_json_has_each_sentence_with_its_verdict_and_places(files: tuple[Path, Path]) -> None:
    letter, plan = files
    period = ("--from", "2022-12-01", "--to", "2023-06-30")
    done = invoke("check-letter", letter, "--against", plan, *period, "--json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert set(found) == {"claims", "unmentioned"}
    assert [(claim["line"], claim["verdict"]) for claim in found["claims"]] == [
        (1, "no-claim"),
        (3, "supported"),
        (4, "contradicted"),
        (5, "unquantified"),
        (7, "no-claim"),
    ]
    assert all(set(claim) == {"line", "text", "verdict", "because"} for claim in found["claims"])
    early, late = found["claims"][1]["because"], found["claims"][2]["because"]
    assert "early" in early[0]["text"]
    assert {one["anchor"] for one in early} <= {"P9", "P17"}
    assert {one["anchor"] for one in late} <= {"P10", "P18"}
    assert found["unmentioned"] == [{"name": "Grants register published", "due": "May 2023", "anchor": "P11"}]


def test_text_names_the_places_and_counts(files: tuple[Path, Path]) -> None:
    letter, plan = files
    done = invoke(
        "check-letter", letter, "--against", plan, "--from", "2022-12-01", "--to", "2023-06-30", "--actions"
    )
    assert done.status == 0, done.err
    assert "letter.txt:4: contradicted: We are implementing the creditor payment system." in done.out
    assert "was due April 2023; the letter says that it is still under way" in done.out
    assert "P11: not mentioned: Grants register published, due May 2023" in done.out
    assert "5 sentences: 1 supported, 1 contradicted, 0 unsupported, 1 unquantified, 2 no-claim." in done.err


def test_a_period_the_wrong_way_round_is_refused(files: tuple[Path, Path]) -> None:
    letter, plan = files
    done = invoke("check-letter", letter, "--against", plan, "--from", "2023-06-30", "--to", "2022-12-01")
    assert done.status == 2
    assert "before it begins" in done.err


def test_a_letter_that_cannot_be_read_is_said_so(files: tuple[Path, Path]) -> None:
    _, plan = files
    done = invoke(
        "check-letter", "nowhere.docx", "--against", plan, "--from", "2022-12-01", "--to", "2023-06-30"
    )
    assert done.status == 3
    assert "nowhere.docx" in done.err
