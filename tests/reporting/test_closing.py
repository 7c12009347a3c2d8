"""Where actions go on when a plan ends, and what of it is said: against what was keyed by hand of Northbury."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from support.northbury import northbury, northbury_matter

from goldenthread.plan.applying import apply_change
from goldenthread.plan.destinations import Destination, is_decided
from goldenthread.plan.model import Action, Link, LinkKind, Theme
from goldenthread.plan.proposals import Transfer
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Block, tables_in, texts_in, words_of
from goldenthread.reporting.matter import Matter, Passing
from goldenthread.reporting.onward import Onward
from goldenthread.reporting.sections import SECTIONS


def written(name: str, matter: Matter) -> tuple[Block, ...]:
    kind = SECTIONS[name]
    return tuple(kind.write(matter, kind.options()))


def words(blocks: tuple[Block, ...]) -> str:
    return "\n".join(words_of(text) for block in blocks for text in texts_in(block))


def passed_on() -> Matter:
    """Northbury after A4 was passed on by decision."""
    there = Transfer(item="a4", to="Corporate Plan", action="CP 4", link="https://example.org/plan")
    decided = Passing(
        to=Destination("Corporate Plan", "CP 4", "https://example.org/plan"), reason="It is not done", request=6,
        stood=Status.IN_PROGRESS, decided_on=date(2022, 10, 20), decided_by="Council", reference="minute 9",
    )  # fmt: skip
    return replace(northbury_matter(), plan=apply_change(northbury(), there), passing={"a4": decided})


def test_a_destination_reads_back_from_its_link() -> None:
    for there in (
        Destination("Corporate Plan", "CP 4", "https://example.org/plan"),
        Destination("Corporate Plan", "CP 4"),
        Destination("Corporate Plan", "", "https://example.org/plan"),
        Destination("Corporate Plan"),
    ):
        link = Link(key="l", kind=LinkKind.TRANSFERRED_TO, source="a", target=there.plan, note=there.note)
        assert Destination.of(link) == there
        assert not is_decided(link), "the plan says so, and no decision"


def test_what_was_passed_on_keeps_how_it_stood_and_how_far_it_was_checked() -> None:
    matter = passed_on()
    blocks = written("exit-map", matter)
    assert words(blocks).startswith("6 actions are not finished: 5 are still open here, and 1 was passed on")
    where, how = (
        {words_of(row[0]): [words_of(cell) for cell in row] for row in table.rows}
        for table in tables_in(blocks)
    )
    assert where["A4"][2:] == [
        "Corporate Plan: CP 4 (https://example.org/plan)",
        "Council, minute 9, 20 October 2022 (change request 6). It is not done",
        "Auditor: statutory 1",
    ]
    assert how["A4"][2:] == [
        "In progress", "Jun 2022", "Sep 2022", "Dec 2022", "Not set", "2 times", "1 of 2 done, 0 checked", "0 of 0",
        "Red",
    ]  # fmt: skip
    assert matter.coverage.recommendations[0].answering, "what was passed on answers what it cites"


def test_what_is_open_again_goes_on_nowhere() -> None:
    plan = passed_on().plan
    themes = tuple(with_status(theme, "a4", Status.IN_PROGRESS) for theme in plan.themes)
    matter = replace(passed_on(), plan=plan.model_copy(update={"themes": themes}))
    onward = Onward(matter.plan, matter.actions, matter.passing)
    assert {each.item.ref for each in onward.unmapped} == {"A4", "A5", "A6", "A7", "A8"}


def test_many_actions_without_a_place_are_told_in_one_line() -> None:
    plan = northbury()
    more = tuple(Action(key=f"b{n}", ref=f"B{n}", title=f"Task {n}") for n in range(1, 8))
    theme = plan.themes[0].model_copy(update={"actions": more})
    matter = replace(northbury_matter(), plan=plan.model_copy(update={"themes": (theme, *plan.themes[1:])}))
    said = words(written("closing-certificate", matter))
    assert "Nobody has said where these go on: B1, B2, B3, B4, B5, B6, B7, A4, A5, A6, A7, A8." in said
    assert "Task 1" not in said


def with_status(theme: Theme, key: str, status: Status) -> Theme:
    actions = (
        each.model_copy(update={"status": status}) if each.key == key else each for each in theme.actions
    )
    return theme.model_copy(update={"actions": tuple(actions)})
