"""Risks that have a page or a card each, and no row of a register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Block, Heading, Table
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Risk
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.council_words import CouncilWords
from goldenthread.reading.trackers.columns import Row, header_of
from goldenthread.reading.trackers.periods import period_of

_NAMED = re.compile(
    r"^(?P<reference>(?:[A-Za-z]+\s+)?risk\s+[A-Z]{0,4}\d+)\s*[:–—.-]\s*(?P<title>\S.*)$", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:(?:risk )?(?:background|description|causes?|consequences?|impact|owner|category|response|treatment|appetite"
    r"|score)|(?:existing|current|key|further) (?:controls?|mitigations?)|controls?|mitigations?|treat\b.*)$",
    re.IGNORECASE,
)
_SCORED = re.compile(
    r"^(?:un-?mitigated|mitigated|inherent|gross|residual|net|current|target|(?:risk )?appetite)"
    r"(?: (?:risk|score)s?)*$",
    re.IGNORECASE,
)
_FEWEST_LABELS, _FEWEST_SCORES = 2, 2


@dataclass
class _Card:
    reference: str
    title: str
    anchor: Anchor
    told: list[str] = field(default_factory=list)


def is_card(table: Table) -> bool:
    """Whether a table says what a risk is: labels down its side with words beside them, or scores by quarter."""
    return bool(_told(table))


def actions_within(table: Table, said: CouncilWords) -> Table | None:
    """The rows of a card from the headings of its actions on; None where it has none."""
    for number, row in enumerate(table.rows):
        if header_of(row, table.rows[number + 1 :], said):
            return Table(table.rows[number:], table.anchor, table.hidden)
    return None


def read_cards(found: Iterable[Block], context: Context) -> Iterator[Risk]:
    """A risk for each heading ("Risk 3: ...") with a card or scores below it; these are its description, as printed."""
    cards: list[_Card] = []
    current: _Card | None = None
    for block in found:
        if isinstance(block, Heading):
            named = _NAMED.match(block.text.strip())
            current = _Card(named["reference"], named["title"].strip(), block.anchor) if named else None
        elif isinstance(block, Table) and current and (told := _told(block)):
            if not current.told:
                cards.append(current)
            current.told += told
    for card in cards:
        yield Risk(
            key=context.mint.key("risk", slug(card.reference), slug(card.title)),
            anchors=(card.anchor,),
            title=card.title,
            description=" ".join(card.told),
            register_reference=card.reference,
        )


def _told(table: Table) -> list[str]:
    """What a card says, a sentence for each of its rows; nothing when the table is none."""
    labelled = [row for row in table.rows if _filled(row) == 2 and row[0].text and _LABEL.match(_label(row))]
    if len(labelled) >= _FEWEST_LABELS:
        return [_sentence(_label(row), next(cell.text for cell in row[1:] if cell.text)) for row in labelled]
    head, *rows = table.rows or ((),)
    periods = [n for n, cell in enumerate(head) if period_of(cell.text)]
    scored = [row for row in rows if row and _SCORED.match(_label(row))]
    if len(periods) < 2 or len(scored) < _FEWEST_SCORES:
        return []
    return [
        _sentence(
            _label(row),
            ", ".join(f"{head[n].text} {row[n].text}" for n in periods if n < len(row) and row[n].text),
        )
        for row in scored
    ]


def _label(row: Row) -> str:
    return row[0].text.strip().rstrip(":").strip()


def _filled(row: Row) -> int:
    return sum(bool(cell.text) for cell in row)


def _sentence(label: str, words: str) -> str:
    return f"{label}: {words.rstrip('. ')}."
