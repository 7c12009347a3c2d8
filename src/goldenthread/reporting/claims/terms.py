"""The words that tell what a text is about, and how much each of them tells.

A term is the stem of a word, or a short form ("pmo") that either document writes out somewhere. Rare terms tell
more than
common ones: a term's weight is the logarithm of how seldom the plan uses it (inverse document frequency, Spärck Jones
1972), and words of any council's English ("review", "corporate") are held down however seldom they occur.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORT_FORM = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")
_SMALL = frozenset("a an the of and or for in on to at by with from as".split())
_LONGEST_SHORT_FORM = 6

_KINDS_OF_PAPER = frozenset("plan strategy framework programme policy".split())
"""A long name that differs in such a last word alone is the same: a Medium Term Financial Plan or Strategy."""

NOT_TERMS = _SMALL | frozenset(
    "about above across after again all already also although am among any are around be because been before being "
    "below between both but can could did do does doing done during each either even every few further had has have "
    "having he her here him his how however i if into is it its itself just like made make makes making many may me "
    "might more most much must my near no nor not now off once only other our ours out over own per s same she should "
    "since so some such than that their them themselves then there these they this those through throughout thus too "
    "under until up upon us use used uses using very via was we well were what when where whether which while who "
    "whole whom whose why will within without would yet you your one two three four five six january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "spring summer autumn winter late mid end year years month months week weeks day days date time".split()
)
"""Words that say nothing of what a text is about. Dates are read apart."""

GENERAL = frozenset(
    "achieve achievement action activity agree aim approach appropriate approve approval area arrangement associate "
    "available base body borough business change commence complete completion conclude conduct context continue "
    "corporate council current deliver delivery design develop development director effective engage ensure establish "
    "evidence exist experience focus follow forward framework full function future general good group help identify "
    "impact implement implementation improve improvement include increase inform information initial introduce "
    "introduction issue key level lead leader leadership level local long manage management meet meeting member model "
    "monitor need new officer ongoing organisation organisational outcome part people performance phase place plan "
    "policy position practice priority process programme progress project propose provide provision public put range "
    "recommendation refresh regular relate relation report require requirement resource respond response result review "
    "revise revision right role scheme scope senior service set shape staff standard start strategic strategy strength "
    "strengthen structure support sustainable system take task team term theme train training understand update value "
    "view way work working joint financial city district county authority directorate department cabinet committee "
    "board decision make direction set launch procure procurement publish appoint appointment recruit "
    "recruitment undertake carry "
    "post "
    "open close resolve conclude finish adopt sign award start begin create produce prepare draft write hold".split()
)
"""Words of every council's plan: by themselves they do not tell one promise from another."""

_WORTH_OF_GENERAL = 0.35
_WORTH_OF_PAIR = 0.6
_WORTH_IN_NAME = 0.35
_HARDLY_EVER_WITHOUT = 0.7
_LEAST_TELLING = 0.3
_SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest endings, so that "surveys" meets "survey" and "partnering" meets "partner"."""
    word = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'")
    if len(word) <= _SHORTEST_STEM + 1 and not word.endswith("s"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    word = re.sub(r"([bdgmnprt])\1$", r"\1", word)
    return word.rstrip("e") if len(word) > _SHORTEST_STEM + 1 else word


_ENDINGS = (
    ("ational", "at"), ("ional", "ion"), ("ies", "y"), ("sses", "ss"), ("ses", "s"), ("ings", ""), ("ing", ""),
    ("ied", "y"), ("ed", ""), ("ations", "at"),
    ("ation", "at"), ("ments", ""), ("ment", ""), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""), ("ly", ""),
)  # fmt: skip
_GENERAL_STEMS = frozenset(stem(word) for word in GENERAL)


@dataclass(frozen=True, slots=True)
class Term:
    """A term at its place in a text."""

    stem: str
    start: int
    end: int
    in_name: bool = False
    """Whether it is a word of a name that has a short form."""


@dataclass(frozen=True)
class Vocabulary:
    """How often the plan uses each term, and the short forms that either document writes out.

    `texts` is the number of texts counted, `found_in` in how many of them a term stands. `long_forms` has the words of
    each short form ("pmo": "programme management office"); `places` are the words of the council's own name.
    """

    texts: int
    found_in: Mapping[str, int]
    long_forms: Mapping[str, tuple[str, ...]]
    places: frozenset[str] = frozenset()

    @classmethod
    def learn(cls, plan: Iterable[str], letter: Iterable[str], council: str) -> Vocabulary:
        """What the texts of a plan and a letter teach."""
        held = tuple(plan)
        forms = _long_forms((*held, *letter))
        known = cls(1, {}, forms, frozenset(stem(word) for word in _WORD.findall(council)))
        counted: Counter[str] = Counter()
        for text in held:
            stems = known.stems(text)
            counted.update({*stems, *(" ".join(pair) for pair in pairwise(stems))})
        return cls(max(len(held), 1), counted, forms, known.places)

    @cached_property
    def _rarest(self) -> float:
        return math.log(1 + self.texts)

    def weight(self, term: str) -> float:
        """How much a term tells: 0 for one in every text, 1 for one that the plan uses in one text alone."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._weight(term)
        return known

    @cached_property
    def _known(self) -> dict[str, float]:
        return {}

    def _weight(self, term: str) -> float:
        if term in self.places:
            return 0.05
        rare = math.log((1 + self.texts) / max(1, self.found_in.get(term, 0))) / self._rarest
        return max(rare, 0.05) * (_WORTH_OF_GENERAL if term in _GENERAL_STEMS else 1.0)

    def pair_weight(self, one: str, other: str) -> float:
        """How much two terms tell by standing side by side, beyond what each tells alone."""
        return (
            _WORTH_OF_PAIR * min(1.0, self.weight(one) + self.weight(other)) * self._rarity(f"{one} {other}")
        )

    def _rarity(self, pair: str) -> float:
        return max(math.log((1 + self.texts) / max(1, self.found_in.get(pair, 0))) / self._rarest, 0.05)

    def stems(self, text: str) -> tuple[str, ...]:
        """The terms of a text in order."""
        return tuple(term.stem for term in self.terms(text))

    @cached_property
    def implied(self) -> Mapping[str, str]:
        """The second word of a name by the first, where the plan hardly ever has the first without it ("Oracle")."""
        pairs = (pair.split(" ") for pair in self.found_in if " " in pair)
        return {
            one: other
            for one, other in pairs
            if one not in _GENERAL_STEMS
            and other not in _GENERAL_STEMS
            and self.found_in.get(one, 0) > 2
            and self.found_in[f"{one} {other}"] >= _HARDLY_EVER_WITHOUT * self.found_in[one]
        }

    def tells(self, term: str) -> bool:
        """Whether a term tells one promise from another."""
        return term not in _GENERAL_STEMS and term not in self.places and self.weight(term) >= _LEAST_TELLING

    def weights(self, terms: Iterable[Term]) -> dict[str, float]:
        """Terms with what each tells where it stands."""
        found: dict[str, float] = {}
        for term in terms:
            found[term.stem] = max(found.get(term.stem, 0.0), self.worth(term))
        return found

    def worth(self, term: Term) -> float:
        """How much a term tells where it stands: the words of a known name tell less than the name."""
        return self.weight(term.stem) * (_WORTH_IN_NAME if term.in_name else 1.0)

    def terms(self, text: str) -> tuple[Term, ...]:
        """The terms of a text with their places. A name with a short form counts as that, and a little as its words."""
        words = [(match[0], *match.span()) for match in _WORD.finditer(text)]
        found: list[Term] = []
        place = 0
        while place < len(words):
            word, start, end = words[place]
            form = re.sub(r"['’]s$", "", word.lower())
            if form in self.long_forms and word[:2].isupper():
                found += self._named(form, start, end)
                place += 1
            elif named := self._written_out(words, place):
                form, length = named
                found += self._named(form, start, words[place + length - 1][2])
                place += length
            else:
                if form not in NOT_TERMS and len(form) > 1:
                    found.append(Term(stem(form), start, end))
                place += 1
        return tuple(found)

    def _named(self, form: str, start: int, end: int) -> list[Term]:
        words = [part for part in self.long_forms[form] if part not in NOT_TERMS]
        return [Term(form, start, end), *(Term(stem(part), start, end, in_name=True) for part in words)]

    def _written_out(self, words: list[tuple[str, int, int]], place: int) -> tuple[str, int] | None:
        """The short form of the name that is written out here, and of how many words it is."""
        for form in self._forms_by_first.get(words[place][0].lower(), ()):
            wanted, here = list(self.long_forms[form]), place
            while wanted and here < len(words):
                word = re.sub(r"['’]", "", words[here][0].lower())
                if word == wanted[0] or (
                    len(wanted) == 1 and len(self.long_forms[form]) > 3 and word in _KINDS_OF_PAPER
                ):
                    wanted.pop(0)
                elif word not in _SMALL:
                    break
                here += 1
            if not wanted:
                return form, here - place
        return None

    @cached_property
    def _forms_by_first(self) -> Mapping[str, list[str]]:
        by_first: dict[str, list[str]] = {}
        for form, words in sorted(self.long_forms.items()):
            by_first.setdefault(words[0], []).append(form)
        return by_first


def _long_forms(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The short forms of these texts that one of them writes out in capitalised words ("Housing Revenue Account")."""
    held = tuple(texts)
    wanted = {form.lower().replace("&", "") for text in held for form in _SHORT_FORM.findall(text)}
    wanted = {form for form in wanted if 2 < len(form) <= _LONGEST_SHORT_FORM}
    counted: dict[str, Counter[tuple[str, ...]]] = {}
    for text in held:
        words = re.findall(r"[^\W\d_]+", text.replace("’s", "s").replace("'s", "s"))
        for start, first in enumerate(words):
            if not first[0].isupper() or first.isupper():
                continue
            for form, run in _initials(words, start):
                if form in wanted:
                    counted.setdefault(form, Counter())[run] += 1
    return {form: runs.most_common(1)[0][0] for form, runs in counted.items()}


def _initials(words: list[str], start: int) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The runs of capitalised words from here on, with what their initials spell."""
    run: list[str] = []
    for word in words[start : start + 2 * _LONGEST_SHORT_FORM]:
        if word.lower() in _SMALL:
            continue
        if not word[0].isupper() or word.isupper() or len(run) == _LONGEST_SHORT_FORM:
            return
        run.append(word.lower())
        if len(run) > 2:
            yield "".join(part[0] for part in run), tuple(run)
