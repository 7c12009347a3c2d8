"""Comments of bodies on issued reports, in words: what each is, whether it waits for a response, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.days import day_words
from goldenthread.record.comments import Commented, HeldComment, in_order
from goldenthread.web.presenting.reports import AUDIENCES
from goldenthread.web.presenting.statuses import count_words

_AUDIENCES = {name: who for name, who, *_ in AUDIENCES} | {"letter": "the Secretary of State"}


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as a list shows it: which report it is about, how it stands in a word and its colour, and a note."""

    comment: HeldComment
    about: str
    word: str
    colour: str
    note: str


def comment_rows(comments: Sequence[HeldComment], day: date) -> list[CommentRow]:
    """Comments as they stood at the end of a day: nothing that was said or answered after it."""
    then = [as_then for each in comments if (as_then := each.as_at(day))]
    return [_row(each, day) for each in sorted(then, key=in_order)]


def report_words(report: Commented) -> str:
    """Which report it is: "Report 3 for Cabinet, as at 31 July 2022"."""
    who = _AUDIENCES.get(report.audience, report.reviewer or report.audience)
    return f"Report {report.number} for {who}, as at {day_words(report.cut_off)}"


def summary(rows: Sequence[CommentRow]) -> str:
    """How many wait for a response, and how many recommendations are past their two months."""
    waiting = [row for row in rows if row.comment.is_open]
    if not rows:
        return "No comment of a body has been recorded."
    if not waiting:
        return f"{count_words(len(rows), 'comment')} recorded. None waits for a response."
    verb = "waits" if len(waiting) == 1 else "wait"
    said = f"{count_words(len(rows), 'comment')} recorded. {len(waiting):,} {verb} for a response."
    late = sum(row.word == "Late" for row in waiting)
    return f"{said} {count_words(late, 'recommendation')} past the two months." if late else said


def _row(one: HeldComment, day: date) -> CommentRow:
    word, colour, note = _standing(one, day)
    return CommentRow(one, report_words(one.report), word, colour, note)


def _standing(one: HeldComment, day: date) -> tuple[str, str, str]:
    due = f"due by {day_words(one.due)}" if one.due else ""
    late = one.is_late(day)
    if one.withdrawn:
        return "Taken back", "grey", one.withdrawn
    if one.responded_on:
        who = f"{one.responded_by} on {day_words(one.responded_on)}"
        return ("Answered late", "orange", f"{who}; it was {due}") if late else ("Answered", "green", who)
    if late:
        return "Late", "red", f"A response was {due}"
    return "Waits", "yellow", f"A response is {due}" if due else "It has no response yet"
