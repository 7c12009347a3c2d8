"""The change list of an amended document: promises by theme, wording apart, and nothing about where things stood."""

from __future__ import annotations

from typing import Any

from goldenthread.plan import model
from goldenthread.plan.changes import compare
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.values import Anchor
from goldenthread.web.presenting.change_list import ChangeList, change_list
from goldenthread.web.presenting.index import PlanIndex


def dates(printed: str) -> model.Dates:
    return model.Dates(approved=read_date_phrase(printed).date)


def step(**more: Any) -> model.Action:
    return model.Action(**{"key": "a/s", "ref": "A1.1", "title": "Ask everybody", **more})


def action(**more: Any) -> model.Action:
    return model.Action(
        **{
            "key": "a",
            "ref": "A1",
            "title": "Write a strategy",
            "workstream": "w",
            "dates": dates("Jun 2022"),
            "steps": (step(),),
            **more,
        }
    )


def plan(*actions: model.Action, **more: Any) -> model.Plan:
    theme = model.Theme(
        key="t",
        number=1,
        name="Leadership",
        introduction=more.pop("introduction", ()),
        workstreams=(model.Workstream(key="w", name="Vision"), model.Workstream(key="v", name="Values")),
        deliverables=more.pop("deliverables", ()),
        actions=actions,
    )
    return model.Plan(key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,), **more)


def listed(old: model.Plan, new: model.Plan) -> ChangeList:
    return change_list(compare(old, new), PlanIndex(old), PlanIndex(new))


def test_a_changed_promise_stands_once_under_its_theme_with_every_field_in_words() -> None:
    found = listed(
        plan(action()), plan(action(title="Write the strategy", workstream="v", dates=dates("Autumn 2022")))
    )
    (theme,) = found.themes
    assert theme.name == "1. Leadership"
    (item,) = theme.promises
    assert (item.name, item.happened, item.above) == ("A1 Write the strategy", ["Changed"], None)
    assert {field.what: (field.before, field.after) for field in item.fields} == {
        "Approved date": ("Jun 2022", "Autumn 2022"),
        "Title": ("Write a strategy", "Write the strategy"),
        "Workstream": ("Vision", "Values"),
    }
    assert dict(found.counts)["Changed"] == "1 action"


def test_a_step_says_whose_it_is_and_a_gone_one_keeps_its_place() -> None:
    found = listed(plan(action()), plan(action(steps=(step(key="a/n", ref=None, title="Tell everybody"),))))
    told = {item.name: (item.happened, item.above) for item in found.themes[0].promises}
    assert told == {
        "Tell everybody": (["New"], "A1 Write a strategy"),
        "A1.1 Ask everybody": (["Gone"], "A1 Write a strategy"),
    }
    assert dict(found.counts) == {
        "Added": "1 step",
        "Changed": "Nothing",
        "Moved": "Nothing",
        "Gone": "1 step",
    }


def test_where_a_promise_was_printed_is_no_change_of_it() -> None:
    moved = action(anchors=(Anchor(file="plan.txt", line=7),), due_printed="June 2022")
    found = listed(plan(action()), plan(moved))
    assert not found.shows
    assert found.total == 2


def test_wording_is_kept_apart_with_its_paragraphs() -> None:
    def section(*paragraphs: str) -> model.Section:
        return model.Section(key="s", heading="Who we are", level=1, paragraphs=paragraphs)

    found = listed(
        plan(action(), sections=(section("One.", "Two."),), introduction=("Then.",)),
        plan(action(), sections=(section("One.", "Three, four."),), introduction=("Now.",)),
    )
    assert found.themes == ()
    assert {(w.heading, w.before, w.after) for w in found.wording} == {
        ("Who we are", ("One.", "Two."), ("One.", "Three, four.")),
        ("Introduction to 1. Leadership", ("Then.",), ("Now.",)),
    }


def test_what_is_no_promise_comes_after_the_promises_of_its_theme_or_under_the_whole_plan() -> None:
    new = plan(
        action(),
        deliverables=(model.Deliverable(key="d", name="A strategy"),),
        risks=(model.Risk(key="r", title="Nobody asks"),),
    )
    first, last = listed(plan(action()), new).themes
    assert [item.name for item in first.others] == ["A strategy"]
    assert first.promises == []
    assert (last.name, [item.name for item in last.others]) == ("The plan as a whole", ["Nobody asks"])
