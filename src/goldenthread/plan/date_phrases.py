"""Reads the date column of a plan: one phrase, or a cell in which several phrases have run together.

    cell       = { item }
    item       = achieved | date | word | anything else, kept as not understood
    achieved   = ("Achieved" | "Completed" | "Delivered" ...) date | ("Complete" | "In place") joiner date
    date       = { "by" | "before" | "from" | "after" | "Est." | "in" | "quarterly" ... } span ["onwards"] ["?"]
                 [recurrence] [condition | "(TBC)"]
    word       = "Complete" | "In place" | "Ongoing" [recurrence] | "n/a" | ["Date"] "TBC" [bare year] [condition]
    recurrence = ("and" | "then" | "," | "(")+ ("quarterly" | "ongoing" ...) | "quarterly thereafter" | "- ongoing"
    condition  = ("linked to" | "subject to" | "following" ...) words, up to the next item
    span       : see `date_grammar`

The longest reading wins at each place, and every character of the cell is in exactly one item, so nothing is
lost and no day is read that was not printed. Where words could belong to either of two items, the
run-together reading is taken in a cell ("Complete Sep 2022" is two items, "End 2022 TBC" too) and the single
one in a phrase (`read_date_phrase`), where they are known to be about one thing. Only two are joined in a
cell as well: "TBC 2023", because nobody states a bare year as a firm date beside a TBC; and a participle with
its date ("Achieved March 2022"), unless the cell has participles standing alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, model_validator

from goldenthread.plan.date_items import Item, ItemReader
from goldenthread.plan.date_words import DateWord, Lexeme, Token, tokens
from goldenthread.plan.dates import FROZEN, USUAL_SEASONS, PlanDate, SeasonRules

__all__ = ["DateReading", "DateWord", "read_date_phrase", "split_date_cell"]

NOT_A_DATE = "It is not a form of date that Golden Thread knows."
_OPENING = frozenset("([{“‘\"'•▶*·")


class DateReading(BaseModel):
    """What one item of a date column says.

    Understood means exactly one of `date` and `status`. `achieved` is a claim that the thing is done
    ("Complete", "In place", "Achieved March 2022"); with a date, that date is when. `recurs` is how often,
    for a status ("Ongoing, quarterly"); a date carries its own. `reason` says in plain English why an item
    was not understood.
    """

    model_config = FROZEN

    printed: str
    date: PlanDate | None = None
    status: DateWord | None = None
    recurs: str | None = None
    condition: str | None = None
    achieved: bool = False
    understood: bool = True
    reason: str | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.understood != ((self.date is None) != (self.status is None)):
            raise ValueError(f"{self.printed!r} must be read as a date or as a status, or not at all")
        if self.understood != (self.reason is None):
            raise ValueError(f"{self.printed!r} must give a reason if, and only if, it is not understood")
        return self


def read_date_phrase(text: str, rules: SeasonRules = USUAL_SEASONS) -> DateReading:
    """Reads text that is known to be one phrase, as in a milestone's date. Never raises."""
    items = _readings(text, rules, joined=True)
    if len(items) == 1:
        return items[0]
    printed = " ".join(text.split())
    reason = f"It holds {len(items)} separate readings where one was expected." if items else "It is blank."
    if any(not item.understood for item in items):
        reason = next(item.reason or NOT_A_DATE for item in items if not item.understood)
    return DateReading(printed=printed, understood=False, reason=reason)


def split_date_cell(text: str, rules: SeasonRules = USUAL_SEASONS) -> tuple[DateReading, ...]:
    """Cuts a run-together cell into its items, in order and with nothing lost. Never raises. A blank cell has none."""
    return _readings(text, rules, joined=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item and its lexemes: `first` to `last` were read, `outer_*` adds the punctuation around them."""

    item: Item | None
    first: int
    last: int
    outer_first: int
    outer_last: int

    @property
    def is_understood(self) -> bool:
        return self.item is not None and self.item.reason is None


@lru_cache(maxsize=8192)
def _readings(text: str, rules: SeasonRules, *, joined: bool) -> tuple[DateReading, ...]:
    """The items of a cell. A tracker prints the same few dates in thousands of rows."""
    found = tokens(text)
    cell = ItemReader(found, text, rules, joined)
    return tuple(_finished(piece, found, text) for piece in _with_punctuation(_merged(_pieces(cell)), found))


def _pieces(cell: ItemReader) -> Iterator[_Piece]:
    place = 0
    while place < len(cell.found):
        match = cell.item_at(place)
        item, end = (None, place + 1) if match is None else (match.value, match.end)
        yield _Piece(item, place, end, place, end)
        place = end


def _merged(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Neighbours that were not understood become one piece, with the first reason given for any of them."""
    merged: list[_Piece] = []
    for piece in pieces:
        if merged and not merged[-1].is_understood and not piece.is_understood:
            item = merged[-1].item or piece.item
            merged[-1] = replace(merged[-1], item=item, last=piece.last, outer_last=piece.last)
        else:
            merged.append(piece)
    return merged


def _with_punctuation(pieces: list[_Piece], found: list[Token]) -> list[_Piece]:
    """Gives marks that stand between readings to the one before, or from an opening mark on to the one after."""
    kept: list[_Piece] = []
    opening: int | None = None
    for index, piece in enumerate(pieces):
        only_marks = all(
            token.kind in {Lexeme.MARK, Lexeme.JOINT} for token in found[piece.first : piece.last]
        )
        if only_marks and piece.item is None and len(pieces) > 1:
            opens = (n for n in range(piece.first, piece.last) if found[n].text in _OPENING or not kept)
            cut = next(opens, piece.last) if index + 1 < len(pieces) else piece.last
            opening = cut if cut < piece.last else None
            if kept:
                kept[-1] = replace(kept[-1], outer_last=cut)
        else:
            kept.append(replace(piece, outer_first=piece.first if opening is None else opening))
            opening = None
    return kept


def _finished(piece: _Piece, found: list[Token], text: str) -> DateReading:
    item = piece.item or Item(reason=NOT_A_DATE)
    printed = " ".join(text[found[piece.outer_first].start : found[piece.outer_last - 1].end].split())
    words = " ".join(text[found[piece.first].start : found[piece.last - 1].end].split())
    if item.reason is not None:
        return DateReading(printed=printed, condition=item.condition, understood=False, reason=item.reason)
    if item.period is None:
        return DateReading(
            printed=printed,
            status=item.status,
            recurs=item.recurs,
            condition=item.condition,
            achieved=item.achieved,
        )
    date = PlanDate(
        printed=words,
        edtf=item.period.edtf,
        earliest=item.period.earliest,
        latest=item.period.latest,
        approximate=item.approximate or item.period.approximate,
        bound=item.bound,
        recurs=item.recurs,
        condition=item.condition,
    )
    return DateReading(printed=printed, date=date, condition=item.condition, achieved=item.achieved)
