"""Which things of the plan a sentence speaks of, and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from goldenthread.reporting.claims.naming import Names, without
from goldenthread.reporting.claims.subjects import Subject, SubjectKind, head_of
from goldenthread.reporting.claims.terms import Term, Vocabulary, stem

_QUALIFIED_POST = re.compile(
    r"\b(?:assistant|deputy|interim|acting|vice|former|previous|outgoing)[\s-]+(?:[A-Z][\w'’]+\s*){1,3}",
    re.IGNORECASE,
)
_LEAST_TELLING = 0.4
_LEAST_WEIGHT = 0.2
_LEAST_STRENGTH = 0.5
_WORTH_OF_CONTEXT = 0.5
_WORTH_OF_PURPOSE = 0.5
_NAMED = (SubjectKind.MILESTONE, SubjectKind.ACTION, SubjectKind.STEP, SubjectKind.DELIVERABLE)
_STRENGTH_OF_A_NAME = 3.0
_FEWEST_IN_NAME, _ENOUGH_OF_NAME, _MOST_IN_NAME = 2, 3, 8
_DONE_TO_IT = re.compile(
    r"^(?:the |approval of (?:any |the )?|implementation of (?:the )?|implement (?:the )?|establish (?:the )?|"
    r"completion of |"
    r"launch of |review of |refresh (?:the )?|procurement of |develop (?:and implement )?(?:the |a )?|delivery "
    r"of |deliver |revised |"
    r"new |first )+|\b(?:approved|agreed|completed?|implemented|launched|published|procured|established|"
    r"achieved|concluded|"
    r"developed|delivered|adopted|in place|refresh|and)\b[ ,;]*(?=$|approved|and|launched|implemented)",
    re.IGNORECASE,
)
_PAPERS = frozenset(
    stem(word)
    for word in "strategy policy framework plan rule regulation reg protocol report scheme charter code model budget "
    "survey programme constitution".split()
)
"""What is written down. A promise of one is spoken of only by a sentence that names the same kind of it."""


class Place(NamedTuple):
    """Where a sentence has a shared term, what it weighs, and whether it tells one promise from another."""

    start: int
    end: int
    weight: float
    tells: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and what a sentence shares with it.

    `coverage` is the share of the subject's own words that the sentence has, by weight (0 to 1); `strength` the weight
    that they have together, pairs that stand side by side included. `at` is where the sentence has the shared terms.
    """

    subject: Subject
    coverage: float
    strength: float
    at: tuple[Place, ...]
    telling: float = 0.0
    """What the shared words weigh that tell one promise from another."""
    by_name: bool = False
    """Whether the sentence has the subject's name, or its first three words, in order; what is done to it left out."""

    quoted: bool = False
    """Whether the sentence has its whole name in quotation marks."""

    @property
    def is_telling(self) -> bool:
        """Whether they share what tells this promise from others: its name, or rare enough words."""
        return self.by_name or self.telling >= _LEAST_TELLING

    @property
    def score(self) -> float:
        """How surely the sentence speaks of the subject: higher is surer."""
        return self.coverage * self.strength

    def share_within(self, start: int, end: int) -> float:
        """How much of what is shared stands between two places of the sentence (0 to 1)."""
        whole = sum(place.weight for place in self.at)
        inside = sum(place.weight for place in self.at if start <= place.start and place.end <= end)
        return inside / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Indexed:
    subject: Subject
    own: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    context: Mapping[str, float]
    whole: float
    papers: frozenset[str]
    name: str


class Index:
    """The subjects of a plan by their terms. A sentence is compared with those alone that share one that tells."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_term: dict[str, list[int]] = {}
        self._contexts: dict[str, tuple[Term, ...]] = {}
        self._matched: dict[str, tuple[Match, ...]] = {}
        self._indexed = [self._index(subject) for subject in subjects]
        self.names = Names(subjects)
        self._names = [(number, entry.name) for number, entry in enumerate(self._indexed) if entry.name]
        for number, entry in enumerate(self._indexed):
            for term in entry.own.keys() | entry.context.keys():
                self._by_term.setdefault(term, []).append(number)

    def _index(self, subject: Subject) -> _Indexed:
        text = _without_qualified_posts(subject.own)
        terms, head = self.vocabulary.terms(text), head_of(text)
        own = self.vocabulary.weights(terms)
        first = {term.stem for term in terms if term.start < len(head)}
        if len(head) < len(text) and any(map(self.vocabulary.tells, first)):
            own = {term: worth if term in first else _WORTH_OF_PURPOSE * worth for term, worth in own.items()}
        around = self.vocabulary.weights(self._around(subject.context))
        return _Indexed(
            subject, own, frozenset(pairwise(term.stem for term in terms)),
            {term: worth for term, worth in around.items() if term not in own}, sum(own.values()),
            self._papers(subject, first), self._name(subject),
        )  # fmt: skip

    @staticmethod
    def _papers(subject: Subject, first: set[str]) -> frozenset[str]:
        return frozenset() if subject.kind is SubjectKind.NARRATIVE or subject.title else _PAPERS & first

    def _around(self, context: str) -> tuple[Term, ...]:
        """The terms of a context; neighbours share theirs."""
        if context not in self._contexts:
            self._contexts[context] = self.vocabulary.terms(context)
        return self._contexts[context]

    def _name(self, subject: Subject) -> str:
        """The stems of a promise's or deliverable's name without what is done to it; empty for what is no name."""
        if subject.kind not in _NAMED or subject.title:
            return ""
        stems = self.vocabulary.stems(_DONE_TO_IT.sub(" ", subject.own))
        if not _FEWEST_IN_NAME <= len(stems) <= _MOST_IN_NAME:
            return ""
        return f" {' '.join(stems[:_ENOUGH_OF_NAME])} "

    def matches(self, text: str) -> tuple[Match, ...]:
        """What a text may speak of, surest first."""
        if text not in self._matched:
            self._matched[text] = tuple(self._matches(text))
        return self._matched[text]

    def _matches(self, text: str) -> list[Match]:
        """What shares words with the text; what it names in quotation marks is that and nothing else."""
        quoted = self.names.named_in(text)
        named = [
            Match(
                self.names.subjects[key],
                coverage=1.0,
                strength=_STRENGTH_OF_A_NAME,
                at=(Place(one.start, one.end, 1.0, tells=True),),
                telling=1.0,
                by_name=True,
                quoted=one.is_name,
            )
            for one in quoted
            for key in sorted(one.keys)
        ]
        keys = {key for one in quoted for key in one.keys}
        others = (match for match in self._by_words(without(text, quoted)) if match.subject.key not in keys)
        return sorted(
            [*named, *others], key=lambda match: (-match.score, match.subject.anchor, match.subject.key)
        )

    def _by_words(self, text: str) -> list[Match]:
        terms = self._terms(_without_qualified_posts(text))
        joined = f" {' '.join(term.stem for term in terms)} "
        telling = {term.stem for term in terms if self.vocabulary.weight(term.stem) > _LEAST_WEIGHT}
        candidates = {number for term in telling for number in self._by_term.get(term, ())}
        candidates |= {number for number, name in self._names if name in joined}
        here = {term.stem for term in terms}
        indexed = (self._indexed[number] for number in sorted(candidates))
        found = (
            self._match(entry, terms, joined) for entry in indexed if not entry.papers or entry.papers & here
        )
        return [match for match in found if match.strength >= _LEAST_STRENGTH or match.by_name]

    def _terms(self, text: str) -> tuple[Term, ...]:
        """The terms of a text; the first word of a name stands for the whole of it ("the Oracle Programme")."""
        found: list[Term] = []
        terms = self.vocabulary.terms(text)
        for place, term in enumerate(terms):
            found.append(term)
            rest = self.vocabulary.implied.get(term.stem)
            after = terms[place + 1] if place + 1 < len(terms) else None
            if rest and text[term.start].isupper() and not self._goes_on(text, term, after):
                found.append(Term(rest, term.start, term.end))
        return tuple(found)

    def _goes_on(self, text: str, term: Term, after: Term | None) -> bool:
        """Whether a name goes on with another word that tells ("Chief Whips" is no Chief Executive)."""
        beside = after is not None and not text[term.end : after.start].strip()
        return bool(after and beside and text[after.start].isupper() and self.vocabulary.tells(after.stem))

    def _match(self, entry: _Indexed, terms: Sequence[Term], joined: str) -> Match:
        here = {term.stem for term in terms}
        shared = {term: worth for term, worth in entry.own.items() if term in here}
        around = sum(worth for term, worth in entry.context.items() if term in here)
        whole = sum(shared.values())
        by_name = bool(entry.name) and entry.name in joined
        if whole + around < _LEAST_STRENGTH / 2 and not by_name:
            return Match(entry.subject, 0.0, 0.0, ())
        strength = whole + self._in_pairs(entry, terms) + _WORTH_OF_CONTEXT * around
        tells, worth = self.vocabulary.tells, self.vocabulary.worth
        at = tuple(Place(t.start, t.end, worth(t), tells(t.stem)) for t in terms if t.stem in shared)
        telling = sum(weight for term, weight in shared.items() if tells(term))
        coverage = whole / entry.whole if entry.whole else 0.0
        return Match(entry.subject, coverage, strength, at, telling, by_name)

    def _in_pairs(self, entry: _Indexed, terms: Sequence[Term]) -> float:
        """What the words weigh that stand side by side in both, beyond what they weigh alone."""
        pairs = {
            (one.stem, other.stem)
            for one, other in pairwise(terms)
            if (one.stem, other.stem) in entry.pairs and not (one.in_name or other.in_name)
        }
        return sum(self.vocabulary.pair_weight(*pair) for pair in sorted(pairs))


def _without_qualified_posts(text: str) -> str:
    """The text with deputies, assistants and the like blanked out: an assistant's post is not the post itself."""
    return _QUALIFIED_POST.sub(lambda match: " " * len(match[0]), text)
