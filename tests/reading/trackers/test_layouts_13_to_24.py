"""The other twelve of twenty-four layouts that councils have used: a small document of each, with its trap.

The numbers are those of the table in `docs/reading.md`. The words are ours; only the shape is the councils'.
"""

from __future__ import annotations

import pytest
from support.layout_tables import TITLE, asked, by_theme, grid, printed_dates, read, table

from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading import NoPlanError
from goldenthread.reading.matching import match

NUMBERED = """# Council improvement plan: update

## Governance

1. The scheme of delegation is to be rewritten by July 2016.

Auditor's view: Members have not agreed the draft.

2. The declarations of officers are to be checked each year.

Auditor's view: Completed for this year.

## Finance

1. The bank is to be reconciled each month.

Auditor's view: Two months are behind.
"""


@pytest.mark.parametrize(("name", "numbers"), [("update.txt", ["1", "2", "1"]), ("update.md", [None] * 3)])
def test_layout_13_numbered_paragraphs_are_actions_though_numbers_restart(
    name: str, numbers: list[str | None]
) -> None:
    plan = read(NUMBERED if name.endswith(".md") else NUMBERED.replace("#", "").replace("\n ", "\n"), name)
    assert by_theme(plan) == {
        "Governance": [
            "The scheme of delegation is to be rewritten by July 2016.",
            "The declarations of officers are to be checked each year.",
        ],
        "Finance": ["The bank is to be reconciled each month."],
    }
    assert [action.number for action in plan.actions()] == numbers
    assert [action.updates[-1].text for action in plan.actions()] == [
        "Auditor's view: Members have not agreed the draft.",
        "Auditor's view: Completed for this year.",
        "Auditor's view: Two months are behind.",
    ]
    assert [action.status for action in plan.actions()] == [Status.UNKNOWN] * 3
    assert printed_dates(next(plan.actions())) == {"approved": "2016-07"}


def test_layout_13_numbered_paragraphs_of_any_other_paper_are_no_actions() -> None:
    with pytest.raises(NoPlanError):
        read("# Report on parks\n\n1. The parks are green.\n\n2. They are well used.\n", "paper.txt")


def test_layout_14_dates_of_the_sign_off_before_the_title_are_not_the_plan_s() -> None:
    first = grid("Officer|Yes/No|Date", "Monitoring officer|Yes|02/02/26", "Finance|Yes|03/02/2006")
    second = grid("Checked by|Done|Date", "Deputy chief executive|Yes|04/02/26")
    title = "\n# Revised improvement and recovery plan\n\nCommittee of 17 February 2026\n"
    plan = read(first + "\n" + second + title + grid("Action|Owner|Due", "Sell a car park|Chair|30 March"))
    assert plan.title == "Revised improvement and recovery plan"
    assert plan.version == "17 February 2026"
    (action,) = plan.actions()
    assert (action.title, printed_dates(action)) == ("Sell a car park", {"approved": "2026-03-30"})


def two_lists(more: str = "") -> str:
    own = grid(
        "Action no|Action|RAG", "1|Publish every grant|Green", "31|Name an election agent|Amber" + more
    )
    peer = grid(
        "Action no|Action|RAG", "1|Hold a members' away day|Green", "31|Widen the scrutiny chair pool|Red"
    )
    return f"# Best value plan\n\n## Best value actions\n{own}\n## Appendix: peer challenge\n{peer}"


def test_layout_15_two_lists_in_one_paper_keep_their_own_numbers() -> None:
    held, later = read(two_lists()), read(two_lists("|\n|32|Close a company|Green"))
    assert [action.number for action in held.actions()] == ["1", "31", "1", "31"]
    assert list(by_theme(held)) == ["Best value actions", "Appendix: peer challenge"]
    assert len({action.key for action in held.actions()}) == 4
    known = {action.key: action.title for action in held.actions()}
    again = [(known.get(action.key), action.title) for action in match(held, later).actions()]
    assert [was for was, is_now in again if was != is_now] == [None]


CROYDON = "Recommendation|Action|Lead|Status|Internal audit re-test"


def test_layout_16_complete_is_not_taken_when_audit_says_otherwise() -> None:
    plan = read(
        table(
            CROYDON,
            "Control spending|Freeze posts|Head of HR|Complete|Confirmed complete",
            "Control spending|Check each invoice|Head of Finance|Complete|Not implemented: half were unchecked",
            "Control spending|Stop late orders|Head of Finance|Complete|",
        )
    )
    actions = list(plan.actions())
    assert [action.status for action in actions] == [Status.COMPLETE, Status.UNKNOWN, Status.COMPLETE]
    (question,) = asked(plan, QuestionKind.STATUS)
    assert "Check each invoice" in question
    assert any("half were unchecked" in update.text for update in actions[1].updates)


def test_layout_16_complete_may_go_back_to_open_in_the_next_issue() -> None:
    first = read(table(CROYDON, "Control spending|Freeze posts|Head of HR|Complete|"))
    second = read(table(CROYDON, "Control spending|Freeze posts|Head of HR|Re-opened|"))
    (action,) = match(first, second).actions()
    assert action.key == next(first.actions()).key
    assert action.status is Status.IN_PROGRESS
    assert not asked(second, QuestionKind.STATUS)


def test_layout_17_an_action_that_is_done_does_not_meet_its_recommendation() -> None:
    plan = read(
        table(
            "Recommendation|Recommendation status|Action|Owner|Action status",
            "Plan the budget sooner|Not met|Move the budget day|Chair|Complete",
            "|Not met|Train the members|Chair|Complete",
            "Know what is owned|Met|Count the buildings|Chair|In progress",
        )
    )
    assert [action.status for action in plan.actions()] == [
        Status.COMPLETE,
        Status.COMPLETE,
        Status.IN_PROGRESS,
    ]
    assert list(by_theme(plan)) == ["Plan the budget sooner", "Know what is owned"]
    assert any("“Recommendation status”" in words for words in asked(plan, QuestionKind.OTHER))


def test_layout_18_a_rating_for_each_quarter_is_a_dated_update_of_the_direction() -> None:
    plan = read(
        table(
            "Direction|Lead|Q1 2022/23 RAG|Q2 2022/23 RAG|Q3 2022/23 RAG|Progress summary",
            "Prepare a plan for democratic services|Head of Law|Red|Amber||A draft went to the board.",
            "Sell assets to cut borrowing|Head of Assets|Red|Red|Green|Forty are sold.",
        )
    )
    first, second = plan.actions()
    assert first.title == "Prepare a plan for democratic services"
    said = [[(u.as_at and u.as_at.edtf, u.rag_printed) for u in action.updates] for action in (first, second)]
    assert said == [
        [("2022-04/2022-06", "Red"), ("2022-07/2022-09", "Amber")],
        [("2022-04/2022-06", "Red"), ("2022-07/2022-09", "Red"), ("2022-10/2022-12", "Green")],
    ]
    assert second.updates[-1].text == "Forty are sold."
    assert any("Direction" in words for words in asked(plan, QuestionKind.OTHER))


def test_layout_19_an_action_is_found_again_in_the_plan_that_swallowed_its_own() -> None:
    row = "Scrutiny|Train all scrutiny members in asking questions|Monitoring officer|May 2023|March 2024"
    head = "\n\n### Delivery plan\n" + grid("Workstream|Action|Lead|Start date|End date", row)
    held = read(f"# Improvement and recovery plan\n\n## Theme 3 – Governance and scrutiny{head}")
    later = read(f"# Corporate and improvement plan\n\n## Priority 1 – A council that listens{head}")
    assert [action.key for action in match(held, later).actions()] == [
        action.key for action in held.actions()
    ]


def test_layout_19_done_that_was_challenged_is_asked_about() -> None:
    plan = read(
        table(
            "Action|Owner|Status",
            "Publish all contracts|Chair|Complete (challenged at scrutiny: a third are missing)",
            "Name a lead|Chair|Complete",
        )
    )
    assert [action.status for action in plan.actions()] == [Status.UNKNOWN, Status.COMPLETE]
    (question,) = asked(plan, QuestionKind.STATUS)
    assert "Publish all contracts" in question


ACTIONS_OF_A_CARD = "Specific action|Target date|Status|Where and how often monitored"
CARDS = "# Strategic risk register\n" + "".join(
    f"\n## Risk {number}: {risk}\n"
    + grid(
        f"Background|{risk} has been near before.",
        "Existing controls|Monthly checks",
        "Response|Treat / Tolerate",
    )
    + grid(ACTIONS_OF_A_CARD, f"{action}|May 2025|{status}|Board, monthly")
    for number, risk, action, status in (
        (1, "Payroll stops", "Buy a second system", "In progress"),
        (2, "Floods close roads", "Clear the drains", "Complete"),
    )
)


def test_layout_20_a_risk_card_gives_a_risk_and_its_actions() -> None:
    plan = read(CARDS)
    assert [(risk.register_reference, risk.title) for risk in plan.risks] == [
        ("Risk 1", "Payroll stops"),
        ("Risk 2", "Floods close roads"),
    ]
    assert "Monthly checks" in plan.risks[0].description
    assert "Treat / Tolerate" in plan.risks[0].description
    assert by_theme(plan) == {
        "Risk 1: Payroll stops": ["Buy a second system"],
        "Risk 2: Floods close roads": ["Clear the drains"],
    }
    assert [action.status for action in plan.actions()] == [Status.IN_PROGRESS, Status.COMPLETE]
    assert any("“Where and how often monitored”" in words for words in asked(plan, QuestionKind.OTHER))


def test_layout_20_the_actions_may_stand_inside_the_card() -> None:
    card = grid(
        "Background|It has been near before.||",
        "Owner|Head of Finance||",
        "Description|Pay is not paid||",
        "Existing controls|Monthly checks||",
        "Causes|One supplier||",
        "Consequences|Staff leave||",
        "Response|Treat||",
        "Specific action|Target date|Status|Monitored",
        "Buy a second system|May 2025|In progress|Board",
    )
    plan = read(f"# Strategic risk register\n\n## Risk 1: Payroll stops\n{card}")
    (risk,) = plan.risks
    assert "Owner: Head of Finance." in risk.description
    (action,) = plan.actions()
    assert (action.title, action.status, printed_dates(action)) == (
        "Buy a second system",
        Status.IN_PROGRESS,
        {"approved": "2025-05"},
    )


def test_layout_21_scores_by_quarter_are_kept_with_their_risk_and_are_no_actions() -> None:
    page = "\n## Risk {}: {}\n" + grid(
        "Score|Q1|Q2|Q3|Q4", "Unmitigated|20|20|16|", "Residual|12|12|9|", "Appetite|6|6|6|"
    )
    plan = read("# Risk register\n" + page.format(1, "Staff leave") + page.format(2, "Homes flood"))
    assert [risk.title for risk in plan.risks] == ["Staff leave", "Homes flood"]
    assert "Unmitigated: Q1 20, Q2 20, Q3 16" in plan.risks[0].description
    assert "Appetite: Q1 6, Q2 6, Q3 6" in plan.risks[0].description
    assert not list(plan.actions())


def test_layout_22_a_change_that_only_a_colour_of_type_shows_is_asked_about() -> None:
    register = grid(
        "Ref|Risk|Description|Score|Owner",
        "1|Cyber attack|Files are lost|6|Chair",
        "2|Fraud|Money goes|9|Chair",
    )
    plan = read(f"# Strategic risk register\n\nChanges since the last meeting are shown in red.\n{register}")
    assert [(risk.title, risk.description) for risk in plan.risks] == [
        ("Cyber attack", "Files are lost"),
        ("Fraud", "Money goes"),
    ]
    other = asked(plan, QuestionKind.OTHER)
    assert any("in red" in words for words in other)
    assert any("“Score”" in words and "“Owner”" in words for words in other)


CONTRACTS = (
    "Contract reference,Contract title,Description,Department responsible,Supplier name,Start date,End date,"
    "Review date,Contract value,VAT not recoverable,Procurement process\n"
    "PO-100,Bin lorries,Hire of lorries,Environment,Ace Ltd,01/04/2024,,,90000,,Tender\n"
    "PO-100,Bin lorries,Spare wheels,Environment,Ace Ltd,01/04/2024,,,400,,\n"
)


def test_layout_23_a_register_of_contracts_is_no_plan() -> None:
    with pytest.raises(NoPlanError) as refused:
        read(CONTRACTS, "contracts.csv")
    assert "contract" in str(refused.value).removeprefix("contracts.csv")


AUDIT = f"""{TITLE}

## Table A: Live recommendations
{grid("Recommendation|Officer|Due date|Status", "Lock the store|Head of Parks|May 2025|In progress")}
## Table B: Completed recommendations
{grid("Recommendation|Officer|Due date", "Change the safe code|Head of Finance|May 2024")}
## Table C: Extension requested
{grid("Recommendation|Officer|Due date|Extension requested to", "Count the keys|Clerk|May 2024|May 2025")}
## Table D: Outstanding recommendations
{grid("Recommendation|Officer|Due date", "Sign the lease|Clerk|May 2024")}
## Table E: Governance statement
{grid("Issue|Officer|Due date", "Review the code of conduct|Chair|May 2025")}
"""


def test_layout_24_asking_for_an_extension_moves_no_deadline_and_completes_nothing() -> None:
    plan = read(AUDIT)
    assert [list(names) for names in by_theme(plan).values()] == [
        ["Lock the store"],
        ["Change the safe code"],
        ["Count the keys"],
        ["Sign the lease"],
        ["Review the code of conduct"],
    ]
    actions = {action.title: action for action in plan.actions()}
    assert printed_dates(actions["Count the keys"]) == {"approved": "2024-05", "forecast": "2025-05"}
    assert actions["Change the safe code"].status is Status.COMPLETE
    assert [title for title, action in actions.items() if action.status is Status.UNKNOWN] == [
        "Count the keys",
        "Sign the lease",
        "Review the code of conduct",
    ]


def test_layout_24_an_item_that_left_the_outstanding_table_is_found_again() -> None:
    before = read(AUDIT)
    moved = AUDIT.replace("|Sign the lease|Clerk|May 2024|\n", "").replace(
        "|Count the keys|Clerk|May 2024|May 2025|",
        "|Count the keys|Clerk|May 2024|May 2025|\n|Sign the lease|Clerk|May 2024|June 2025|",
    )
    after = match(before, read(moved))
    was, is_now = (
        next(action for action in plan.actions() if action.title == "Sign the lease")
        for plan in (before, after)
    )
    assert was.key == is_now.key
    assert printed_dates(is_now)["approved"] == "2024-05"
