"""What must not change what is found, and what must change it in one place alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.contradicting import NORTHBURY
from support.readings import ANY_PLAN, example_text, published_text, read_text_of, reading_of

from goldenthread.assurance.contradictions import Contradiction, contradictions
from goldenthread.plan.model import Plan

Identity = tuple[str, str, str]


def identities(plan: Plan) -> frozenset[Identity]:
    return frozenset(each.identity for each in contradictions(plan))


def with_words(value: Any, names: dict[str, str]) -> Any:
    """Every text of a plan's JSON with these words in the place of others; keys stay."""
    if isinstance(value, dict):
        kept = ("key", "workstream", "item_key", "schema", "source", "target")
        return {name: part if name in kept else with_words(part, names) for name, part in value.items()}
    if isinstance(value, list):
        return [with_words(part, names) for part in value]
    if isinstance(value, str):
        for old, new in names.items():
            value = value.replace(old, new)
    return value


@pytest.mark.parametrize("text", ANY_PLAN)
def test_other_names_of_council_and_posts_change_nothing(text: Any) -> None:
    plan = reading_of(text())
    leads = sorted({lead for action in plan.actions() for lead in action.leads}, key=len, reverse=True)
    names = {"Sandwell": "Northbury", **{lead: f"Post {number}" for number, lead in enumerate(leads)}}
    names = {old: new for old, new in names.items() if old.startswith(("Sandwell", "Director", "Head"))}
    renamed = Plan.model_validate(with_words(plan.model_dump(mode="json", by_alias=True), names))
    assert identities(renamed) == identities(plan)


@pytest.mark.parametrize("text", ANY_PLAN)
def test_themes_in_another_order_change_nothing(text: Any) -> None:
    plan = reading_of(text())
    turned = [
        theme.model_copy(update={"number": number})
        for number, theme in enumerate(reversed(plan.themes), start=1)
    ]
    again = plan.model_copy(update={"themes": tuple(turned)})
    assert identities(again) == identities(plan)
    said = {each.identity: each.said for each in contradictions(plan)}
    for each in contradictions(again):
        assert said[each.identity] in (each.said, swapped(each.said))


def swapped(said: dict[str, Any]) -> dict[str, Any]:
    return {"first": said["second"], "second": said["first"]}


REPAIRS = {
    "F1 dates": (
        "Budget Holder Role Profile Approved\tMay 2022",
        "Budget Holder Role Profile Approved\tDecember 2022",
    ),
    "F2 dates": ("(if required following review)\tMay 2022", "(if required following review)\tJuly 2022"),
    "F3 part": ("Transport and Waste\tSeptember 2022", "Transport and Waste\tDecember 2022"),
    "F4 scope": (" (SEND Transport, Waste Contract)", " (SEND Transport)"),
    "F6 dates": ("health inequality\tMarch 2023", "health inequality\tJuly 2022"),
    "F14 approval": ("Model for Locality Working Approved", "Model for Locality Working tried out"),
    "F17 dates": ("report to Leadership Team\tMay 2022", "report to Leadership Team\tSeptember 2022"),
    "F19 bodies": (
        "monthly monitoring and approved by Cabinet",
        "monthly monitoring and approved by Council",
    ),
    "F21 name": ("▶ Partnership and Relationships", "▶ Partnerships and Relationships"),
    "D10 order": ("Jul 2022 Jul 2022 Jun 2022", "Jul 2022 Jul 2022 Jul 2022"),
}
"""What is said in the published plan, and what would be right."""


@pytest.mark.parametrize("repair", REPAIRS)
def test_repairing_one_takes_that_one_away_and_no_other(repair: str) -> None:
    old, new = REPAIRS[repair]
    text = published_text()
    assert text.count(old) == 1
    before, after = identities(reading_of(text)), identities(read_text_of(text.replace(old, new)))
    assert len(before - after) == 1
    assert not after - before


PLANTED = {
    "another date": (
        "Revised Council Procedure Rules\tJuly 2022",
        "Revised Council Procedure Rules\tMarch 2023",
        "date",
    ),
    "no approval": (
        " ▶ Corporate Parenting Strategy approved",
        " ▶ Corporate Parenting Strategy printed",
        "approval",
    ),
    "only explored": (
        "Buy a new system for asset management",
        "Explore a new system for asset management",
        "state",
    ),
    "another approver, of another plan": (
        "approved by Cabinet.",
        "approved by Cabinet. Cabinet agrees the budget.",
        None,
    ),
    "another step": ("Service Showcase", "Raising the harbour lighthouse", None),
}
"""What is changed in the example plan, and the kind of the one that this plants; None: nothing may appear."""


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_in_the_example_is_found(planted: str) -> None:
    old, new, kind = PLANTED[planted]
    text = example_text()
    assert text.count(old) >= 1
    before, after = identities(reading_of(text)), identities(read_text_of(text.replace(old, new, 1)))
    appeared = {identity[0] for identity in after - before}
    assert appeared == ({kind} if kind else set())


SUBJECTS = (
    "harbour dredging", "library shelving", "museum lighting", "orchard pruning", "ferry timetables", "park swings",
    "garden fences", "bridge painting", "market stalls", "cycle lanes", "flood gates", "bus shelters", "archive boxes",
)  # fmt: skip


def sound_plan(dates: dict[str, str] | None = None) -> str:
    """A plan of Northbury whose milestones all agree with their steps, but for these dates."""
    before, after = NORTHBURY.split("Library opening hours strategy approved")[0], []
    rows, milestones = [], []
    for number, subject in enumerate(SUBJECTS):
        month = ("May", "June", "July", "Aug", "Sep", "Oct")[number % 6]
        milestones.append(
            f"{subject.capitalize()} review completed\t{(dates or {}).get(subject, month)} 2022"
        )
        rows.append(
            f"Branches\tCIPFA Rec 1.{number}\tChief Executive\tImprove {subject} <ul> ▶ Review of {subject} completed"
            f"\tMar 2022\tDec 2022 {month} 2022"
        )
    after = [
        "",
        "Libraries Delivery plan",
        "",
        "Workstream\tReference\tLead\tActions (Libraries)\tStart Date\tDue date",
    ]
    return before.replace("Explore options for a four yearly election cycle", "Look after the town") + "\n".join(
        [*milestones, *after, *rows]
    )  # fmt: skip


def test_a_plan_that_agrees_with_itself_has_none() -> None:
    assert contradictions(read_text_of(sound_plan())) == ()


@pytest.mark.parametrize("subject", SUBJECTS[::4])
def test_one_date_that_differs_is_the_one_that_is_found(subject: str) -> None:
    (found,) = contradictions(read_text_of(sound_plan({subject: "December"})))
    assert found.kind.value == "date"
    assert {subject in place.words.lower() for place in (found.first, found.second)} == {True}
    assert sorted(found.differs) == sorted((found.first.date, found.second.date))
    assert found.first.date == "December 2022"
    assert set(found.because) <= set(subject.split())
    assert all(lines(found))


def lines(found: Contradiction) -> Iterator[int | None]:
    yield found.first.line
    yield found.second.line
