"""A plan that is written to a file reads back as the same plan, whatever the format."""

from __future__ import annotations

import csv
import io
import string
from datetime import date
from functools import cache
from typing import Any

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from python_calamine import CalamineWorkbook
from support.plans import CLASSES, DAYS, EDTF, filled, maybe, some
from support.readings import ANY_PLAN, projection, reading_of
from support.saved import converted
from support.tracker_scores import plan_of
from truth.logs import ACTION_LOGS, COMMITMENT_REPORTS

from goldenthread.documents import SourceFormat, document_from_bytes
from goldenthread.documents.content import Cell, Table
from goldenthread.documents.model import laid_out
from goldenthread.documents.plain_cells import cell_parts
from goldenthread.plan import model
from goldenthread.plan.dates import USUAL_SEASONS, Bound, PlanDate, SeasonRules
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading import ReadingRules, read_plan
from goldenthread.reporting.plan_files import ENDINGS, plan_file, plan_sheets

WHOLE = [format_ for format_ in ENDINGS if format_ is not SourceFormat.CSV]
FORMATS = [pytest.param(format_, id=ENDINGS[format_]) for format_ in WHOLE]
OF_THE_MACHINE = {"key", "id", "anchors"}
"""Keys and places are those of a document, ids are the record's: no exported file holds them."""
NOT_HELD = {"questions", "links", "report", "assessment"}
"""What no format holds, as docs/export.md says."""
SEPTEMBER = SeasonRules(autumn=(9, 9))
"""The seasons of a council that means September when it says autumn."""
NOT_IN_CSV = {"objectives", "milestones", "deliverables", "success_statements", "introduction"}


def read_back(plan: model.Plan, format_: SourceFormat) -> model.Plan:
    return read_plan(document_from_bytes(plan_file(plan, format_), f"plan.{ENDINGS[format_]}"))


@cache
def published_back(text: str, format_: SourceFormat) -> model.Plan:
    """The plan that a text is, from a file that it was written to: made once for each text and format."""
    return read_back(reading_of(text), format_)


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
    plan, back = reading_of(text()), published_back(text(), format_)
    assert [line for line in projection(plan).differences(projection(back)) if "questions" not in line] == []
    assert said(back) == said(plan)


@pytest.mark.parametrize("text", ANY_PLAN)
def test_csv_holds_the_actions(text: Any) -> None:
    assert _actions(published_back(text(), SourceFormat.CSV)) == _actions(reading_of(text()))


def _actions(plan: model.Plan) -> list[dict[str, Any]]:
    kept = {"number", "name", "actions"}
    return [{name: theme[name] for name in kept} for theme in said(plan)["themes"]]


@pytest.mark.parametrize("format_", ENDINGS)
@pytest.mark.parametrize(
    ("series", "name"),
    [(ACTION_LOGS, "tb_07"), (ACTION_LOGS, "lpdp_2011_09"), (COMMITMENT_REPORTS, "q2_odt")],
)
def test_a_log_keeps_what_was_said_on_each_day(series: str, name: str, format_: SourceFormat) -> None:
    plan = plan_of(series, name)
    assert any(part.updates for action in plan.actions() for part in action.walk())
    assert all(action.raised for action in plan.actions()) is (name == "tb_07")
    back = read_back(plan, format_)
    assert _actions(back) == _actions(plan)
    assert said(back) == said(plan) or format_ is SourceFormat.CSV


@pytest.mark.parametrize("text", ANY_PLAN)
@pytest.mark.parametrize("format_", ENDINGS)
def test_keys_are_those_of_the_published_document(text: Any, format_: SourceFormat) -> None:
    """So that a file that comes back is matched with what is held."""
    plan, back = reading_of(text()), published_back(text(), format_)
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


# --- what people do to a file -----------------------------------------------------------------------------------------


def _plan(**changes: Any) -> model.Plan:
    """A plan of one action with one step."""
    step = model.Action(key="s", title="Report to Cabinet", status=Status.UNKNOWN)
    action = model.Action(key="a", ref="A1", title="Adopt the code", steps=(step,)).model_copy(update=changes)
    theme = model.Theme(key="t", number=1, name="Culture", actions=(action,))
    return model.Plan(key="p", council=model.Council(name="Testing"), title="Testing Plan", themes=(theme,))


def _amended(plan: model.Plan, old: str, new: str) -> model.Plan:
    text = plan_file(plan, SourceFormat.MARKDOWN).decode()
    assert old in text
    return read_plan(document_from_bytes(text.replace(old, new).encode(), "plan.md"))


def _as_csv(plan: model.Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(plan_file(plan, SourceFormat.CSV).decode("utf-8-sig"))))


def _from_csv(rows: list[dict[str, str]], rules: ReadingRules | None = None) -> model.Plan:
    written = io.StringIO()
    writer = csv.DictWriter(written, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return read_plan(document_from_bytes(written.getvalue().encode(), "plan.csv"), rules)


def test_words_that_are_no_status_are_asked_about() -> None:
    back = _amended(_plan(status=Status.IN_PROGRESS), "In progress", "Delayed")
    assert next(back.actions()).status is Status.UNKNOWN
    assert [(question.kind, question.field) for question in back.questions] == [
        (QuestionKind.STATUS, "status")
    ]
    assert "Delayed" in back.questions[0].text


def test_a_forecast_that_is_no_date_is_asked_about() -> None:
    rows = _as_csv(_plan())
    rows[0]["Forecast"] = "soon"
    back = _from_csv(rows)
    assert next(back.actions()).dates == model.Dates()
    assert [(question.kind, question.field) for question in back.questions] == [
        (QuestionKind.UNREAD_DATE, "dates.forecast")
    ]
    assert back.questions[0].anchors[0].row == 2


def test_a_new_date_is_read_as_it_was_typed() -> None:
    rows = _as_csv(_plan())
    rows[1]["Due"] = rows[1]["Forecast"] = "Autumn 2023"
    step = next(_from_csv(rows).actions()).steps[0]
    assert step.due_printed == "Autumn 2023"
    assert step.dates.approved is not None
    assert step.dates.approved.edtf == "2023-23"
    assert step.dates.forecast == step.dates.approved


def test_columns_may_be_moved_added_and_taken_away() -> None:
    rows = [
        {name: row[name] for name in reversed(row) if name not in ("Condition", "Review cadence", "No.")}
        | {"Remarks": "seen"}
        for row in _as_csv(_plan())
    ]
    assert said(_from_csv(rows)) == said(read_back(_plan(ref=None), SourceFormat.CSV))


def test_a_row_added_without_its_theme_belongs_to_the_theme_above() -> None:
    rows = _as_csv(_plan())
    rows.append(dict.fromkeys(rows[0], "") | {"Item": "2", "Action": "Train members"})
    assert [action.title for action in _from_csv(rows).themes[0].actions] == [
        "Adopt the code",
        "Train members",
    ]


def test_a_table_of_somebody_else_is_asked_about() -> None:
    text = (
        plan_file(_plan(), SourceFormat.MARKDOWN).decode()
        + "\n\n| Budget | Sum |\n|---|---|\n| Staff | 5 |\n"
    )
    back = read_plan(document_from_bytes(text.encode(), "plan.md"))
    assert [question.kind for question in back.questions] == [QuestionKind.OTHER]
    assert said(back) == said(_plan())


# --- what people do to updates and dates ------------------------------------------------------------------------------

DONE = model.Update(
    as_at=PlanDate.from_edtf("2022-06-07", "7 June 2022"),
    text="All signed",
    status=Status.COMPLETE,
    rag_printed="Green",
)
ROW = "| 1 | 7 June 2022 | All signed | Complete | Green |"


def updates_after(old: str, new: str) -> tuple[tuple[model.Update, ...], list[tuple[QuestionKind, str]]]:
    """The updates of a plan with one after its file was changed, and the questions with where they point."""
    back = _amended(_plan(updates=(DONE,)), old, new)
    asked = [(question.kind, question.text) for question in back.questions]
    return next(back.actions()).updates, asked


def test_a_row_added_to_the_updates_is_the_newest() -> None:
    updates, asked = updates_after(ROW, f"{ROW}\n| 1 | 5 July 2022 | One is away |  |  |")
    assert asked == []
    assert [(update.text, update.status) for update in updates] == [
        ("All signed", Status.COMPLETE),
        ("One is away", Status.UNKNOWN),
    ]
    assert updates[1].as_at == PlanDate.from_edtf("2022-07-05", "5 July 2022")


@pytest.mark.parametrize("item", ["9", "1.2", ""])
def test_an_update_of_no_action_is_asked_about(item: str) -> None:
    updates, asked = updates_after(ROW, ROW.replace("| 1 |", f"| {item} |"))
    assert updates == ()
    assert [kind for kind, _ in asked] == [QuestionKind.OTHER]
    assert f"item {item or '(no number)'} of theme 1" in asked[0][1]


def test_an_update_is_given_to_neither_of_two_actions_with_its_number() -> None:
    updates, asked = updates_after("| 1.1 |", "| 1 |")
    assert updates == ()
    assert [kind for kind, _ in asked] == [QuestionKind.OTHER]


@pytest.mark.parametrize(
    ("old", "new"), [("7 June 2022 | All", "lately | All"), ("Complete | Green", "Nearly | Green")]
)
def test_the_rest_of_an_update_is_read_where_a_part_cannot_be(old: str, new: str) -> None:
    updates, asked = updates_after(old, new)
    assert [update.text for update in updates] == ["All signed"]
    assert len(asked) == 1
    assert new.split(maxsplit=1)[0] in asked[0][1]


def test_an_update_can_be_added_to_its_cell() -> None:
    rows = _as_csv(_plan(updates=(DONE,)))
    assert rows[0]["Updates"] == "As at “7 June 2022”: “All signed”; status “Complete”; RAG printed “Green”"
    rows[0]["Updates"] += "\nUndated: “One is away”"
    assert next(_from_csv(rows).actions()).updates == (DONE, model.Update(text="One is away"))


def test_updates_in_another_form_are_asked_about() -> None:
    rows = _as_csv(_plan(updates=(DONE,)))
    rows[0]["Updates"] += "\n5 July: one is away"
    back = _from_csv(rows)
    assert next(back.actions()).updates == ()
    assert [question.kind for question in back.questions] == [QuestionKind.OTHER]
    assert "5 July: one is away" in back.questions[0].text


def test_a_typed_season_is_the_council_s_own() -> None:
    rows = _as_csv(_plan())
    rows[0]["Due"] = rows[0]["Forecast"] = "Autumn 2023"
    dates = next(_from_csv(rows, ReadingRules(seasons=SEPTEMBER)).actions()).dates
    assert dates.approved == dates.forecast == PlanDate.from_edtf("2023-23", "Autumn 2023", SEPTEMBER)
    assert dates.approved is not None
    assert dates.approved.latest == date(2023, 9, 30)


@pytest.mark.parametrize("held", [USUAL_SEASONS, SEPTEMBER])
def test_a_season_stays_the_days_that_were_promised(held: SeasonRules) -> None:
    """Those of the council are written as words alone, and those that it has from elsewhere with their days."""
    promised = PlanDate.from_edtf("2022-23", "Autumn 2022", held)
    plan = _plan(dates=model.Dates(approved=promised), due_printed="Autumn 2022")
    content = plan_file(plan, SourceFormat.CSV, SEPTEMBER)
    assert (b'"Autumn 2022"' in content) is (held == SEPTEMBER)
    back = read_plan(document_from_bytes(content, "plan.csv"), ReadingRules(seasons=SEPTEMBER))
    assert next(back.actions()).dates.approved == promised


# --- what spreadsheets would do to a text ---------------------------------------------------------------------------

FORMULAS = ["=1+1", "+44 20 7946 0000", "-5", "@SUM(A1)", "'quoted", "'=1"]


@pytest.mark.parametrize("words", FORMULAS)
def test_text_is_never_a_formula(words: str) -> None:
    plan = _plan(title=words)
    cell = _as_csv(plan)[0]["Action"]
    assert cell == f"'{words}"
    for format_ in ENDINGS:
        assert next(read_back(plan, format_).actions()).title == words, format_


@pytest.mark.parametrize("format_", [SourceFormat.XLSX, SourceFormat.ODS], ids=str)
def test_every_cell_of_a_workbook_is_text(format_: SourceFormat) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan_file(_plan(title="=1+1"), format_)))
    assert book.sheet_names == ["About this plan", "Themes", "Delivery plan"]
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert "=1+1" in cells
    assert {type(cell) for cell in cells} == {str}


# --- what is lost, as docs/export.md says ---------------------------------------------------------------------------

LOST = [
    ("two  spaces", "two spaces", set(ENDINGS)),
    ("a <b>tag</b>", "a tag", set(ENDINGS)),
    (r"folder\*name", r"folder\name", {SourceFormat.MARKDOWN}),
    ("R&amp;D", "R&D", {SourceFormat.MARKDOWN}),
]


@pytest.mark.parametrize(("words", "left", "formats"), LOST)
def test_what_a_text_loses(words: str, left: str, formats: set[SourceFormat]) -> None:
    for format_ in ENDINGS:
        expected = left if format_ in formats else words
        assert next(read_back(_plan(title=words), format_).actions()).title == expected, format_


@pytest.mark.parametrize("format_", ENDINGS)
def test_a_semicolon_makes_two_leads_of_one(format_: SourceFormat) -> None:
    back = read_back(_plan(leads=("Head of Pay; Grading",)), format_)
    assert next(back.actions()).leads == ("Head of Pay", "Grading")


@pytest.mark.parametrize("format_", FORMATS)
def test_how_deep_sections_may_be(format_: SourceFormat) -> None:
    deepest = {SourceFormat.MARKDOWN: 5, SourceFormat.DOCX: 8}.get(format_, 9)
    for level in (5, 6, 8, 9):
        section = model.Section(key="d", heading="Deep", level=level, paragraphs=("Text",))
        plan = _plan().model_copy(update={"sections": (section,)})
        kept = said(read_back(plan, format_)) == said(plan)
        assert kept is (level <= deepest), level


def test_csv_holds_nothing_but_actions() -> None:
    back = published_back(_example(), SourceFormat.CSV)
    assert (back.risks, back.reviews, back.sections, back.posts) == ((), (), (), ())
    assert all(not getattr(theme, field) for theme in back.themes for field in NOT_IN_CSV)


@pytest.mark.parametrize("ending", ["docx", "odt", "xlsx", "ods"])
def test_an_office_suite_opens_it(ending: str) -> None:
    format_ = next(kind for kind, known in ENDINGS.items() if known == ending)
    printed = converted(plan_file(reading_of(_example()), format_), ending, "pdf")
    assert printed.startswith(b"%PDF-")
    with pdfplumber.open(io.BytesIO(printed)) as pages:
        assert len(pages.pages) < 40
        assert all(page.width > page.height for page in pages.pages)
        assert "About this plan" in pages.pages[0].extract_text()


# --- any plan ---------------------------------------------------------------------------------------------------------

# Words as documents hold them: no line breaks, no spaces at the ends, no semicolon (which parts the names in a cell),
# no brackets of the forms that say more about a date, none of what Markdown cannot write down (a backslash).
_WORD = st.text(
    string.ascii_letters + string.digits + "éß£%&/'’\"“”(),.:–-+=@*_#|$~^`!?", min_size=1, max_size=8
)
WORDS = st.lists(_WORD, min_size=1, max_size=4).map(" ".join).filter(lambda words: words[0].isalnum())
NAMES = st.lists(st.text(string.ascii_letters, min_size=2, max_size=8), min_size=1, max_size=3).map(" ".join)
SAID = st.sampled_from(
    [
        "Done”",
        "”",
        "“Done",
        "He said “yes”; status “Complete”",
        "A: “b” As at “7 June 2022”: “c”",
        "Undated: “d”",
        "o A",
    ]
)
"""What could be taken for the marks around the parts of an update."""
PRINTED = st.sampled_from(
    ["Autumn 2022", "By Sep 2023", "Ongoing", "TBC", "Mar 2022 Apr 2022", "Achieved May 2022"]
)
SEASONS = st.sampled_from([USUAL_SEASONS, SEPTEMBER])
_ONLY = {"id": st.none(), "anchors": st.just(()), "key": st.uuids().map(str)}


@st.composite
def _dates(draw: st.DrawFn) -> PlanDate:
    base = PlanDate.from_edtf(draw(st.sampled_from(EDTF)), draw(PRINTED | NAMES), draw(SEASONS))
    update = {
        "bound": draw(maybe(st.sampled_from(Bound))),
        "recurs": draw(maybe(NAMES)),
        "condition": draw(maybe(NAMES)),
        "inferred": draw(st.booleans()),
    }
    return base.model_copy(update=update)


def _built(type_: type[BaseModel], **fields: Any) -> st.SearchStrategy[Any]:
    """An item of which every field is drawn that a file can hold: one that is added later is missed here, loudly."""
    missed = set(type_.model_fields) - {"schema_"} - NOT_HELD - fields.keys() - _ONLY.keys()
    assert not missed, f"{type_.__name__}: {missed}"
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
UPDATES = filled(
    model.Update, as_at=DATES, text=st.just("") | WORDS | SAID, status_printed=maybe(WORDS | SAID),
    status=st.sampled_from(Status), rag_printed=maybe(WORDS),
)  # fmt: skip


def _steps(depth: int) -> st.SearchStrategy[Any]:
    return _built(
        model.Action, ref=maybe(st.just("A12")), title=maybe(WORDS), heading=st.booleans(), references=some(REFERENCES),
        workstream=st.none(), leads=some(NAMES), status=st.sampled_from(Status), start=DATES, dates=FOUR_DATES,
        start_printed=maybe(PRINTED | NAMES), due_printed=maybe(PRINTED | NAMES), condition=maybe(WORDS),
        review_cadence=maybe(WORDS), number=maybe(st.sampled_from(["A31", "2.4", "7"]) | WORDS), raised=DATES,
        updates=some(UPDATES, most=3), steps=some(_steps(depth - 1)) if depth else st.just(()),
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
LOOKED_UP = st.builds(model.LookedUp, found=st.sampled_from(model.Found), basis=WORDS, by=WORDS, on=DAYS)
RECOMMENDATIONS = _built(
    model.Recommendation, reference=REFERENCES, text=maybe(WORDS), sent_on=maybe(DAYS), lifted_on=maybe(DAYS),
    lifted_by=maybe(WORDS), looked_up=maybe(LOOKED_UP),
)  # fmt: skip
REVIEWS = _built(
    model.Review, name=NAMES, title=WORDS, published=DATES, totals=some(TOTALS), requirements=some(REQUIREMENTS),
    recommendations=some(RECOMMENDATIONS),
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
    bodies=some(_built(model.Body, name=WORDS, aliases=some(NAMES))),
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


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS, seasons=SEASONS)
def test_the_tables_hold_any_plan(plan: model.Plan, seasons: SeasonRules) -> None:
    """What the formats have in common, without a file between, for a council with seasons of its own as well."""
    rows = [
        Table(
            tuple(tuple(_cell(words) for words in row) for row in (sheet.headings, *sheet.rows)),
            Anchor(table=number),
        )
        for number, sheet in enumerate(plan_sheets(plan, seasons))
    ]
    document = laid_out("plan", SourceFormat.XLSX, list(rows))
    assert said(read_plan(document, ReadingRules(seasons=seasons))) == said(plan)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS)
def test_csv_holds_the_actions_of_any_plan(plan: model.Plan) -> None:
    """Workstreams have no list there, and a theme without an action no row."""
    themes = [theme for theme in plan.themes if theme.actions]
    if themes:
        back = read_back(plan, SourceFormat.CSV)
        assert _actions(back) == _actions(plan.model_copy(update={"themes": tuple(themes)}))


def _cell(words: str) -> Cell:
    return Cell(cell_parts(words) if words else (), Anchor())
