"""A workbook of updates goes out and comes back: untouched it says nothing, and what is typed is read as typed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.damaged_files import damaged
from support.saved import converted
from support.typed_workbooks import Cell, Formula, Sheets, made_over, put, typed_in

from goldenthread.documents import DocumentError
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating, Report
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status
from goldenthread.plan.tables.update_sheet import ITEM, REF, STAMP_SHEET, UPDATES_SHEET, Answer, Stamp
from goldenthread.plan.updates import REPORTABLE, EvidenceOffer, TypedUpdate
from goldenthread.reading.returned_workbook import ReturnedUpdates, read_returned_workbook
from goldenthread.reporting.update_workbook import (
    UpdateWorkbook,
    WorkbookFormat,
    WorkbookItem,
    update_workbook,
)

STAMP = Stamp(plan=UUID(int=7), as_at=date(2026, 9, 30), seen_revision=41)
SEPTEMBER = PlanDate.from_edtf("2026-09", "Sep 2026")
SAID = Report(
    as_at=date(2026, 8, 31), by="Chief Executive", door=Door.PAGE, rating=Rating.AMBER,
    why="Waiting for  advice\nof counsel", next_step="=Chase it",
)  # fmt: skip


def item(number: int, **fields: object) -> WorkbookItem:
    usual = {
        "id": UUID(int=number),
        "ref": f"A{number}",
        "title": f"=Promise {number}",
        "within": ("Culture",),
        "leads": ("Chief Executive",),
        "dates": Dates(original=SEPTEMBER, approved=SEPTEMBER, forecast=SEPTEMBER),
        "status": Status.IN_PROGRESS,
        "report": SAID,
    }
    return WorkbookItem(**{**usual, **fields})  # type: ignore[arg-type]


def book(*items: WorkbookItem) -> UpdateWorkbook:
    return UpdateWorkbook(
        "Borough of Testing", "Improvement plan", STAMP, items or tuple(map(item, (1, 2, 3, 4)))
    )


def excel(*items: WorkbookItem) -> bytes:
    return update_workbook(book(*items), WorkbookFormat.XLSX)


def read(content: bytes) -> ReturnedUpdates:
    return read_returned_workbook(content, "returned.xlsx")


def changed(row: int, answer: Answer, cell: Cell) -> ReturnedUpdates:
    """What is read when one cell is given this value."""
    return read(made_over(excel(), lambda sheets: put(sheets, row, answer, cell)))


WORDS = st.text(st.sampled_from("aé=+-@'\"<>&;\u00a3\u2013 1.[]_x"), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "="
)
STATUS_WORDS = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.ONGOING: "Ongoing",
    Status.COMPLETE: "Complete",
}
DATES = {
    "Autumn 2026": PlanDate.from_edtf("2026-23", "Autumn 2026"),
    "Oct 2026": PlanDate.from_edtf("2026-10", "Oct 2026"),
    "3 November 2026": PlanDate.on(date(2026, 11, 3)),
}
REPORTS = st.none() | st.builds(
    Report,
    as_at=st.just(date(2026, 8, 31)),
    by=st.just("Chief Executive"),
    door=st.just(Door.PAGE),
    rating=st.none() | st.sampled_from(Rating),
    why=WORDS,
    next_step=WORDS,
    highlight=WORDS,
)


@st.composite
def answered(draw: st.DrawFn, number: int) -> tuple[WorkbookItem, dict[Answer, str], TypedUpdate]:
    """An item as it stands, what somebody types about it, and the update that this is."""
    status, report = draw(st.sampled_from(list(Status))), draw(REPORTS)
    dates = Dates(
        approved=SEPTEMBER,
        forecast=draw(st.none() | st.just(SEPTEMBER)),
        actual=draw(st.none() | st.just(SEPTEMBER)),
    )
    stands = item(number, status=status, report=report, dates=dates)
    cells: dict[Answer, str] = {}
    said: dict[str, object] = {}
    if draw(st.integers(0, 5)) == 0:
        return stands, {Answer.NO_CHANGE: "Yes"}, TypedUpdate(no_change=True)
    new = draw(st.none() | st.sampled_from([each for each in REPORTABLE if each is not status]))
    if new:
        cells[Answer.STATUS], said["status"] = STATUS_WORDS[new], new
    when = draw(st.none() | st.sampled_from([*DATES, "Not known"]))
    if when == "Not known":
        cells[Answer.FORECAST], said["forecast_unknown"] = when, True
    elif when:
        cells[Answer.FORECAST], said["forecast"] = when, DATES[when]
    if done := draw(st.none() | st.sampled_from(list(DATES))):
        cells[Answer.ACTUAL], said["actual"] = done, DATES[done]
    rating = draw(
        st.none() | st.sampled_from([each for each in Rating if not report or each is not report.rating])
    )
    if rating:
        cells[Answer.RATING], said["rating"] = rating.value.capitalize(), rating
    for answer, name, before in (
        (Answer.WHY, "why", report.why if report else ""),
        (Answer.NEXT_STEP, "next_step", report.next_step if report else ""),
        (Answer.HIGHLIGHT, "highlight", ""),
    ):
        words = draw(st.none() | WORDS)
        if words is not None and words != before:
            cells[answer] = said[name] = words
    if draw(st.booleans()):
        cells[Answer.LINK], cells[Answer.SHOWS] = "https://www.example.gov.uk/minutes?a=1&b=2", draw(WORDS)
        said["evidence"] = EvidenceOffer(url=cells[Answer.LINK], shows=cells[Answer.SHOWS])
    return stands, cells, TypedUpdate(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize("format_", WorkbookFormat)
@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(rows=st.tuples(*(answered(number) for number in range(1, 21))))
def test_untouched_it_says_nothing_and_what_is_typed_is_read_as_typed(
    format_: WorkbookFormat, rows: tuple[tuple[WorkbookItem, dict[Answer, str], TypedUpdate], ...]
) -> None:
    sent = update_workbook(book(*(stands for stands, _, _ in rows)), format_)
    assert read(sent) == ReturnedUpdates(STAMP, (), (), ())
    typed = {
        (row, answer): words
        for row, (_, cells, _) in enumerate(rows, start=2)
        for answer, words in cells.items()
    }
    returned = read(typed_in(sent, typed))
    assert returned.errors == ()
    said = {stands.id: update for stands, _, update in rows if not update.says_nothing}
    assert returned.updates == said


def test_an_emptied_cell_takes_away_what_can_be_taken_away() -> None:
    assert changed(2, Answer.WHY, None).updates == {UUID(int=1): TypedUpdate(why="")}
    assert changed(2, Answer.FORECAST, None).updates == {UUID(int=1): TypedUpdate(forecast_unknown=True)}
    returned = changed(2, Answer.STATUS, None)
    assert not returned.updates
    assert "cannot be taken away" in returned.errors[0].message


def test_a_row_that_is_emptied_altogether_says_nothing() -> None:
    def emptied(sheets: Sheets) -> None:
        for answer in Answer:
            put(sheets, 2, answer, None)

    assert read(made_over(excel(), emptied)) == ReturnedUpdates(STAMP, (), (), ())


@pytest.mark.parametrize(
    ("answer", "words", "told"),
    [
        (Answer.RATING, "Purple", "“Purple” is no rating: choose Green, Amber or Red."),
        (Answer.FORECAST, "sometime", "“sometime” cannot be read as a date"),
        (Answer.FORECAST, "30 February 2026", "cannot be read as a date"),
        (Answer.ACTUAL, "soon", "cannot be read as a date"),
        (Answer.STATUS, "Verified", "is no status that can be reported"),
        (Answer.NO_CHANGE, "perhaps", "choose Yes"),
        (Answer.LINK, "see my e-mail", "is no web address"),
        (Answer.LINK, "javascript:alert(1)", "is no web address"),
        (Answer.SHOWS, "The minutes", "give the web address"),
    ],
)
def test_a_wrong_value_is_named_by_sheet_row_and_column_and_the_other_rows_are_taken(
    answer: Answer, words: str, told: str
) -> None:
    def typed(sheets: Sheets) -> None:
        put(sheets, 3, answer, words)
        put(sheets, 3, Answer.HIGHLIGHT, "Also typed")
        put(sheets, 4, Answer.WHY, "The money came")

    returned = read(made_over(excel(), typed))
    (error,) = returned.errors
    assert (error.sheet, error.row, error.column, error.value, error.item) == (
        UPDATES_SHEET, 3, answer.value, words, UUID(int=2),
    )  # fmt: skip
    assert told in error.message
    assert returned.updates == {UUID(int=3): TypedUpdate(why="The money came")}
    assert returned.unclear[0].said[Answer.HIGHLIGHT] == "Also typed", (
        "what else was typed in the row is kept"
    )


def test_no_change_beside_a_change_is_named() -> None:
    def both(sheets: Sheets) -> None:
        put(sheets, 2, Answer.NO_CHANGE, "Yes")
        put(sheets, 2, Answer.RATING, "Red")

    (error,) = read(made_over(excel(), both)).errors
    assert (error.column, error.value) == ("No change", "Yes")
    assert "“Rating”" in error.message


def test_rows_in_another_order_and_deleted_ones_do_no_harm() -> None:
    def shuffled(sheets: Sheets) -> None:
        put(sheets, 2, Answer.WHY, "Of the first")
        put(sheets, 5, Answer.WHY, "Of the last")
        rows = sheets[UPDATES_SHEET]
        rows[1:] = [rows[4], rows[1]]

    returned = read(made_over(excel(), shuffled))
    assert returned.errors == ()
    assert returned.updates == {
        UUID(int=4): TypedUpdate(why="Of the last"),
        UUID(int=1): TypedUpdate(why="Of the first"),
    }


def test_columns_that_are_added_moved_renamed_or_deleted_do_no_harm() -> None:
    def rearranged(sheets: Sheets) -> None:
        put(sheets, 2, Answer.RATING, "Red")
        put(sheets, 2, Answer.NEXT_STEP, "Ring them")
        rows = sheets[UPDATES_SHEET]
        for number, row in enumerate(rows):
            row.extend([None] * (18 - len(row)))
            row[9:9] = ["My notes" if not number else "call Bob"]
            row.insert(0, row.pop())
        heads = rows[0]
        heads[heads.index("Rating")] = "RAG rating:"
        heads[heads.index("Next step")] = "NEXT STEPS"
        place = heads.index("Highlight")
        for row in rows:
            del row[place]
        rows[0:0] = [[], ["Improvement plan returns", None]]

    returned = read(made_over(excel(), rearranged))
    assert [(error.row, error.value) for error in returned.errors] == [(3, "My notes")], (
        "nothing is lost unsaid"
    )
    assert "“Highlight” is missing" in returned.errors[0].message
    assert returned.updates == {UUID(int=1): TypedUpdate(rating=Rating.RED, next_step="Ring them")}


def test_without_the_hidden_column_rows_are_known_by_their_reference() -> None:
    def without_ids(sheets: Sheets) -> None:
        put(sheets, 3, Answer.WHY, "Known by reference")
        for row in sheets[UPDATES_SHEET]:
            del row[0]

    assert read(made_over(excel(), without_ids)).updates == {
        UUID(int=2): TypedUpdate(why="Known by reference")
    }


def test_a_row_that_cannot_be_told_is_named_with_what_was_typed_in_it() -> None:
    def unknown(sheets: Sheets) -> None:
        put(sheets, 3, Answer.WHY, "Whose is this?")
        sheets[UPDATES_SHEET][2][:2] = [None, "Z9"]

    (error,) = read(made_over(excel(), unknown)).errors
    assert (error.row, error.column, error.value, error.item) == (3, REF, "Z9", None)
    assert "Whose is this?" in error.message


def test_where_only_the_columns_in_view_were_sorted_answers_stay_with_their_reference() -> None:
    def sorted_in_view(sheets: Sheets) -> None:
        put(sheets, 2, Answer.WHY, "Of A1")
        rows = sheets[UPDATES_SHEET]
        first, last = rows[1], rows[4]
        first[1:], last[1:] = last[1:], first[1:]

    assert read(made_over(excel(), sorted_in_view)).updates == {UUID(int=1): TypedUpdate(why="Of A1")}


def test_the_same_promise_answered_twice_is_asked_about() -> None:
    def twice(sheets: Sheets) -> None:
        put(sheets, 2, Answer.WHY, "One")
        sheets[UPDATES_SHEET].append(list(sheets[UPDATES_SHEET][1]))
        put(sheets, 6, Answer.WHY, "Another")

    returned = read(made_over(excel(), twice))
    assert not returned.updates
    (error,) = returned.errors
    assert (error.row, error.value) == (6, "Another")
    assert "row 2" in error.message


def test_the_result_of_a_formula_is_taken_only_if_it_is_plain_and_nothing_is_worked_out() -> None:
    assert changed(2, Answer.WHY, Formula('="By"&" formula"', "By formula")).updates == {
        UUID(int=1): TypedUpdate(why="By formula")
    }
    for kept in ("#REF!", ""):
        returned = changed(2, Answer.WHY, Formula("=A99", kept))
        assert not returned.updates
        (error,) = returned.errors
        assert (error.row, error.column, error.value) == (2, "Why in one line", "=A99")


def test_a_real_date_in_a_cell_is_that_day() -> None:
    returned = changed(2, Answer.FORECAST, date(2026, 10, 15))
    assert returned.updates == {UUID(int=1): TypedUpdate(forecast=PlanDate.on(date(2026, 10, 15)))}
    assert returned.updates[UUID(int=1)].forecast.printed == "15 October 2026"  # type: ignore[union-attr]
    assert changed(2, Answer.FORECAST, 2027.0).updates[UUID(int=1)].forecast == PlanDate.from_edtf(
        "2027", "2027"
    )


def test_a_workbook_that_is_not_ours_or_lost_its_stamp_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match="lost its hidden sheet"):
        read(made_over(excel(), lambda sheets: sheets.pop(STAMP_SHEET)))
    with pytest.raises(DocumentError, match="put the row of headings back"):
        read(made_over(excel(), lambda sheets: sheets[UPDATES_SHEET].pop(0)))
    with pytest.raises(DocumentError, match="is no workbook"):
        read(b"Dear all, no change.")


def test_old_excel_comes_back_too() -> None:
    sent = typed_in(excel(), {(2, Answer.WHY): "In the old format", (3, Answer.NEXT_STEP): ""})
    assert read_returned_workbook(converted(sent, "xlsx", "xls"), "old.xls").updates == {
        UUID(int=1): TypedUpdate(why="In the old format")
    }, "and where empty cells cannot be told from formulas without a result, they say nothing"


@pytest.mark.parametrize("format_", WorkbookFormat)
def test_a_damaged_workbook_ends_in_an_answer_or_a_sentence(format_: WorkbookFormat) -> None:
    sent = typed_in(
        update_workbook(book(), format_), {(2, Answer.WHY): "Typed", (3, Answer.RATING): "Purple"}
    )
    sentences: list[str] = []
    for seed in range(15):
        try:
            returned = read_returned_workbook(damaged(sent, seed), "returned")
        except DocumentError as error:
            sentences.append(str(error))
        else:
            assert returned.updates.keys() <= {UUID(int=number) for number in range(1, 5)}, seed
    assert len(sentences) < 15, "some are only scratched"
    assert [each for each in sentences if not (each.startswith("returned") and each.endswith("."))] == []


def test_the_same_content_gives_the_same_bytes_and_the_id_column_is_headed() -> None:
    for format_ in WorkbookFormat:
        assert update_workbook(book(), format_) == update_workbook(book(), format_)
    made_over(excel(), lambda sheets: pytest.fail("no ids") if sheets[UPDATES_SHEET][0][0] != ITEM else None)
