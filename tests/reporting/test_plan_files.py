"""A plan that is written to a file reads back as the same plan, whatever the format."""

from __future__ import annotations

import string
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from support.plans import CLASSES, DAYS, EDTF, maybe, some
from support.readings import ANY_PLAN, projection, reading_of

from goldenthread.documents import SourceFormat, document_from_bytes
from goldenthread.documents.content import Cell, Table
from goldenthread.documents.model import laid_out
from goldenthread.documents.plain_cells import cell_parts
from goldenthread.plan import model
from goldenthread.plan.dates import Bound, PlanDate
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading import read_plan
from goldenthread.reporting.plan_files import ENDINGS, plan_file, plan_sheets

WHOLE = [format_ for format_ in ENDINGS if format_ is not SourceFormat.CSV]
FORMATS = [pytest.param(format_, id=ENDINGS[format_]) for format_ in WHOLE]
OF_THE_MACHINE = {"key", "id", "anchors"}
"""Keys and places are those of a document, ids are the record's: no exported file holds them."""
NOT_HELD = {"questions", "links"}
"""What no format holds, as docs/export.md says."""
NOT_IN_CSV = {"objectives", "milestones", "deliverables", "success_statements", "introduction", "workstreams"}


def read_back(plan: model.Plan, format_: SourceFormat) -> model.Plan:
    return read_plan(document_from_bytes(plan_file(plan, format_), f"plan.{ENDINGS[format_]}"))


def said(plan: model.Plan) -> dict[str, Any]:
    """All that a plan says, workstreams of actions by their names."""
    names = {stream.key: stream.name for theme in plan.themes for stream in theme.workstreams}

    def content(value: Any) -> Any:
        if isinstance(value, BaseModel):
            kept = type(value).model_fields.keys() - OF_THE_MACHINE - NOT_HELD
            found = {name: content(getattr(value, name)) for name in kept}
            if isinstance(value, model.Action):
                found["workstream"] = names.get(value.workstream or "")
            return found
        return [content(inner) for inner in value] if isinstance(value, tuple) else value

    found: dict[str, Any] = content(plan)
    return found


@pytest.mark.parametrize("text", ANY_PLAN)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_published_plan_reads_back_the_same(text: Any, format_: SourceFormat) -> None:
    plan = reading_of(text())
    back = read_back(plan, format_)
    assert [line for line in projection(plan).differences(projection(back)) if "questions" not in line] == []
    assert said(back) == said(plan)


@pytest.mark.parametrize("text", ANY_PLAN)
def test_csv_holds_the_actions(text: Any) -> None:
    plan = reading_of(text())
    back = read_back(plan, SourceFormat.CSV)
    assert _actions(back) == _actions(plan)


def _actions(plan: model.Plan) -> list[dict[str, Any]]:
    kept = {"number", "name", "actions"}
    return [{name: theme[name] for name in kept} for theme in said(plan)["themes"]]


@pytest.mark.parametrize("text", ANY_PLAN)
@pytest.mark.parametrize("format_", ENDINGS)
def test_keys_are_those_of_the_published_document(text: Any, format_: SourceFormat) -> None:
    """So that a file that comes back is matched with what is held."""
    plan = reading_of(text())
    back = read_back(plan, format_)
    assert [_keys(action) for action in back.actions()] == [_keys(action) for action in plan.actions()]


def _keys(action: model.Action) -> list[str]:
    return [part.key for part in action.walk()]


@pytest.mark.parametrize("format_", ENDINGS)
def test_the_same_plan_gives_the_same_bytes(format_: SourceFormat) -> None:
    plan = reading_of(_example())
    assert plan_file(plan, format_) == plan_file(plan, format_)


@cache
def _example() -> str:
    text: str = ANY_PLAN[0].values[0]()  # type: ignore[operator]
    return text


# --- any plan ---------------------------------------------------------------------------------------------------------

# Words as documents hold them: no line breaks, no spaces at the ends, no semicolon (which parts the names in a cell),
# no brackets of the forms that say more about a date, none of what Markdown cannot write down (a backslash).
_WORD = st.text(
    string.ascii_letters + string.digits + "éß£%&/'’\"“”(),.:–-+=@*_#|$~^`!?", min_size=1, max_size=8
)
WORDS = st.lists(_WORD, min_size=1, max_size=4).map(" ".join).filter(lambda words: words[0].isalnum())
NAMES = st.lists(st.text(string.ascii_letters, min_size=2, max_size=8), min_size=1, max_size=3).map(" ".join)
PRINTED = st.sampled_from(
    ["Autumn 2022", "By Sep 2023", "Ongoing", "TBC", "Mar 2022 Apr 2022", "Achieved May 2022"]
)
_ONLY = {"id": st.none(), "anchors": st.just(()), "key": st.uuids().map(str)}


@st.composite
def _dates(draw: st.DrawFn) -> PlanDate:
    base = PlanDate.from_edtf(draw(st.sampled_from(EDTF)), draw(PRINTED | NAMES))
    update = {
        "bound": draw(maybe(st.sampled_from(Bound))),
        "recurs": draw(maybe(NAMES)),
        "condition": draw(maybe(NAMES)),
        "inferred": draw(st.booleans()),
    }
    return base.model_copy(update=update)


def _built(type_: type, **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(type_, **_ONLY, **fields)


def _distinct(items: st.SearchStrategy[Any], by: str, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=most, unique_by=lambda item: getattr(item, by)).map(tuple)


DATES = maybe(_dates())
FOUR_DATES = st.builds(model.Dates, original=DATES, approved=DATES, forecast=DATES, actual=DATES)
REFERENCES = st.builds(
    Reference, review=NAMES, class_=CLASSES, number=maybe(st.sampled_from(["6", "1.5", "all", "SN5", "para 3"])),
    page=maybe(st.sampled_from(["24", "7"])),
)  # fmt: skip
MILESTONES = _built(
    model.Milestone, ref=maybe(st.just("M7")), name=WORDS, dates=FOUR_DATES, printed=maybe(PRINTED | NAMES),
    status=st.sampled_from(Status), leads=some(NAMES), condition=maybe(WORDS),
)  # fmt: skip
REQUIREMENTS = _built(model.Requirement, text=WORDS)


def _steps(depth: int) -> st.SearchStrategy[Any]:
    return _built(
        model.Action, ref=maybe(st.just("A12")), title=maybe(WORDS), heading=st.booleans(), references=some(REFERENCES),
        workstream=st.none(), leads=some(NAMES), status=st.sampled_from(Status), start=DATES, dates=FOUR_DATES,
        start_printed=maybe(PRINTED | NAMES), due_printed=maybe(PRINTED | NAMES), condition=maybe(WORDS),
        review_cadence=maybe(WORDS), steps=some(_steps(depth - 1)) if depth else st.just(()),
    )  # fmt: skip


@st.composite
def _themes(draw: st.DrawFn) -> model.Theme:
    streams = draw(
        _distinct(
            _built(model.Workstream, name=WORDS, aim=maybe(WORDS), aliases=some(NAMES), listed=st.booleans()),
            "name",
        )
    )
    keys = st.none() | st.sampled_from([stream.key for stream in streams]) if streams else st.none()
    actions = tuple(action.model_copy(update={"workstream": draw(keys)}) for action in draw(some(_steps(2))))
    return draw(
        _built(
            model.Theme, number=st.integers(1, 99), name=WORDS, introduction=some(WORDS),
            objectives=some(_built(model.Objective, text=WORDS)), workstreams=st.just(streams),
            milestones=some(MILESTONES),
            deliverables=some(_built(model.Deliverable, name=WORDS, group=maybe(WORDS))),
            success_statements=some(_built(model.SuccessStatement, text=WORDS, measure=maybe(WORDS))),
            actions=st.just(actions),
        )
    )  # fmt: skip


TOTALS = st.builds(model.StatedTotal, class_=CLASSES, count=st.integers(0, 50))
REVIEWS = _built(
    model.Review, name=NAMES, title=WORDS, published=DATES, totals=some(TOTALS), requirements=some(REQUIREMENTS),
    recommendations=some(_built(model.Recommendation, reference=REFERENCES, text=maybe(WORDS))),
)  # fmt: skip
SECTIONS = _built(
    model.Section, heading=WORDS, level=st.integers(1, 4), paragraphs=some(WORDS | WORDS.map("• {}".format))
)
PLANS = _built(
    model.Plan, council=st.builds(model.Council, name=WORDS, ons_code=maybe(NAMES)), title=WORDS,
    kind=st.sampled_from(model.PlanKind), phase=maybe(WORDS), version=maybe(WORDS), approving_body=maybe(WORDS),
    approved_on=maybe(DAYS), decision=maybe(WORDS), sections=some(SECTIONS), themes=_distinct(_themes(), "number"),
    engagement_milestones=some(MILESTONES), reviews=_distinct(REVIEWS, "name"), exit_factors=some(REQUIREMENTS),
    risks=some(_built(model.Risk, title=WORDS, description=st.just("") | WORDS, register_reference=maybe(WORDS))),
    posts=some(_built(model.Post, name=WORDS, aliases=some(NAMES))),
    bodies=some(_built(model.Body, name=WORDS, aliases=some(NAMES))), links=st.just(()), questions=st.just(()),
)  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
def test_any_plan_reads_back_the_same(format_: SourceFormat) -> None:
    """Pandoc takes a second for each file, so fewer are made of the formats that it writes."""
    through_pandoc = not format_.is_workbook

    @settings(
        max_examples=8 if through_pandoc else 40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(plan=PLANS)
    def reads_back(plan: model.Plan) -> None:
        assert said(read_back(plan, format_)) == said(plan)

    reads_back()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS)
def test_the_tables_hold_any_plan(plan: model.Plan) -> None:
    """What the formats have in common, without a file between."""
    rows = [
        Table(
            tuple(tuple(_cell(words) for words in row) for row in (sheet.headings, *sheet.rows)),
            Anchor(table=number),
        )
        for number, sheet in enumerate(plan_sheets(plan))
    ]
    assert said(read_plan(laid_out("plan", SourceFormat.XLSX, list(rows)))) == said(plan)


def _cell(words: str) -> Cell:
    return Cell(cell_parts(words) if words else (), Anchor())
