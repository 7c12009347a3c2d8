"""Going through a document for its records: what it calls itself, what day it bears, and which tables hold promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from goldenthread.documents import Document
from goldenthread.documents.blocks import Block, Heading, Paragraph, Table, blocks
from goldenthread.plan.dates import PlanDate, SeasonRules
from goldenthread.plan.model import PlanKind
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import ReadingRules
from goldenthread.reading.council_words import CouncilWords
from goldenthread.reading.trackers.cards import actions_within, is_card
from goldenthread.reading.trackers.columns import Field, find_header, upright
from goldenthread.reading.trackers.deadlines import dates_in
from goldenthread.reading.trackers.matrix import beside_the_matrix, matrix_records
from goldenthread.reading.trackers.prose import numbered_records, run_together_records
from goldenthread.reading.trackers.records import HeadedTable, Record, UnreadColumn
from goldenthread.reading.trackers.remarks import is_remark
from goldenthread.reading.trackers.risks import registers
from goldenthread.reading.trackers.unheaded import is_log_title, marked_records, unheaded_records

_LOOKED_AT = 12
_LONGEST_GROUP = 160
_LONGEST_TITLE = 200
_SAYS_WHAT = re.compile(r"\b(?:report|plan|return|log|tracker|register)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\bsign(?:ed|[- ]?off)\b.*|\b(?:last|previous|next) meeting\b.*|\bxx\s+\w+\s+\d{4}", re.IGNORECASE
)
"""A day that is not the document's own: that of another meeting, or one that was still to be filled in."""
_OF_CONTRACTS = re.compile(
    r"\bcontract (?:title|reference|number|value|start|end)\b|^supplier\b|\bvat\b|\bprocurement\b|\btender\b"
    r"|^purchase order\b|\bcpv\b",
    re.IGNORECASE,
)
_FEWEST_OF_CONTRACTS = 3
_LONGEST_HEADING = 60
_HEADINGS_WITHIN = 3


@dataclass
class Survey:
    """What was found: the records in printed order, the title with its place, the day, and the kind of document.

    `tables` are those with headings, `beside` the columns that stand beside matrices.
    """

    title: str
    title_anchor: Anchor | None
    dated: PlanDate | None
    kind: PlanKind
    records: list[Record] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    tables: list[HeadedTable] = field(default_factory=list)
    beside: list[UnreadColumn] = field(default_factory=list)


def survey(document: Document, rules: ReadingRules) -> Survey:
    """The records of a document; no records when it is no tracker."""
    found = tuple(block for block in blocks(document) if not getattr(block, "hidden", False))
    title, anchor = _title(found, document.name)
    held = Survey(title, anchor, _dated(found, anchor, title, rules.seasons), PlanKind.TRACKER, blocks=found)
    _take_tables(held, rules)
    if len({block.anchor.sheet for block in found}) == 1 and document.format.is_workbook:
        for record in held.records:
            record.group = "" if record.group == found[0].anchor.sheet else record.group
    if not held.records:
        held.records = (
            (_unheaded(found, title, rules.said) if _is_log(found, title) else [])
            or marked_records(found)
            or run_together_records(found, title)
            or numbered_records(found, title)
        )
    if held.kind is PlanKind.TRACKER and (document.format.is_workbook and registers(found)):
        held.kind = PlanKind.RETURN
    elif held.kind is PlanKind.TRACKER and _is_log(found, title):
        held.kind = PlanKind.ACTION_LOG
    return held


def _take_tables(held: Survey, rules: ReadingRules) -> None:
    """The records of every table that has headings or is a matrix."""
    current: HeadedTable | None = None
    for block, group in _with_groups(held.blocks, held.title):
        if not isinstance(block, Table):
            current = None if isinstance(block, Heading) else current
            continue
        if is_contract_register(block):
            continue
        table = actions_within(block, rules.said) if is_card(block) else upright(block, rules.said)
        if table is None:
            continue
        if header := find_header(table.rows, rules.said):
            number, fields = header
            current = HeadedTable(fields, table.rows[number], group, rules.said)
            held.tables.append(current)
            current.take(table.rows[number + 1 :])
            held.records.extend(current.records)
        elif current and table.rows and len(table.rows[0]) == len(current.fields):
            before = len(current.records)
            current.take(table.rows)
            held.records.extend(current.records[before:])
        elif matrix := matrix_records(table, rules.seasons, rules.said):
            held.records.extend(matrix)
            held.beside.extend(beside_the_matrix(table, rules.said))
            held.kind = PlanKind.COMMITMENTS


def _unheaded(found: Sequence[Block], title: str, said: CouncilWords) -> list[Record]:
    return [
        record
        for block, group in _with_groups(found, title)
        if isinstance(block, Table)
        for record in unheaded_records(block, group, said)
    ]


def _with_groups(found: Sequence[Block], title: str) -> Iterator[tuple[Block, str]]:
    """Each block with the heading (or short paragraph) that stands nearest above it, the title and its date apart."""
    group, waiting, begun = "", "", False
    for block in found:
        if isinstance(block, Heading | Paragraph):
            words = block.text.strip().rstrip(":").strip()
            is_name = isinstance(block, Heading) or 0 < len(words) <= _LONGEST_GROUP
            if block.anchor.sheet:
                waiting = block.anchor.sheet
            elif (
                is_name
                and words
                and words != title
                and not (is_remark(words) or (not begun and _is_front(words)))
            ):
                waiting = words
        elif isinstance(block, Table):
            begun = True
            group, waiting = waiting or group, ""
        yield block, group


def is_contract_register(table: Table) -> bool:
    """Whether a table lists contracts: dates, values and departments too, but nothing that is to be done."""
    return any(
        sum(bool(_OF_CONTRACTS.search(cell.text)) for cell in row if len(cell.text) <= _LONGEST_HEADING)
        >= _FEWEST_OF_CONTRACTS
        for row in table.rows[:_HEADINGS_WITHIN]
    )


def _is_front(words: str) -> bool:
    """Whether a line before the first table belongs to the title: a log's name, a date, a paper's number."""
    return (
        is_log_title(words)
        or bool(re.search(r"\d{4}$|^[A-Z]{1,4}\s*\(\d+\)", words))
        or "report" in words.lower()
    )


def _title(found: Sequence[Block], name: str) -> tuple[str, Anchor | None]:
    """The first heading or paragraph that says what the document is; or the first heading; or the file's name."""
    front = [block for block in found[:_LOOKED_AT] if isinstance(block, Heading | Paragraph) and block.text]
    front = [block for block in front if len(block.text) <= _LONGEST_TITLE]
    front = [
        block for block in front if isinstance(block, Heading) or not block.text.rstrip().endswith((".", ":"))
    ]
    named = next((block for block in front if is_log_title(block.text)), None)
    named = named or next((block for block in front if _SAYS_WHAT.search(block.text)), None)
    chosen = named or next((block for block in front if isinstance(block, Heading)), None)
    if chosen is None or chosen.anchor.sheet:
        return PurePath(name).stem, None
    return chosen.text.strip(), chosen.anchor


def _dated(
    found: Sequence[Block], title_anchor: Anchor | None, title: str, seasons: SeasonRules
) -> PlanDate | None:
    """The day (or else the month) that a document bears, in its title or in a short line before the first table.

    Tables that stand before the title are those in which others signed the paper off.
    """
    printed: list[PlanDate] = []
    titled = next((n for n, block in enumerate(found) if title_anchor and block.anchor == title_anchor), 0)
    begin = titled if any(isinstance(block, Table) for block in found[:titled]) else 0
    for block in found[begin : begin + _LOOKED_AT]:
        if isinstance(block, Table):
            words = " ".join(cell.text for cell in block.rows[0]) if block.rows and not printed else ""
            words = words if block.anchor.sheet or is_log_title(words) or _SAYS_WHAT.search(words) else ""
            printed += reversed(dates_in(words, seasons))
            break
        if isinstance(block, Heading | Paragraph) and (
            block.text == title or len(block.text) <= _LONGEST_GROUP
        ):
            printed += reversed(
                [] if is_remark(block.text) else dates_in(_OTHER_DAY.sub(" ", block.text), seasons)
            )
    days = [day for day in printed if day.earliest == day.latest]
    return next(iter(days or printed), None)


def _is_log(found: Sequence[Block], title: str) -> bool:
    front = [block.text for block in found[:_LOOKED_AT] if isinstance(block, Heading | Paragraph)]
    return is_log_title(title) or any(is_log_title(text) for text in front)


def usual_day(records: Sequence[Record], dated: PlanDate | None, seasons: SeasonRules) -> date | None:
    """The day by which a missing year is settled: the document's own, or the middle one of those that it prints."""
    if dated:
        return dated.earliest
    printed = sorted(
        day.earliest
        for record in records
        for name in (Field.RAISED, Field.DUE)
        for day in dates_in(record.text(name), seasons)
    )
    return printed[len(printed) // 2] if printed else None
