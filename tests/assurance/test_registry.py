"""The register of rules: their names, choosing among them, and the page that lists them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.checked_plans import action, plan_of
from support.needs import CHECKOUT

from goldenthread.assurance import RULES, Group, Severity, UnknownRule, check, rule_called
from goldenthread.assurance.catalogue import catalogue
from goldenthread.assurance.rule import rule
from goldenthread.plan.model import Dates

TODAY = date(2022, 6, 7)
FAULTY = plan_of(action(None, leads=(), dates=Dates()))


def test_rules_are_chosen_by_how_their_names_start() -> None:
    assert {finding.rule for finding in check(FAULTY, as_at=TODAY)} == {"GT103", "GT205", "GT307", "GT401"}
    assert {finding.rule for finding in check(FAULTY, as_at=TODAY, select=["GT1", "gt401"])} == {
        "GT103",
        "GT401",
    }


@pytest.mark.parametrize("name", ["GT0", "XX", "GT1011"])
def test_a_name_that_is_no_rule_is_refused(name: str) -> None:
    with pytest.raises(UnknownRule, match=name):
        check(FAULTY, as_at=TODAY, select=[name])
    with pytest.raises(UnknownRule, match=name):
        rule_called(name)


def test_findings_come_in_the_order_of_the_document() -> None:
    lines = [
        action(f"At {line}", leads=(), anchors=({"file": "plan.txt", "line": line},)) for line in (30, 4, 12)
    ]
    found = check(plan_of(*lines), as_at=TODAY, select=["GT4"])
    assert [finding.anchors[0].line for finding in found] == [4, 12, 30]


def test_every_rule_says_what_a_person_needs_to_know() -> None:
    for name, held in RULES.items():
        assert held.id == name
        assert name.startswith(f"GT{held.group.digit}")
        assert all(text.endswith(".") for text in (held.why, held.looks_at, held.settle)), name
        assert not held.title.endswith("."), name


def test_a_rule_is_named_by_its_group() -> None:
    with pytest.raises(ValueError, match="GT4"):
        rule("GT301", Group.LEADS, Severity.NOTE, "Wrong", why="", looks_at="", settle="")


def test_notes_do_not_fail_a_plan() -> None:
    assert [severity for severity in Severity if not severity.fails] == [Severity.NOTE]


def test_the_page_of_rules_is_up_to_date() -> None:
    page = Path(CHECKOUT, "docs", "rules.md").read_text(encoding="utf-8")
    assert page == catalogue(), "Write it anew: python -m goldenthread.assurance.catalogue > docs/rules.md"
