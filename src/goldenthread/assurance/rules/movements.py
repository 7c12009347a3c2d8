"""GT73: how dates move."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named, opening
from goldenthread.assurance.rule import Fault, Group, NeedsRecord, rule
from goldenthread.plan.status import Status

_OFTEN_EXPECTED = 3
_OFTEN_APPROVED = 2


@rule(
    "GT731",
    Group.PROGRESS,
    Severity.WARNING,
    "The day on which its lead expects it has passed",
    why="The lead has not looked at the date since. Nobody knows when it is expected now.",
    looks_at="Actions, steps and milestones with an expected date that has passed, and that are neither done nor "
    "stopped nor deferred.",
    settle="Ask the lead: it is done, or there is a new expected date.",
)
def expectation_passed(subject: PlanAt) -> Iterator[Fault]:
    for item in subject.tracked:
        expected = item.dates.forecast
        open_ = not item.status.is_closed and item.status is not Status.DEFERRED
        if open_ and expected and expected.is_late_on(subject.as_at):
            yield Fault(item, f"{opening(item)} was expected {expected.printed}, and is not done.")


@rule(
    "GT732",
    Group.PROGRESS,
    Severity.WARNING,
    "Expected later than approved, and nobody has asked for a change",
    why="The lead already knows that the approved date will not be kept. Those who approved it do not.",
    looks_at="Actions, steps and milestones that their lead expects later than the last day of the approved date, that "
    "are open, and about which no change request waits.",
    settle="Bring the work forward, or propose the new date to whoever decides.",
    authority=authorities.CHANGE_CONTROL,
)
@NeedsRecord
def later_without_request(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        approved, expected = item.dates.approved, item.dates.forecast
        open_ = not item.status.is_closed and item.status is not Status.DEFERRED
        if not (open_ and approved and expected) or item.key in beside.requested:
            continue
        if approved.has_last_day and expected.ends_after(approved):
            said = f"is expected {expected.printed}, but approved for {approved.printed}"
            yield Fault(item, f"{opening(item)} {said}; no change request waits.")


@rule(
    "GT733",
    Group.PROGRESS,
    Severity.WARNING,
    "Its date keeps moving",
    why="A date that moves again and again is no longer a date by which anybody plans.",
    looks_at="Open actions, steps and milestones whose expected date (the approved one, where there is none) has moved "
    "three times or more, or moves away as fast as time passes.",
    settle="Ask what would have to be true for the date to hold, and have that checked before a new one is given.",
    authority=authorities.OPTIMISM,
)
@NeedsRecord
def keeps_moving(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        trend = None if item.status.is_closed else beside.trend(item)
        if trend is None or not (trend.slide or trend.moves >= _OFTEN_EXPECTED):
            continue
        moved = trend.moved_days
        total = f"{abs(moved):,} days {'later' if moved > 0 else 'earlier'}" if moved else "and back again"
        slide = f" {trend.slide.sentence}" if trend.slide else ""
        yield Fault(item, f"The date of {named(item)} has moved {trend.moves} times, {total}.{slide}")


@rule(
    "GT734",
    Group.PROGRESS,
    Severity.WARNING,
    "Its approved date was changed again and again",
    why="Measured by the last approved date it is on time; measured by the first it is not. Both have to be told.",
    looks_at="Actions, steps and milestones whose approved date was changed twice or more since it was first approved, "
    "whether or not they are done. Corrections of how a document was read do not count.",
    settle="Report it by its original date too, and ask what the next change will rest on.",
    authority=authorities.OPTIMISM,
)
@NeedsRecord
def changed_again_and_again(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        times = len(beside.approved_moves(item))
        if times >= _OFTEN_APPROVED:
            original, now = item.dates.original, item.dates.approved
            dates = f", from {original.printed} to {now.printed}" if original and now else ""
            yield Fault(item, f"The approved date of {named(item)} was changed {times} times{dates}.")
