"""The same plan is always the same bytes, and the bytes are the plan."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError
from support.plans import plans
from support.readings import ANY_PLAN, reading_of

from goldenthread.plan.canonical import canonical_json, content_hash, plan_from_json, plan_json_schema
from goldenthread.plan.model import Council, Plan

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(plans(held=True))
def test_any_plan_comes_back_from_its_json(plan: Plan) -> None:
    text = canonical_json(plan)
    again = plan_from_json(text)
    assert again == plan
    assert canonical_json(again) == text
    assert content_hash(again) == content_hash(plan)


@pytest.mark.parametrize("text_of", ANY_PLAN)
def test_a_plan_that_was_read_comes_back_from_its_json(text_of) -> None:  # type: ignore[no-untyped-def]
    plan = reading_of(text_of())
    assert plan_from_json(canonical_json(plan)) == plan


@FEW
@given(plans(held=True))
def test_any_plan_s_json_is_what_the_published_schema_says(plan: Plan) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = plan_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(canonical_json(plan)), schema)


def test_the_schema_refuses_what_is_no_plan() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    content = json.loads(canonical_json(Plan(key="plan", council=Council(name="Northbury"), title="Plan")))
    for wrong in ({"title": None}, {"themes": [{"number": 0}]}, {"colour": "red"}, {"schema": "another/1"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**content, **wrong}, plan_json_schema())


def test_json_names_are_the_published_ones() -> None:
    """`class` and `schema` are words of Python's and pydantic's: in JSON they stand as they are."""
    text = json.dumps(plan_json_schema())
    assert '"class"' in text
    assert not re.search(r'"(class_|schema_)"', text)


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_letters() -> None:
    plan = Plan(key="plan", council=Council(name="Øst–West"), title="‘Our plan’")
    text = canonical_json(plan)
    content = json.loads(text)
    assert text == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Øst–West" in text
    assert list(content) == sorted(content)
    assert content["schema"] == "goldenthread.plan/1"


def test_the_hash_changes_with_the_plan_and_only_with_it() -> None:
    plan = Plan(key="plan", council=Council(name="Northbury"), title="Plan")
    assert content_hash(plan) == content_hash(plan.model_copy())
    assert content_hash(plan) != content_hash(plan.model_copy(update={"title": "Plans"}))
    assert re.fullmatch("[0-9a-f]{64}", content_hash(plan))


def test_what_is_no_plan_says_which_field_is_wrong() -> None:
    with pytest.raises(ValidationError, match="council"):
        plan_from_json('{"key": "plan", "title": "Plan"}')
