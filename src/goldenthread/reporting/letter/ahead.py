"""What a chapter says of the months ahead: what is late and why, then what falls due, by approved dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.letter.chapterful import Chapterful, Told, is_over, sentence
from goldenthread.reporting.letter.grounds import on_promises, on_record
from goldenthread.reporting.letter.model import Support
from goldenthread.reporting.letter.saying import kinds, name_of, quotable, when
from goldenthread.reporting.matter import OpenRequest

MOST_ACTIONS = 12
"""So many actions that fall due are named under a heading; of the rest it is said how many they are."""
_STANDS = {
    Status.IN_PROGRESS: "is in progress",
    Status.NOT_STARTED: "has not been begun",
    Status.ONGOING: "is still being worked on",
    Status.UNKNOWN: "nobody has reported how it stands",
}


def ahead(told: Chapterful) -> Iterator[Told]:
    """What is late, with its reason and what is being done, then what falls due up to the last day ahead."""
    yield from _late(told)
    due = _falling_due(told)
    end = day_words(told.ahead_to)
    if not due:
        words = f"Nothing more under this heading falls due by {end}."
        yield Told((words,), (on_record(told.matter),))
        return
    milestones = [each for each in due if each.kind is Kind.MILESTONE]
    actions = [each for each in due if each.kind is Kind.ACTION]
    yield from _to_come(told, milestones, f"By {end} we are to reach {kinds(milestones)}")
    named, left = actions[:MOST_ACTIONS], actions[MOST_ACTIONS:]
    yield from _to_come(told, named, f"By {end} we are to finish {kinds(actions)}")
    if left:
        words = f"A further {kinds(left)} fall due by then, each with its date in the plan."
        yield Told((words,), on_promises(left))
    yield from _expected_later(told, due)


def _to_come(told: Chapterful, promises: Sequence[Promise], opening: str) -> Iterator[Told]:
    if len(promises) == 1 and (due := told.due_of(promises[0])):
        the = "The milestone " if promises[0].kind is Kind.MILESTONE else ""
        yield sentence(f"{the}{name_of(promises[0])} is due {when(due)}.", *promises)
    elif promises:
        yield from told.rows(opening, promises)


def _late(told: Chapterful) -> Iterator[Told]:
    """Late actions, and late milestones that the chapter has not told yet; those with a reason or forecast first."""
    late = [each for each in told.mine if told.is_late(each) and not _is_told(told, each)]
    late.sort(key=lambda each: (due.latest if (due := told.due_of(each)) else date.max, each.item.key))
    plain = []
    for each in late:
        if _why(each) or each.item.dates.forecast or _requests(told, each):
            yield from _one(told, each)
        else:
            plain.append(each)
    if len(plain) == 1:
        yield from _one(told, plain[0])
    elif plain:
        yield from told.rows(f"{_count(plain)} are late, and the record has no reason for them yet", plain)


def _is_told(told: Chapterful, promise: Promise) -> bool:
    """Whether it has been told as missed already, and there is no more to say."""
    more = _why(promise) or promise.item.dates.forecast or _requests(told, promise)
    return promise.item.key in told.fell_due and not more


def _count(promises: Sequence[Promise]) -> str:
    return kinds(promises, opening=True)


def _one(told: Chapterful, promise: Promise) -> Iterator[Told]:
    item, due = promise.item, told.due_of(promise)
    stands = _STANDS.get(item.status, "is open")
    joined = f", and {stands}" if item.status is Status.UNKNOWN else f" and {stands}"
    forecast = f", and is now expected {when(item.dates.forecast)}" if item.dates.forecast else ""
    was = f"it was due {when(due)}" if due else "its date has passed"
    yield sentence(f"{name_of(promise)} is late: {was}{joined}{forecast}.", promise)
    if why := _why(promise):
        report = promise.item.report
        step = quotable(report.next_step) if report else None
        ahead_of_it = f", and the next step is {step}" if step else ""
        yield sentence(f"The reason on the record for this delay is {why}{ahead_of_it}.", promise)
    for request in _requests(told, promise):
        text = f"A change to {name_of(promise)} is proposed, and waits for a decision."
        yield sentence(text, promise, more=[_proposed(request)])


def _why(promise: Promise) -> str | None:
    report = promise.item.report
    return quotable(report.why) if report else None


def _requests(told: Chapterful, promise: Promise) -> list[OpenRequest]:
    ref = promise.item.ref
    return [each for each in told.matter.requests if ref and ref in each.what.rpartition(": ")[2].split(", ")]


def _proposed(request: OpenRequest) -> Support:
    says = (
        f"{request.what}: proposed on {day_words(request.proposed_on)} by {request.proposed_by}, not decided"
    )
    return Support(identifier=f"Change request {request.number}", says=says)


def _falling_due(told: Chapterful) -> list[Promise]:
    """What is open and falls due after the cut-off, the earliest first, with all that began to fall due."""
    found = []
    for each in told.mine:
        due = told.due_of(each)
        if due is None or is_over(each) or due.recurs or due.latest <= told.matter.cut_off:
            continue
        if due.latest <= told.ahead_to or each.item.key in told.fell_due:
            found.append((due.sort_key(), each.item.key, each))
    return [each for _, _, each in sorted(found, key=lambda one: one[:2])]


def _expected_later(told: Chapterful, due: Sequence[Promise]) -> Iterator[Told]:
    """Those of which the lead expects that their dates will not be kept."""
    for each in due:
        forecast, stands = each.item.dates.forecast, told.due_of(each)
        if forecast and stands and forecast.latest > stands.latest:
            yield sentence(f"{name_of(each)} is expected later than that, {when(forecast)}.", each)
