"""The words of the mails of the cycle. Where a body says `{link}`, the signed link is put in when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.plan.days import day_words

LINK = "{link}"
KEEP_IT = "Please do not pass the link on: whoever has it can answer."


@dataclass(frozen=True)
class Letter:
    """What one mail says."""

    subject: str
    body: str


@dataclass(frozen=True)
class Asking:
    """What a mail to somebody about a post's updates has to say.

    `because` says why it goes to somebody other than the holder of the post, and is empty for the holder.
    """

    council: str
    plan: str
    period: str
    post: str
    owed: int
    due_on: date
    expires_on: date
    because: str = ""


def asking_letter(name: str, asking: Asking) -> Letter:
    """The mail that asks for updates."""
    opening = f"{asking.post} is to report on {_items(asking.owed)} of “{asking.plan}” for {asking.period}."
    return Letter(
        f"Update for {asking.period}: {asking.post}",
        _body(name, asking, f"{opening} Please answer by {day_words(asking.due_on)}."),
    )


def reminder_letter(name: str, asking: Asking, today: date) -> Letter:
    """The mail that reminds of what is still owed."""
    due = (
        f"was due by {day_words(asking.due_on)}"
        if asking.due_on < today
        else f"is due by {day_words(asking.due_on)}"
    )
    opening = (
        f"The report of {asking.post} on {_items(asking.owed)} of “{asking.plan}” for {asking.period} {due}."
    )
    return Letter(f"Reminder, update for {asking.period}: {asking.post}", _body(name, asking, opening))


@dataclass(frozen=True)
class Question:
    """What a mail that puts a question of the challenge desk to somebody has to say.

    `expires_on` is the last day of its link. Where no request for updates is open there is none, and the question is
    answered after signing in.
    """

    council: str
    plan: str
    item: str
    text: str
    expires_on: date | None = None


def question_letter(name: str, question: Question) -> Letter:
    """The mail that asks back about an update."""
    how = (
        f"To answer, open this page. It needs no password:\n\n{LINK}\n\n"
        f"The page works until {day_words(question.expires_on)}. {KEEP_IT}"
        if question.expires_on
        else "To answer, sign in and open the page “Updates”."
    )
    parts = [
        f"Dear {name},",
        f"There is a question about the update on “{question.item}” of “{question.plan}”:",
        question.text,
        how,
        f"Programme office, {question.council}",
    ]
    return Letter(f"Question about an update: {question.item[:80]}", "\n\n".join(parts) + "\n")


def _body(name: str, asking: Asking, opening: str) -> str:
    parts = [
        f"Dear {name},",
        opening,
        asking.because,
        "To answer, open this page. It needs no password, and where nothing has changed one tap says so:",
        LINK,
        f"The page is for these items only and works until {day_words(asking.expires_on)}. {KEEP_IT}",
        f"Programme office, {asking.council}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _items(count: int) -> str:
    return "one item" if count == 1 else f"{count} items"
