"""What is printed beside the rows: a deadline for all of them, an action inside prose, columns that are not read."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from support.layout_tables import asked, printed_dates, read, table

from goldenthread.documents import document_from_bytes
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import read_plan

ROWS = ("Action|Owner|Due", "Name a lead|Chair|", "Agree the budget|Chair|May 2024", "Publish spend|Chair|")


@pytest.mark.parametrize(
    "words",
    [
        "All actions by March 2025 unless stated.",
        "Unless otherwise stated, all actions are due by March 2025.",
    ],
)
def test_a_deadline_that_is_stated_once_is_that_of_every_row_without_one(words: str) -> None:
    plan = read(table(*ROWS) + f"\n{words}\n")
    actions = list(plan.actions())
    assert [printed_dates(action) for action in actions] == [
        {"approved": "2025-03"},
        {"approved": "2024-05"},
        {"approved": "2025-03"},
    ]
    assert [action.due_printed for action in actions] == [words.rstrip("."), "May 2024", words.rstrip(".")]
    (question,) = asked(plan, QuestionKind.SUSPECT_DATE)
    assert "2 actions" in question


def test_two_deadlines_for_all_rows_are_none() -> None:
    text = (
        table(*ROWS)
        + "\nAll actions by March 2025 unless stated.\n\nAll actions by May 2026 unless stated.\n"
    )
    plan = read(text)
    assert [printed_dates(action) for action in plan.actions()] == [{}, {"approved": "2024-05"}, {}]
    assert len(asked(plan, QuestionKind.SUSPECT_DATE)) == 1


def test_an_action_inside_prose_keeps_the_prose_as_what_was_said() -> None:
    plan = read(
        "# Notes of the board\n\n## Money\n\nThe board heard of a gap. Action: Chair to write to members.\n\n"
        "## People\n\nTwo posts are empty. ACTION: Clerk to place an advertisement.\n"
    )
    first, second = plan.actions()
    assert (first.title, first.leads) == ("Chair to write to members.", ("Chair",))
    assert first.updates[-1].text == "The board heard of a gap."
    assert second.title == "Clerk to place an advertisement."


def test_an_action_cell_with_prose_before_its_action_is_taken_apart() -> None:
    plan = read(
        table(
            "Item|Action|Owner|Due",
            "Money|The board heard of a gap. Action: Write to members|Chair|May 2024",
            "People|Fill two posts|Clerk|May 2024",
        )
    )
    first, second = plan.actions()
    assert [first.title, second.title] == ["Write to members", "Fill two posts"]
    assert first.updates[-1].text == "The board heard of a gap."


def test_columns_that_are_not_read_are_named_once_with_how_much_they_hold() -> None:
    plan = read(
        table(
            "Action|Owner|Due|Openness|Measure",
            "Publish spend|Chair|May 2024|Level 2|Days late",
            "Answer letters|Chair|May 2024|Level 1|",
        )
    )
    (question,) = asked(plan, QuestionKind.OTHER)
    assert "“Openness” (2 rows)" in question
    assert "“Measure” (1 row)" in question


def test_a_column_that_is_empty_is_not_asked_about() -> None:
    assert not asked(read(table("Action|Owner|Due|Budget code", "Agree|Chair|May 2024|")), QuestionKind.OTHER)


def test_a_score_beside_the_commitments_is_named_and_no_commitment_is_made_of_it() -> None:
    text = (
        "Department,Publish spend,Answer on time,Openness score\nFinance,Met,Met,55\nHousing,Met,Delayed,61\n"
    )
    plan = read(text, "report.csv")
    assert {action.title for action in plan.actions()} == {"Publish spend", "Answer on time"}
    (question,) = asked(plan, QuestionKind.OTHER)
    assert "“Openness score” (2 rows)" in question


def workbook(*fills: str | None, key: str = "") -> bytes:
    """A tracker with a column of ratings that are the colours of its cells."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Actions")
        sheet.write_row(0, 0, ["Action", "Owner", "RAG"], book.add_format({"bg_color": "#0070C0"}))
        for row, fill in enumerate(fills, start=1):
            sheet.write_row(row, 0, [f"Sell building {row}", "Chair"])
            if fill:
                sheet.write_blank(row, 2, None, book.add_format({"bg_color": fill}))
        if key:
            sheet.write(len(fills) + 2, 0, key)
    return written.getvalue()


def test_a_rating_that_is_the_colour_of_a_cell_in_excel_is_taken_and_asked_about() -> None:
    plan = read_plan(document_from_bytes(workbook("#FFC000", "#00B050", "#DDEBF7", None), "plan.xlsx"))
    ratings = [action.updates[-1].rag_printed if action.updates else None for action in plan.actions()]
    assert ratings == ["Amber", "Green", None, None]
    assert {action.status for action in plan.actions()} == {Status.UNKNOWN}
    (question,) = asked(plan, QuestionKind.STATUS)
    assert question.startswith("2 cells under “RAG”")


def test_a_colour_of_a_cell_means_what_the_workbook_s_key_says() -> None:
    content = workbook("#0070C0", "#FFC000", key="Key: Blue = suspended; Amber = on track")
    plan = read_plan(document_from_bytes(content, "plan.xlsx"))
    assert [action.status for action in plan.actions()] == [Status.DEFERRED, Status.IN_PROGRESS]


def test_colours_outside_the_usual_palette_are_asked_about_and_not_taken() -> None:
    plan = read_plan(document_from_bytes(workbook("#DDEBF7", "#123456"), "plan.xlsx"))
    assert not any(action.updates for action in plan.actions())
    (question,) = asked(plan, QuestionKind.STATUS)
    assert "colour without a word" in question
