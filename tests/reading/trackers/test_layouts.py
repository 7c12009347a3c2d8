"""Layouts that councils use, each with the trap in it: small documents of our own."""

from __future__ import annotations

import pytest

from goldenthread.documents import document_from_bytes
from goldenthread.plan.model import Action, Plan, PlanKind
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import NoPlanError, read_plan


def read(text: str, name: str = "tracker.md") -> Plan:
    return read_plan(document_from_bytes(text.encode(), name))


def actions_of(text: str, name: str = "tracker.md") -> list[Action]:
    return list(read(text, name).actions())


def table(*rows: str) -> str:
    """A Markdown document with one table: cells are separated by bars, the first row holds the headings."""
    head, *body = rows
    rule = "|".join("---" for _ in head.split("|"))
    return "\n".join(["# Improvement tracker", "", *(f"|{row}|" for row in (head, rule, *body)), ""])


def test_several_dated_updates_in_one_cell_are_told_apart_and_the_newest_counts() -> None:
    (action,) = actions_of(
        table(
            "Ref|Action|Lead|Due|Progress",
            "1.2|Adopt a new process for reports|Head of Finance|July 2018"
            "|23 July 2018: Complete. Agreed by the board. 12 June 2018: In progress. First draft is out.",
        )
    )
    assert action.number == "1.2"
    assert [update.as_at and update.as_at.edtf for update in action.updates] == ["2018-06-12", "2018-07-23"]
    assert [update.status for update in action.updates] == [Status.IN_PROGRESS, Status.COMPLETE]
    assert action.updates[0].text == "In progress. First draft is out."
    assert action.status is Status.COMPLETE


def test_one_cell_may_hold_lead_rating_and_text() -> None:
    (action,) = actions_of(
        table(
            "Ref|Improvement aim|Required action|Outputs|Lead, RAG and progress",
            "A1|Sound governance|Review the scheme of delegation|New scheme"
            "|Director of Law AMBER 12/06/2018: Draft shared with members.",
        )
    )
    assert action.title == "Review the scheme of delegation"
    assert action.leads == ("Director of Law",)
    assert action.updates[-1].rag_printed == "AMBER"
    assert action.updates[-1].text == "Draft shared with members."
    assert action.status is Status.UNKNOWN


def test_two_ratings_of_a_row_keep_their_headings() -> None:
    (action,) = actions_of(
        table(
            "Activity|Lead|Progress RAG|Outcome RAG|Commentary",
            "Open two hubs|Head of Housing|Green|Amber|Both sites are chosen.",
        )
    )
    assert action.updates[-1].rag_printed == "Progress Green, Outcome Amber"
    assert action.status is Status.UNKNOWN


COLOURED = table(
    "Action|Owner|RAG", "Replace the ledger|Head of Finance|Blue", "Train managers|Head of HR|Amber"
)


def test_a_colour_is_no_status_without_a_key() -> None:
    assert [action.status for action in actions_of(COLOURED)] == [Status.UNKNOWN, Status.UNKNOWN]
    assert [action.updates[-1].rag_printed for action in actions_of(COLOURED)] == ["Blue", "Amber"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Key: Blue = suspended; Amber = on track", [Status.DEFERRED, Status.IN_PROGRESS]),
        ("Key: Blue = complete; Amber = delayed", [Status.COMPLETE, Status.IN_PROGRESS]),
        (
            "Key: Blue = complete. Amber = late. In the second table Blue = suspended",
            [Status.UNKNOWN, Status.IN_PROGRESS],
        ),
    ],
)
def test_the_document_s_own_key_says_what_a_colour_means(key: str, meant: list[Status]) -> None:
    assert [action.status for action in actions_of(f"{COLOURED}\n{key}\n")] == meant


def test_an_arrow_of_a_symbol_font_is_no_rating() -> None:
    (action,) = actions_of(
        table("Action|Lead|RAG|Comments", "Cut sickness|Head of HR|Green é|Down this quarter")
    )
    assert action.updates[-1].rag_printed == "Green é"
    assert action.updates[-1].status is Status.UNKNOWN


def test_sign_off_dates_before_the_title_are_not_the_plan_s() -> None:
    text = "Signed off, 17/02/2006\n\n|Officer|Yes/No|Date|\n|---|---|---|\n|Legal|Yes|02/02/2026|\n\n"
    plan = read(text + table("Action|Owner|Due", "Publish the accounts|Head of Finance|31/03/2026"))
    assert [action.title for action in plan.actions()] == ["Publish the accounts"]
    assert plan.version is None


@pytest.mark.parametrize(
    ("printed", "edtf", "cadence"),
    [
        ("ONGOING - Sept 2012", "2012-09", None),
        ("Monthly ongoing", None, "monthly"),
        ("Late Spring 2011", "2011-05", None),
        ("As soon as possible", None, None),
        ("next meeting", None, None),
    ],
)
def test_vague_deadlines_keep_their_words(printed: str, edtf: str | None, cadence: str | None) -> None:
    plan = read(
        table("Action|Owner|Deadline", f"Write to members|Chair|{printed}", "Tell them|Chair|May 2011")
    )
    action = next(plan.actions())
    assert action.due_printed == printed
    assert (action.dates.approved.edtf if action.dates.approved else None) == edtf
    assert action.review_cadence == cadence
    asked = [question for question in plan.questions if question.kind is QuestionKind.UNREAD_DATE]
    assert bool(asked) == (edtf is None and cadence is None)


def test_a_year_that_is_not_printed_is_the_document_s_and_is_asked_about_once() -> None:
    text = table(
        "Date raised|Action|Owner|Deadline",
        "12/11/2010|Write a paper|Chair|late January",
        "19/11/2010|Send it|Chair|23-Mar",
    )
    plan = read(text)
    dates = [action.dates.approved for action in plan.actions()]
    assert [day and (day.edtf, day.inferred) for day in dates] == [
        ("2011-01-21/2011-01-31", True),
        ("2011-03-23", True),
    ]
    assert [question.kind for question in plan.questions] == [QuestionKind.SUSPECT_DATE]


def test_a_row_that_goes_on_over_the_page_is_one_action() -> None:
    (action,) = actions_of(
        table(
            "No|Action|Owner|Status|Update",
            "1|Agree the budget|Head of Finance|Ongoing|Papers are with",
            "||||the board",
        )
    )
    assert action.updates[-1].text.endswith("Papers are with the board")
    assert len(action.anchors) == 2


def test_headings_may_run_down_the_side() -> None:
    text = (
        "Action;Agree the budget;Hire a lead\nOwner;Head of Finance;Head of HR\n"
        "Due date;1 May 2024;June 2024\nStatus;Complete;Not started\n"
    )
    actions = actions_of(text, "tracker.csv")
    assert [action.title for action in actions] == ["Agree the budget", "Hire a lead"]
    assert [action.leads for action in actions] == [("Head of Finance",), ("Head of HR",)]
    assert [action.status for action in actions] == [Status.COMPLETE, Status.NOT_STARTED]


def test_departments_across_or_down_are_the_same_commitments() -> None:
    across = ",Finance,Housing,HR\nPublish spend,Met,Not Met,Met\nAnswer on time,Delayed,Met,Met\n"
    down = "Department,Publish spend,Answer on time\nFinance,Met,Delayed\nHousing,Not Met,Met\nHR,Met,Met\n"
    one, other = read(across, "a.csv"), read(down, "b.csv")
    assert one.kind is other.kind is PlanKind.COMMITMENTS
    said = [
        {(action.title, action.leads, action.status) for action in plan.actions()} for plan in (one, other)
    ]
    assert said[0] == said[1]
    assert ("Publish spend", ("Housing",), Status.UNKNOWN) in said[0]


def test_groups_stand_as_headings_rows_or_in_a_column() -> None:
    head = "|Action|Owner|Due|\n|---|---|---|\n"
    by_heading = (
        f"# Action log\n\n## Money\n\n{head}|Agree the budget|Chair|May 2024|\n\n"
        f"## People\n\n{head}|Hire a lead|Chair|June 2024|\n"
    )
    by_column = table(
        "Theme|Action|Owner|Due",
        "Money|Agree the budget|Chair|May 2024",
        "People|Hire a lead|Chair|June 2024",
    )
    for text in (by_heading, by_column):
        assert [(theme.name, [action.title for action in theme.actions]) for theme in read(text).themes] == [
            ("Money", ["Agree the budget"]),
            ("People", ["Hire a lead"]),
        ]


def test_a_revised_date_leaves_the_original_standing() -> None:
    (action,) = actions_of(
        table(
            "Action|Owner|Original due date|Revised due date|Date completed",
            "Move in|Chair|1 May 2024|1 July 2024|3 July 2024",
        )
    )
    dates = action.dates
    printed = [day and day.edtf for day in (dates.original, dates.approved, dates.actual)]
    assert printed == ["2024-05-01", "2024-07-01", "2024-07-03"]


@pytest.mark.parametrize(
    "text",
    [
        "# Minutes\n\nThe board met. It noted the report.\n",
        "# Budget\n\n|Heading|2023|2024|\n|---|---|---|\n|Staff|100|120|\n",
        "# Contacts\n\n|Name|Role|Telephone|\n|---|---|---|\n|A Smith|Clerk|01234|\n",
        "Name,Telephone\nA Smith,01234\nB Jones,01235\n",
    ],
)
def test_what_is_no_plan_gets_one_sentence(text: str) -> None:
    with pytest.raises(NoPlanError) as refused:
        read(text, "paper.csv" if text.startswith("Name") else "paper.md")
    assert str(refused.value).count(".") <= 2
