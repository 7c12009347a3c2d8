"""Every field of a plan is either told or refused with a reason; a new one is neither, and stops the publication."""

from __future__ import annotations

import inspect
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Assessment, Report
from goldenthread.plan.model import Action, Dates, Milestone, Plan, Recommendation
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference
from goldenthread.reporting.public.fields import FIELDS, NotListed, public_fields


def told_classes(kind: Any, found: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Every class of values that the public can come to see, at any depth."""
    for inner in get_args(kind):
        told_classes(inner, found)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
        found.add(kind)
        for name in public_fields(kind):
            told_classes(kind.model_fields[name].annotation, found)
    return found


def test_every_field_that_can_be_told_is_on_the_list() -> None:
    assert told_classes(Plan, set()) <= FIELDS.keys()


def test_every_field_of_every_class_of_the_plan_is_told_or_refused_with_a_reason() -> None:
    classes = [
        each
        for _, each in inspect.getmembers(model, inspect.isclass)
        if issubclass(each, model.Value) and each.__module__ == model.__name__ and each is not model.Item
    ]
    assert len(classes) > 20
    for kind in (*classes, Report, Assessment, PlanDate, Reference, Question, model.Anchor):
        assert FIELDS[kind].keys() == kind.model_fields.keys(), kind.__name__
        assert all(not why or len(why) > 10 for why in FIELDS[kind].values()), kind.__name__


def test_what_colleagues_wrote_for_each_other_is_refused() -> None:
    """The list of the requirement, by hand."""
    refused = {
        Action: {"report", "assessment", "updates", "anchors", "key", "id"},
        Milestone: {"report", "assessment", "anchors", "key", "id"},
        Dates: {"forecast"},
        Recommendation: {"lifted_by", "looked_up"},
        Plan: {"risks", "questions", "posts", "bodies", "links", "sections"},
    }
    for kind, fields in refused.items():
        assert not fields & set(public_fields(kind))


def test_a_field_that_nobody_decided_on_stops_the_publication() -> None:
    class Unheard(BaseModel):
        secret: str = ""

    with pytest.raises(NotListed, match="secret"):
        public_fields(Unheard)
    grown = type("Council", (BaseModel,), {"__annotations__": {"name": str, "password": str}})
    FIELDS[grown] = {"name": ""}  # type: ignore[index]
    try:
        with pytest.raises(NotListed, match="password"):
            public_fields(grown)
    finally:
        del FIELDS[grown]  # type: ignore[attr-defined]
