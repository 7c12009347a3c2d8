"""What the public may see of a plan: nothing refused, nothing marked, nobody’s name, in any file."""

from __future__ import annotations

from datetime import date
from functools import cache

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.northbury import BEFORE, CUT_OFF, northbury

from goldenthread.assurance.ratings import USUAL_RULE
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Assessment, Door, Rating, Report
from goldenthread.plan.model import Plan
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.picking import NO_TERMS, Held, State, Terms, public_state
from goldenthread.reporting.public.site import site_files

MARKS = (
    "OFFICIAL-SENSITIVE",
    "exempt",
    "Part 2",
    "Not for publication",
    "RESTRICTED",
    "Confidential",
    "Schedule 12A",
)
TOKEN = "zebrafish"


def state(plan: Plan, day: date = CUT_OFF, terms: Terms = NO_TERMS) -> State:
    return public_state(plan, day, USUAL_RULE, terms)


def files_of(plan: Plan, terms: Terms = NO_TERMS) -> dict[str, bytes]:
    states = (public_state(northbury(BEFORE), BEFORE, USUAL_RULE, terms), state(plan, terms=terms))
    return site_files(Edition(states, "northbury"))


def with_action(plan: Plan, ref: str, **update: object) -> Plan:
    """The plan with one action changed, wherever it stands."""

    def changed(action: model.Action) -> model.Action:
        steps = tuple(changed(step) for step in action.steps)
        return action.model_copy(update={"steps": steps, **(update if action.ref == ref else {})})

    themes = tuple(
        theme.model_copy(update={"actions": tuple(changed(action) for action in theme.actions)})
        for theme in plan.themes
    )
    return plan.model_copy(update={"themes": themes})


@cache
def text_places() -> tuple[tuple[object, ...], ...]:
    """The way to every text of the plan, as steps of field names and positions, for fields of any depth."""
    found: list[tuple[object, ...]] = []

    def walk(value: object, way: tuple[object, ...]) -> None:
        if isinstance(value, str) and type(value) is str:
            found.append(way)
        elif isinstance(value, tuple):
            for place, each in enumerate(value):
                walk(each, (*way, place))
        elif hasattr(type(value), "model_fields"):
            for name in type(value).model_fields:  # type: ignore[attr-defined]
                if name not in {"schema_", "key", "ref", "edtf", "class_"}:
                    walk(getattr(value, name), (*way, name))

    walk(full(), ())
    return tuple(found)


def full() -> Plan:
    """Northbury with every part filled that it leaves empty."""
    plan = with_action(
        northbury(),
        "A1",
        condition="once the budget is set",
        due_printed="Mar 2022",
        review_cadence="Quarterly",
        updates=(model.Update(text="Said at the meeting", status_printed="done", rag_printed="Green"),),
        report=Report(
            as_at=CUT_OFF, by="Director", door=Door.PAGE, why="Because", next_step="Next", highlight="Good"
        ),
        assessment=Assessment(on=CUT_OFF, by="Audit", rating=Rating.RED, reason="Too thin"),
    )
    theme = plan.themes[0].model_copy(
        update={
            "introduction": ("It was bad.",),
            "objectives": (model.Objective(key="o", text="Be better"),),
            "workstreams": (model.Workstream(key="w", name="Strand", aim="An aim", aliases=("Alias",)),),
            "deliverables": (model.Deliverable(key="d", name="A paper", group="Papers"),),
            "success_statements": (model.SuccessStatement(key="s", text="Trust", measure="Survey"),),
        }
    )
    return plan.model_copy(
        update={
            "themes": (theme, *plan.themes[1:]),
            "phase": "One", "version": "2", "decision": "Minute 4", "approving_body": "Council",
            "exit_factors": (model.Requirement(key="x", text="Sustained change"),),
            "posts": (model.Post(key="p", name="Director", aliases=("Jo",)),),
        }
    )  # fmt: skip


def put(value: object, way: tuple[object, ...], text: str) -> object:
    """The value with other words at the end of the way."""
    if not way:
        return text
    step, *rest = way
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], put(value[step], tuple(rest), text), *value[step + 1 :])
    name = str(step)
    return value.model_copy(update={name: put(getattr(value, name), tuple(rest), text)})  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=4),
    st.sampled_from(MARKS),
    st.booleans(),
    st.booleans(),
)
def test_marked_text_is_in_no_file(places: list[int], mark: str, after: bool, shout: bool) -> None:
    """Wherever in the plan it stands: HTML, CSV, JSON, Atom and addresses."""
    words = f"{TOKEN} {mark}" if after else f"{mark}: {TOKEN}"
    plan = full()
    for place in places:
        way = text_places()[place % len(text_places())]
        changed = put(plan, way, words.upper() if shout else words)
        assert isinstance(changed, Plan)
        plan = changed
    found = files_of(plan)
    assert not [path for path, content in found.items() if TOKEN in (path + content.decode()).casefold()]


def test_every_text_of_the_plan_was_tried_alone() -> None:
    """The property draws; this does not. Half of the texts may not be told at all, marked or not."""
    told = 0
    for way in text_places():
        marked = put(full(), way, f"{TOKEN} (OFFICIAL-SENSITIVE)")
        unmarked = put(full(), way, TOKEN)
        assert isinstance(marked, Plan)
        assert isinstance(unmarked, Plan)
        assert TOKEN not in repr(state(marked).plan).casefold(), way
        told += TOKEN in repr(state(unmarked).plan).casefold()
    assert told > 30


def test_what_is_held_back_is_counted_has_a_page_and_is_listed_for_the_officer() -> None:
    plan = with_action(northbury(), "A4", title=f"Sell the {TOKEN} site (exempt)")
    now = state(plan)
    assert Held("Action", "A4", 2, "its text says “exempt”", "", True) in now.held
    found = files_of(plan)
    assert b"A4 is held back" in found["actions/A4/index.html"]
    assert b"held back here" in found["index.html"]
    assert b"1 of 9" in found["index.html"].partition(b"Held back")[2][:120]
    assert b'"A4","action","2","held back"' in found["open-data/actions.csv"]


def test_an_officer_holds_back_and_lets_go_but_never_a_certain_marking() -> None:
    doubtful = with_action(northbury(), "A1", title="A confidential reporting line")
    assert "A1" not in state(doubtful).promises
    assert "A1" in state(doubtful, terms=Terms(release=frozenset({"A1"}))).promises
    certain = with_action(northbury(), "A1", title="Not for publication")
    assert "A1" not in state(certain, terms=Terms(release=frozenset({"A1"}))).promises
    assert "A2" not in state(northbury(), terms=Terms(hold=frozenset({"A2"}))).promises


def test_what_is_held_back_now_is_told_of_no_earlier_day() -> None:
    """Its old title was not marked, and was published; it must not come back by the list of changes."""
    old = next(action for action in northbury(BEFORE).actions() if action.ref == "A4")
    found = files_of(with_action(northbury(), "A4", title="Not for publication"))
    assert old.title
    assert not [path for path, content in found.items() if old.title in content.decode()]


@pytest.mark.parametrize("where", ["title", "leads", "condition"])
def test_nobody_is_named(where: str) -> None:
    text = f"Ada {TOKEN}"
    plan = with_action(northbury(), "A1", **{where: (text,) if where == "leads" else f"Done by {text}"})
    found = files_of(plan, Terms(persons=(f"Ada {TOKEN.capitalize()}",)))
    assert not [path for path, content in found.items() if TOKEN in content.decode().casefold()]


def test_a_lead_that_is_no_post_is_counted_and_not_told() -> None:
    now = state(with_action(northbury(), "A1", leads=("Director of Finance", "zzyx qwv")))
    assert now.promises["A1"].leads == ("Director of Finance",)
    assert now.unnamed["A1"] == 1


def test_what_stands_under_a_held_heading_is_held_too() -> None:
    heading = model.Action(key="h", title="Part 2 items", heading=True)
    step = model.Action(key="s1", ref="A1.1", title="Sell it")
    free = model.Action(key="h2", title="Open", heading=True)
    other = model.Action(key="s2", ref="A1.2", title="Say so")
    now = state(with_action(northbury(), "A1", steps=(heading, step, free, other)))
    assert [each.ref for each in now.promises["A1"].all_steps()] == ["A1.2"]  # type: ignore[union-attr]


def test_every_page_is_sound_html_without_script_or_style_of_its_own() -> None:
    """Also with words that look like HTML, and with characters that no page can hold."""
    plan = with_action(northbury(), "A1", title="<script>alert(1)</script> & \x0b “quotes”")
    dated = with_action(plan, "A2", dates=model.Dates(original=PlanDate.on(date(2022, 1, 1), "<b>soon")))
    for path, content in files_of(dated).items():
        if path.endswith(".html"):
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            tree = parser.parse(content)
            assert not parser.errors, (path, parser.errors[:2])
            assert not tree.findall(".//script"), path
            assert not [each for each in tree.iter() if each.get("style")], path
            assert len(tree.findall(".//h1")) == 1, path
            ids = [each.get("id") for each in tree.iter() if each.get("id")]
            assert len(ids) == len(set(ids)), path
