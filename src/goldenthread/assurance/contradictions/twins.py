"""Two actions or steps that promise the same work: in two themes, or led by different people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from goldenthread.assurance.contradictions.likeness import Index, Likeness, likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ, leads_of
from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.wording import Act

_OWN = 0.95
_OTHER = 0.6
_LEAST_RATIO = 48
_FEWEST_WORDS = 2
_SERIES = 3
"""What stands in more places than this is a form that each fills in for itself, such as one row for each department."""
_HERE = re.compile(r"\bthis\b", re.IGNORECASE)


def twin_contradictions(all_: Statements, index: Index) -> Iterator[Contradiction]:
    """Every two promises of different actions that are about the same thing and do the same with it."""
    often = Counter(promise.core for promise in all_.promises)
    for number, promise in enumerate(all_.promises):
        if often[promise.core] > _SERIES or _HERE.search(promise.text):
            continue
        for other in index.promises_like(number):
            like = _twins(all_, promise, other)
            if like is None:
                continue
            if promise.leads and other.leads and not set(promise.leads) & set(other.leads):
                yield differ(all_, Kind.OWNER, (promise, other), like, (leads_of(promise), leads_of(other)))
            elif promise.theme is not other.theme:
                yield differ(all_, Kind.TWICE, (promise, other), like)
    yield from _milestones_twice(all_)


def _twins(all_: Statements, one: Statement, other: Statement) -> Likeness | None:
    """How alike two promises are, if all that the shorter is about is what the longer is about."""
    shared = one.core & other.core
    weight = all_.weight(shared)
    short, long = sorted((all_.weight(one.core), all_.weight(other.core)))
    if len(shared) < _FEWEST_WORDS or weight < _OWN * short or weight < _OTHER * long:
        return None
    like = likeness(all_, one, other)
    worded = like.ratio >= _LEAST_RATIO or one.wording.acts & other.wording.acts
    if not worded or not (like.acts or _both_finish(one, other)) or _stages_of_one(one, other):
        return None
    return like


def _both_finish(one: Statement, other: Statement) -> bool:
    ends = {Act.DELIVER, Act.COMPLETE}
    return bool(one.wording.acts & ends and other.wording.acts & ends)


def _stages_of_one(one: Statement, other: Statement) -> bool:
    """Whether one only prepares, or goes on with, what the other does."""
    before = {Act.EXPLORE, Act.DESIGN, Act.ENGAGE}
    acts, others = one.wording.acts, other.wording.acts
    return bool(acts and others) and (acts <= before) != (others <= before)


def _milestones_twice(all_: Statements) -> Iterator[Contradiction]:
    """Milestones of different places that are the same event on different days."""
    by_core: dict[frozenset[str], list[Statement]] = {}
    for milestone in all_.milestones:
        for other in by_core.get(milestone.core, ()) if len(milestone.core) >= _FEWEST_WORDS else ():
            same = milestone.theme is not other.theme and milestone.wording.acts == other.wording.acts
            apart = milestone.settled and other.settled and not milestone.dates[0].overlaps(other.dates[0])
            if same and milestone.dates and other.dates and apart:
                yield differ(all_, Kind.DATE, (other, milestone), likeness(all_, other, milestone))
        by_core.setdefault(milestone.core, []).append(milestone)
