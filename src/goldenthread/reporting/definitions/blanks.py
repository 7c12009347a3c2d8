"""The named blanks of wording, "{cut_off}": which there are, and which a text has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from types import MappingProxyType
from typing import Any

FIXED_BLANKS: Mapping[str, str] = MappingProxyType(
    {
        "council": "the name of the council",
        "plan": "the title of the plan",
        "cut_off": "the day up to whose end the report speaks",
        "previous_cut_off": "the cut-off that it is compared with, or the day on which the plan took effect",
        "revision": "the number of the last change that was known",
        "hash": "the beginning of the hash of the record at that change",
        "rule": "by which version of the council's rule promises are rated",
        "release": "the release of Golden Thread",
        "reviewer": "the review that a reviewer's pack is about",
    }
)
"""The blanks that the record fills. `[bodies]` and `[blanks]` of a definition add their own."""


def blanks_in(words: str) -> tuple[str, ...]:
    """The names of the blanks of a text. Raises ValueError where a brace is not closed, or a blank has no name."""
    names = tuple(name for _, name, _, _ in Formatter().parse(words) if name is not None)
    if not all(names):
        raise ValueError("a blank has no name: write {name}, or {{ for a brace")
    return names


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value of TOML, whatever lists and tables it is in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)
