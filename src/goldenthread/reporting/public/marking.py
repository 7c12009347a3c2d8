"""Markings by which a text says that it is not for the public, and names of persons in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_CERTAIN = re.compile(
    r"official sensitive|\btop secret\b|\bsecret\b|not for (?:the )?public\b"
    r"|not (?:for|to be) (?:publication|published|release|disclosure|circulation)"
    r"|\bsch\w* 12 ?a\b|exempt (?:information|item|report|appendix|annex|by virtue)"
    r"|private and confidential|in (?:strict )?confidence\b|strictly confidential"
    r"|part (?:2|ii|two) (?:item|report|agenda)"
    r"|press and public (?:be )?excluded|legally privileged|legal privilege"
)
_POSSIBLE = re.compile(r"\bexempt(?:ed|ion|ions)?\b|\brestricted\b|\bconfidential\w*|\bpart ?(?:2|ii|two)\b")


@dataclass(frozen=True, slots=True)
class Marking:
    """The words that mark a text, and whether an officer may say that they are only ordinary words here."""

    words: str
    certain: bool


@lru_cache(maxsize=16384)
def marking_in(text: str) -> Marking | None:
    """The marking that a text carries: of the markings of government (OFFICIAL-SENSITIVE), of part 1 of Schedule 12A to
    the Local Government Act 1972 (exempt information, "Part 2" of an agenda), or of ordinary use ("confidential").

    Capitals, accents, kinds of dash, spacing and invisible characters make no difference.
    """
    plain = _plain(text)
    for pattern, certain in ((_CERTAIN, True), (_POSSIBLE, False)):
        if found := pattern.search(plain):
            return Marking(found[0], certain)
    return None


def person_in(text: str, names: Iterable[str]) -> str | None:
    """The first of these persons whom a text names in full."""
    return next(iter(persons_in(text, names)), None)


def persons_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of these persons whom a text names in full, in the order in which they are given."""
    plain = f" {_plain(text)} "
    return tuple(name for name in names if (one := _plain(name)) and f" {one} " in plain)


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    """Lower case, no accents, no invisible characters, every run of other than letters and digits one space."""
    spread = unicodedata.normalize("NFKD", text)
    seen = "".join(
        char for char in spread if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    return " ".join(re.sub(r"[\W_]+", " ", seen.casefold()).split())
