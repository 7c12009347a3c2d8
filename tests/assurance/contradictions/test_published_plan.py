"""The contradictions of the published plan of 2022, against those that were keyed by hand before there was a finder."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.needs import CHECKOUT, require_data

from goldenthread.assurance.contradictions import Contradiction, Kind, contradictions
from goldenthread.assurance.contradictions.register import register
from goldenthread.assurance.contradictions.table import counted, known_as, lines_of, table
from goldenthread.documents import read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

APPROVED = date(2022, 6, 7)
TRUTH: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "truth" / "contradictions_2022.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def found(plan: Plan) -> tuple[Contradiction, ...]:
    return register(plan, as_at=APPROVED)


@pytest.mark.parametrize("keyed", TRUTH["contradictions"], ids=lambda keyed: keyed["id"])
def test_every_keyed_contradiction_is_listed_with_both_lines(
    found: tuple[Contradiction, ...], keyed: dict[str, Any]
) -> None:
    assert any(keyed["id"] in known_as(each, TRUTH).split(", ") for each in found)


@pytest.mark.parametrize("kind", ["ongoing", "past"])
def test_every_keyed_line_of_one_place_is_listed(found: tuple[Contradiction, ...], kind: str) -> None:
    listed = frozenset(line for each in found if each.kind is Kind(kind) for line in lines_of(each))
    assert set(TRUTH[kind]) <= listed


@pytest.mark.parametrize("alike", TRUTH["alike"], ids=lambda alike: str(alike["lines"]))
def test_what_only_looks_alike_is_not_listed(plan: Plan, alike: dict[str, Any]) -> None:
    assert not [each for each in contradictions(plan) if set(alike["lines"]) <= lines_of(each)]


def test_at_least_eight_of_ten_beyond_the_keyed_ones_are_real(found: tuple[Contradiction, ...]) -> None:
    keyed, beyond, real = counted(found, TRUTH)
    assert keyed >= len(TRUTH["contradictions"])
    assert real >= 0.8 * beyond


def test_the_table_of_the_documentation_lists_what_is_found(plan: Plan) -> None:
    page = Path(CHECKOUT, "docs", "contradictions.md").read_text(encoding="utf-8")
    assert table(plan, TRUTH, APPROVED) in page, "Write it anew: see the end of docs/contradictions.md"
