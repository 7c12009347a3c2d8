"""The table of the documentation that lists what contradicts itself in one plan, so that it can be checked by eye:

python -m goldenthread.assurance.contradictions.table PLAN.txt KEYED.toml DAY
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.assurance.contradictions.model import Contradiction, Kind, Place
from goldenthread.assurance.contradictions.register import register
from goldenthread.plan.model import Plan

_WORDS = 9
"""How many words of a place are quoted."""
_HEAD = "| Lines | First place | Second place | What differs | Known as |\n|---|---|---|---|---|\n"
_ALSO = {"date": (Kind.STEP_DATE,), "twice": (Kind.OWNER,)}
"""What was keyed by hand as one thing and is listed as several."""
_OF_ONE_PLACE = {Kind.ONGOING: ("ongoing", "D11"), Kind.PAST: ("past", "D12")}


def table(plan: Plan, keyed: Mapping[str, Any], as_at: date) -> str:
    """Everything that the register lists, in Markdown, with what each was keyed as, or how it was judged since.

    Args:
        keyed: `contradictions`, `ongoing` and `past` as keyed by hand, and `judged`: those listed beyond them, with
            `lines`, `kind`, whether it is `real`, and a `word` that says why.
    """
    found = register(plan, as_at=as_at)
    return _HEAD + "".join(_row(each, known_as(each, keyed)) for each in found)


def known_as(found: Contradiction, keyed: Mapping[str, Any]) -> str:
    """The names under which a contradiction was keyed by hand; else how it was judged; empty if it was not."""
    lines = lines_of(found)
    names = [
        entry["id"] for entry in keyed["contradictions"] if any(set(pair) <= lines for pair in entry["pairs"])
    ]
    names = [name for name in names if _fits(found.kind, name, keyed)]
    if found.kind in _OF_ONE_PLACE:
        listed, name = _OF_ONE_PLACE[found.kind]
        names = [name] if lines & set(keyed[listed]) else []
    return ", ".join(names) or next(iter(_judged(found, keyed)), "")


def lines_of(found: Contradiction) -> frozenset[int]:
    """All lines of both places."""
    return frozenset(a.line for place in (found.first, found.second) for a in place.anchors if a.line)


def _fits(kind: Kind, name: str, keyed: Mapping[str, Any]) -> bool:
    """Whether a kind is what was keyed: the lines alone do not tell, where one row of a table says several things."""
    differs = next(entry["differs"] for entry in keyed["contradictions"] if entry["id"] == name)
    return kind is Kind(differs) or kind in _ALSO.get(differs, ())


def _judged(found: Contradiction, keyed: Mapping[str, Any]) -> Iterator[str]:
    for entry in keyed["judged"]:
        if set(entry["lines"]) <= lines_of(found) and entry["kind"] == found.kind.value:
            yield f"{'beyond, real' if entry['real'] else 'beyond, not real'}: {entry['word']}"


def _row(found: Contradiction, known: str) -> str:
    same = found.first.key == found.second.key
    second = "the same" if same else _quote(found.second)
    lines = f"{found.first.line or '–'}, {found.second.line or '–'}"
    differs = " / ".join(dict.fromkeys(found.differs))
    return f"| {lines} | {_quote(found.first)} | {second} | {found.kind.in_words}: {differs} | {known} |\n"


def _quote(place: Place) -> str:
    words = place.words.split()
    return f"“{' '.join(words[:_WORDS])}{' …' if len(words) > _WORDS else ''}”"


def counted(found: Iterable[Contradiction], keyed: Mapping[str, Any]) -> tuple[int, int, int]:
    """How many are listed of those keyed by hand, beyond them, and how many of these were judged real."""
    names = [known_as(each, keyed) for each in found]
    beyond = [name for name in names if not name or name.startswith("beyond")]
    return len(names) - len(beyond), len(beyond), sum(name.startswith("beyond, real") for name in beyond)


def main() -> None:
    """Print the table of one plan."""
    from goldenthread.documents import read_document  # noqa: PLC0415  # a program, not the library
    from goldenthread.reading import read_plan  # noqa: PLC0415

    path, keyed, day = sys.argv[1:]
    truth = tomllib.loads(Path(keyed).read_text(encoding="utf-8"))
    print(table(read_plan(read_document(Path(path))), truth, date.fromisoformat(day)), end="")


if __name__ == "__main__":
    main()
