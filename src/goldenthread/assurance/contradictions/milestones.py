"""A milestone against the action or step that reaches it: its date, its scope, its state, its approval."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.assurance.contradictions.likeness import Index, Likeness, likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ, quoted, says
from goldenthread.assurance.contradictions.statements import Statement, Statements, comes_before
from goldenthread.assurance.contradictions.wording import Act
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.status import Status

_COVER, _BACK = 0.7, 0.5
_WHOLE_COVER, _LITTLE_BACK = 0.9, 0.3
_ELSEWHERE_BACK = 0.8
_NEARLY_BEST = 0.75
_PART_BACK = 0.7
_FINISHING = frozenset({Act.DELIVER, Act.COMPLETE})
_APPROVING = frozenset({Act.APPROVE, Act.DELIVER, Act.COMPLETE, Act.START})
_LISTED = re.compile(r"\(([^()]*,[^()]*|[^()]* (?:and|&) [^()]*)\)")


@dataclass(frozen=True)
class _Pair:
    """A milestone, and a promise that may be what reaches it."""

    milestone: Statement
    promise: Statement
    like: Likeness


def milestone_contradictions(all_: Statements, index: Index) -> Iterator[Contradiction]:
    """Every milestone that does not agree with the delivery plan."""
    for milestone in all_.milestones:
        pairs = _reaching(all_, index, milestone)
        yield from _dates(all_, index, milestone, pairs)
        yield from _states(all_, pairs)
        yield from _scopes(all_, index, milestone)
        yield from _missing_approval(all_, index, milestone, pairs)
        yield from _missing_step(all_, index, milestone)


def _reaching(all_: Statements, index: Index, milestone: Statement) -> list[_Pair]:
    """For each action that speaks of a milestone its likeliest part; only those nearly as like as the likeliest."""
    found = []
    for key in index.actions_like(milestone):
        within = index.within(key, milestone)
        promise, like = _step_if_earlier(milestone, within)
        if like.acts and _same(milestone, promise, like):
            found.append(_Pair(milestone, promise, like))
    best = max((pair.like.rank for pair in found), default=0.0)
    return [pair for pair in found if pair.like.rank >= _NEARLY_BEST * best]


def is_reached(all_: Statements, index: Index, milestone: Statement) -> bool:
    """Whether the delivery plan says that what reaches a milestone has been done, though the milestone does not."""
    return any(
        pair.like.back >= _WHOLE_COVER and (pair.promise.is_done or Status.COMPLETE in pair.promise.statuses)
        for pair in _reaching(all_, index, milestone)
    )


def _same(milestone: Statement, promise: Statement, like: Likeness) -> bool:
    """Whether the promise is about what the milestone is about, and about little else."""
    if milestone.theme is not promise.theme:
        return like.cover >= _WHOLE_COVER and like.back >= _ELSEWHERE_BACK and like.ratio >= 100 * _BACK
    return (like.cover >= _COVER and like.back >= _BACK) or (
        like.cover >= _WHOLE_COVER and like.back >= _LITTLE_BACK
    )


def _step_if_earlier(
    milestone: Statement, within: list[tuple[Statement, Likeness]]
) -> tuple[Statement, Likeness]:
    """The likeliest part of an action; but for a milestone before the whole action is due, the likeliest step."""
    best, like = within[0]
    if best.kind is not ItemKind.ACTION or not comes_before(milestone, best):
        return best, like
    steps = [pair for pair in within[1:] if pair[1].acts and _same(milestone, pair[0], pair[1])]
    return steps[0] if steps else (best, like)


def _dates(
    all_: Statements, index: Index, milestone: Statement, pairs: list[_Pair]
) -> Iterator[Contradiction]:
    for pair in pairs:
        if _dates_apart(milestone, pair.promise) or _row_apart(all_, milestone, pair):
            yield differ(all_, Kind.DATE, (milestone, pair.promise), pair.like)
    if milestone.settled or not milestone.dates:
        if milestone.dates:
            yield from _later_parts(all_, index, milestone)
        return
    yield from _two_dates(all_, index, milestone)


def _dates_apart(milestone: Statement, promise: Statement) -> bool:
    """Whether no reading of their dates has a day in common. A milestone may come before the whole action is due."""
    if not milestone.dates or milestone.is_done or Status.COMPLETE in promise.statuses or promise.is_done:
        return False
    if not promise.dates:
        return promise.tbc and promise.kind is ItemKind.STEP and milestone.settled
    if any(one.overlaps(other) for one in milestone.dates for other in promise.dates):
        return False
    if comes_before(milestone, promise):
        ends = bool(milestone.wording.acts & _FINISHING & promise.wording.acts)
        return promise.kind is ItemKind.STEP or not promise.root or not promise.root.steps or ends
    return True


def _row_apart(all_: Statements, milestone: Statement, pair: _Pair) -> bool:
    """Whether a step, whose own date is lost among those of its row, comes later by every date that the row prints."""
    step = pair.promise
    if step.dates or step.kind is not ItemKind.STEP or step.root is None or pair.like.back < 1:
        return False
    if milestone.is_done or step.is_done or Status.COMPLETE in step.statuses:
        return False
    row = all_.by_root[step.root.key]
    printed = [date for promise in row if not promise.settled for date in promise.dates]
    return bool(printed and milestone.dates) and all(
        one.is_before(other) for one in milestone.dates for other in printed
    )


def _later_parts(all_: Statements, index: Index, milestone: Statement) -> Iterator[Contradiction]:
    """Steps that do a part of what a milestone says is done as a whole, and end after it."""
    for key in index.actions_like(milestone):
        bag = index.bags[key]
        if all_.weight(milestone.core & bag) < 0.9 * all_.whole(milestone.core):
            continue
        for step, like in index.within(key, milestone):
            finishes = milestone.wording.acts & _FINISHING and step.wording.acts & _FINISHING
            part = (
                0.4 <= like.cover < _COVER and like.back >= _PART_BACK and len(step.core & milestone.core) > 1
            )
            here = step.settled and step.theme is milestone.theme
            if finishes and part and here and comes_before(milestone, step):
                yield differ(all_, Kind.DATE, (milestone, step), like)


def _two_dates(all_: Statements, index: Index, milestone: Statement) -> Iterator[Contradiction]:
    """A milestone without a date of its own, of which two actions speak at different times."""
    speaking = []
    for key in index.actions_like(milestone):
        for promise, like in index.within(key, milestone):
            near = (
                like.cover >= _WHOLE_COVER
                and like.back >= _LITTLE_BACK
                and len(promise.core & milestone.core) > 1
            )
            if near and promise.theme is milestone.theme and promise.settled and promise.dates:
                speaking.append(_Pair(milestone, promise, like))
    for pair in speaking:
        others = [other for other in speaking if other.promise.root is not pair.promise.root]
        apart = [other for other in others if pair.promise.dates[0].is_before(other.promise.dates[0])]
        if apart and not any(one.overlaps(pair.promise.dates[0]) for one in milestone.dates):
            yield differ(all_, Kind.DATE, (milestone, pair.promise), pair.like)


def _states(all_: Statements, pairs: list[_Pair]) -> Iterator[Contradiction]:
    """A milestone that has been reached, by work that starts or ends only later."""
    for pair in pairs:
        milestone, promise, reached = pair.milestone, pair.promise, pair.milestone.start
        if not (milestone.is_done and reached) or promise.is_done or Status.COMPLETE in promise.statuses:
            continue
        starts = promise.start and reached.is_before(promise.start)
        due = (
            promise.kind is ItemKind.STEP
            and promise.dates
            and all(reached.is_before(d) for d in promise.dates)
        )
        if starts and promise.start:
            yield differ(
                all_,
                Kind.STATE,
                (milestone, promise),
                pair.like,
                ("achieved", f"starts {promise.start.printed}"),
            )
        elif due:
            yield differ(all_, Kind.STATE, (milestone, promise), pair.like, ("achieved", says(promise)))


def _scopes(all_: Statements, index: Index, milestone: Statement) -> Iterator[Contradiction]:
    """A milestone that lists several things, reached by an action that speaks of some of them only."""
    listed = _LISTED.search(milestone.text)
    if not listed:
        return
    things = [thing.strip() for thing in re.split(r",| and | & ", listed[1]) if thing.strip()]
    about = all_.language.read(milestone.text.replace(listed[0], ""))
    for key in index.actions_like(milestone):
        promises = all_.by_root[key]
        action, bag = promises[0], index.bags[key]
        within = [_inside(all_, thing, bag) for thing in things]
        if action.theme is not milestone.theme or all(within) or not any(within):
            continue
        shared = about.core & action.core
        acts = frozenset().union(*(promise.wording.acts for promise in promises))
        if about.acts <= acts and all_.weight(shared) >= 0.33 * all_.weight(about.core):
            missing = [thing for thing, there in zip(things, within, strict=True) if not there]
            like = index.within(key, milestone)[0][1]
            yield differ(
                all_,
                Kind.SCOPE,
                (milestone, action),
                like,
                (", ".join(things), f"no word of {', '.join(missing)}"),
            )


def _inside(all_: Statements, thing: str, bag: frozenset[str]) -> bool:
    core = all_.language.read(thing).core
    return bool(core) and core <= bag


def _missing_approval(
    all_: Statements, index: Index, milestone: Statement, pairs: list[_Pair]
) -> Iterator[Contradiction]:
    """A milestone of approval, where the action that is about the same thing has no step that approves it."""
    if (
        Act.APPROVE not in milestone.wording.acts
        or Act.EXPLORE in milestone.wording.acts
        or milestone.is_done
    ):
        return
    if any(pair.promise.wording.acts & _APPROVING and pair.like.back >= _BACK for pair in pairs):
        return
    for key in index.actions_like(milestone):
        promises = all_.by_root[key]
        action = promises[0]
        whole = all_.whole(milestone.core)
        if (
            action.theme is not milestone.theme
            or all_.weight(milestone.core & action.core) < _WHOLE_COVER * whole
        ):
            continue
        if not any(_approves(all_, milestone, promise) for promise in promises):
            like = next(like for promise, like in index.within(key, milestone) if promise is action)
            yield differ(
                all_,
                Kind.APPROVAL,
                (milestone, action),
                like,
                (f"approval {says(milestone)}", "no step of approval"),
            )
            return


def _approves(all_: Statements, milestone: Statement, promise: Statement) -> bool:
    if not promise.wording.acts & _APPROVING or promise.kind is ItemKind.ACTION:
        return Act.APPROVE in promise.wording.acts
    shared = milestone.core & promise.core
    most = len(shared) >= len(milestone.core) / 2
    return not promise.core or most or all_.weight(shared) >= 0.6 * all_.whole(promise.core)


def _missing_step(all_: Statements, index: Index, milestone: Statement) -> Iterator[Contradiction]:
    """A milestone in a report or decision, where the work on the same subject has no step for it."""
    if not milestone.wording.acts & {Act.REPORT} or not milestone.dates:
        return
    likely = [all_.by_root[key] for key in index.actions_like(milestone)]
    for promises in likely:
        action = promises[0]
        named = milestone.core & action.context
        if action.theme is not milestone.theme or not action.context or named != action.context:
            continue
        rest = milestone.core - named
        beside = [part for others in likely if others[0].context == action.context for part in others]
        best = max(all_.weight(rest & part.core) for part in beside)
        if rest and len(action.context) > 1 and best < 0.6 * all_.weight(rest):
            like = likeness(all_, milestone, action)
            said = (f"{quoted(milestone)} {says(milestone)}", "no step for it")
            yield differ(all_, Kind.STEP, (milestone, action), like, said)
            return
