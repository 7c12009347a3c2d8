"""The next log of a board: the same actions are found again, others are not taken for them, and history is kept."""

from __future__ import annotations

from collections import Counter
from functools import cache

from support.needs import require_data
from support.tracker_scores import place_of, plan_of, read_place
from truth.logs import ACTION_LOGS, load_matches, return_files, successive_logs

from goldenthread.documents import document_from_bytes
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading import read_plan
from goldenthread.reading.matching import match_with_scores

LEAST_MATCHED = 0.9
MOST_WRONG = 1 / 50
Place = tuple[int | None, ...]


@cache
def found_again() -> Counter[str]:
    """How the items of every log were matched with those of the one before, all boards together."""
    require_data(next(iter(return_files().values())))
    counted: Counter[str] = Counter()
    for earlier, later in successive_logs():
        held, read = plan_of(ACTION_LOGS, earlier), plan_of(ACTION_LOGS, later)
        same = {
            read_place(match.later): read_place(match.earlier)
            for match in load_matches(earlier, later)
            if match.same
        }
        unsure = {read_place(match.later) for match in load_matches(earlier, later) if match.same is None}
        for place, (was, asked) in pairs(held, read).items():
            counted[verdict(was, asked, same.get(place), is_unsure=place in unsure)] += 1
    return counted


def pairs(held: Plan, read: Plan) -> dict[Place, tuple[Place | None, bool]]:
    """For each action read: where the held one stood that it was taken for, and whether a person is asked."""
    matched, _ = match_with_scores(held, read)
    known = {action.key: place_of(action) for action in held.actions()}
    asked = {question.item_key for question in matched.questions if question.kind is QuestionKind.IDENTITY}
    both = zip(read.actions(), matched.actions(), strict=True)
    return {place_of(action): (known.get(again.key), again.key in asked) for action, again in both}


def verdict(was: Place | None, asked: bool, same: Place | None, *, is_unsure: bool) -> str:
    if was is not None:
        return "right" if was == same else "asked" if is_unsure else "wrong"
    return "asked" if asked else "missed" if same else "new"


def test_nine_of_ten_recurring_actions_are_found_again() -> None:
    counted = found_again()
    recurring = sum(bool(match.same) for pair in successive_logs() for match in load_matches(*pair))
    print(dict(counted))
    assert counted["right"] >= LEAST_MATCHED * recurring


def test_hardly_any_is_taken_for_another() -> None:
    counted = found_again()
    assert counted["wrong"] <= MOST_WRONG * (counted["right"] + counted["wrong"])


def log(month: str, *rows: str) -> Plan:
    text = f"# Action log, {month}\n\n|Action|Owner|Status|\n|---|---|---|\n" + "".join(
        f"|{row}|\n" for row in rows
    )
    return read_plan(document_from_bytes(text.encode(), "log.md"))


def test_what_was_said_before_stays_and_the_new_update_follows() -> None:
    first = log("March 2024", "Publish the accounts for audit|Head of Finance|In progress")
    second, _ = match_with_scores(
        first, log("April 2024", "Publish the accounts for audit|Head of Finance|Complete")
    )
    third, _ = match_with_scores(
        second, log("April 2024", "Publish the accounts for audit|Head of Finance|Complete")
    )
    for plan in (second, third):
        (action,) = plan.actions()
        assert said(action) == [("2024-03", "In progress"), ("2024-04", "Complete")]


def said(action: Action) -> list[tuple[str | None, str | None]]:
    return [(update.as_at.edtf if update.as_at else None, update.status_printed) for update in action.updates]


def test_the_minutes_of_another_meeting_are_asked_about() -> None:
    first = log("March 2024", "Circulate the minutes of the fourth meeting|Clerk|Complete")
    again, _ = match_with_scores(
        first, log("April 2024", "Circulate the minutes of the fifth meeting|Clerk|Ongoing")
    )
    asked = {question.item_key for question in again.questions if question.kind is QuestionKind.IDENTITY}
    assert {action.key for action in again.actions()} <= asked
    assert {action.key for action in again.actions()}.isdisjoint({action.key for action in first.actions()})
