"""The contradictions of the published plan of 2022, against those that were keyed by hand before there was a finder."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.needs import require_data

from goldenthread.assurance.contradictions import Contradiction, Kind, contradictions
from goldenthread.assurance.contradictions.register import register
from goldenthread.documents import read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

TRUTH: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "truth" / "contradictions_2022.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def found(plan: Plan) -> tuple[Contradiction, ...]:
    return register(plan, as_at=date(2022, 6, 7))


def lines(found: Contradiction) -> frozenset[int]:
    """All lines of both places; a row that a page break cut in two has two."""
    return frozenset(a.line for place in (found.first, found.second) for a in place.anchors if a.line)


def shows(found: tuple[Contradiction, ...], pairs: list[list[int]]) -> bool:
    return any(set(pair) <= lines(each) for pair in pairs for each in found)


@pytest.mark.parametrize("keyed", TRUTH["contradictions"], ids=lambda keyed: keyed["id"])
def test_every_keyed_contradiction_is_listed_with_both_lines(
    found: tuple[Contradiction, ...], keyed: dict[str, Any]
) -> None:
    assert shows(found, keyed["pairs"])


@pytest.mark.parametrize("kind", ["ongoing", "past"])
def test_every_keyed_line_of_one_place_is_listed(found: tuple[Contradiction, ...], kind: str) -> None:
    listed = frozenset(line for each in found if each.kind is Kind(kind) for line in lines(each))
    assert set(TRUTH[kind]) <= listed


@pytest.mark.parametrize("alike", TRUTH["alike"], ids=lambda alike: str(alike["lines"]))
def test_what_only_looks_alike_is_not_listed(plan: Plan, alike: dict[str, Any]) -> None:
    assert not shows(contradictions(plan), [alike["lines"]])
