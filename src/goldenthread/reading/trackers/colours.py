"""What a document's own key says that its colours stand for.

Without a key a colour means nothing: blue has stood for complete and for suspended, amber for on track and for late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.documents import Document
from goldenthread.documents.blocks import Block, Heading, ListItem, Paragraph, Table, blocks
from goldenthread.plan.status import Status
from goldenthread.reading.trackers.statuses import rating_words, status_words

_COLOUR = r"(?:red|amber|green|blue|grey|gray|yellow|purple|black|white|hatched)"
_ENTRY = re.compile(
    rf"\b(?P<colour>{_COLOUR})\s*(?:=|:|–|—|-|means|is)\s*(?P<meaning>[^;,.\n]+)", re.IGNORECASE
)
_FEWEST = 2


def key_of_colours(document: Document) -> dict[str, Status]:
    """The statuses that colours (in lower case) stand for, where the document says so without contradiction."""
    found = blocks(document)
    return {
        colour: status
        for colour, meanings in _meanings(found).items()
        if colour not in contradicted(found) and (status := _status(meanings[0])) is not Status.UNKNOWN
    }


def contradicted(found: Iterable[Block]) -> dict[str, list[str]]:
    """The colours (in lower case) to which a document gives several meanings that are not the same status."""
    return {
        colour: meanings
        for colour, meanings in _meanings(found).items()
        if len(meanings) > 1
        and (len(set(map(_status, meanings))) > 1 or _status(meanings[0]) is Status.UNKNOWN)
    }


def _status(meaning: str) -> Status:
    words = status_words(meaning)
    return words.status if words else Status.UNKNOWN


def _meanings(found: Iterable[Block]) -> dict[str, list[str]]:
    """What each colour is said to mean, each wording once."""
    meanings: dict[str, dict[str, str]] = {}
    for colour, meaning in _entries(found):
        meanings.setdefault(colour.lower(), {}).setdefault(meaning.casefold(), meaning)
    return {colour: list(worded.values()) for colour, worded in meanings.items()}


def _entries(content: Iterable[Block]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in content:
        if isinstance(block, Heading | Paragraph | ListItem):
            entries = [(match["colour"], match["meaning"].strip()) for match in _ENTRY.finditer(block.text)]
            found.extend(entries if len(entries) >= _FEWEST or "key" in block.text.lower() else [])
        elif isinstance(block, Table):
            rows = [row for row in block.rows if len(row) == 2 and all(cell.text for cell in row)]
            found.extend(
                (row[0].text, row[1].text) for row in rows if rating_words(row[0].text) == row[0].text
            )
    return found
