"""Logs without headings: narrow tables under the name of a group, and paragraphs that open with "Action:"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.documents.blocks import Block, Cell, CellPart, Heading, ListItem, Paragraph, Table
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.reading.council_words import NOTHING_SAID, CouncilWords
from goldenthread.reading.trackers.columns import Field
from goldenthread.reading.trackers.marks import marked_actions
from goldenthread.reading.trackers.records import Record
from goldenthread.reading.trackers.statuses import is_status, rating_words, status_words

_LOG = re.compile(
    r"\baction(?:s)?\s+(?:log|list|tracker|register|report|update|arising|sheet|summary)\b|\btracker\b"
    r"|\bactions? from\b|\bmatters arising\b|\bstatus update\b",
    re.IGNORECASE,
)
_WIDEST = 4
_FEWEST_MARKS = 2
_INITIALS = re.compile(r"^[A-Z]{2,4}(?:\s*[/,&]\s*[A-Z]{2,4})*$")
_MOST_WORDS = 12


def is_log_title(text: str) -> bool:
    """Whether a title says that a list of actions follows."""
    return bool(_LOG.search(text))


def unheaded_records(table: Table, group: str, said: CouncilWords = NOTHING_SAID) -> list[Record]:
    """A record for each row that has words; what its cells are is told from their content."""
    width = max((len(row) for row in table.rows), default=0)
    if not 1 <= width <= _WIDEST:
        return []
    lengths = [
        sum(len(row[n].text) for row in table.rows if n < len(row) and not is_status(row[n].text, said))
        for n in range(width)
    ]
    actions = lengths.index(max(lengths))
    records = []
    for row in table.rows:
        filled = [(number, cell) for number, cell in enumerate(row) if cell.text]
        record = Record(group, [row[0].anchor.model_copy(update={"column": None})] if row else [])
        for number, cell in filled:
            record.add(Field.ACTION if number == actions else _field(cell, said), cell.parts)
        if filled:
            records.append(record)
    return records


def _field(cell: Cell, said: CouncilWords) -> Field:
    text = cell.text
    if is_status(text, said) or rating_words(text):
        return Field.STATUS
    if read_date_phrase(text).date:
        return Field.DUE
    if _INITIALS.match(text):
        return Field.LEAD
    if re.fullmatch(r"[A-Za-z]{0,3}\d+(?:\.\d+)*\.?", text):
        return Field.NUMBER
    return Field.STATUS if status_words(text, said) and len(text.split()) <= _MOST_WORDS else Field.PROGRESS


def marked_records(blocks: Iterable[Block]) -> list[Record]:
    """Paragraphs and items that hold the mark "Action:", under their headings; none when there is but a single one."""
    records: list[Record] = []
    group = ""
    for block in blocks:
        if isinstance(block, Heading):
            group = block.text.strip().rstrip(":").strip()
        elif isinstance(block, Paragraph | ListItem):
            before, actions = marked_actions(block.text)
            for number, words in actions:
                record = Record(group, [block.anchor])
                record.add(Field.ACTION, [CellPart(words)])
                record.add(Field.NUMBER, [CellPart(number)] if number else [])
                record.add(Field.PROGRESS, [CellPart(before)] if before else [])
                records.append(record)
    return records if len(records) >= _FEWEST_MARKS else []
