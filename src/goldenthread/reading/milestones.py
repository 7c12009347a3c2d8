"""The milestones of a theme, with a question for every date that the page does not give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

_SAME_THING = 88
_NEARLY_SAME_NAME = 88
_CONJUNCTIONS = frozenset({"and", "or", "but", "with", "of", "for", "to", "the", "a"})


@dataclass
class _Row:
    cell: Cell
    name: str
    printed: str
    readings: tuple[DateReading, ...]
    key: str

    @property
    def one(self) -> DateReading | None:
        return self.readings[0] if len(self.readings) == 1 else None


def read_milestones(
    tables: Iterable[Table], theme: str, context: Context, *, headers: frozenset[str] = frozenset()
) -> tuple[Milestone, ...]:
    """The milestones in two-column tables (name, date), in printed order. Doubts about blank dates wait for the actions:
    see `ask_about_dates`.
    """
    rows = [_row(cells, theme, context) for table in tables for cells in table.rows if cells and cells[0].text]
    kept = [row for row in rows if row.name.lower() not in {"milestone", "milestones", "key milestone", *headers}]
    return tuple(_milestone(row) for row in kept)


def _row(cells: Sequence[Cell], theme: str, context: Context) -> _Row:
    name = cells[0].text
    printed = next((cell.text for cell in reversed(cells[1:]) if cell.text), "")
    key = context.mint.key("milestone", theme, slug(name))
    return _Row(cells[0], name, printed, context.one_date(printed), key)


def _milestone(row: _Row) -> Milestone:
    reading = row.one
    date = reading.date if reading else None
    dates = Dates(actual=date) if reading and reading.achieved else Dates(original=date, approved=date)
    return Milestone(
        key=row.key,
        anchors=(row.cell.anchor.model_copy(update={"column": None}),),
        name=row.name,
        dates=dates,
        printed=row.printed or None,
        status=status_of(reading) if reading else Status.UNKNOWN,
        condition=(reading.condition or (date.condition if date else None)) if reading else None,
    )


def ask_about_milestones(
    milestones: Sequence[Milestone], actions: Sequence[Action], context: Context
) -> None:
    """Ask about blank dates, dates that cannot be read, two promises in one row, broken-off and doubled names."""
    for number, milestone in enumerate(milestones):
        readings = context.one_date(milestone.printed) if milestone.printed else ()
        if not readings:
            _ask_blank(milestones, number, actions, context)
        elif len(readings) > 1:
            _ask_compound(milestone, readings, context)
        elif not readings[0].understood:
            context.doubts.ask(
                QuestionKind.UNREAD_DATE,
                f"“{milestone.printed}” is printed as the date of “{milestone.name}”. {readings[0].reason} What does it mean?",
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
    milestones: Sequence[Milestone], number: int, actions: Sequence[Action], context: Context
) -> None:
    milestone = milestones[number]
    above = _nearest(reversed(milestones[:number]))
    below = _nearest(milestones[number + 1 :])
    candidates = []
    if above:
        candidates.append(_fill(milestone, above, context, "above"))
    if below:
        candidates.append(_fill(milestone, below, context, "below"))
    same = _same_promise(milestone.name, actions)
    if same and (said := _said_of(*same)):
        candidates.append(said[0].model_copy(update={"edits": _date_edits(milestone.key, said[1])}))
    candidates.append(Candidate(label="It has no date", reason="None is printed."))
    elsewhere = f" The delivery plan has “{same[1].title}” (line {same[0].anchors[0].line}): " if same else ""
    if same:
        elsewhere += f"printed there: {same[1].due_printed or same[0].due_printed or 'no date'}."
    context.doubts.ask(
        QuestionKind.BLANK_DATE,
        f"No date is printed for “{milestone.name}”: a merged cell was probably lost. "
        f"The milestone above it is dated {_printed(above)}, the one below it {_printed(below)}.{elsewhere} Which is it?",
        anchors=milestone.anchors,
        item=milestone.key,
        field="dates.approved",
        candidates=candidates,
    )


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
    return (Edit(key=key, field="dates.original", value=date), Edit(key=key, field="dates.approved", value=date))


def _same_promise(name: str, actions: Iterable[Action]) -> tuple[Action, Action] | None:
    """The action or step (with its action) whose words are most like the milestone's, if they are like enough."""
    best: tuple[float, Action, Action] | None = None
    for action in actions:
        for promise in action.walk():
            score = fuzz.token_set_ratio(_sorted(name), _sorted(promise.title or ""))
            long_enough = len(words_of(promise.title or "")) > 1
            if long_enough and score >= _SAME_THING and (best is None or score > best[0]):
                best = (score, action, promise)
    return (best[1], best[2]) if best else None


def _sorted(text: str) -> str:
    return " ".join(words_of(text))


def _said_of(action: Action, promise: Action) -> tuple[Candidate, DateReading] | None:
    """The date that the delivery plan gives for the same promise, where it is certain."""
    date = promise.dates.approved or promise.dates.actual
    if date is None:
        return None
    reading = DateReading(printed=date.printed, date=date)
    return Candidate(
        label=f"{date.printed}, as the delivery plan says",
        reason=f"The delivery plan has “{promise.title}” for that date (line {action.anchors[0].line}).",
    ), reading


def _ask_compound(milestone: Milestone, readings: Sequence[DateReading], context: Context) -> None:
    dates = " and ".join(reading.printed for reading in readings)
    halves = _halves(milestone, readings)
    context.doubts.ask(
        QuestionKind.COMPOUND,
        f"“{milestone.name}” has {len(readings)} dates in one row: {dates}. Is it one milestone or {len(readings)}?",
        anchors=milestone.anchors,
        item=milestone.key,
        field="dates.approved",
        candidates=(
            Candidate(
                label=f"{len(readings)} milestones: " + "; ".join(f"{half.name} – {half.printed}" for half in halves),
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
    return (Edit(key=key, field="dates.original", value=date), Edit(key=key, field="dates.approved", value=date))


def _halves(milestone: Milestone, readings: Sequence[DateReading]) -> list[Milestone]:
    """The milestones that a compound row would be split into, named by the bullets in it where there are as many."""
    stem, *endings = [piece.strip(" ;,") for piece in milestone.name.replace("; and", ";").split("•")]
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
    goes_on = any(first == last for first, _ in context.book.pairs)
    ends_elsewhere = (last,) in context.book.endings_but(name)
    return before in {"and", "or"} and goes_on and not ends_elsewhere


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
