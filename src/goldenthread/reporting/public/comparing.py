"""What changed between two publications, and what became of each promise: from what the public may see alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone
from goldenthread.plan.status import Status
from goldenthread.reporting.public.picking import State

STATUS_WORDS = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.COMPLETE: "Said to be complete, not yet checked",
    Status.VERIFIED: "Complete and checked",
    Status.EMBEDDED: "Complete, checked and shown to last",
    Status.ONGOING: "Ongoing",
    Status.DEFERRED: "Put off by decision",
    Status.SUPERSEDED: "Replaced by another promise",
    Status.CANCELLED: "Stopped by decision",
    Status.UNKNOWN: "Nobody has said how it stands",
}
NO_DATE = "No date"


class Outcome(StrEnum):
    """What became of a promise by the date that was first given."""

    KEPT = "Done by the date first promised"
    LATE = "Done after the date first promised"
    UNDATED = "Said to be done, and the day is not recorded"
    MISSED = "The date first promised has passed and it is not done"
    STOPPED = "Put off, replaced or stopped by decision"
    AHEAD = "The date first promised has not passed"
    DATELESS = "No date that can pass was promised"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. `ref` says of what, `words` are a sentence, `kind` names it in the data."""

    ref: str
    name: str
    kind: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Departed:
    """A promise that was published and is in the plan no more: as it was told last, and on which day."""

    ref: str
    item: Action | Milestone
    last_seen: date
    gone_on: date


def name_of(item: Action | Milestone) -> str:
    """The words by which people know a promise."""
    return (item.name if isinstance(item, Milestone) else item.title) or "A promise without a title"


def date_words(value: PlanDate | None) -> str:
    """A date as it was promised, or that there is none."""
    return value.printed if value else NO_DATE


def first_promised(item: Action | Milestone) -> PlanDate | None:
    """The original date, and where none was kept apart, the one that stands."""
    return item.dates.original or item.dates.approved


def outcome_of(item: Action | Milestone, day: date) -> Outcome:
    """What became of a promise by the day, held against the original date. A vague date has passed with its last day.

    Of a vague day of completion the first day counts against a vague promise, so that doubt favours nobody: "done in
    June" for "by 10 June" is done by the date if 1 June was.
    """
    promised, done = first_promised(item), item.dates.actual
    if item.status.is_done:
        if promised is None or not promised.has_last_day:
            return Outcome.DATELESS
        if done is None:
            return Outcome.UNDATED
        return Outcome.LATE if done.earliest > promised.latest else Outcome.KEPT
    if item.status in {Status.DEFERRED, Status.SUPERSEDED, Status.CANCELLED}:
        return Outcome.STOPPED
    if promised is None or not promised.has_last_day:
        return Outcome.DATELESS
    return Outcome.MISSED if promised.is_late_on(day) else Outcome.AHEAD


def is_late(item: Action | Milestone, day: date) -> bool:
    """Whether the date that stands now has passed and nobody says that the promise is done, put off or stopped."""
    due = item.dates.approved or item.dates.original
    over = item.status.is_closed or item.status is Status.DEFERRED
    return bool(due and due.is_late_on(day)) and not over


def differences(before: State, now: State) -> tuple[Difference, ...]:
    """Everything by which the promises differ that are told in both, and those that came, left or may be told now."""
    old, new = before.promises_beside(now), now.promises
    found: list[Difference] = []
    for ref, item in new.items():
        if ref not in old:
            words = (
                "It was held back before and is published now."
                if ref in before.held_refs
                else "It is new in the plan."
            )
            found.append(Difference(ref, name_of(item), "added", words))
        else:
            found.extend(_between(ref, old[ref], item))
    gone = (ref for ref in old if ref not in new)
    found.extend(Difference(ref, name_of(old[ref]), "left", "It is no longer in the plan.") for ref in gone)
    return tuple(found)


def departed(states: Sequence[State]) -> tuple[Departed, ...]:
    """What earlier publications told of and the last does not; what is held back now is not among them."""
    last = states[-1]
    found: dict[str, Departed] = {}
    for state, following in itertools.pairwise(states):
        for ref, item in state.promises_beside(last).items():
            if ref not in last.promises and ref not in following.promises and not following.holds(ref):
                found[ref] = Departed(ref, item, state.day, following.day)
    return tuple(found.values())


def _between(ref: str, old: Action | Milestone, new: Action | Milestone) -> Iterator[Difference]:
    name = name_of(new)
    if name_of(old) != name:
        yield Difference(ref, name, "wording", "Its wording changed.", name_of(old), name)
    if old.status is not new.status:
        was, is_ = STATUS_WORDS[old.status], STATUS_WORDS[new.status]
        yield Difference(ref, name, "status", f"How it stands changed from “{was}” to “{is_}”.", was, is_)
    due, then = new.dates.approved, old.dates.approved
    if _days(due) != _days(then):
        was, is_ = date_words(then), date_words(due)
        later = bool(due and then and due.latest > then.latest)
        moved = "was put back" if later else "changed"
        yield Difference(ref, name, "date", f"Its date {moved} from “{was}” to “{is_}”.", was, is_)
    if _days(new.dates.actual) != _days(old.dates.actual):
        was, is_ = date_words(old.dates.actual), date_words(new.dates.actual)
        yield Difference(
            ref, name, "done", f"The day on which it was done is now given as “{is_}”.", was, is_
        )
    if old.leads != new.leads:
        was, is_ = "; ".join(old.leads) or "no post", "; ".join(new.leads) or "no post"
        yield Difference(ref, name, "lead", f"The lead changed from {was} to {is_}.", was, is_)


def _days(value: PlanDate | None) -> tuple[date, date, str] | None:
    return (value.earliest, value.latest, value.printed) if value else None


def on_day(day: date) -> str:
    """A day in words."""
    return day_words(day)
