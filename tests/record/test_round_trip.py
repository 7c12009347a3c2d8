"""What is loaded comes back: the same canonical JSON, whatever the plan."""

from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from plugins.database import TestDatabase
from support.plans import plans
from support.records import ADOPTED, load_small_plan, new_council, small_plan

from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.flat import assemble, flatten
from goldenthread.plan.model import Plan
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.plans import plans as plans_of
from goldenthread.record.snapshot import snapshot


def bare(plan: Plan) -> Plan:
    """The plan without the ids and refs that the record gives."""
    items = [item.model_copy(update={"id": None, "ref": None}) for item in flatten(plan)]
    return assemble(items, plan.questions)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans())
def test_any_plan_comes_back_as_it_was_loaded(council_db: TestDatabase, plan: Plan) -> None:
    loaded = load_plan(
        actor=(actor := new_council(str(uuid4()))), plan=plan, effective_on=ADOPTED, reason="Test"
    )
    held = snapshot(council=actor.council, plan=loaded.slug)
    assert canonical_json(bare(held)) == canonical_json(plan)
    assert all(item.id for item in flatten(held))

    # What another system holds, with its ids and refs, comes back with them.
    numbered = assemble([item.model_copy(update={"id": uuid4()}) for item in flatten(held)], held.questions)
    other = new_council(str(uuid4()))
    again = load_plan(actor=other, plan=numbered, effective_on=ADOPTED, reason="Test")
    assert canonical_json(snapshot(council=other.council, plan=again.plan_id)) == canonical_json(numbered)


def test_a_known_state_stays_the_same_for_ever(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = load_small_plan(actor)
    now = snapshot(council=actor.council, plan=loaded.plan_id)
    known = snapshot(council=actor.council, plan=loaded.plan_id, known_at=loaded.revision)
    assert canonical_json(now) == canonical_json(known)
    assert canonical_json(bare(now)) == canonical_json(small_plan())


def test_promises_get_refs_and_a_plan_a_place_in_the_list(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = load_small_plan(actor)
    held = snapshot(council=actor.council, plan=loaded.slug)
    refs = {item.key: item.ref for item in flatten(held) if item.ref}
    assert refs == {"a-1": "A1", "a-1-1": "A1.1", "a-1-2": "A1.2", "a-2": "A2", "a-3": "A3", "m-1": "M1"}
    assert [summary.title for summary in plans_of(actor.council)] == ["Improvement plan"]
