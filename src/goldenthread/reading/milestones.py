"""The milestones of a theme, with a question for every date that the page does not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from goldenthread.documents.blocks import Cell, Table
from goldenthread.plan.date_phrases import DateReading
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Dates, Milestone
from goldenthread.plan.questions import Candidate, Edit, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading.context import Context
from goldenthread.reading.dating import status_of
from goldenthread.reading.phrasebook import words_of

_FEWEST_SHARED_WORDS = 2
_SHARE_OF_CORE = 0.75
_SHARE_OF_LONGER = 0.5
_LONG_STEM = 5
_LEAST_ALIKE = 45
_HEADER = re.compile(
    r"^(key )?(milestones?|dates?|due|target|deadline|when|by when|due date|target date)$", re.IGNORECASE
)
_WHAT_IS_DONE = frozenset(
    "a an the of to and or for in on by with at from as any new revised regular place approve approved approval agree "
    "agreed complete completed completion implement implemented implementation launch launched review reviewed refresh "
    "refreshed develop developed development procured conclude concluded establish established "
    "deliver delivered delivery commence commences commenced".split()
)
_NEARLY_SAME_NAME = 88
_CONJUNCTIONS = frozenset({"and", "or", "but", "with", "of", "for", "to", "the", "a"})


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone, and the cell that its name was read from."""

    milestone: Milestone
    cell: Cell


def read_milestones(tables: Iterable[Table], theme: str, context: Context) -> tuple[MilestoneRow, ...]:
    """The milestones in two-column tables (name, date), in printed order.

    Their doubts wait until the actions are known: see `ask_about_milestones`.
    """
    rows = (cells for table in tables for cells in table.rows if cells and cells[0].text)
    return tuple(_read(cells, theme, context) for cells in rows if not _is_header(cells))


def _is_header(cells: Sequence[Cell]) -> bool:
    return bool(_HEADER.match(cells[0].text)) and any(_HEADER.match(cell.text) for cell in cells[1:])


def _read(cells: Sequence[Cell], theme: str, context: Context) -> MilestoneRow:
    name = cells[0].text
    printed = next((cell.text for cell in reversed(cells[1:]) if cell.text), "")
    readings = context.one_date(printed) if printed else ()
    reading = readings[0] if len(readings) == 1 else None
    date = reading.date if reading else None
    dates = Dates(actual=date) if reading and reading.achieved else Dates(original=date, approved=date)
    milestone = Milestone(
        key=context.mint.key("milestone", theme, slug(name)),
        anchors=(cells[0].anchor.model_copy(update={"column": None}),),
        name=name,
        dates=dates,
        printed=printed or None,
        status=status_of(reading) if reading else Status.UNKNOWN,
        condition=(reading.condition or (date.condition if date else None)) if reading else None,
    )
    return MilestoneRow(milestone, cells[0])


@dataclass(frozen=True)
class DeliveryPlan:
    """The actions of a theme, and the names of their workstreams by key."""

    actions: Sequence[Action] = ()
    workstreams: Mapping[str, str] = field(default_factory=dict)

    def subject(self, action: Action) -> str:
        """What an action and all its steps are about: its title and its workstream."""
        return f"{action.title or ''} {self.workstreams.get(action.workstream or '', '')}"


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
    same = _same_promise(milestone.name, delivery_plan)
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


def _same_promise(name: str, delivery_plan: DeliveryPlan) -> tuple[Action, Action] | None:
    """The action or step (with its action) that speaks of the same thing as the milestone, if one does.

    What is done to the thing ("approved", "launch of") is left out of the comparison, and a step is read together with
    its action's title; among those that speak of the same thing, the one worded most alike is taken.
    """
    core = _core(name)
    best: tuple[float, Action, Action] | None = None
    for action in delivery_plan.actions:
        subject = _core(delivery_plan.subject(action))
        for promise in action.walk():
            own = _core(promise.title or "")
            if not _speak_of_the_same(core, own, subject):
                continue
            score = fuzz.token_sort_ratio(_sorted(name), _sorted(promise.title or ""))
            if score >= _LEAST_ALIKE and (best is None or score > best[0]):
                best = (score, action, promise)
    return (best[1], best[2]) if best else None


def _speak_of_the_same(core: frozenset[str], own: frozenset[str], subject: frozenset[str]) -> bool:
    shared, shared_with_subject = _shared(core, own), _shared(core, own | subject)
    if not shared or shared_with_subject < min(_FEWEST_SHARED_WORDS, len(core)):
        return False
    most_of_both = (
        shared >= _SHARE_OF_CORE * len(own) and shared >= _SHARE_OF_LONGER * len(core) and shared > 1
    )
    return shared_with_subject >= _SHARE_OF_CORE * len(core) or most_of_both


def _shared(some: frozenset[str], others: frozenset[str]) -> int:
    """How many words two texts share; a long beginning of a word stands for it ("regen" for "regeneration")."""
    return sum(any(_same_word(word, other) for other in others) for word in some)


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LONG_STEM and len(short) < len(long) and long.startswith(short))


def _core(text: str) -> frozenset[str]:
    words = (re.sub(r"['’]s?$", "", word) for word in words_of(text))
    return frozenset(
        re.sub(r"ies$", "y", word) if word.endswith("ies") else word.rstrip("s")
        for word in words
        if word not in _WHAT_IS_DONE
    )


def _sorted(text: str) -> str:
    return " ".join(words_of(text))


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
    for number, milestone in enumerate(milestones):
        for other in milestones[number + 1 :]:
            if fuzz.ratio(_sorted(milestone.name), _sorted(other.name)) >= _NEARLY_SAME_NAME:
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
