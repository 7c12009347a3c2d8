"""What must not matter to any rule, and what must: names and order do not, and one repair takes away one finding."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest
from support.checked_plans import on
from support.needs import require_data
from support.rule_cases import TODAY, Case, every_case

from goldenthread.assurance import Beside, Finding, check
from goldenthread.documents import read_document
from goldenthread.plan.canonical import canonical_json, plan_from_json
from goldenthread.plan.leads import is_collective
from goldenthread.plan.model import Action, Link, LinkKind, Plan
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.reading import read_plan

Told = tuple[str, frozenset[str]]
NAMES_THE_FIRST = frozenset({"GT612"})
"""Rules about all items of a kind, which name the first of them: that one changes with the order."""


@pytest.fixture(scope="module")
def published() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


def told(finding: Finding) -> Told:
    """What a finding is, whatever it is called and in which order two places come."""
    about = () if finding.rule in NAMES_THE_FIRST else finding.about.split()
    return finding.rule, frozenset((finding.item_key or "", *about))


def found(plan: Plan, beside: Beside | None = None) -> Counter[Told]:
    """How often each is found."""
    return Counter(told(finding) for finding in check(plan, as_at=TODAY, beside=beside))


def renamed(plan: Plan) -> Plan:
    """The same plan of another council, all of whose posts have other names. Groups keep theirs."""
    groups = {name for body in plan.bodies for name in (body.name, *body.aliases)}
    names: dict[str, str] = {}

    def post(name: str) -> str:
        if name in groups or is_collective(name):
            return name
        return names.setdefault(name, f"Officer of room {len(names) + 1}")

    def walked(value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walked(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [post(part) if field == "leads" else walked(part, field) for part in value]
        return value

    tree = walked(json.loads(canonical_json(plan)))
    for each in tree["posts"]:
        each["name"] = post(each["name"])
    word = plan.council.name.split()[0]
    text = json.dumps(tree, ensure_ascii=False).replace(word, "Northbury")
    return plan_from_json(text.encode())


def reordered(plan: Plan) -> Plan:
    """The same plan with its themes the other way round, and numbered so."""
    themes = (
        theme.model_copy(update={"number": number}) for number, theme in enumerate(reversed(plan.themes), 1)
    )
    return plan.model_copy(update={"themes": tuple(themes)})


@pytest.mark.parametrize("change", [renamed, reordered])
def test_the_published_plan_gives_the_same_findings(published: Plan, change: Callable[[Plan], Plan]) -> None:
    changed = change(published)
    assert changed != published
    assert found(changed) == found(published)


@pytest.mark.parametrize("case", every_case(), ids=lambda case: f"{case.rule} {case.about}")
def test_names_do_not_matter_to_any_rule(case: Case) -> None:
    kept = renamed(case.plan)
    assert found(kept, case.beside) == found(case.plan, case.beside)


def at(plan: Plan, line: int, title: str = "") -> Action:
    """The action that stands on a line of the document, or the step there whose title begins so."""
    return next(
        part
        for action in plan.actions()
        for part in action.walk()
        if any(anchor.line == line for anchor in part.anchors) and (part.title or "").startswith(title)
    )


def with_action(plan: Plan, key: str, **changes: Any) -> Plan:
    """The plan with some fields of one action or step changed."""

    def changed(action: Action) -> Action:
        own = changes if action.key == key else {}
        return action.model_copy(update={"steps": tuple(map(changed, action.steps)), **own})

    themes = (
        theme.model_copy(update={"actions": tuple(map(changed, theme.actions))}) for theme in plan.themes
    )
    return plan.model_copy(update={"themes": tuple(themes)})


def linked(plan: Plan, kind: LinkKind, source: str, target: str) -> Plan:
    """The plan with one link more."""
    link = Link(key=f"link/{source}/{target}", kind=kind, source=source, target=target)
    return plan.model_copy(update={"links": (*plan.links, link)})


def _start_moved(plan: Plan) -> Plan:
    return with_action(plan, at(plan, 538).key, start=on("2022-07"))


def _year_corrected(plan: Plan) -> Plan:
    return with_action(plan, at(plan, 864).key, start=on("2022-06"))


def _told_to_be_under_way(plan: Plan) -> Plan:
    return with_action(plan, at(plan, 651).key, status=Status.IN_PROGRESS)


def _told_to_be_complete(plan: Plan) -> Plan:
    action = at(plan, 651)
    dates = action.dates.model_copy(update={"actual": on("2022-05")})
    return with_action(plan, action.key, status=Status.COMPLETE, dates=dates)


def _lead_named(plan: Plan) -> Plan:
    return with_action(plan, at(plan, 424).key, leads=("Chief Executive",))


def _post_named_beside_the_group(plan: Plan) -> Plan:
    action = at(plan, 452)
    return with_action(plan, action.key, leads=(*action.leads, "Chief Executive"))


def _reference_given(plan: Plan) -> Plan:
    reference = Reference(review="Grant Thornton", class_="statutory", number="1")
    return with_action(plan, at(plan, 451).key, references=(reference,))


def _recommendation_answered(plan: Plan) -> Plan:
    nine = Reference(review="LGA Corporate Peer Challenge", class_=None, number="9")
    approval, other = at(plan, 531), at(plan, 449)
    assert nine in approval.references
    less = tuple(each for each in approval.references if each != nine)
    plan = with_action(plan, approval.key, references=less)
    return with_action(plan, other.key, references=(*other.references, nine))


def _workstream_listed(plan: Plan) -> Plan:
    def listed(theme: Any) -> Any:
        streams = tuple(
            each.model_copy(update={"listed": True}) if each.name == "Equality and Diversity" else each
            for each in theme.workstreams
        )
        return theme.model_copy(update={"workstreams": streams})

    return plan.model_copy(update={"themes": tuple(map(listed, plan.themes))})


def _product_linked(plan: Plan) -> Plan:
    target = next(
        each for theme in plan.themes for each in theme.deliverables if "Lessons learnt" in each.name
    )
    return linked(plan, LinkKind.PRODUCES, at(plan, 847).key, target.key)


def _risk_mitigated(plan: Plan) -> Plan:
    risk = next(each for each in plan.risks if each.title == "Organisational Culture")
    return linked(plan, LinkKind.MITIGATES, at(plan, 423).key, risk.key)


def _measured(plan: Plan, place: int) -> Plan:
    """The plan in which the statement of success at this place of the first theme has a measure."""
    first, *rest = plan.themes
    statements = list(first.success_statements)
    statements[place] = statements[place].model_copy(update={"measure": "Staff survey: at least 70% agree"})
    return plan.model_copy(
        update={"themes": (first.model_copy(update={"success_statements": tuple(statements)}), *rest)}
    )


def _one_is_measured(plan: Plan) -> Plan:
    return _measured(plan, 0)


def _another_is_measured(plan: Plan) -> Plan:
    return _measured(plan, 1)


def _asked_how_it_stands(plan: Plan) -> Plan:
    first, *rest = plan.themes
    told = tuple(
        each.model_copy(update={"status": Status.IN_PROGRESS})
        if any(anchor.line == 377 for anchor in each.anchors)
        else each
        for each in first.milestones
    )
    return plan.model_copy(update={"themes": (first.model_copy(update={"milestones": told}), *rest)})


class Repair(NamedTuple):
    """A trap of the published plan put right, and the rule whose one finding has to go by it.

    `first` is what is done to the plan before, where a repair would otherwise put two things right at once.
    """

    rule: str
    repaired: Callable[[Plan], Plan]
    first: Callable[[Plan], Plan] = lambda plan: plan


REPAIRS = (
    Repair("GT102", _workstream_listed),
    Repair("GT201", _recommendation_answered),
    Repair("GT207", _reference_given),
    Repair("GT302", _start_moved),
    Repair("GT303", _told_to_be_complete, first=_told_to_be_under_way),
    Repair("GT304", _asked_how_it_stands),
    Repair("GT308", _year_corrected),
    Repair("GT401", _lead_named),
    Repair("GT402", _post_named_beside_the_group),
    Repair("GT501", _another_is_measured, first=_one_is_measured),
    Repair("GT502", _product_linked),
    Repair("GT801", _risk_mitigated),
)


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.rule)
def test_repairing_one_trap_takes_away_its_finding_and_no_other(published: Plan, repair: Repair) -> None:
    plan = repair.first(published)
    before, after = found(plan), found(repair.repaired(plan))
    assert [rule for rule, _ in (before - after).elements()] == [repair.rule]
    assert after - before == Counter()


def test_what_stands_beside_a_plan_adds_findings_and_takes_none_away(published: Plan) -> None:
    nothing = Beside(in_force_since=date(2022, 6, 7), confirm_within=62)
    assert found(published) <= found(published, nothing)
    assert found(published, replace(nothing, confirm_within=1)) >= found(published, nothing)
