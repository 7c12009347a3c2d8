"""What fell due in a period and is not mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import fuzz

from goldenthread.reporting.claims.matching import Index, Match
from goldenthread.reporting.claims.model import Unmentioned
from goldenthread.reporting.claims.sentences import Sentence
from goldenthread.reporting.claims.subjects import Subject, SubjectKind

_LEAST_COVERAGE = 0.36
_LEAST_TELLING = 0.4
_SAME = 70.0
"""From this likeness on, two milestones of one date are one promise, printed in two places."""


def unmentioned(
    subjects: Sequence[Subject], sentences: Iterable[Sentence], index: Index, since: date, until: date
) -> tuple[tuple[Unmentioned, ...], tuple[Unmentioned, ...]]:
    """The milestones, and the actions with their steps, that fell due and that no sentence touches on.

    A date that only overlaps the period ("Mid 2023") counts. A step due with its action is not told apart from it.
    """
    touched = _touched(sentences, index)
    due = [subject for subject in subjects if fell_due(subject, since, until)]
    milestones = [subject for subject in due if subject.kind is SubjectKind.MILESTONE]
    groups = _one_promise_each(milestones)
    missing = [group[0] for group in groups if not any(one.key in touched for one in group)]
    actions = [
        one
        for one in due
        if one.kind is not SubjectKind.MILESTONE and one.key not in touched and not one.title
    ]
    return tuple(map(_unmentioned, missing)), tuple(map(_unmentioned, _without_their_steps(actions)))


def _touched(sentences: Iterable[Sentence], index: Index) -> frozenset[str]:
    """The keys of what is mentioned, however loosely."""
    matches = (match for sentence in sentences for match in index.matches(sentence.whole))
    return frozenset(match.subject.key for match in matches if _touches(match))


def _touches(match: Match) -> bool:
    return match.by_name or (match.coverage >= _LEAST_COVERAGE and match.telling >= _LEAST_TELLING)


def fell_due(subject: Subject, since: date, until: date) -> bool:
    """Whether a promise fell due in a period: its date overlaps it, and it was not done before.

    One rule, for the check of letters and for what a letter has to report.
    """
    due = subject.due
    if due is None or not due.has_last_day or due.recurs or not subject.kind.is_promise:
        return False
    done_before = subject.actual is not None and subject.actual.latest < since
    return due.earliest <= until and due.latest >= since and not done_before


def _one_promise_each(milestones: Sequence[Subject]) -> list[list[Subject]]:
    """Milestones that are printed twice, for the same time and in nearly the same words, together."""
    groups: list[list[Subject]] = []
    for milestone in milestones:
        for group in groups:
            first = group[0]
            same_time = first.due and milestone.due and first.due.edtf == milestone.due.edtf
            if same_time and fuzz.token_set_ratio(first.own.lower(), milestone.own.lower()) >= _SAME:
                group.append(milestone)
                break
        else:
            groups.append([milestone])
    return groups


def _without_their_steps(found: Sequence[Subject]) -> list[Subject]:
    """Actions, and those steps with a date of their own whose action is not in the list with the same one."""
    listed = {(one.anchor, one.due.edtf) for one in found if one.kind is SubjectKind.ACTION and one.due}
    return [
        one
        for one in found
        if one.kind is SubjectKind.ACTION
        or (not one.due_note and (one.anchor, one.due.edtf if one.due else "") not in listed)
    ]


def _unmentioned(subject: Subject) -> Unmentioned:
    return Unmentioned(
        subject.own or "an action without a title", subject.due_words, subject.anchor, subject.key
    )
