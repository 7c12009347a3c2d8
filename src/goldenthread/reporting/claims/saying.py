"""What a sentence says of each thing of the plan that it surely speaks of: how far it is, by what act, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.reporting.claims.acts import Act, acts_in
from goldenthread.reporting.claims.dating import Told, dates_in
from goldenthread.reporting.claims.matching import Index, Match
from goldenthread.reporting.claims.naming import without
from goldenthread.reporting.claims.sentences import Sentence
from goldenthread.reporting.claims.subjects import Subject, SubjectKind
from goldenthread.reporting.claims.terms import NOT_TERMS
from goldenthread.reporting.claims.wording import OWNS_UP, Cue, State, cues_in

_LEAST_STRENGTH = 0.6
_LEAST_SCORE = 0.33
_LEAST_COVERAGE = 0.4
_LEAST_COVERAGE_WHEN_STRONG = 0.33
_STRONG = 1.5
_NEARLY_WHOLE = 0.7
_LEAST_COVERAGE_AROUND = 0.2
_LEAST_STRENGTH_AROUND = 3.0
_COVERAGE_BY_ONE_TERM = 0.6
_NEXT_WORD = re.compile(r"[\s’'s-]+([^\W\d_]+)")
_LEAST_SHARE = 0.5
_ABOUT_AS_MUCH = 0.2
"""Cues whose scopes hold nearly as much of the shared words as the best are weighed by what they say."""
_PROMISED = re.compile(
    r"\b(?:due|promised|planned|scheduled|expected)(?: for| to)?"
    r"(?: (?:between|from)(?: \w+(?: \d{4})? (?:and|to))?)?\s*$",
    re.IGNORECASE,
)
"""What stands before a date that was promised: it is not the day on which the thing was done."""
_BESIDE = 25
"""How far before a cue its act may stand ("follow-up reviews conducted"), in characters."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of one thing of the plan. Without a cue, nothing says how far it is."""

    match: Match
    state: State | None = None
    cue: Cue | None = None
    told: Told | None = None
    acts: frozenset[Act] = frozenset()
    named_so: str = ""
    """The words with which the sentence names the thing: before a passive verb, or from an active one to its object."""
    is_object: bool = False
    """Whether the thing itself is what the cue speaks of: two words that tell it from others, or one that no other word
    turns into the name of something else ("employee" in "employee recognition scheme").
    """

    owns_up: bool = False
    """Whether the sentence says itself that the date was not kept, and names no other that was promised."""
    misdated: bool = False
    """Whether it says so of another date than the plan's."""

    @property
    def subject(self) -> Subject:
        """The thing of the plan."""
        return self.match.subject


def what_is_said(sentence: Sentence, index: Index, until: date) -> tuple[Said, ...]:
    """What a sentence says of what it surely speaks of, surest first. An action that goes by its workstream's name must
    share an act with the sentence, too.
    """
    text = sentence.whole
    spoken = without(text, index.names.named_in(text))
    cues, told = cues_in(spoken), dates_in(spoken, until)
    matches = (match for match in index.matches(text) if _is_sure(match))
    found = _owning_up([_said(match, spoken, cues, told) for match in matches], spoken, told)
    return tuple(
        one for one in found if not one.subject.by_workstream or one.acts & acts_in(one.subject.title)
    )


def _owning_up(found: Sequence[Said], text: str, told: tuple[Told, ...]) -> tuple[Said, ...]:
    """The same with whether the sentence says that a date was not kept, and whether that is the date.

    Where several promises are named, nobody can tell which date is whose; where one name is that of several, the date
    of any of them will do.
    """
    if not OWNS_UP.search(text):
        return tuple(found)
    event = _of_the_event(told, text)
    promised = [one for one in told if one not in event]
    quoted = [one for one in found if one.match.quoted]
    right = {one.subject.key for one in found if _is_among(one.subject, promised)}
    alone = len({one.match.at for one in quoted}) == 1 and not right & {one.subject.key for one in quoted}
    return tuple(
        replace(one, owns_up=one.subject.key in right, misdated=alone and one.match.quoted) for one in found
    )


def _is_among(subject: Subject, promised: Sequence[Told]) -> bool:
    """Whether its date is one of those that were promised, or none is told."""
    due = subject.due
    return due is not None and (
        not promised or any(one.earliest <= due.latest and one.latest >= due.earliest for one in promised)
    )


def _is_sure(match: Match) -> bool:
    """Whether a sentence speaks of the subject. What running text announces is known by all that stands around it."""
    if match.subject.kind is SubjectKind.NARRATIVE and match.subject.due:
        return match.strength >= _LEAST_STRENGTH_AROUND and match.coverage >= _LEAST_COVERAGE_AROUND
    if match.by_name:
        return True
    least = _LEAST_COVERAGE if match.strength < _STRONG else _LEAST_COVERAGE_WHEN_STRONG
    tells = match.is_telling or match.coverage >= _NEARLY_WHOLE
    return (
        match.coverage >= least
        and match.strength >= _LEAST_STRENGTH
        and match.score >= _LEAST_SCORE
        and tells
    )


def _said(match: Match, text: str, cues: tuple[Cue, ...], told: tuple[Told, ...]) -> Said:
    """What the cue whose scope holds most of the shared words says of the subject."""
    shares = [(match.share_within(*cue.scope), cue) for cue in cues]
    most = max((share for share, _ in shares), default=0.0)
    if most < _LEAST_SHARE:
        return Said(match, _only_state(cues))
    holding = [cue for share, cue in shares if share >= max(_LEAST_SHARE, most - _ABOUT_AS_MUCH)]
    cue = min(holding, key=lambda cue: (cue.state, cue.scope[1] - cue.scope[0]))
    if cue.state is State.GOES_ON and cues[0].state is State.NOT_DONE:
        cue = cues[0]  # "we have yet to start on … and embedding …"
    beside = text[max(cue.scope[0], cue.start - _BESIDE) : cue.start]
    acts = acts_in(cue.words) | acts_in(beside) or acts_in(text[cue.scope[0] : cue.scope[1]])
    return Said(
        match,
        cue.state,
        cue,
        _date_of(cue, cues, _of_the_event(told, text) if cue.state is State.DONE else told),
        acts,
        _named_so(match, cue, text),
        _is_object(match, cue, text),
    )


def _named_so(match: Match, cue: Cue, text: str) -> str:
    last = max((place.end for place in match.at if place.end <= cue.scope[1]), default=cue.end)
    return f"{text[cue.scope[0] : max(cue.scope[0], cue.start)]} {text[cue.end : last]}"


def _is_object(match: Match, cue: Cue, text: str) -> bool:
    within = [place for place in match.at if cue.scope[0] <= place.start and place.end <= cue.scope[1]]
    telling = {text[place.start : place.end].lower() for place in within if place.tells}
    if len(telling) > 1:
        return True
    sure = match.coverage >= _COVERAGE_BY_ONE_TERM or match.strength >= _STRONG or match.subject.by_workstream
    ends = {place.end for place in within}
    starts = {place.start: place.end for place in within}
    return sure and any(place.tells and _ends_a_name(text, place.end, starts, ends) for place in within)


def _ends_a_name(text: str, end: int, starts: dict[int, int], ends: set[int]) -> bool:
    """Whether no word follows that makes another thing's name of it; shared words may."""
    while (follows := _NEXT_WORD.match(text, end)) and follows.start(1) in starts:
        end = starts[follows.start(1)]
    return end in ends and (follows is None or follows[1].lower() in NOT_TERMS or bool(acts_in(follows[1])))


def _only_state(cues: tuple[Cue, ...]) -> State | None:
    """What a sentence says throughout, where it says that all is done, or that all is not."""
    states = {cue.state for cue in cues}
    return states.pop() if states in ({State.DONE}, {State.NOT_DONE}) else None


def _date_of(cue: Cue, cues: tuple[Cue, ...], told: tuple[Told, ...]) -> Told | None:
    """The date that is nearest to the cue, unless another cue of what is done is nearer to it."""
    apart = [other for other in cues if other.end <= cue.start or cue.end <= other.start]
    others = [other for other in apart if other.state in (State.DONE, cue.state)]
    for one in sorted(told, key=lambda one: _gap(cue, one)):
        if all(_gap(cue, one) <= _gap(other, one) for other in others):
            return one
    return None


def _of_the_event(told: tuple[Told, ...], text: str) -> tuple[Told, ...]:
    """The dates without those that were promised: "due in June, it was finished in August" was done in August."""
    return tuple(one for one in told if not _PROMISED.search(text[: one.start]))


def _gap(cue: Cue, told: Told) -> int:
    return max(told.start - cue.end, cue.start - told.end, 0)
