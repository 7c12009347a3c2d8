"""Which things of the plan a sentence speaks of, and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.reporting.claims.subjects import Subject, SubjectKind, head_of
from goldenthread.reporting.claims.terms import Term, Vocabulary

_QUALIFIED_POST = re.compile(
    r"\b(?:assistant|deputy|interim|acting|vice|former|previous|outgoing)[\s-]+(?:[A-Z][\w'’]+\s*){1,3}",
    re.IGNORECASE,
)
_WORTH_OF_CONTEXT = 0.5
_WORTH_OF_PURPOSE = 0.5
_NAMED = (SubjectKind.MILESTONE, SubjectKind.ACTION, SubjectKind.STEP, SubjectKind.DELIVERABLE)
_FEWEST_IN_NAME, _MOST_IN_NAME = 2, 8
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
_PAPER = re.compile(
    r"\b(?:strateg(?:y|ies)|polic(?:y|ies)|frameworks?|plans?|rules|regulations?|regs|protocols?|reports?|documents?|statements?|"
    r"papers?|schemes?|charters?|codes?|models?|budgets?|surveys?|PMF|MTF[PS]|programmes?|constitution)\b",
    re.IGNORECASE,
)
"""What is written down. A promise of one is spoken of only by a sentence that speaks of something written."""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and what a sentence shares with it.

    `coverage` is the share of the subject's own words that the sentence has, by weight (0 to 1); `strength` the weight
    that they have together, pairs that stand side by side included. `at` are the places of the shared terms.
    """

    subject: Subject
    coverage: float
    strength: float
    at: tuple[tuple[int, int, float], ...]
    telling: float = 0.0
    """What the shared words weigh that tell one promise from another."""
    by_name: bool = False
    """Whether the sentence has the subject's name, word for word but for what is done to it."""

    @property
    def score(self) -> float:
        """How surely the sentence speaks of the subject: higher is surer."""
        return self.coverage * self.strength

    def share_within(self, start: int, end: int) -> float:
        """How much of what is shared stands between two places of the sentence (0 to 1)."""
        whole = sum(weight for _, _, weight in self.at)
        inside = sum(weight for first, last, weight in self.at if start <= first and last <= end)
        return inside / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Indexed:
    subject: Subject
    own: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    context: Mapping[str, float]
    whole: float
    is_paper: bool
    name: str


class Index:
    """The subjects of a plan by their terms. A sentence is compared with those alone that share one that tells."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_term: dict[str, list[int]] = {}
        self._indexed = [self._index(subject) for subject in subjects]
        self._names = [(number, entry.name) for number, entry in enumerate(self._indexed) if entry.name]
        for number, entry in enumerate(self._indexed):
            for term in entry.own.keys() | entry.context.keys():
                self._by_term.setdefault(term, []).append(number)

    def _index(self, subject: Subject) -> _Indexed:
        text = _without_qualified_posts(subject.own)
        own = self.vocabulary.weights(text)
        head = self.vocabulary.weights(head_of(text))
        if any(self.vocabulary.tells(term) for term in head):
            own = {term: worth if term in head else _WORTH_OF_PURPOSE * worth for term, worth in own.items()}
        context = {
            term: worth for term, worth in self.vocabulary.weights(subject.context).items() if term not in own
        }
        pairs = frozenset(pairwise(self.vocabulary.stems(text)))
        papers = bool(_PAPER.search(head_of(subject.own))) and subject.kind is not SubjectKind.NARRATIVE
        return _Indexed(subject, own, pairs, context, sum(own.values()), papers, self._name(subject))

    def _name(self, subject: Subject) -> str:
        """The stems of a promise's or deliverable's name without what is done to it; empty for what is no name."""
        if subject.kind not in _NAMED or subject.title:
            return ""
        stems = self.vocabulary.stems(_DONE_TO_IT.sub(" ", subject.own))
        return f" {' '.join(stems)} " if _FEWEST_IN_NAME <= len(stems) <= _MOST_IN_NAME else ""

    def matches(self, text: str, least: float = 0.5) -> tuple[Match, ...]:
        """What a text may speak of, surest first."""
        terms = self._terms(_without_qualified_posts(text))
        papers = bool(_PAPER.search(text))
        telling = {term.stem for term in terms if self.vocabulary.weight(term.stem) > 0.2}
        joined = f" {' '.join(term.stem for term in terms)} "
        candidates = {number for term in telling for number in self._by_term.get(term, ())}
        candidates |= {number for number, name in self._names if name in joined}
        indexed = (self._indexed[number] for number in sorted(candidates))
        found = (self._match(entry, terms, joined) for entry in indexed if papers or not entry.is_paper)
        kept = [match for match in found if match.strength >= least or match.by_name]
        return tuple(sorted(kept, key=lambda match: (-match.score, match.subject.anchor, match.subject.key)))

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
        at = [(t.start, t.end, self.vocabulary.worth(t)) for t in terms if t.stem in entry.own]
        shared = sum(worth for term, worth in entry.own.items() if term in here)
        around = sum(worth for term, worth in entry.context.items() if term in here)
        pairs = {
            (one.stem, other.stem)
            for one, other in pairwise(terms)
            if (one.stem, other.stem) in entry.pairs and not (one.in_name or other.in_name)
        }
        in_pairs = sum(self.vocabulary.pair_weight(*pair) for pair in pairs)
        telling = sum(
            worth for term, worth in entry.own.items() if term in here and self.vocabulary.tells(term)
        )
        strength = shared + in_pairs + _WORTH_OF_CONTEXT * around
        return Match(
            entry.subject,
            shared / entry.whole if entry.whole else 0.0,
            strength,
            tuple(at),
            telling,
            bool(entry.name) and entry.name in joined,
        )


def _without_qualified_posts(text: str) -> str:
    """The text with deputies, assistants and the like blanked out: an assistant's post is not the post itself."""
    return _QUALIFIED_POST.sub(lambda match: " " * len(match[0]), text)
