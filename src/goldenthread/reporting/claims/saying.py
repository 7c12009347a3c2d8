"""What a sentence says of each thing of the plan that it surely speaks of: how far it is, by what act, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.reporting.claims.acts import Act, acts_in
from goldenthread.reporting.claims.dating import Told, dates_in
from goldenthread.reporting.claims.matching import Index, Match
from goldenthread.reporting.claims.sentences import Sentence
from goldenthread.reporting.claims.subjects import Subject, SubjectKind
from goldenthread.reporting.claims.wording import Cue, State, cues_in

_LEAST_STRENGTH = 0.6
_LEAST_SCORE = 0.33
_LEAST_TELLING = 0.4
_LEAST_COVERAGE = 0.4
_LEAST_COVERAGE_WHEN_STRONG = 0.33
_STRONG = 1.5
_NEARLY_WHOLE = 0.7
_LEAST_COVERAGE_AROUND = 0.2
_LEAST_STRENGTH_AROUND = 3.0
_LEAST_SHARE = 0.5
_ABOUT_AS_MUCH = 0.2
"""Cues whose scopes hold nearly as much of the shared words as the best are weighed by what they say."""
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
    around: str = ""
    """The words that the cue speaks of, without its own."""

    @property
    def subject(self) -> Subject:
        """The thing of the plan."""
        return self.match.subject


def what_is_said(sentence: Sentence, index: Index, until: date) -> tuple[Said, ...]:
    """What a sentence says of what it surely speaks of, surest first. An action that goes by its workstream's name must
    share an act with the sentence, too.
    """
    text = sentence.whole
    cues, told = cues_in(text), dates_in(text, until)
    found = (_said(match, text, cues, told) for match in index.matches(text) if _is_sure(match))
    return tuple(
        one for one in found if not one.subject.by_workstream or one.acts & acts_in(one.subject.title)
    )


def _is_sure(match: Match) -> bool:
    """Whether a sentence speaks of the subject. What running text announces is known by all that stands around it."""
    if match.subject.kind is SubjectKind.NARRATIVE and match.subject.due:
        return match.strength >= _LEAST_STRENGTH_AROUND and match.coverage >= _LEAST_COVERAGE_AROUND
    if match.by_name:
        return True
    least = _LEAST_COVERAGE if match.strength < _STRONG else _LEAST_COVERAGE_WHEN_STRONG
    tells = match.telling >= _LEAST_TELLING or match.coverage >= _NEARLY_WHOLE
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
    beside = text[max(cue.scope[0], cue.start - _BESIDE) : cue.start]
    acts = acts_in(cue.words) | acts_in(beside) or acts_in(text[cue.scope[0] : cue.scope[1]])
    around = f"{text[cue.scope[0] : max(cue.scope[0], cue.start)]} {text[cue.end : cue.scope[1]]}"
    return Said(match, cue.state, cue, _date_of(cue, cues, told), acts, around)


def _only_state(cues: tuple[Cue, ...]) -> State | None:
    """What a sentence says throughout, where it says that all is done."""
    return State.DONE if cues and all(cue.state is State.DONE for cue in cues) else None


def _date_of(cue: Cue, cues: tuple[Cue, ...], told: tuple[Told, ...]) -> Told | None:
    """The date that is nearest to the cue, unless another cue of what is done is nearer to it."""
    others = [other for other in cues if other.state in (State.DONE, cue.state)]
    for one in sorted(told, key=lambda one: _gap(cue, one)):
        if _gap(cue, one) <= min(_gap(other, one) for other in others):
            return one
    return None


def _gap(cue: Cue, told: Told) -> int:
    return max(told.start - cue.end, cue.start - told.end, 0)
