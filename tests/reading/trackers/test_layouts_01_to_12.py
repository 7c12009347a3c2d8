"""The first twelve of twenty-four layouts that councils have used: a small document of each, with its trap.

The numbers are those of the table in `docs/reading.md`. The words are ours; only the shape is the councils'.
"""

from __future__ import annotations

import pytest
from support.layout_tables import TITLE, actions_of, asked, by_theme, grid, printed_dates, read, table

from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import NoPlanError
from goldenthread.reading.matching import match


def test_layout_01_one_cell_holds_lead_rating_and_dated_updates_and_amber_is_on_track() -> None:
    text = table(
        "Ref|Improvement aim|Required action|Outputs|Lead, RAG and progress",
        "1|Clear rules|Review the scheme of delegation|A new scheme"
        "|DoL AMBER 23/07/2018: Agreed by the board. 12/06/2018: A first draft is out.",
        "2|Clear rules|Train every manager|Two courses|CFO GREEN 01/05/2018: All have been.",
    )
    key = "\nKey: Green = complete and evaluated; Amber = on track; Red = off track\n"
    plan = read(text + key)
    first, second = plan.actions()
    assert (first.title, first.leads) == ("Review the scheme of delegation", ("DoL",))
    assert [update.as_at and update.as_at.edtf for update in first.updates] == ["2018-06-12", "2018-07-23"]
    assert first.updates[-1].rag_printed == "AMBER"
    assert [first.status, second.status] == [Status.IN_PROGRESS, Status.COMPLETE]
    assert by_theme(plan) == {"Clear rules": [first.title, second.title]}
    assert any("“Outputs”" in words for words in asked(plan, QuestionKind.OTHER))


def test_layout_02_a_colour_with_two_meanings_in_one_document_has_none() -> None:
    text = (
        f"{TITLE}\n\nChart: Blue 12, Green 8, Amber 3\n\n"
        "Key for objectives: Blue = complete; Green = all milestones on track; Amber = some late\n\n"
        "Key for milestones: Blue = complete; Green = delivered; Amber = delayed\n\n"
        "## Objective 1: Sound money\n\nOverall RAGB: Amber\n"
    )
    rows = grid(
        "Milestone|End date|RAGB",
        "Close the accounts|June 2013|Blue",
        "Publish a budget|July 2013|Green",
        "Train members|May 2013|Amber",
    )
    plan = read(text + rows)
    assert [action.status for action in plan.actions()] == [
        Status.COMPLETE,
        Status.UNKNOWN,
        Status.UNKNOWN,
    ]
    assert [action.updates[-1].rag_printed for action in plan.actions()] == ["Blue", "Green", "Amber"]
    assert list(by_theme(plan)) == ["Objective 1: Sound money"]
    (question,) = asked(plan, QuestionKind.STATUS)
    assert "Green" in question
    assert "Amber" in question
    assert "Blue" not in question
    assert any("Overall RAGB: Amber" in words for words in asked(plan, QuestionKind.OTHER))


MONTHS = (
    "Ref|Action|Lead|Apr|May|Jun|Jul|Comments",
    "1.1|Open a help desk|Clerk|X|X|X||ON TARGET. Staff are hired.",
    "1.2|Print a guide|Clerk|||X|X|SUSPENDED. There is no money this year.",
)


def test_layout_03_marks_in_a_grid_of_months_are_when_it_is_to_be_done() -> None:
    plan = read(table(*MONTHS).replace("tracker", "plan 2010/11"))
    first, second = plan.actions()
    assert (first.start and first.start.edtf, printed_dates(first)) == ("2010-04", {"approved": "2010-06"})
    assert (second.start and second.start.edtf, printed_dates(second)) == ("2010-06", {"approved": "2010-07"})
    assert first.due_printed == "Apr, May, Jun"
    assert first.dates.approved
    assert first.dates.approved.inferred
    assert [first.status, second.status] == [Status.IN_PROGRESS, Status.DEFERRED]
    assert second.updates[-1].status_printed == "SUSPENDED"
    (question,) = asked(plan, QuestionKind.SUSPECT_DATE)
    assert "2 actions" in question


def test_layout_03_months_without_a_year_are_kept_and_no_date_is_made_of_them() -> None:
    plan = read(table(*MONTHS))
    first = next(plan.actions())
    assert (first.start, printed_dates(first), first.due_printed) == (None, {}, "Apr, May, Jun")
    assert len(asked(plan, QuestionKind.UNREAD_DATE)) == 1


def test_layout_03_marks_with_a_gap_between_them_make_no_date() -> None:
    plan = read(
        table("Action|Lead|Apr 2024|May 2024|Jun 2024", "Sell a hall|Chair|X||X", "Buy one|Chair|X|X|")
    )
    assert [printed_dates(action) for action in plan.actions()] == [{}, {"approved": "2024-05"}]
    assert len(asked(plan, QuestionKind.UNREAD_DATE)) == len(asked(plan, QuestionKind.SUSPECT_DATE)) == 1


def test_layout_03_a_grid_whose_marks_are_colours_is_asked_about_and_blue_may_be_suspended() -> None:
    blank = table("Action|Lead|Apr|May|Comments", "Open a desk|Clerk|||", "Print a guide|Clerk|||")
    plan = read(blank)
    assert [action.status for action in plan.actions()] == [Status.UNKNOWN, Status.UNKNOWN]
    assert any("“Apr”" in words and "colour" in words for words in asked(plan, QuestionKind.STATUS))
    worded = table("Action|Lead|Apr|May", "Open a desk|Clerk|Grey|Amber", "Print a guide|Clerk|Grey|Blue")
    keyed = read(f"{worded}\nKey: Grey = programmed; Amber = a month late; Blue = suspended\n")
    assert [action.updates[-1].rag_printed for action in keyed.actions()] == [
        "Apr Grey, May Amber",
        "Apr Grey, May Blue",
    ]
    assert all(not action.status.is_done for action in keyed.actions())


def test_layout_04_a_status_column_that_is_blank_throughout_is_asked_about_once() -> None:
    plan = read(table("Activity|Lead|Status", "Answer in ten days|Head of HR|", "Pay in thirty|Head of Tax|"))
    assert [action.status for action in plan.actions()] == [Status.UNKNOWN, Status.UNKNOWN]
    (question,) = asked(plan, QuestionKind.STATUS)
    assert "“Status”" in question
    assert "colour" in question


def themed(*themes: str) -> str:
    return "# Recovery plan\n\n" + "\n".join(themes)


def chapter(heading: str, *rows: str) -> str:
    return f"## {heading}\n\n### Delivery plan\n" + grid("Workstream|Action|Lead|Start date|End date", *rows)


def test_layout_05_a_renamed_theme_is_matched_and_an_action_added_by_motion_is_new() -> None:
    budget = "Money|Set a balanced budget for four years|Director of Finance|May 2021|March 2022"
    assets = "Assets|Sell the buildings that are not needed|Director of Property|June 2021|May 2022"
    added = "Money|Report each company's losses to Council|Director of Finance|May 2022|May 2023"
    held = read(themed(chapter("Theme 1 – Medium term money", budget), chapter("Theme 2 – Assets", assets)))
    later = read(
        themed(chapter("Theme 1 – Finances", budget, added), chapter("Theme 2 – What we own", assets))
    )
    matched = match(held, later)
    known = {action.key: action.title for action in held.actions()}
    assert [known.get(action.key) for action in matched.actions()] == [
        "Set a balanced budget for four years",
        None,
        "Sell the buildings that are not needed",
    ]


def test_layout_05_the_same_action_in_two_places_is_asked_about() -> None:
    row = "Money|Sell the buildings that are not needed|Director of Property|June 2021|May 2022"
    plan = read(themed(chapter("Theme 1 – Money", row), chapter("Theme 2 – Assets", row)))
    assert len(list(plan.actions())) == 2
    assert len(asked(plan, QuestionKind.DUPLICATE)) == 1
    rows = ("Money|Sell old halls|Chair|May 2022", "Assets|Sell old halls|Chair|May 2022")
    tracker = read(table("Theme|Action|Owner|Due", *rows))
    assert len(list(tracker.actions())) == 2
    assert len(asked(tracker, QuestionKind.DUPLICATE)) == 1


CLOSEDOWN = """# Four-year plan: closedown report

{mark}Cleaner streets by 2019 Cleaner streets by 2019 CS1 BRAG outcome GREEN 012 Litter fell in each ward of the city.
{gap}
{mark}Build 90 council homes Build 90 council homes HO4 BRAG outcome AMBER 045 Green sites were few, so seventy stand.
"""


@pytest.mark.parametrize(("mark", "name"), [("", "closedown.txt"), ("- ", "closedown.md")])
def test_layout_06_a_commitment_that_runs_together_in_one_line_is_taken_apart(mark: str, name: str) -> None:
    plan = read(CLOSEDOWN.format(mark=mark, gap=""), name)
    first, second = plan.actions()
    assert [first.title, second.title] == ["Cleaner streets by 2019", "Build 90 council homes"]
    assert [first.number, second.number] == ["CS1", "HO4"]
    assert [first.updates[-1].rag_printed, second.updates[-1].rag_printed] == ["GREEN 012", "AMBER 045"]
    assert second.updates[-1].text == "Green sites were few, so seventy stand."
    assert [first.status, second.status] == [Status.UNKNOWN, Status.UNKNOWN]


def test_layout_07_delay_is_told_against_the_original_date_which_stays() -> None:
    plan = read(
        table(
            "Priority|Action|Lead|Original due date|Revised due date|Status",
            "Every child|Open a nursery|Head of Schools|May 2023||On track to be delivered by original date",
            "Every child|Hire two nurses|Head of Care|May 2023|July 2023|Delayed by less than 3 months",
            "Every child|Widen a gate|Head of Roads|May 2023|May 2024|Not within 3 months of original date",
            "Every child|Paint a hall|Head of Roads|May 2022||Completed",
        )
    )
    actions = list(plan.actions())
    assert [printed_dates(action) for action in actions] == [
        {"approved": "2023-05"},
        {"original": "2023-05", "approved": "2023-07"},
        {"original": "2023-05", "approved": "2024-05"},
        {"approved": "2022-05"},
    ]
    assert [action.status for action in actions] == [
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.UNKNOWN,
        Status.COMPLETE,
    ]
    assert not asked(plan, QuestionKind.STATUS)
    words = [update.status_printed for action in actions for update in action.updates]
    assert words[2] == "Not within 3 months of original date"


def test_layout_08_a_timeline_of_events_holds_no_promise() -> None:
    months = grid(
        "Apr 2015|May 2015|Jun 2015", "• Commissioners arrive|• A new leader|• Two posts are filled"
    )
    with pytest.raises(NoPlanError):
        read(
            f"# Commissioners' timeline of progress\n{months}\n- New chief officer named\n- Taxi rules agreed\n"
        )


def test_layout_09_arrows_of_a_symbol_font_are_no_rating_and_indicators_are_no_actions() -> None:
    indicators = grid("Indicator|Target|Actual|RAG|DoT", "Days lost|8|9|Red|ê", "Bins missed|50|40|Green|é")
    with pytest.raises(NoPlanError):
        read(f"# Performance report\n{indicators}")
    plan = read(
        table("Action|Lead|RAG|DoT", "Cut days lost|Head of HR|Red|ê", "Miss no bin|Head of Bins|Green é|é")
    )
    assert [action.updates[-1].rag_printed for action in plan.actions()] == ["Red", "Green é"]
    assert any("“DoT”" in words and "arrow" in words for words in asked(plan, QuestionKind.OTHER))
    key = "\nKey: Green = on track; Red = delayed\n"
    keyed = actions_of(table("Action|Lead|RAG", "Cut days lost|Head of HR|Red ê", "Pay|Clerk|Green é") + key)
    assert [action.status for action in keyed] == [Status.IN_PROGRESS, Status.IN_PROGRESS]


def test_layout_10_progress_and_confidence_in_the_outcome_are_two_ratings() -> None:
    text = table(
        "Activity|Lead|Progress RAG|Outcome confidence RAG|Commentary",
        "Open two hubs|Head of Housing|Green|Amber|Both sites are chosen.",
    )
    (action,) = actions_of(f"{text}\nKey: Green = complete; Amber = delayed\n")
    assert action.updates[-1].rag_printed == "Progress Green, Outcome confidence Amber"
    assert action.status is Status.UNKNOWN


def test_layout_11_a_rating_of_risk_says_nothing_of_lateness() -> None:
    text = table("Action|Owner|RAG|Update", "Plant trees|Head of Parks|Amber|Half are in the ground.")
    key = (
        "\nKey: Green = no issues now and none to come; Amber = some issues now, or a risk later; "
        "Red = issues now that put it at risk\n"
    )
    (action,) = actions_of(text + key)
    assert (action.updates[-1].rag_printed, action.status) == ("Amber", Status.UNKNOWN)


def workstreams(slipped: str) -> str:
    return table(
        "Workstream|Workstream end date|Milestone|Milestone date|Milestone RAG",
        f"Homes|March 2024|Appoint a builder|{slipped}|Green",
        "Homes|March 2024|Hand over the keys|February 2024|Green",
    )


def test_layout_12_a_milestone_that_slips_inside_its_workstream_shows_as_a_change() -> None:
    held, later = read(workstreams("May 2023")), read(workstreams("October 2023"))
    assert by_theme(held) == {"Homes": ["Appoint a builder", "Hand over the keys"]}
    assert [printed_dates(action) for action in held.actions()] == [
        {"approved": "2023-05"},
        {"approved": "2024-02"},
    ]
    matched = match(held, later)
    assert [action.key for action in matched.actions()] == [action.key for action in held.actions()]
    assert printed_dates(next(matched.actions())) == {"approved": "2023-10"}
    assert any("“Workstream end date”" in words for words in asked(held, QuestionKind.OTHER))
