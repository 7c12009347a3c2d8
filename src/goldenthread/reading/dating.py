"""Which of the dates in a cell belongs to the action, and which to each of its steps.

Where a PDF flattened a cell, the action's date and its steps' dates run on in one line. One date for the action and one
for each step is certain. One date alone is the action's. Everything else is a question: its values stay open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from goldenthread.plan.date_phrases import DateReading
from goldenthread.plan.date_words import DateWord
from goldenthread.plan.model import Action, Dates
from goldenthread.plan.questions import Candidate, Edit
from goldenthread.plan.status import Status


class Alignment(Enum):
    """How the dates of a cell fit an action with its steps."""

    NONE = auto()
    """No date is printed."""
    EXACT = auto()
    """One for the action and one for each step."""
    ONE_FOR_ALL = auto()
    """One date beside an action with steps: the action's, with nothing said of the steps."""
    UNCLEAR = auto()


def alignment(dates: Sequence[object], steps: int) -> Alignment:
    """How a number of dates fits an action with this many steps."""
    if not dates:
        return Alignment.NONE
    if len(dates) == steps + 1:
        return Alignment.EXACT
    return Alignment.ONE_FOR_ALL if len(dates) == 1 else Alignment.UNCLEAR


@dataclass(frozen=True)
class Due:
    """What a due cell says about one action or step, as the plan's fields."""

    status: Status
    dates: Dates
    printed: str | None
    condition: str | None
    cadence: str | None


def due_of(reading: DateReading | None) -> Due:
    """The fields that one reading of a due cell sets."""
    if reading is None:
        return Due(Status.UNKNOWN, Dates(), None, None, None)
    date = reading.date
    dates = Dates(actual=date) if reading.achieved and date else Dates(original=date, approved=date)
    condition = reading.condition or (date.condition if date else None)
    return Due(status_of(reading), dates, reading.printed, condition, reading.recurs)


def status_of(reading: DateReading) -> Status:
    """The status that stands in a date column: a claim of completion, or that there is no end."""
    if reading.achieved or reading.status is DateWord.COMPLETE:
        return Status.COMPLETE
    return Status.ONGOING if reading.status is DateWord.ONGOING else Status.UNKNOWN


def with_due(action: Action, reading: DateReading | None) -> Action:
    """The action with what its due cell says."""
    due = due_of(reading)
    return action.model_copy(
        update={
            "status": due.status if due.status is not Status.UNKNOWN else action.status,
            "dates": due.dates,
            "due_printed": due.printed,
            "condition": due.condition or action.condition,
            "review_cadence": due.cadence or action.review_cadence,
        }
    )


def with_start(action: Action, reading: DateReading | None) -> Action:
    """The action with what its start cell says; "Complete" there claims completion all the same."""
    if reading is None:
        return action
    claimed = reading.date is None and status_of(reading) is Status.COMPLETE
    return action.model_copy(
        update={
            "start": reading.date,
            "start_printed": reading.printed,
            "status": Status.COMPLETE if claimed and action.status is Status.UNKNOWN else action.status,
        }
    )


def spread(action: Action, readings: Sequence[DateReading], *, due: bool) -> Action:
    """The action and its steps with one reading each, in printed order; the first is the action's own."""
    supply: Iterator[DateReading | None] = iter(readings)
    put = with_due if due else with_start

    def below(item: Action) -> Action:
        dated = item if item.heading else put(item, next(supply, None))
        return dated.model_copy(update={"steps": tuple(below(step) for step in dated.steps)})

    return below(action)


def readings_of(action: Action, printed: Sequence[DateReading]) -> tuple[Candidate, ...]:
    """The ways in which unclear due dates may belong to the action and its steps."""
    promises = [action, *action.all_steps()]
    steps = promises[1:]
    if len(printed) == 1:
        return (_same_for_all(steps, printed[0]), _steps_undated())
    candidates = []
    if len(printed) == len(steps):
        candidates.append(
            Candidate(
                label="One date for each step, none for the action itself",
                reason=f"There are as many dates as steps ({len(steps)}).",
                edits=tuple(_due_edits(steps, printed)),
            )
        )
    matched = list(zip(promises, printed, strict=False))
    left = len(promises) - len(printed)
    reason = (
        f"The first date is usually the action's own; the last {left} of the steps would then have no date."
        if left > 0
        else f"The first date is usually the action's own; {-left} of the dates would then be left over."
    )
    candidates.append(
        Candidate(
            label="The first date is the action's, the others follow the order of the steps",
            reason=reason,
            edits=tuple(_due_edits([promise for promise, _ in matched], printed)),
        )
    )
    return tuple(candidates)


def start_candidates(action: Action, printed: Sequence[DateReading]) -> tuple[Candidate, ...]:
    """The ways in which unclear start dates may belong to the action and its steps."""
    promises = [action, *action.all_steps()]
    steps = promises[1:]
    first = Candidate(
        label=f"The action starts at the first of them ({printed[0].printed}); the steps' starts are not known",
        reason="An action starts when its first step does, and start dates are mostly printed in order.",
        edits=tuple(_start_edits([action], printed)),
    )
    if len(printed) != len(steps):
        return (first,)
    each = Candidate(
        label="One start date for each step, none for the action itself",
        reason=f"There are as many start dates as steps ({len(steps)}).",
        edits=tuple(_start_edits(steps, printed)),
    )
    return (first, each)


def _same_for_all(steps: Iterable[Action], reading: DateReading) -> Candidate:
    steps = list(steps)
    return Candidate(
        label="Every step has the action's date",
        reason="One date is printed for the whole row.",
        edits=tuple(_due_edits(steps, [reading] * len(steps))),
    )


def _steps_undated() -> Candidate:
    return Candidate(label="The steps have no date of their own", reason="None is printed beside them.")


def _due_edits(promises: Iterable[Action], readings: Iterable[DateReading]) -> Iterator[Edit]:
    for promise, reading in zip(promises, readings, strict=False):
        due = due_of(reading)
        yield Edit(key=promise.key, field="dates", value=due.dates.model_dump(mode="json"))
        yield Edit(key=promise.key, field="due_printed", value=due.printed)
        if due.status is not Status.UNKNOWN:
            yield Edit(key=promise.key, field="status", value=due.status.value)
        if due.condition:
            yield Edit(key=promise.key, field="condition", value=due.condition)


def _start_edits(promises: Iterable[Action], readings: Iterable[DateReading]) -> Iterator[Edit]:
    for promise, reading in zip(promises, readings, strict=False):
        start = reading.date.model_dump(mode="json") if reading.date else None
        yield Edit(key=promise.key, field="start", value=start)
        yield Edit(key=promise.key, field="start_printed", value=reading.printed)
