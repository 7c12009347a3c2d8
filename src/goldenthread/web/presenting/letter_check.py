"""What the page of the claim check shows: sentences in the order of the letter, each with its verdict and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from goldenthread.plan.model import Plan
from goldenthread.record.evidence import Piece
from goldenthread.reporting.claims import Because, Claim, ClaimCheck, Unmentioned, Verdict
from goldenthread.web.presenting.index import handle

Link = Callable[..., str]
"""Makes an address of a route and its arguments."""

WORDS: Mapping[Verdict, tuple[str, str, str]] = {
    Verdict.CONTRADICTED: (
        "Contradicted",
        "red",
        "The plan says otherwise: another date or figure, or it was due by now and is spoken of as still to be done.",
    ),
    Verdict.UNQUANTIFIED: (
        "No figures",
        "orange",
        "A change without a figure, or a percentage without its period and number of cases.",
    ),
    Verdict.UNSUPPORTED: (
        "Unsupported",
        "yellow",
        "It states a fact, and neither the plan nor a named source stands behind it.",
    ),
    Verdict.SUPPORTED: (
        "Supported",
        "green",
        "The plan shows it, or the sentence names where it can be looked up.",
    ),
    Verdict.NO_CLAIM: ("No claim", "grey", "Nothing that could be checked."),
}
"""For each verdict its word, the colour that goes with the word, and what it means."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the item's short number and address where it has them, and the words."""

    label: str
    href: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A sentence of the letter with what the plan makes of it."""

    line: int
    text: str
    word: str
    colour: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """What fell due and is not mentioned."""

    ref: str
    name: str
    href: str | None
    due: str


@dataclass(frozen=True, slots=True)
class CheckShown:
    """The whole check: sentences that claim something, those that do not, and what is missing.

    `as_at` is the day of the plan: the last of the period, or today where that is still to come.
    """

    as_at: date
    claims: tuple[ClaimRow, ...]
    rest: tuple[ClaimRow, ...]
    counts: tuple[tuple[int, str, str, str], ...]
    milestones: tuple[MissingRow, ...]
    actions: tuple[MissingRow, ...]
    notes: tuple[str, ...]


def shown(check: ClaimCheck, plan: Plan, as_at: date, link: Link) -> CheckShown:
    """The check in words, with the addresses of the plan's items."""
    places = dict(_places(plan, link))
    rows = [(claim.verdict, _row(claim, places)) for claim in check.claims]
    missing = partial(_missing, places)
    return CheckShown(
        as_at=as_at,
        claims=tuple(row for verdict, row in rows if verdict is not Verdict.NO_CLAIM),
        rest=tuple(row for verdict, row in rows if verdict is Verdict.NO_CLAIM),
        counts=tuple((check.count(verdict), *words) for verdict, words in WORDS.items()),
        milestones=tuple(map(missing, check.unmentioned)),
        actions=tuple(map(missing, check.unmentioned_actions)),
        notes=check.notes,
    )


def filed(plan: Plan, pieces: Mapping[Any, tuple[Piece, ...]]) -> dict[str, tuple[Because, ...]]:
    """What is filed for each item of a plan and still counts, by the item's key."""
    items = [*plan.milestones(), *(part for action in plan.actions() for part in action.walk())]
    return {
        item.key: tuple(
            Because("evidence", f"{piece.title} – evidence filed", item.key)
            for piece in pieces.get(item.id, ())
            if not (piece.is_withdrawn or piece.is_lapsed)
        )
        for item in items
        if item.id
    }


def _places(plan: Plan, link: Link) -> Iterator[tuple[str, tuple[str, str]]]:
    """The short number and the address of each milestone, action and step, by its key."""
    for milestone in plan.milestones():
        yield milestone.key, (milestone.ref or "", link("milestone", handle=handle(milestone)))
    for action in plan.actions():
        for part in action.walk():
            if not part.heading:
                yield part.key, (part.ref or "", link("action", handle=handle(part)))


def _row(claim: Claim, places: Mapping[str, tuple[str, str]]) -> ClaimRow:
    word, colour, _ = WORDS[claim.verdict]
    return ClaimRow(
        claim.line, claim.text, word, colour, tuple(_reason(one, places) for one in claim.because)
    )


def _reason(because: Because, places: Mapping[str, tuple[str, str]]) -> Reason:
    ref, href = places.get(because.item or "", ("", None))
    if because.item is None:
        return Reason("", None, f"{because.text[:1].upper()}{because.text[1:]}")
    line = because.anchor.removeprefix("P")
    where = f"line {line} of the plan" if line.isdigit() else because.anchor
    return Reason(ref or f"{where[:1].upper()}{where[1:]}", href, because.text)


def _missing(places: Mapping[str, tuple[str, str]], one: Unmentioned) -> MissingRow:
    ref, href = places.get(one.item, ("", None))
    return MissingRow(ref, one.name, href, one.due)
