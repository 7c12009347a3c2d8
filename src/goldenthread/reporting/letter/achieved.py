"""What a chapter says of the time since the last letter: what was reached, stopped, missed, and moved by decision.

What a lead reports is "reported complete", and only what somebody else has checked is "checked".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.letter.chapterful import Chapterful, Told, sentence
from goldenthread.reporting.letter.grounds import on_decision, on_move, on_promises, on_record
from goldenthread.reporting.letter.saying import kinds, name_of, when
from goldenthread.reporting.matter import ChangeLine, Decided, Matter

_STOPPED = {
    Status.DEFERRED: "is put off",
    Status.SUPERSEDED: "gives way to other work",
    Status.CANCELLED: "is cancelled",
}
_MISSED = {
    Status.IN_PROGRESS: ("it is in progress", "are in progress"),
    Status.ONGOING: ("work on it goes on", "are still being worked on"),
    Status.NOT_STARTED: ("work on it has not begun", "have not been begun"),
}


def achieved(told: Chapterful) -> Iterator[Told]:
    """What has been reached since the last letter, what was stopped or missed, and what was decided about dates."""
    new = [each for each in told.mine if each.item.status.is_done and told.is_new(each)]
    if new:
        yield from _done(told, new)
    else:
        words = f"Since {day_words(told.since)} the record shows nothing more under this heading as complete."
        yield Told((words,), (on_record(told.matter),))
    yield from _stopped(told)
    yield from _missed(told)
    yield from _moved(told)


def _done(told: Chapterful, new: Sequence[Promise]) -> Iterator[Told]:
    ways: dict[Status, Callable[[Chapterful, Sequence[Promise]], Iterator[Told]]] = {
        Status.EMBEDDED: _lasting, Status.VERIFIED: _checked, Status.COMPLETE: _claimed
    }  # fmt: skip
    for kind in (Kind.MILESTONE, Kind.ACTION):
        for status, tell in ways.items():
            found = [each for each in new if each.kind is kind and each.item.status is status]
            if found:
                yield from tell(told, found)


def _claimed(told: Chapterful, promises: Sequence[Promise]) -> Iterator[Told]:
    if len(promises) > 1:
        opening = f"{kinds(promises, opening=True)} have been reported complete by those who lead them"
        yield from told.rows(opening, promises, end="; nobody else has checked them yet")
        return
    only = promises[0]
    by = " by its lead" if only.item.leads else ""
    done = only.item.dates.actual
    as_done = f", as done {when(done)}" if done else ""
    text = f"{told.subject(only)} has been reported complete{by}{as_done}; nobody else has checked it yet."
    yield sentence(text, only)


def _checked(told: Chapterful, promises: Sequence[Promise]) -> Iterator[Told]:
    if len(promises) > 1:
        opening = (
            f"{kinds(promises, opening=True)} are complete, with evidence that somebody else has checked"
        )
        yield from told.rows(opening, promises)
        return
    only = promises[0]
    checked = "is complete, and somebody other than its lead has checked the evidence"
    yield sentence(f"{told.subject(only)} {checked}.", only)


def _lasting(told: Chapterful, promises: Sequence[Promise]) -> Iterator[Told]:
    if len(promises) > 1:
        opening = f"{kinds(promises, opening=True)} are embedded, as evidence from later on shows"
        yield from told.rows(opening, promises)
        return
    only = promises[0]
    yield sentence(
        f"{told.subject(only)} is embedded: evidence from later on shows that it has lasted.", only
    )


def _stopped(told: Chapterful) -> Iterator[Told]:
    for each in told.mine:
        words = _STOPPED.get(each.item.status)
        if words and told.is_new(each):
            decided = _decision_on(told.matter, each)
            by = f", by decision of {decided.decided_by}" if decided and decided.decided_by else ""
            reference = f" ({decided.reference})" if decided and decided.reference else ""
            more = [on_decision(decided)] if decided else []
            yield sentence(f"{told.subject(each)} {words}{by}{reference}.", each, more=more)


def _decision_on(matter: Matter, promise: Promise) -> Decided | None:
    """The last change that was approved about a promise since the last cut-off."""
    ref = promise.item.ref
    named = (
        each
        for each in reversed(matter.decisions)
        if ref and ref in each.what.rpartition(": ")[2].split(", ") and each.outcome.lower() == "approved"
    )
    return next(named, None)


def _missed(told: Chapterful) -> Iterator[Told]:
    missed = [each for each in told.mine if each.item.key in told.fell_due and told.is_late(each)]
    for status in (*_MISSED, Status.UNKNOWN):
        found = [each for each in missed if each.item.status is status]
        if not found:
            continue
        if status is Status.UNKNOWN:
            yield from _unreported(told, found)
        elif len(found) == 1:
            noun = found[0].kind.value
            yield sentence(f"We missed the {noun} {told.dated(found)}: {_MISSED[status][0]}.", found[0])
        else:
            yield from told.rows(f"We missed {kinds(found)} that {_MISSED[status][1]}", found)


def _unreported(told: Chapterful, promises: Sequence[Promise]) -> Iterator[Told]:
    """Those of which nobody has said how they stand: they may have been reached, and the record does not say so."""
    if len(promises) == 1:
        only = promises[0]
        has = "has passed its date without a report of how it stands"
        yield sentence(f"{told.subject(only)} {has}.", only)
    else:
        opening = (
            f"{kinds(promises, opening=True)} have passed their dates without a report of how they stand"
        )
        yield from told.rows(opening, promises)


def _moved(told: Chapterful) -> Iterator[Told]:
    """Each approved date that was moved since the last cut-off, with the decision where there is one."""
    by_key = {each.item.key: each for each in told.mine}
    for line in told.matter.before.changes if told.matter.before else ():
        promise = by_key.get(line.change.key)
        if promise and line.change.field in ("approved", "dates.approved"):
            yield Told((_move(promise, line),), tuple(filter(None, (*on_promises([promise]), on_move(line)))))


def _move(promise: Promise, line: ChangeLine) -> str:
    reference = f" ({line.reference})" if line.reference else ""
    by = (
        f", by decision of {line.decided_by}{reference}"
        if line.decided_by
        else "; no decision about this is on the record"
    )
    now, first = promise.item.dates.approved, line.original
    stands = f"now stands at {_bare(now)}" if now else "is open again"
    before = f"; it was first promised for {_bare(first)}" if first else ""
    return f"The date of {name_of(promise)} {stands}{by}{before}."


def _bare(day: PlanDate) -> str:
    """A date without its preposition: "September 2022"."""
    return when(day).removeprefix("in ").removeprefix("on ").removeprefix("by ")
