"""The certificate of the published plan, against what was keyed by hand; and plans that say the same otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from support.coverage import by_label, keyed, lines
from support.layouts import as_markdown, in_other_order, themes_reordered, unshifted
from support.needs import require_data
from support.readings import reading_of

from goldenthread.assurance.coverage import EXIT_FACTORS, Certificate, RowKind, State, certificate
from goldenthread.documents import read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

APPROVED = date(2022, 6, 7)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="module")
def found(plan: Plan) -> Certificate:
    return certificate(plan, APPROVED)


def test_every_flag_stands_where_it_was_keyed_and_nowhere_else(found: Certificate) -> None:
    flagged = {label: (row.state.key, lines(row)) for label, row in by_label(found).items() if row.is_flagged}
    assert flagged == {
        label: (state, at) for state, rows in keyed()["flagged"].items() for label, at in rows.items()
    }
    assert found.flags == keyed()["flags"]


def test_what_more_than_one_action_cites(found: Certificate) -> None:
    several = {label: lines(row) for label, row in by_label(found).items() if len(row.actions) > 1}
    assert several == keyed()["several"]
    assert {by_label(found)[label].state for label in several} == {State.COVERED}
    assert len(found.references) == keyed()["references"]
    assert found.resting_on_one == keyed()["resting_on_one"]
    assert sum(len(row.actions) for row in found.references) == keyed()["links"]


def test_found_against_what_the_plan_says_that_each_review_made(found: Certificate) -> None:
    tallies = [
        {
            "review": source.name,
            **({"class": tally.class_} if tally.class_ else {}),
            "stated": tally.stated,
            "found": tally.found,
            "beyond": [int(number) for number in tally.beyond],
        }
        for source in found.sources
        for tally in source.tallies
        if tally.stated is not None
    ]
    assert tallies == [
        {name: value for name, value in one.items() if name != "stated_on"} for one in keyed()["tallies"]
    ]
    assert (found.made, found.answered, found.addressed) == tuple(
        keyed()[name] for name in ("stated", "answered", "addressed")
    )


def test_the_elements_of_the_direction_and_the_exit_factors(found: Certificate) -> None:
    direction = found.source("statutory-direction")
    assert direction
    elements = [row for row in direction.rows if row.kind is RowKind.ELEMENT]
    assert [row.item.anchors[0].line for row in elements if row.item] == keyed()["direction"]["elements"]
    assert (
        sorted(action.anchors[0].line or 0 for action in direction.citing) == keyed()["direction"]["citing"]
    )
    factors = found.source("exit-factors")
    assert factors
    assert factors.name == EXIT_FACTORS
    assert [row.item.anchors[0].line for row in factors.rows if row.item] == keyed()["exit_factors"]["lines"]
    assert {row.state for row in (*elements, *factors.rows)} == {State.UNCOVERED}


def test_all_stands_for_itself_alone(found: Certificate) -> None:
    rows = by_label(found)
    assert rows["CIPFA-all"].state is State.CIRCULAR
    assert lines(rows["CIPFA-1.1"]) == [545]
    assert not rows["CIPFA-1.2"].actions


def names(one: Certificate) -> Counter[tuple[str, str, int]]:
    """What the certificate says of each row, whatever the order and whoever the reviewers are."""
    return Counter((row.name, row.state.key, len(row.actions)) for row in one.rows)


def renamed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return text


COUNCIL_AND_POSTS = {
    "Sandwell": "Northbury",
    "SANDWELL": "NORTHBURY",
    "Finance": "Resources",
    "Housing": "Homes",
}
REVIEWERS = {"Grant Thornton": "Ernst Hollis", "CIPFA": "SOLGA", "Peer Challenge": "Assurance Challenge"}
OTHERWISE: dict[str, Callable[[str], str]] = {
    "another council with other posts": lambda text: renamed(text, COUNCIL_AND_POSTS),
    "other reviewers": lambda text: renamed(text, REVIEWERS),
    "themes in another order": lambda text: themes_reordered(text, (3, 0, 5, 1, 4, 2), renumbered=True),
    "columns in another order": lambda text: in_other_order(unshifted(text), (3, 0, 1, 2, 5, 4)),
    "as Markdown": as_markdown,
}


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_a_plan_that_says_the_same_otherwise_has_the_same_certificate(
    otherwise: str, found: Certificate
) -> None:
    text = require_data("plans/sandwell-improvement-plan-2022.txt").read_text(encoding="utf-8")
    other = certificate(reading_of(OTHERWISE[otherwise](text)), APPROVED)
    swap = {name: words for name, words in REVIEWERS.items() if otherwise == "other reviewers"}
    assert names(other) == {
        (renamed(name, swap), state, cited): rows for (name, state, cited), rows in names(found).items()
    }
    assert (other.flags, other.resting_on_one, other.headline) == (
        found.flags,
        found.resting_on_one,
        found.headline,
    )


def test_without_one_citation_exactly_one_row_is_another(plan: Plan, found: Certificate) -> None:
    cited = [(action, reference) for action in plan.actions() for reference in action.references]
    assert len(cited) == keyed()["links"]
    for action, reference in cited[::9]:
        left = tuple(one for one in action.references if one != reference)
        themes = tuple(
            theme.model_copy(
                update={
                    "actions": tuple(
                        one.model_copy(update={"references": left}) if one.key == action.key else one
                        for one in theme.actions
                    )
                }
            )
            for theme in plan.themes
        )
        less = certificate(plan.model_copy(update={"themes": themes}), APPROVED)
        before = Counter((row.source, row.name, row.state, lines_of(row)) for row in found.rows)
        after = Counter((row.source, row.name, row.state, lines_of(row)) for row in less.rows)
        gone = list((before - after).elements())
        assert [name for _, name, *_ in gone] == [
            row.name for row in found.rows if row.reference == reference
        ], reference
        assert (after - before).total() <= 1


def lines_of(row: object) -> tuple[int, ...]:
    return tuple(lines(row))  # type: ignore[arg-type]
