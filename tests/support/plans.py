"""Generated plans that fill every field, for properties that must hold for any plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from pydantic import BaseModel

from goldenthread.plan import model
from goldenthread.plan.dates import Bound, PlanDate
from goldenthread.plan.judgements import Assessment, Door, Rating, Report
from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor

_M = TypeVar("_M", bound=BaseModel)

# Anything a document can hold; PostgreSQL keeps no NUL, and no document has one.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
NAMES = WORDS.filter(str.strip)
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
EDTF = ["2022", "2022-09", "2022-23", "2023-21", "2022-06-07", "2022-06/2022-09", "2022-12~"]


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Sometimes nothing."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, one or a few."""
    return st.lists(strategy, max_size=most).map(tuple)


def filled(type_: type[_M], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[_M]:
    """A value of which every field is drawn: a field that the type gains later is missed here, loudly."""
    wanted = set(type_.model_fields) - {"schema_"}
    assert fields.keys() == wanted, f"{type_.__name__}: {fields.keys() ^ wanted}"
    return st.builds(type_, **fields)


@st.composite
def _plan_dates(draw: st.DrawFn) -> PlanDate:
    base = PlanDate.from_edtf(draw(st.sampled_from(EDTF)), draw(NAMES))
    return base.model_copy(
        update={
            "bound": draw(maybe(st.sampled_from(Bound))),
            "recurs": draw(maybe(WORDS)),
            "condition": draw(maybe(WORDS)),
            "inferred": draw(st.booleans()),
        }
    )


PLACES = maybe(st.integers(1, 999))
ANCHORS = some(
    filled(
        Anchor, file=maybe(WORDS), sheet=maybe(WORDS), line=PLACES, page=PLACES, paragraph=PLACES, table=PLACES,
        row=PLACES, column=PLACES,
    ),
    most=1,
)  # fmt: skip
ITEM = {"key": WORDS, "id": st.none(), "anchors": ANCHORS}
PLAN_DATES = _plan_dates()
DATES = filled(
    model.Dates, original=maybe(PLAN_DATES), approved=maybe(PLAN_DATES), forecast=maybe(PLAN_DATES),
    actual=maybe(PLAN_DATES),
)  # fmt: skip
CLASSES = maybe(st.sampled_from(["statutory", "key", "improvement"]))
REFERENCES = filled(Reference, review=NAMES, class_=CLASSES, number=maybe(WORDS), page=maybe(WORDS))
STATUSES = st.sampled_from(Status)
LEADS = some(NAMES)
UPDATES = filled(
    model.Update, as_at=maybe(PLAN_DATES), text=maybe(WORDS).map(lambda words: words or ""),
    status_printed=maybe(WORDS), status=STATUSES, rag_printed=maybe(WORDS),
)  # fmt: skip
REPORTS = filled(
    Report, as_at=DAYS, by=NAMES, door=st.sampled_from(Door), rating=maybe(st.sampled_from(Rating)),
    why=maybe(WORDS).map(lambda words: words or ""), next_step=maybe(WORDS).map(lambda words: words or ""),
    highlight=maybe(WORDS).map(lambda words: words or ""), no_change=st.booleans(),
)  # fmt: skip
ASSESSMENTS = filled(Assessment, on=DAYS, by=NAMES, rating=st.sampled_from(Rating), reason=WORDS)


def _actions(depth: int) -> st.SearchStrategy[model.Action]:
    return filled(
        model.Action, **ITEM, ref=st.none(), number=maybe(WORDS), raised=maybe(PLAN_DATES), updates=some(UPDATES),
        title=maybe(WORDS), heading=st.booleans(), workstream=maybe(WORDS),
        references=some(REFERENCES), leads=LEADS, status=STATUSES, start=maybe(PLAN_DATES), dates=DATES,
        start_printed=maybe(WORDS), due_printed=maybe(WORDS), condition=maybe(WORDS), review_cadence=maybe(WORDS),
        report=maybe(REPORTS), assessment=maybe(ASSESSMENTS),
        steps=some(_actions(depth - 1)) if depth else st.just(()),
    )  # fmt: skip


MILESTONES = filled(
    model.Milestone, **ITEM, ref=st.none(), name=WORDS, dates=DATES, printed=maybe(WORDS), status=STATUSES, leads=LEADS,
    condition=maybe(WORDS), report=maybe(REPORTS), assessment=maybe(ASSESSMENTS),
)  # fmt: skip
REQUIREMENTS = filled(model.Requirement, **ITEM, text=WORDS)
THEMES = filled(
    model.Theme, **ITEM, number=st.integers(1, 9), name=WORDS, introduction=some(WORDS),
    objectives=some(filled(model.Objective, **ITEM, text=WORDS)),
    workstreams=some(
        filled(model.Workstream, **ITEM, name=WORDS, aim=maybe(WORDS), aliases=some(WORDS), listed=st.booleans())
    ),
    milestones=some(MILESTONES),
    deliverables=some(filled(model.Deliverable, **ITEM, name=WORDS, group=maybe(WORDS))),
    success_statements=some(filled(model.SuccessStatement, **ITEM, text=WORDS, measure=maybe(WORDS))),
    actions=some(_actions(2)),
)  # fmt: skip
RECOMMENDATIONS = filled(
    model.Recommendation, **ITEM, reference=REFERENCES, text=maybe(WORDS), sent_on=maybe(DAYS), lifted_on=maybe(DAYS),
    lifted_by=maybe(WORDS),
    looked_up=maybe(filled(model.LookedUp, found=st.sampled_from(model.Found), basis=WORDS, by=WORDS, on=DAYS)),
)  # fmt: skip
REVIEWS = filled(
    model.Review, **ITEM, name=WORDS, title=WORDS, published=maybe(PLAN_DATES),
    totals=some(filled(model.StatedTotal, class_=CLASSES, count=st.integers(0, 50))),
    recommendations=some(RECOMMENDATIONS),
    requirements=some(REQUIREMENTS),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
QUESTIONS = filled(
    Question, key=WORDS, kind=st.sampled_from(QuestionKind), text=WORDS, anchors=ANCHORS, item_key=maybe(WORDS),
    field=maybe(WORDS), default=maybe(st.integers(0, 1)),
    candidates=some(
        filled(
            Candidate, label=WORDS, reason=WORDS, edits=some(filled(Edit, key=WORDS, field=WORDS, value=JSON), most=1)
        )
    ),
)  # fmt: skip
NAMED = filled(model.Post, **ITEM, name=WORDS, aliases=some(WORDS))
_PLANS = filled(
    model.Plan, **ITEM, council=filled(model.Council, name=WORDS, ons_code=maybe(WORDS)), title=WORDS,
    kind=st.sampled_from(model.PlanKind), phase=maybe(WORDS), version=maybe(WORDS), approving_body=maybe(WORDS),
    approved_on=maybe(DAYS), decision=maybe(WORDS),
    sections=some(filled(model.Section, **ITEM, heading=WORDS, level=st.integers(1, 4), paragraphs=some(WORDS))),
    themes=some(THEMES), engagement_milestones=some(MILESTONES),
    risks=some(
        filled(model.Risk, **ITEM, title=WORDS, description=WORDS, register_reference=maybe(WORDS))
    ),
    reviews=some(REVIEWS), exit_factors=some(REQUIREMENTS), posts=some(NAMED),
    bodies=some(filled(model.Body, **ITEM, name=WORDS, aliases=some(WORDS))),
    links=some(
        filled(
            model.Link, **ITEM, kind=st.sampled_from(model.LinkKind), source=WORDS, target=WORDS, note=maybe(WORDS)
        )
    ),
    questions=some(QUESTIONS),
)  # fmt: skip


def plans(*, held: bool = False) -> st.SearchStrategy[model.Plan]:
    """Any plan. Keys are unique in it, as a reader makes them.

    Ids and refs are left to the record, unless the plan is to look like one that is `held`.
    """
    return _PLANS.map(lambda plan: _with_unique_keys(plan, held=held))


def _with_unique_keys(plan: model.Plan, *, held: bool) -> model.Plan:
    content = plan.model_dump(mode="json", by_alias=True)
    for number, keyed in enumerate(_keyed(content)):
        keyed["key"] = f"{number}/{keyed['key']}"
        if held and "id" in keyed:
            keyed["id"] = str(UUID(int=number + 1))
        if held and "ref" in keyed:
            keyed["ref"] = f"N{number}"
    return model.Plan.model_validate(content)


def _keyed(part: Any) -> Iterator[dict[str, Any]]:
    """Every item and question below; the edits of a question's candidates have keys of others."""
    if isinstance(part, dict):
        if ("key" in part and "field" not in part) or "candidates" in part:
            yield part
        for name, inner in part.items():
            if name != "candidates":
                yield from _keyed(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _keyed(inner)
