"""What has to be asked about milestones: blank dates, two dates in one row, broken-off and doubled names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from goldenthread.plan.date_phrases import DateReading
from goldenthread.plan.model import Action, Dates, Milestone
from goldenthread.plan.questions import Candidate, Edit, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading.context import Context
from goldenthread.reading.milestones import MilestoneRow
from goldenthread.reading.phrasebook import words_of
from goldenthread.reading.same_promise import DeliveryPlan, in_one_line, same_promise

_NEARLY_SAME_NAME = 88
_CONJUNCTIONS = frozenset({"and", "or", "but", "with", "of", "for", "to", "the", "a"})


def ask_about_milestones(rows: Sequence[MilestoneRow], delivery_plan: DeliveryPlan, context: Context) -> None:
    """Ask about blank dates, dates that cannot be read, two promises in one row, broken-off and doubled names."""
    milestones = [row.milestone for row in rows]
    for number, milestone in enumerate(milestones):
        readings = context.one_date(milestone.printed) if milestone.printed else ()
        if not readings:
            _ask_blank(milestones, number, delivery_plan, context)
        elif len(readings) > 1:
            _ask_compound(rows[number], readings, context)
        elif not readings[0].understood:
            context.doubts.ask(
                QuestionKind.UNREAD_DATE,
                f"“{milestone.printed}” is printed as the date of “{milestone.name}”. {readings[0].reason} "
                "What does it mean?",
                anchors=milestone.anchors,
                item=milestone.key,
                field="dates.approved",
            )
        if _breaks_off(milestone.name, context):
            context.doubts.ask(
                QuestionKind.TRUNCATED,
                f"“{milestone.name}” seems to break off. What is the whole of it?",
                anchors=milestone.anchors,
                item=milestone.key,
            )
    _ask_doubled(milestones, context)


def _ask_blank(
    milestones: Sequence[Milestone], number: int, delivery_plan: DeliveryPlan, context: Context
) -> None:
    milestone = milestones[number]
    above = _nearest(reversed(milestones[:number]))
    below = _nearest(milestones[number + 1 :])
    same = same_promise(milestone.name, delivery_plan)
    candidates = [
        *([_fill(milestone, above, context, "above")] if above else []),
        *([_fill(milestone, below, context, "below")] if below else []),
        *([said] if same and (said := _as_the_delivery_plan_says(milestone, *same)) else []),
        Candidate(label="It has no date", reason="None is printed."),
    ]
    context.doubts.ask(
        QuestionKind.BLANK_DATE,
        f"No date is printed for “{milestone.name}”: a merged cell was probably lost. The milestone above it is dated "
        f"{_printed(above)}, the one below it {_printed(below)}.{_elsewhere(same)} Which is it?",
        anchors=(*milestone.anchors, *(same[0].anchors if same else ())),
        item=milestone.key,
        field="dates.approved",
        candidates=candidates,
    )


def _elsewhere(same: tuple[Action, Action] | None) -> str:
    if same is None:
        return ""
    action, promise = same
    printed = promise.due_printed or action.due_printed
    words = f"with “{printed}” as its date" if printed else "without a date"
    return f" The delivery plan has “{promise.title}” (line {action.anchors[0].line}) {words}."


def _nearest(milestones: Iterable[Milestone]) -> Milestone | None:
    return next((milestone for milestone in milestones if milestone.printed), None)


def _printed(milestone: Milestone | None) -> str:
    return f"“{milestone.printed}”" if milestone else "not at all"


def _fill(milestone: Milestone, neighbour: Milestone, context: Context, side: str) -> Candidate:
    reading = context.one_date(neighbour.printed or "")[0]
    return Candidate(
        label=f"{reading.printed}, as for the milestone {side}",
        reason=f"The cell would have been merged with that of “{neighbour.name}”.",
        edits=_date_edits(milestone.key, reading),
    )


def _date_edits(key: str, reading: DateReading) -> tuple[Edit, ...]:
    """The date of a reading, marked as inferred: it is not printed where it is put."""
    if reading.date is None:
        return (Edit(key=key, field="condition", value=reading.condition or reading.printed),)
    date = reading.date.with_inferred().model_dump(mode="json")
    if reading.achieved:
        return (
            Edit(key=key, field="dates.actual", value=date),
            Edit(key=key, field="status", value=Status.COMPLETE.value),
        )
    return (
        Edit(key=key, field="dates.original", value=date),
        Edit(key=key, field="dates.approved", value=date),
    )


def _as_the_delivery_plan_says(milestone: Milestone, action: Action, promise: Action) -> Candidate | None:
    """The date that the delivery plan gives for the same promise, where it is certain."""
    date = promise.dates.approved or promise.dates.actual
    if date is None:
        return None
    return Candidate(
        label=f"{date.printed}, as the delivery plan says",
        reason=f"The delivery plan has “{promise.title}” for that date (line {action.anchors[0].line}).",
        edits=_date_edits(milestone.key, DateReading(printed=date.printed, date=date)),
    )


def _ask_compound(row: MilestoneRow, readings: Sequence[DateReading], context: Context) -> None:
    milestone = row.milestone
    dates = " and ".join(reading.printed for reading in readings)
    halves = _halves(row, readings)
    context.doubts.ask(
        QuestionKind.COMPOUND,
        f"“{milestone.name}” has {len(readings)} dates in one row: {dates}. Is it one milestone or {len(readings)}?",
        anchors=milestone.anchors,
        item=milestone.key,
        field="dates.approved",
        candidates=(
            Candidate(
                label=f"{len(readings)} milestones: "
                + "; ".join(f"{half.name} – {half.printed}" for half in halves),
                reason="Each date has its own mark in the row.",
                edits=(
                    Edit(
                        key=milestone.key,
                        field="replaced_by",
                        value=[half.model_dump(mode="json", by_alias=True) for half in halves],
                    ),
                ),
            ),
            Candidate(
                label=f"One milestone, due by the last of the dates ({readings[-1].printed})",
                reason="It is printed as one row.",
                edits=_approved(milestone.key, readings[-1]),
            ),
        ),
    )


def _approved(key: str, reading: DateReading) -> tuple[Edit, ...]:
    if reading.date is None:
        return ()
    date = reading.date.model_dump(mode="json")
    return (
        Edit(key=key, field="dates.original", value=date),
        Edit(key=key, field="dates.approved", value=date),
    )


def _halves(row: MilestoneRow, readings: Sequence[DateReading]) -> list[Milestone]:
    """The milestones that a compound row would be split into, named by the bullets in it where there are as many."""
    milestone = row.milestone
    stem = " ".join(part.text for part in row.cell.parts if part.marker is None) or milestone.name
    endings = [
        re.sub(r"[;,]?(\s+and)?$", "", part.text) for part in row.cell.parts if part.marker is not None
    ]
    if len(endings) != len(readings):
        endings = [f"part {number}" for number in range(1, len(readings) + 1)]
    return [
        milestone.model_copy(
            update={
                "key": f"{milestone.key}/{number}",
                "name": f"{stem.rstrip(':')}: {ending}",
                "printed": reading.printed,
                "dates": Dates(original=reading.date, approved=reading.date),
            }
        )
        for number, (ending, reading) in enumerate(zip(endings, readings, strict=True), start=1)
    ]


def _breaks_off(name: str, context: Context) -> bool:
    """Whether a name ends where a sentence would go on: on a little word, or on "and ..." with a word that elsewhere in
    the document is always followed by another and never ends an item.
    """
    words = words_of(name)
    if len(words) < 2:
        return False
    last, before = words[-1], words[-2]
    if last in _CONJUNCTIONS:
        return True
    if before not in {"and", "or"} or not name.rsplit(maxsplit=1)[-1].islower():
        return False
    goes_on = any(first == last for first, _ in context.book.pairs)
    return goes_on and not context.book.ends_other_items(last, but=name)


def _ask_doubled(milestones: Sequence[Milestone], context: Context) -> None:
    words = [in_one_line(milestone.name) for milestone in milestones]
    for number, milestone in enumerate(milestones):
        for place, other in enumerate(milestones[number + 1 :], start=number + 1):
            if fuzz.ratio(words[number], words[place], score_cutoff=_NEARLY_SAME_NAME):
                context.doubts.ask(
                    QuestionKind.DUPLICATE,
                    f"“{milestone.name}” and “{other.name}” are worded almost alike. Are they the same milestone?",
                    anchors=(*milestone.anchors, *other.anchors),
                    item=milestone.key,
                    candidates=(
                        Candidate(label="No, keep both", reason="Both are printed."),
                        Candidate(
                            label="Yes, keep the first",
                            reason="The wording is almost the same.",
                            edits=(Edit(key=other.key, field="replaced_by", value=[]),),
                        ),
                    ),
                )
