"""Promises named in quotation marks, and letters that own up to what is late. Keyed before the check knew of either."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.documents import document_from_bytes
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Report
from goldenthread.plan.model import Action, Council, Dates, Milestone, Plan, Theme
from goldenthread.plan.status import Status
from goldenthread.reporting.claims import Claim, check_claims

UNTIL = date(2022, 10, 31)


def month(edtf: str) -> PlanDate:
    day = date.fromisoformat(f"{edtf}-01")
    return PlanDate.from_edtf(edtf, f"{day:%b %Y}")


def action(key: str, title: str, due: str, status: Status, **more: object) -> Action:
    actual = more.pop("actual", None)
    dates = Dates(original=month(due), approved=month(due), actual=actual)
    return Action.model_validate({"key": key, "title": title, "status": status, "dates": dates, **more})


PLAN = Plan(
    key="northbury",
    council=Council(name="Northbury Council"),
    title="Northbury Improvement Plan",
    themes=(
        Theme(
            key="t1",
            number=1,
            name="Services",
            milestones=(
                Milestone(
                    key="m1",
                    name="Budget draft for the libraries",
                    dates=Dates(approved=month("2022-12")),
                    status=Status.IN_PROGRESS,
                ),
            ),
            actions=(
                action("a1", "Close the accounts of the harbour", "2022-06", Status.IN_PROGRESS,
                       report=Report(as_at=UNTIL, by="Director of Finance", door=Door.PAGE,
                                     why="Sickness rates have improved but the ledger was late")),
                action("a2", "Planning backlog to be cleared", "2022-05", Status.COMPLETE,
                       actual=PlanDate.on(date(2022, 8, 12))),
                action("a3", "Adopt the whistleblowing charter", "2022-07", Status.VERIFIED),
                action("a4", "Draft budget for the museums and libraries", "2022-06", Status.NOT_STARTED),
            ),
        ),
    ),
)  # fmt: skip


def claim(words: str) -> Claim:
    letter = document_from_bytes(words.encode(), "letter.txt")
    (found,) = check_claims(letter, PLAN, since=date(2022, 5, 1), until=UNTIL).claims
    return found


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("“Close the accounts of the harbour” is late: it was due in June 2022.", "supported"),
        ("“Close the accounts of the harbour” was due in June 2022 and is still being worked on.", "supported"),
        ("We missed the date for closing the accounts of the harbour, which was June 2022.", "supported"),
        ("“Draft budget for the museums and libraries” is late: it was due in June 2022 and has not been started.",
         "supported"),
        ("We are closing the accounts of the harbour.", "contradicted"),
        ("“Close the accounts of the harbour” is late: it was due in April 2021, and work is in progress.",
         "contradicted"),
        ("“Adopt the whistleblowing charter” is late: it was due in July 2022.", "contradicted"),
        ("“Close the accounts of the harbour” has been completed.", "contradicted"),
    ],
)  # fmt: skip
def test_owning_up_to_what_is_late_is_no_contradiction(words: str, verdict: str) -> None:
    assert claim(words).verdict == verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("“Planning backlog to be cleared”, due in May 2022, has been reported complete.", "supported"),
        ("“Planning backlog to be cleared”, due in May 2022, was completed in August 2022.", "supported"),
        ("“Planning backlog to be cleared” was completed in May 2022.", "contradicted"),
        ("“Planning backlog to be cleared” is still to be completed.", "contradicted"),
        ("“Budget draft for the libraries” is due in December 2022.", "no-claim"),
        ("“Budget draft for the libraries” has been completed.", "contradicted"),
        ("The reason on the record is “Sickness rates have improved but the ledger was late”.", "no-claim"),
        ("Sickness rates have improved.", "unquantified"),
    ],
)
def test_a_name_in_quotation_marks_is_that_promise_and_says_nothing_of_its_state(
    words: str, verdict: str
) -> None:
    assert claim(words).verdict == verdict
