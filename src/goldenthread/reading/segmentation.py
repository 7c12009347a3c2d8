"""Steps that run on without a mark between them, cut apart again.

The best cut is found by dynamic programming over the words: every place before a capital letter may be a boundary,
and each is scored by what stands on both sides of it (what the document's own phrasebook says, then general knowledge
of how plans word their steps). The number of dates printed beside the text says how many steps to expect. How far the
best cut is ahead of the next best is the confidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenthread.reading.phrasebook import Phrasebook, plain

_FEWEST_WORDS_SURE = 3
_CLEAR_MARGIN = 1.0
_MOST_STEPS = 16

_NEVER_LAST = frozenset(
    "a an the of to and or for in on by with at from as into via per within between through across including "
    "their its our your his her this that these those all any each every no not is are be been being will "
    "new existing current future further remaining key relevant appropriate desired permanent clear effective "
    "agreed-upon proposed robust regular".split()
)
_OPENINGS = frozenset(
    "adopt agree annual appoint approval approve assess assurance audit brief business commence complete completion "
    "conclude conduct confirm confirmation consider continuation continue create decision define deliver delivery "
    "design determine develop development draft embed engage ensure establish evaluation explore final finalise "
    "first forward governance identify implement implementation incorporate initial introduce introduction launch "
    "maintain manage market meet meetings member monitor monitoring monthly obtain options other pilot plan prepare "
    "presentation present procure procurement produce project provide publication publish quarterly recommendations "
    "recruit recruitment redesign refresh regular report reporting research responsibilities restructure review "
    "revise revised revision roll scope scoping secure set strengthen submit support termination terminate test "
    "train training undertake update updated workforce".split()
)
_ENDINGS = frozenset(
    "achieved adopted agreed appointed approved begins closed commence commenced commences complete completed "
    "concluded concludes confirmed considered created delivered designed developed embedded established finalised "
    "identified implemented launched place prepared procured produced published received recruited resolved "
    "reviewed signed started submitted undertaken underway".split()
)


@dataclass(frozen=True)
class Segmentation:
    """The steps found; `sure` is False when another cut is nearly as good, which is then `alternative`."""

    steps: tuple[str, ...]
    sure: bool = True
    alternative: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cut:
    score: float
    starts: tuple[int, ...]


def segment(text: str, book: Phrasebook, *, dates: int = 0, exactly: int | None = None) -> Segmentation:
    """Cut a run-on text into its steps.

    `dates` is how many dates stand beside the text (the first of them may be the action's own); 0 or 1 says nothing
    about the number of steps. `exactly` asks for that many segments, if there are places enough to cut.
    """
    run = _RunOn(text.split(), book)
    if not run.words:
        return Segmentation(())
    ranked = sorted(run.best_cuts(exactly), key=lambda cut: cut.score + _expected(cut, dates), reverse=True)
    best, *others = ranked
    chosen = run.cut(best)
    if not others:
        return Segmentation(chosen)
    ahead = best.score + _expected(best, dates) - others[0].score - _expected(others[0], dates)
    return Segmentation(chosen, sure=ahead >= _CLEAR_MARGIN, alternative=run.cut(others[0]))


def _expected(cut: _Cut, dates: int) -> float:
    """How well the number of segments agrees with the number of dates: one for each and one for the action is best."""
    if dates < 2:
        return 0.0
    missing = (dates - 1) - len(cut.starts)
    return {0: 3.0, -1: 2.0}.get(missing, -1.0 * abs(missing))


class _RunOn:
    """The words of one run-on text and the worth of cutting it here or there."""

    def __init__(self, words: list[str], book: Phrasebook) -> None:
        self.words = words
        self._book = book
        self._plain = [plain(word) for word in words]

    def cut(self, found: _Cut) -> tuple[str, ...]:
        ends = (*found.starts[1:], len(self.words))
        return tuple(" ".join(self.words[a:b]) for a, b in zip(found.starts, ends, strict=True))

    def best_cuts(self, exactly: int | None) -> Iterator[_Cut]:
        """The best cut for each number of segments (and the runner-up of each), or for `exactly` that many."""
        most = min(_MOST_STEPS, len(self._boundaries) + 1)
        wanted = [min(exactly, most)] if exactly else range(1, most + 1)
        for count in wanted:
            yield from self._ending_at(len(self.words), count)

    def _ending_at(self, end: int, count: int) -> list[_Cut]:
        return self._table[end].get(count, [])

    @cached_property
    def _table(self) -> dict[int, dict[int, list[_Cut]]]:
        """For each boundary and number of segments before it, the best two cuts of the words up to there."""
        ends = [*self._boundaries, len(self.words)]
        table: dict[int, dict[int, list[_Cut]]] = {}
        for end in ends:
            table[end] = {1: [_Cut(self._worth(0, end), (0,))]}
            for start in (boundary for boundary in self._boundaries if boundary < end):
                gain = self._boundaries[start] + self._worth(start, end)
                for count, cuts in table[start].items():
                    if count < _MOST_STEPS:
                        longer = [_Cut(cut.score + gain, (*cut.starts, start)) for cut in cuts]
                        table[end].setdefault(count + 1, []).extend(longer)
            for count, cuts in table[end].items():
                table[end][count] = sorted(cuts, key=lambda cut: cut.score, reverse=True)[:2]
        return table

    @cached_property
    def _boundaries(self) -> dict[int, float]:
        """Every place where a step may begin (the number of its first word), with the worth of cutting there."""
        return {
            place: self._boundary(place) for place in range(1, len(self.words)) if self._may_begin(place)
        }

    def _may_begin(self, place: int) -> bool:
        before, word = self.words[place - 1], self.words[place].lstrip("‘'“\"(")
        if not word or not (word[0].isupper() or word[0].isdigit()) or self.words[place].startswith("("):
            return False
        return self._plain[place - 1] not in _NEVER_LAST and not before.endswith((":", ",", "-", "–", "—", "/", "&"))

    def _boundary(self, place: int) -> float:
        book, before, here = self._book, self._plain[place - 1], self._plain[place]
        following = self._plain[place + 1] if place + 1 < len(self.words) else ""
        preceding = self._plain[place - 2] if place > 1 else ""
        last = self.words[place - 1]
        worth = -1.0
        worth += 2.0 if last[:1].islower() or last.endswith((")", ".")) else 0.0
        worth += 1.5 if here in _OPENINGS or (here,) in book.openings else 0.0
        worth += 1.5 if (here, following) in book.openings else 0.0
        worth += 1.0 if before in _ENDINGS else 0.0
        worth += 1.0 if (preceding, before) in book.endings else 0.0
        worth += 1.0 if self._capitals[here] > 1 else 0.0
        worth -= 3.0 if (before, here) in book.pairs else 0.0
        worth -= 0.5 if self.words[place][0].isdigit() else 0.0
        return worth

    @cached_property
    def _capitals(self) -> Counter[str]:
        """How often each word stands in this text with a capital: parallel steps open with the same word."""
        return Counter(
            plain_word
            for word, plain_word in zip(self.words, self._plain, strict=True)
            if word[:1].isupper() and len(plain_word) > 1
        )

    def _worth(self, start: int, end: int) -> float:
        """What the words from start to end are worth as one step."""
        length = end - start
        text = " ".join(self.words[start:end])
        worth = {1: -2.0, 2: -0.5}.get(length, 0.0)
        if self._book.is_agent(text):
            worth -= 3.0
        if length >= _FEWEST_WORDS_SURE - 1 and self._book.names_item(text):
            worth += 2.5
        return worth
