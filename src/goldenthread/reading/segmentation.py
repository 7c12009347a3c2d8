"""Steps that run on without a mark between them, cut apart again.

The best cut is found by dynamic programming over the words: every place before a capital letter may be a boundary,
and each is scored by what stands on both sides of it (what the document's own phrasebook says, then general knowledge
of how plans word their steps). The number of dates printed beside the text says how many steps to expect. How far the
best cut is ahead of the next best is the confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenthread.reading.phrasebook import Phrasebook, plain

_SHORT = 2
_CLEAR_MARGIN = 1.0
_MOST_STEPS = 16
_MOST_WORDS = 400
"""A longer text is no list of steps, and is left whole."""

_NEVER_LAST = frozenset(
    "a an the of to and or for in on by with at from as into via per within between through across "
    "including their its our your his her this that these those all any each every no not is are be been "
    "being will new existing current future further remaining key relevant appropriate desired permanent "
    "clear effective proposed robust".split()
)
_IRREGULAR_PARTICIPLES = frozenset(
    "begun built bought drawn given held made met run sent set taken written".split()
)
_NEVER_LAST_WITH_A_CAPITAL = frozenset(
    "annual daily weekly monthly quarterly new revised updated regular".split()
)
_VERBS = frozenset(
    "adopt agree appoint approve ask assess brief conclude conduct confirm consider continue create define "
    "deliver design determine develop draft embed engage ensure establish explore finalise identify "
    "implement incorporate introduce maintain manage obtain prepare present procure produce provide "
    "publish receive recruit refresh revise secure set strengthen submit support terminate "
    "undertake update".split()
)
_CAN_END = frozenset("commences concludes begins".split())
_OPENINGS = frozenset(
    "annual approval assurance completion confirmation continuation decision delivery development "
    "evaluation final first implementation initial introduction launch meet monitor monitoring monthly "
    "options other pilot plan presentation procurement publication quarterly recommendations recruitment "
    "redesign regular report reporting responsibilities restructure review revised revision roll scope "
    "scoping termination test train training updated".split()
)
_ENDINGS = frozenset(
    "achieved adopted agreed appointed approved begins closed commence commenced commences complete "
    "completed concluded concludes confirmed considered created delivered designed developed embedded "
    "established finalised identified implemented launched place prepared procured produced published "
    "received recruited resolved reviewed signed started submitted undertaken underway".split()
)


def _wants_an_object(word: str) -> bool:
    """Whether a word is a verb that cannot end a step: "implement", "approves"."""
    return word in _VERBS or (word.endswith("s") and word[:-1] in _VERBS and word not in _CAN_END)


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
    if len(run.words) > _MOST_WORDS:
        return Segmentation((text,), sure=False)
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
    return {0: 3.0, -1: 2.5}.get(missing, -1.0 * abs(missing))


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
        return {place: self._boundary(place) for place in range(1, len(self.words)) if self._may_begin(place)}

    def _may_begin(self, place: int) -> bool:
        before, word = self.words[place - 1], self.words[place].lstrip("‘'“\"")
        if not (word[:1].isupper() or word[:1].isdigit()) or before.endswith(
            (":", ",", "-", "–", "—", "/", "&")
        ):
            return False
        plain_before = self._plain[place - 1]
        if before[0].isupper() and plain_before in _NEVER_LAST_WITH_A_CAPITAL:
            return False
        return plain_before not in _NEVER_LAST and not _wants_an_object(plain_before)

    def _boundary(self, place: int) -> float:
        """The worth of a cut before this word. The weights were set by hand, on how strong each sign seemed, so that
        a cut without any sign costs 1 and one good sign is enough to outweigh it."""
        book, before, here = self._book, self._plain[place - 1], self._plain[place]
        following = self._plain[place + 1] if place + 1 < len(self.words) else ""
        preceding = self._plain[place - 2] if place > 1 else ""
        last = self.words[place - 1]
        worth = -1.0
        if last[0].islower() or last.endswith((")", ".")):
            worth += 0.75 if here in book.proper else 2.0
            worth -= 4.0 if (before, here) in book.pairs_into_names else float((before, here) in book.pairs)
        else:
            worth += 0.0 if here in book.capitalised else 1.5
            worth -= 4.0 if (before, here) in book.pairs else 0.0
        worth += self._opening(here, following) + self._ending(preceding, before)
        worth += 1.0 if self._agent_begins(place) else 0.0
        worth -= 2.0 if self._agent_hangs(place) else 0.0
        worth += 1.0 if len(self._leads_up_to[here]) > 1 else 0.0
        worth -= 0.5 if self.words[place][0].isdigit() else 0.0
        return worth

    def _opening(self, here: str, following: str) -> float:
        if self._book.opens(here, following):
            return 2.0
        if here in _OPENINGS or here in _VERBS:
            return 1.5
        return 0.75 if self._book.opens(here) else 0.0

    def _ending(self, preceding: str, before: str) -> float:
        if before in _ENDINGS and (before != "place" or preceding == "in"):
            return 1.5
        if (preceding, before) in self._book.endings:
            return 1.5
        if before.endswith("ed") or before in _IRREGULAR_PARTICIPLES:
            return 1.0
        return 0.5 if (before,) in self._book.endings else 0.0

    def _agent_begins(self, place: int) -> bool:
        """Whether the name of someone who acts stands here: after a noun, it is the subject of a new step."""
        return any(
            tuple(self._plain[place : place + len(agent)]) == agent for agent in self._book.agents if agent
        )

    def _agent_hangs(self, place: int) -> bool:
        """Whether the words before end with an agent's name that no "to", "by" or "of" ties to what comes before it."""
        for agent in self._book.agents:
            start = place - len(agent)
            if start > 0 and tuple(self._plain[start:place]) == agent:
                return self._plain[start - 1] not in _NEVER_LAST and not self.words[start - 1].endswith(
                    (",", "&")
                )
        return False

    @cached_property
    def _leads_up_to(self) -> dict[str, set[str]]:
        """For each word with a capital, the words before it: parallel steps open alike after different endings."""
        found: dict[str, set[str]] = defaultdict(set)
        for place, word in enumerate(self.words):
            if word[:1].isupper() and len(word) > 1:
                found[self._plain[place]].add(self._plain[place - 1] if place else "")
        return found

    def _worth(self, start: int, end: int) -> float:
        """What the words from start to end are worth as one step: very short ones are doubtful, known ones are not."""
        text = " ".join(self.words[start:end])
        if self._book.is_agent(text):
            return -3.0
        if end - start == 1:
            return -2.0
        if end - start == _SHORT:
            return 0.0 if self._book.opens(*self._plain[start:end]) else -0.5
        return 2.5 if self._book.names_item(text) else 0.0
