"""Acceptance test 16: the contradictions of the published plan are listed with both places, owner and resolution;
settling one records who decided and on what basis; nothing disappears when the document is read again.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from plugins.database import TestDatabase
from support.needs import require_data
from support.records import in_post, new_council

from goldenthread.assurance.contradictions import Contradiction
from goldenthread.assurance.contradictions.table import known_as
from goldenthread.cli.main import cli
from goldenthread.record.actor import Actor
from goldenthread.record.contradictions import Entry, Outcome, Standing, contradictions_at
from goldenthread.record.services.contradictions import settle_contradiction
from goldenthread.record.services.imports import apply_import, start_import
from goldenthread.record.snapshot import snapshot

APPROVED, AUTUMN = date(2022, 6, 7), date(2022, 10, 1)
KEYED: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "truth" / "contradictions_2022.toml").read_text(encoding="utf-8")
)
PLAN = "plans/sandwell-improvement-plan-2022.txt"


def names(found: Contradiction) -> set[str]:
    return set(known_as(found, KEYED).split(", "))


def test_all_traps_are_listed_with_both_line_references_by_the_command() -> None:
    done = CliRunner().invoke(
        cli,
        ("contradictions", str(require_data(PLAN)), "--json", "--as-at", "7 June 2022"),
        standalone_mode=False,
    )
    assert done.return_value == 1
    rows = json.loads(done.stdout)
    for row in rows:
        for left in ("standing", "handle", "settled"):
            row.pop(left)
    found = [Contradiction.model_validate(row) for row in rows]
    listed = set().union(*map(names, found))
    wanted = {entry["id"] for entry in KEYED["contradictions"]} | {"D11", "D12"}
    assert wanted <= listed
    assert {f"F{number}" for number in range(1, 20)} <= {name.rstrip("abcd") for name in wanted}
    assert {f"D{number}" for number in range(5, 14)} <= {name.rstrip("abcde") for name in wanted}
    assert all(each.first.line and each.second.line for each in found)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    """Somebody of the programme office of a council that holds the published plan."""
    officer = new_council("Sandwell Council")
    in_post(officer, "Director of Law and Governance")
    return officer


def read(officer: Actor, text: str, on: date) -> str:
    started = start_import(actor=officer, name="plan.txt", content=text.encode())
    return apply_import(actor=officer, import_id=started.id, reason="As published", effective_on=on).slug


def listed(officer: Actor, plan: str, on: date) -> dict[tuple[str, str, str], Entry]:
    state = snapshot(council=officer.council, plan=plan, cut_off=on)
    return {each.pair.identity: each for each in contradictions_at(officer.council, plan, state, as_at=on)}


def test_settling_records_who_decided_on_what_basis_and_survives_a_new_reading(officer: Actor) -> None:
    text = require_data(PLAN).read_text(encoding="utf-8")
    plan = read(officer, text, APPROVED)
    before = listed(officer, plan, APPROVED)
    scrutiny = next(each for each in before.values() if "F2" in names(each.pair))
    settle_contradiction(
        actor=officer, plan=plan, contradiction=scrutiny.pair.handle, outcome=Outcome.SECOND,
        resolution="July: the review ended in April", basis="Council minute 31/22", decided_by="Council",
        decided_on=APPROVED, owner="director-of-law-and-governance", on=APPROVED,
    )  # fmt: skip
    settled = listed(officer, plan, APPROVED)[scrutiny.pair.identity]
    assert settled.standing is Standing.SETTLED
    told = settled.settlement
    assert told
    assert (told.decided_by, told.basis, told.owner) == (
        "Council", "Council minute 31/22", "Director of Law and Governance",
    )  # fmt: skip

    amended = "\n".join(
        line
        for line in text.split("\n")
        if not line.startswith(("Lion Farm report", "VCS Grants review", "Budget Holder"))
    )
    assert read(officer, amended, AUTUMN) == plan
    after = listed(officer, plan, AUTUMN)
    assert set(before) <= set(after)
    assert after[scrutiny.pair.identity].standing is Standing.SETTLED
    gone = {name for each in after.values() if each.standing is Standing.GONE for name in names(each.pair)}
    assert {"F1", "F16", "F17"} <= gone
    assert "F2" not in gone
