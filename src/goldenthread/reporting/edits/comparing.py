"""Holding an edited file against the report that it was: what differs, which figures, which words fill a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from rapidfuzz.distance import Indel

from goldenthread.reporting.content import Text, ToWrite
from goldenthread.reporting.edits.aligning import Pair, aligned
from goldenthread.reporting.edits.model import (
    Comparison,
    Difference,
    FigureChange,
    Kind,
    Offer,
    Piece,
    Unchanged,
)
from goldenthread.reporting.edits.passages import Passage, Row, Unit, plain
from goldenthread.reporting.edits.printed import Printed, Slot, SlotKind, Where, slot_of
from goldenthread.reporting.edits.wording import (
    Step,
    changed_figures,
    pieces_of,
    steps_between,
    tokens_of,
    tokens_sent,
)

_BRACKETS = re.compile(r"^\[(?P<inside>[^\[\]]*)\]$")


def compare(printed: Sequence[Printed], sent: Sequence[Unit]) -> Comparison:
    """What the file has otherwise than the report.

    Args:
        printed: The report, as `printed_units` gives it.
        sent: The file, as `passages` gives it.
    """
    return _Comparing(tuple(printed), tuple(sent)).made()


class _Comparing:
    def __init__(self, printed: tuple[Printed, ...], sent: tuple[Unit, ...]) -> None:
        self._printed, self._sent = printed, sent
        self._pairs = aligned([each.unit for each in printed], sent)
        self._parts: list[Difference | Unchanged] = []
        self._figures: list[FigureChange] = []
        self._offers: list[Offer] = []

    def made(self) -> Comparison:
        where = self._printed[0].where if self._printed else Where("")
        for same, stretch in groupby(self._pairs, key=lambda pair: pair.same):
            pairs = tuple(stretch)
            if same:
                rows = sum(isinstance(self._sent[pair.theirs or 0], Row) for pair in pairs)
                self._parts.append(Unchanged(len(pairs) - rows, rows))
                where = self._printed[pairs[-1].ours or 0].where
                continue
            for pair in pairs:
                where = self._differing(pair, where)
        return Comparison(
            tuple(self._parts),
            tuple(self._figures),
            tuple(_once((*self._filled(), *self._offers))),
            self._alike(),
        )

    def _differing(self, pair: Pair, where: Where) -> Where:
        """Note what differs, and give where this is, for what is added behind it."""
        if pair.ours is None:
            unit = self._sent[pair.theirs or 0]
            added = replace(where, row="", column="") if isinstance(unit, Row) else Where(where.section)
            self._parts.append(Difference(Kind.ADDED, added, (Piece(Kind.ADDED, _words(unit)),)))
            return where
        ours = self._printed[pair.ours]
        if pair.theirs is None:
            self._parts.append(
                Difference(Kind.REMOVED, ours.where, (Piece(Kind.REMOVED, _words(ours.unit)),))
            )
            return ours.where
        theirs = self._sent[pair.theirs]
        if isinstance(ours.unit, Row) and isinstance(theirs, Row):
            self._row(ours, ours.unit, theirs)
        else:
            self._text(ours, ours.texts[0], theirs.words, ours.where)
        return ours.where

    def _text(self, ours: Printed, text: Text, words: str, where: Where) -> None:
        own = tokens_of(text)
        steps = steps_between(own, tokens_sent(words, [token for token in own if token.part]))
        self._parts.append(Difference(Kind.CHANGED, where, pieces_of(steps)))
        self._offers += _fills(steps, where)
        if ours.slot is None:
            self._figures += _of_record(steps, where, text, words)

    def _row(self, ours: Printed, row: Row, theirs: Row) -> None:
        for left, right in _cells(row.cells, theirs.cells):
            column = ours.columns[left] if left is not None and left < len(ours.columns) else ""
            where = replace(ours.where, column=column)
            if left is None:
                added = Piece(Kind.ADDED, theirs.cells[right or 0])
                self._parts.append(Difference(Kind.ADDED, where, (added,)))
            elif right is None:
                self._parts.append(Difference(Kind.REMOVED, where, (Piece(Kind.REMOVED, row.cells[left]),)))
            else:
                self._text(ours, ours.texts[left], theirs.cells[right], where)

    # --- places that people write -----------------------------------------------------------------------------------

    def _filled(self) -> Iterator[Offer]:
        """What the file has in place of each prompt, or of the words that were written for it."""
        numbers = [number for number, each in enumerate(self._printed) if each.slot]
        for slot, found in groupby(numbers, key=lambda number: self._printed[number].slot):
            run = tuple(found)
            if slot and (words := self._in_place_of(run, slot)):
                now = _paragraphs(self._printed[number].unit.words for number in run)
                asked = now == f"[{slot.asks}]"
                if plain(words) != plain(now):
                    yield Offer(slot, words, "" if asked else now, self._printed[run[0]].where)

    def _in_place_of(self, run: tuple[int, ...], slot: Slot) -> str:
        """The paragraphs of the file between what stands before a place and what stands behind it."""
        places = {pair.ours: number for number, pair in enumerate(self._pairs) if pair.ours is not None}
        first = places[run[0] - 1] + 1 if run[0] else 0
        last = places[run[-1] + 1] if run[-1] + 1 in places else len(self._pairs)
        theirs = (self._sent[pair.theirs] for pair in self._pairs[first:last] if pair.theirs is not None)
        texts = (
            unit.text.replace(f"[{slot.asks}]", "").strip() for unit in theirs if isinstance(unit, Passage)
        )
        return _paragraphs(_unbracketed(text) for text in texts if text)

    def _alike(self) -> float:
        headings = [
            each.unit.text for each in self._printed if isinstance(each.unit, Passage) and each.unit.level
        ]
        there = {plain(unit.words) for unit in self._sent}
        return sum(plain(heading) in there for heading in headings) / len(headings) if headings else 1.0


def _fills(steps: Sequence[Step], where: Where) -> Iterator[Offer]:
    """The words that stand in the place of a blank."""
    for step in steps:
        parts = [token.part for token in step.ours if isinstance(token.part, ToWrite)]
        words = _unbracketed("".join(token.words for token in step.theirs).strip())
        if not step.same and len(parts) == 1 and words and (slot := slot_of(parts[0])):
            yield Offer(slot, words, "", where)


def _of_record(steps: Sequence[Step], where: Where, text: Text, words: str) -> Iterator[FigureChange]:
    """What of a change is the record's to say: a cell of a table as a whole, the figures and days of a sentence."""
    within = " ".join("".join(map(str, text)).split())
    if not where.column:
        yield from (FigureChange(where, said, sent, within) for said, sent in changed_figures(steps))
    elif where.row and not any(isinstance(part, ToWrite) for part in text):
        yield FigureChange(where, within, words, within)


def _cells(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int | None, int | None]]:
    """The places of cells that differ; where columns were added or taken out, those that are the same stay together."""
    left, right = list(map(plain, ours)), list(map(plain, theirs))
    if len(left) == len(right):
        yield from ((place, place) for place in range(len(left)) if left[place] != right[place])
        return
    for step in Indel.opcodes(left, right):
        if step.tag != "equal":
            yield from zip_longest(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end))


def _words(unit: Unit) -> str:
    return " | ".join(unit.cells) if isinstance(unit, Row) else unit.text


def _paragraphs(texts: Iterator[str]) -> str:
    return "\n\n".join(texts)


def _unbracketed(words: str) -> str:
    found = _BRACKETS.match(words)
    return found["inside"].strip() if found else words


def _once(offers: Sequence[Offer]) -> Iterator[Offer]:
    seen: set[tuple[SlotKind, str, str]] = set()
    for offer in offers:
        handle = (offer.slot.kind, offer.slot.name, plain(offer.words))
        if handle not in seen:
            seen.add(handle)
            yield offer
