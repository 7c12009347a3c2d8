"""What a document's own key says that its colours stand for.

Without a key a colour means nothing: blue has stood for complete and for suspended, amber for on track and for late.
"""

from __future__ import annotations

import re

from goldenthread.documents import Document
from goldenthread.documents.blocks import ListItem, Paragraph, Table, blocks
from goldenthread.plan.status import Status
from goldenthread.reading.trackers.statuses import rating_words, status_words

_COLOUR = r"(?:red|amber|green|blue|grey|gray|yellow|purple|black|white|hatched)"
_ENTRY = re.compile(
    rf"\b(?P<colour>{_COLOUR})\s*(?:=|:|–|—|-|means|is)\s*(?P<meaning>[^;,.\n]+)", re.IGNORECASE
)
_FEWEST = 2


def key_of_colours(document: Document) -> dict[str, Status]:
    """The statuses that colours (in lower case) stand for, where the document says so without contradiction."""
    meanings: dict[str, set[Status]] = {}
    for colour, meaning in _entries(document):
        words = status_words(meaning)
        if words and words.status is not Status.UNKNOWN:
            meanings.setdefault(colour.lower(), set()).add(words.status)
    return {colour: next(iter(found)) for colour, found in meanings.items() if len(found) == 1}


def _entries(document: Document) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in blocks(document):
        if isinstance(block, Paragraph | ListItem):
            entries = [(match["colour"], match["meaning"].strip()) for match in _ENTRY.finditer(block.text)]
            found.extend(entries if len(entries) >= _FEWEST or "key" in block.text.lower() else [])
        elif isinstance(block, Table):
            rows = [row for row in block.rows if len(row) == 2 and all(cell.text for cell in row)]
            found.extend(
                (row[0].text, row[1].text) for row in rows if rating_words(row[0].text) == row[0].text
            )
    return found
