"""Promises that stand in no table: a line that runs a commitment together, and numbered paragraphs with a reply."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.documents.blocks import Block, CellPart, Heading, ListItem, Paragraph
from goldenthread.reading.fields import Field
from goldenthread.reading.trackers.records import Record

_FEWEST = 2
_OUTCOME = re.compile(
    r"^(?P<title>\S.*?)\s+(?:(?P<code>(?-i:[A-Z]{1,4}[ .-]?\d{1,4}(?:\.\d+)*))\s+)?b?ragb?\s+(?:outcome|rating|status)?"
    r"\s*[:–-]?\s*(?P<rating>(?:red|amber|green|blue|grey)(?:\s+\d{1,3})?)\b[\s.:–-]*(?P<account>.*)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?=[A-Z])")
_REPLY = re.compile(
    r"^(?:the\s+)?(?:(?:external |internal )?auditors?['’]?s?['’]?(?:\s+(?:view|comment|opinion|response))?"
    r"|progress|update|(?:current )?position|response|commentary)\b[^:.]{0,40}:\s*(?=\S)",
    re.IGNORECASE,
)


def run_together_records(found: Iterable[Block], title: str) -> list[Record]:
    """A record for each line that holds title, code, colour and account; none when there is but a single one."""
    records: list[Record] = []
    group = ""
    for block in found:
        if isinstance(block, Heading | Paragraph | ListItem) and (outcome := _OUTCOME.match(block.text)):
            record = Record(group, [block.anchor], ratings=[("", outcome["rating"])])
            record.add(Field.ACTION, [CellPart(_said_once(outcome["title"]))])
            record.add(Field.NUMBER, [CellPart(outcome["code"])] if outcome["code"] else [])
            record.add(Field.PROGRESS, [CellPart(outcome["account"])] if outcome["account"] else [])
            records.append(record)
        elif isinstance(block, Heading):
            group = _group(block, title)
    return records if len(records) >= _FEWEST else []


def numbered_records(found: Iterable[Block], title: str) -> list[Record]:
    """A record for each numbered paragraph, with the reply printed below it.

    Many papers number their paragraphs: only where most of them have a reply ("Auditor's view: ...") are they actions.
    """
    records: list[Record] = []
    group = ""
    open_ = False
    for block in found:
        if isinstance(block, Heading):
            group, open_ = _group(block, title), False
        elif not isinstance(block, Paragraph | ListItem):
            open_ = False
        elif open_ and _REPLY.match(block.text):
            records[-1].add(Field.PROGRESS, [CellPart(block.text)])
        elif (number := _NUMBERED.match(block.text)) or (isinstance(block, ListItem) and block.depth == 1):
            record = Record(group, [block.anchor])
            record.add(Field.ACTION, [CellPart(block.text[number.end() :] if number else block.text)])
            record.add(Field.NUMBER, [CellPart(number["number"])] if number else [])
            records.append(record)
            open_ = True
    replied = sum(bool(record.parts(Field.PROGRESS)) for record in records)
    return records if replied >= _FEWEST and replied * 2 > len(records) else []


def _group(heading: Heading, title: str) -> str:
    words = heading.text.strip().rstrip(":").strip()
    return "" if words == title else words


def _said_once(title: str) -> str:
    """A title that is printed twice in a row, once."""
    words = title.split()
    half = len(words) // 2
    twice = half and words[:half] == words[half:]
    return " ".join(words[:half] if twice else words)
