"""Figures that a plan itself prints: star ratings and numbers of recommendations by reviewer, sums, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldenthread.plan.model import Review
from goldenthread.reporting.claims import phrases
from goldenthread.reporting.claims.model import Because
from goldenthread.reporting.claims.subjects import Subject

_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_NUMBER = rf"\d{{1,3}}|{'|'.join(_WORDS)}"
_RATING = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:\s?\*|[\s-](?P<unit>stars?\b|(?:[\w-]+ ){{0,2}}recommendations\b))",
    re.IGNORECASE,
)


_MADE = re.compile(
    r"\b(?:made|issued|raised|identified|set out|contained?s?|included?s?) (?:[\w-]+ ){0,4}recommendations\b"
    r"|\brecommendations (?:that )?(?:were )?(?:made|issued|raised|of|from)\b",
    re.IGNORECASE,
)
"""What shows that a number of recommendations is that of all that were made."""


def ratings_in(text: str) -> frozenset[tuple[str, int]]:
    """The star ratings and numbers of recommendations of a text: ("star", 2), ("recommendation", 14)."""
    return frozenset(
        (
            "recommendation" if "recommendation" in (match["unit"] or "").lower() else "star",
            _value(match["number"]),
        )
        for match in _RATING.finditer(text)
    )


def _value(printed: str) -> int:
    return int(printed) if printed.isdigit() else _WORDS[printed.lower()]


@dataclass(frozen=True)
class PlanFigures:
    """The figures of a plan. `rated` has, for each reviewer, the paragraphs that give figures of that review."""

    rated: dict[str, tuple[tuple[Subject, frozenset[tuple[str, int]]], ...]]
    printed: frozenset[str]

    @classmethod
    def of(cls, subjects: tuple[Subject, ...], reviews: Sequence[Review]) -> PlanFigures:
        """What the texts of a plan print, with how many recommendations each review made and in all."""
        rated = {}
        for review in reviews:
            counts = [total.count for total in review.totals]
            made = frozenset(("recommendation", count) for count in (*counts, sum(counts)) if count)
            found = [
                (subject, ratings)
                for subject in subjects
                if _names(f"{subject.own} {subject.context}", review.name)
                and (ratings := ratings_in(subject.own))
            ]
            rated[review.name] = tuple(
                (subject, ratings | made if _counts(ratings) else ratings) for subject, ratings in found
            )
        return cls(
            rated, frozenset(figure for subject in subjects for figure in phrases.amounts(subject.own))
        )

    def holds(self, figure: str) -> bool:
        """Whether the plan prints this share or sum anywhere."""
        return figure in self.printed

    def bearing_out(self, text: str) -> tuple[Because, ...]:
        """The paragraphs whose rating or number the text repeats."""
        return tuple(
            Because(subject.anchor, f"{_short(subject.own)} – the same figure", subject.key)
            for subject, theirs, ours in self._compared(text)
            if theirs & ours
        )[:2]

    def contradicting(self, text: str) -> tuple[Because, ...]:
        """The paragraphs whose rating or number is another than the text's, where none has the same."""
        compared = tuple(self._compared(text))
        if not compared or any(theirs & ours for _, theirs, ours in compared):
            return ()
        return tuple(
            Because(subject.anchor, f"{_short(subject.own)} – the plan prints another figure", subject.key)
            for subject, _, _ in compared
        )[:2]

    def _compared(
        self, text: str
    ) -> Iterator[tuple[Subject, frozenset[tuple[str, int]], frozenset[tuple[str, int]]]]:
        ours = frozenset(one for one in ratings_in(text) if one[0] == "star" or _MADE.search(text))
        units = {unit for unit, _ in ours}
        for name, rated in self.rated.items():
            if ours and _names(text, name):
                for subject, theirs in rated:
                    of_unit = frozenset(one for one in theirs if one[0] in units)
                    if of_unit:
                        yield subject, of_unit, ours


def _counts(ratings: frozenset[tuple[str, int]]) -> bool:
    return any(unit == "recommendation" for unit, _ in ratings)


def _names(text: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", text))


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:200].rsplit(" ", 1)[0] + " …"
