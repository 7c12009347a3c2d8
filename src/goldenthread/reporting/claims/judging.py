"""What the plan makes of one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread.plan.status import Status
from goldenthread.reporting.claims import phrases
from goldenthread.reporting.claims.acts import Act, acts_in, comparable, stage_of
from goldenthread.reporting.claims.figures import PlanFigures
from goldenthread.reporting.claims.matching import Index
from goldenthread.reporting.claims.model import Because, Verdict
from goldenthread.reporting.claims.naming import without
from goldenthread.reporting.claims.saying import Said, what_is_said
from goldenthread.reporting.claims.sentences import Sentence
from goldenthread.reporting.claims.subjects import Subject, SubjectKind
from goldenthread.reporting.claims.wording import LOOKS_AHEAD, RENEWED, State, cues_in

_WORTH_WEIGHING = 0.3
"""A match with less than this share of the best one's score contradicts nothing: the sentence speaks of the other."""
_NEARLY_AS_GOOD = 0.5
"""A match with less than this share of the best one's score is not given as a reason."""
_WORTH_ANOTHER = 1.0
"""A place that speaks of other words of the sentence is given, too, when these weigh so much."""
_LEAST_TELLING = 0.6
_LEAST_SCORE = 0.5
_NEARLY_WHOLE = 0.7
_CLOSE = 1.5
"""From this score on a match bears a sentence out, however common its words are."""
_COVERAGE_BESIDE_OTHER_NAMES = 0.8
_PROCESSES = frozenset({Act.PROCURE, Act.REVIEW, Act.APPOINT, Act.PUBLISH})
_MOST_REASONS = 3
_LONGEST_QUOTE = 160

Found = tuple[Verdict, tuple[Because, ...]]


@dataclass(frozen=True)
class Judge:
    """The plan, ready to be held against sentences. `until` is the last day of the period that the letter reports on.

    `reviewers` are the names of those who reviewed the council, `evidence` what is filed for an item, by its key.
    """

    index: Index
    until: date
    figures: PlanFigures
    reviewers: tuple[str, ...] = ()
    evidence: Mapping[str, tuple[Because, ...]] = field(default_factory=dict)

    def judge(self, sentence: Sentence) -> Found:
        """The verdict on a sentence and the reasons."""
        if sentence.text.endswith(":") or phrases.is_layout(sentence.text):
            return Verdict.NO_CLAIM, ()
        said = what_is_said(sentence, self.index, self.until)
        if against := self._contradictions(said) or self.figures.contradicting(sentence.text):
            return Verdict.CONTRADICTED, against
        quoted = self.index.names.named_in(sentence.text)
        spoken = replace(sentence, text=without(sentence.text, quoted)) if quoted else sentence
        return self._by_its_words(spoken) or self._by_plan(sentence, spoken, said)

    def _contradictions(self, said: tuple[Said, ...]) -> tuple[Because, ...]:
        """The places that deny what is said, unless the sentence speaks far more surely of something else."""
        best = max((one.match.score for one in said if one.cue and one.subject.kind.is_promise), default=0.0)
        weighed = (one for one in said if one.match.is_telling and one.match.score >= _WORTH_WEIGHING * best)
        reasons = {
            one.subject.key: self._reason(one.subject, why) for one in weighed if (why := self._against(one))
        }
        return tuple(reasons.values())[:_MOST_REASONS]

    def _against(self, said: Said) -> str | None:
        """Why a promise and what is said of it cannot both be right; None where they can."""
        subject = said.subject
        if said.misdated and said.match.quoted:
            return f"was due {subject.due_words}; the letter gives another date"
        if said.owns_up and subject.status.is_done and subject.kind.is_promise and said.match.quoted:
            return f"the plan has it as {_words(subject.status)}; the letter says that it is late"
        if said.state is State.DONE:
            return self._against_done(said)
        if said.state is None or said.state is State.GOES_ON or subject.is_ongoing:
            return None
        promised = acts_in(subject.head)
        further_on = bool(said.acts) and stage_of(said.acts) > stage_of(promised)
        begun = said.state is State.UNDER_WAY and Act.START in promised
        not_even_so = said.match.quoted and said.state is State.NOT_DONE
        if (
            (further_on and not not_even_so)
            or begun
            or RENEWED.search(said.named_so)
            or not _is_the_very_thing(said, promised)
        ):
            return None
        if subject.status.is_done and subject.kind.is_promise:
            nearly_all = bool(said.acts) and said.match.coverage >= _NEARLY_WHOLE
            denied = bool(said.acts & promised) or nearly_all
            return (
                f"the plan has it as {_words(subject.status)}; the letter {_SAYS[said.state]}"
                if denied
                else None
            )
        if _is_late(subject, self.until) and not said.owns_up:
            return f"was due {subject.due_words}; the letter {_SAYS[said.state]}"
        return None

    def _against_done(self, said: Said) -> str | None:
        subject, due, told = said.subject, said.subject.due, said.told
        if subject.status in _NOT_DONE and subject.kind.is_promise:
            return f"the record has it as {_words(subject.status)}; the letter says that it is done"
        if told is None or not comparable(said.acts, acts_in(subject.head)):
            return None
        if told.earliest > self.until:
            return f"the letter says “{told.words}”, which lies after the period that it reports on"
        if subject.actual:
            apart = told.earliest > subject.actual.latest or told.latest < subject.actual.earliest
            return f"was done {subject.actual.printed}; the letter says “{told.words}”" if apart else None
        if due and due.has_last_day and not due.recurs and told.earliest > due.latest:
            return f"late: was due {subject.due_words}; the letter says “{told.words}”"
        return None

    def _by_its_words(self, sentence: Sentence) -> Found | None:
        """Claims that stand or fall by their own words: praise, comparisons, improvements, shares."""
        text, here = sentence.text, f"L{sentence.line}"
        compared, praised = phrases.COMPARED.search(text), phrases.PRAISED.search(text)
        if found := compared or praised:
            if source := self._source(sentence):
                return Verdict.SUPPORTED, (
                    Because(here, f"names its source ({source}), which is to be looked up"),
                )
            what = "compares with others" if compared else "is said of others"
            return Verdict.UNSUPPORTED, (
                Because(here, f"“{found[0].strip()}” {what}, and no source is named"),
            )
        if phrases.has_share(text) and (lacking := phrases.missing_from_share(text)):
            return Verdict.UNQUANTIFIED, (Because(here, f"the percentage lacks {' and '.join(lacking)}"),)
        improved = phrases.IMPROVED.search(text)
        if improved and not phrases.has_figure(text):
            return Verdict.UNQUANTIFIED, (Because(here, f"“{improved[0]}” gives no figure"),)
        return None

    def _source(self, sentence: Sentence) -> str | None:
        """Where it can be looked up; “they” are those whom the sentence before names."""
        if source := phrases.source_named(sentence.text, self.reviewers):
            return source
        back = phrases.praises_by_pronoun(sentence.text)
        return phrases.source_named(sentence.before, self.reviewers) if back else None

    def _by_plan(self, sentence: Sentence, spoken: Sentence, said: tuple[Said, ...]) -> Found:
        """By what the plan shows; `spoken` is the sentence without the names and reports that it quotes."""
        text, here = sentence.text, f"L{sentence.line}"
        if found := self.figures.bearing_out(text):
            return Verdict.SUPPORTED, found
        if phrases.is_courtesy(spoken.text):
            return Verdict.NO_CLAIM, ()
        if unknown := tuple(
            figure for figure in phrases.amounts(spoken.text) if not self.figures.holds(figure)
        ):
            if source := phrases.source_named(text, ()):
                return Verdict.SUPPORTED, (
                    Because(here, f"names its source ({source}), which is to be looked up"),
                )
            return Verdict.UNSUPPORTED, (Because(here, f"{', '.join(unknown)}: the plan has no such figure"),)
        if shown := self._shown(sentence, said):
            return Verdict.SUPPORTED, shown
        if _states_a_fact(spoken):
            return Verdict.UNSUPPORTED, (
                Because(here, "nothing in the plan shows it, and no source is named"),
            )
        return Verdict.NO_CLAIM, ()

    def _shown(self, sentence: Sentence, said: tuple[Said, ...]) -> tuple[Because, ...]:
        """The places of the plan that bear a sentence out, and what is filed there."""
        kept = _telling_apart([one for one in said if self._bears_out(one, sentence)])
        reasons = {one.subject.key: self._reason(one.subject, _for(one)) for one in kept}
        filed = [reason for key in reasons for reason in self.evidence.get(key, ())]
        return (*reasons.values(), *filed[:_MOST_REASONS])

    def _bears_out(self, said: Said, sentence: Sentence) -> bool:
        subject, match = said.subject, said.match
        if said.owns_up and subject.kind.is_promise and not subject.status.is_done:
            return _is_late(subject, self.until) and (match.by_name or match.score >= _LEAST_SCORE)
        if subject.kind in (SubjectKind.AIM, SubjectKind.NARRATIVE) and subject.due is None:
            return False
        if said.state is None and subject.kind is not SubjectKind.SUCCESS:
            return False
        if said.state is not State.DONE and LOOKS_AHEAD.search(sentence.text):
            return False
        if said.state is State.UNDER_WAY:
            promised = acts_in(subject.head)
            further_on = bool(said.acts and promised) and stage_of(said.acts) > stage_of(promised)
            return subject.kind.is_promise and (subject.is_ongoing or Act.START in promised or further_on)
        if said.state not in (State.DONE, State.GOES_ON, None):
            return False
        if match.by_name or subject.by_workstream:
            return True
        close = match.score >= _CLOSE or (match.telling >= _LEAST_TELLING and match.score >= _LEAST_SCORE)
        return close and (
            match.coverage >= _COVERAGE_BESIDE_OTHER_NAMES
            or not _names_something_else(sentence.text, self.index)
        )

    def _reason(self, subject: Subject, why: str) -> Because:
        reported = f" (last reported: {quoted(subject.reported)})" if subject.reported else ""
        return Because(
            subject.anchor, f"{quoted(subject.title or subject.own)} – {why}{reported}", subject.key
        )


_NOT_DONE = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.DEFERRED, Status.CANCELLED})
_SAYS = {
    State.NOT_DONE: "says that it is not done",
    State.UNDER_WAY: "says that it is still under way",
    State.TO_COME: "says that it is still to come",
    State.AHEAD: "speaks of it as still ahead",
}
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z’']+(?: |\b)){2,}")


def quoted(text: str) -> str:
    """A text as a reason quotes it, cut at a word when long."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _is_the_very_thing(said: Said, promised: frozenset[Act]) -> bool:
    """Whether what is not done yet is what was promised: a review of a plan is not the plan."""
    processes = promised & _PROCESSES
    if processes and not said.acts & processes:
        return False
    return said.match.by_name or said.is_object


def _for(said: Said) -> str:
    """How a place of the plan bears out what is said."""
    subject, due, told = said.subject, said.subject.due, said.told
    certain = due is not None and not subject.due_note and comparable(said.acts, acts_in(subject.head))
    if said.state is State.DONE and due and told and certain and told.latest < due.earliest:
        return f"early: due {subject.due_words}; the letter says “{told.words}”"
    if subject.status.is_done and subject.kind.is_promise:
        return f"the plan has it as {_words(subject.status)}"
    if said.owns_up:
        return f"was due {subject.due_words}, as the letter says"
    return f"due {subject.due_words}" if due else str(subject.kind)


def _telling_apart(bearing: list[Said]) -> list[Said]:
    """The surest place first, then those that speak of other words of the sentence, then others nearly as sure."""
    ranked = sorted(bearing, key=lambda one: (-round(one.match.score, 1), one.subject.due is None))
    kept = ranked[:1]
    covered = {place for one in kept for place in one.match.at}
    for one in ranked[1:]:
        new = sum(place.weight for place in one.match.at if place not in covered)
        if new >= _WORTH_ANOTHER:
            kept.append(one)
            covered |= set(one.match.at)
    alike = [
        one
        for one in ranked
        if one not in kept and one.match.score >= _NEARLY_AS_GOOD * ranked[0].match.score
    ]
    return [*kept, *alike][:_MOST_REASONS]


def _states_a_fact(sentence: Sentence) -> bool:
    """Whether it says of something that it happened, itself or with what leads in to it."""
    if phrases.IMPROVED.search(sentence.text) or phrases.tells_of_something_done(sentence.text):
        return True
    return bool(sentence.lead_in) and any(cue.state is State.DONE for cue in cues_in(sentence.whole))


def _is_late(subject: Subject, on: date) -> bool:
    due = subject.due
    return due is not None and due.has_last_day and due.is_late_on(on) and not due.recurs


def _words(status: Status) -> str:
    return str(status).replace("_", " ")


def _names_something_else(text: str, index: Index) -> bool:
    """Whether the sentence is about a thing with a name that the plan does not know ("the Canal Street Masterplan").

    The name of whoever holds a post ("our Chief Executive, Jo Smith, …") is none of these.
    """
    for match in _NAME.finditer(text):
        if re.search(r",\s*$", text[: match.start()]) and re.match(r"\s?,", text[match.end() :]):
            continue
        stems = index.vocabulary.stems(match[0])
        if stems and sum(stem not in index.vocabulary.found_in for stem in stems) * 2 >= len(stems):
            return True
    return False
