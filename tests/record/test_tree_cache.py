"""Trees that are kept are those that would be read afresh, whatever was written since."""

from datetime import date

import pytest
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council

from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record import tree_cache
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.promises import Place, places_of, promises
from goldenthread.record.scope import council_scope
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import find_plan
from goldenthread.record.tree_cache import Tree, tree_cached

JULY = date(2022, 7, 31)


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


def cached(officer: Actor) -> Tree:
    with council_scope(officer.council):
        return tree_cached(officer.council, find_plan("improvement-plan").id, as_at=JULY)


def fresh(officer: Actor) -> tuple[Place, ...]:
    with council_scope(officer.council):
        return places_of(find_plan("improvement-plan").id, as_at=JULY)


def the(officer: Actor, ref: str) -> Place:
    return next(place for place in fresh(officer) if place.ref == ref)


def test_a_report_leaves_the_tree_as_it_is_and_a_lead_or_a_title_does_not(officer: Actor) -> None:
    before = cached(officer)
    assert before.places == fresh(officer)
    submit_updates(
        actor=officer, plan="improvement-plan", updates={the(officer, "A1").id: TypedUpdate(no_change=True)},
        as_at=JULY, seen_revision=head_number(officer.council), door=Door.PAGE,
    )  # fmt: skip
    assert cached(officer) is before
    for changes in ({"leads": ["Chief Executive"]}, {"title": "Another title"}):
        edit_item(
            actor=officer, plan="improvement-plan", item=the(officer, "A2").id, changes=changes, reason="Agreed",
            effective_on=ADOPTED, seen_revision=head_number(officer.council),
        )  # fmt: skip
        after = cached(officer)
        assert after is not before
        assert after.places == fresh(officer)
        before = after
    assert [place.ref for place in before.led_by(frozenset({"chief-executive"}))] == ["A2"]


def test_the_leads_promises_come_in_printed_order_each_once(officer: Actor) -> None:
    led = cached(officer).led_by(frozenset({"monitoring-officer", "nobody"}))
    assert [place.ref for place in led] == ["A1", "A1.1", "A1.2"]


def test_looking_back_too_far_reads_afresh(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cached(officer)
    monkeypatch.setattr(tree_cache, "_LOOKED_BACK", 0)
    submit_updates(
        actor=officer, plan="improvement-plan", updates={the(officer, "A1").id: TypedUpdate(no_change=True)},
        as_at=JULY, seen_revision=head_number(officer.council), door=Door.PAGE,
    )  # fmt: skip
    assert cached(officer) is not before
    assert cached(officer).places == before.places


def test_a_few_promises_are_read_as_they_are_among_all(officer: Actor) -> None:
    with council_scope(officer.council):
        plan = find_plan("improvement-plan").id
        every = {place.id: place for place in places_of(plan, as_at=JULY)}
        for place in every.values():
            assert promises(plan, [place.id], as_at=JULY)[place.id].place == place
        assert list(promises(plan, list(every), as_at=JULY)) == list(every)
