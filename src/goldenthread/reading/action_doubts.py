"""What has to be asked about an action: its row, its steps, and the dates that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldenthread.plan.date_phrases import DateReading
from goldenthread.plan.model import Action
from goldenthread.plan.questions import Candidate, Edit, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.dating import readings_of, start_candidates
from goldenthread.reading.rows import LogicalRow
from goldenthread.reading.segmentation import Segmentation
from goldenthread.reading.steps import Steps
from goldenthread.reading.vocabulary import Column


class ActionDoubts:
    """The questions about the action of one row."""

    def __init__(self, row: LogicalRow, steps: Steps, key: str, context: Context) -> None:
        self._row = row
        self._steps = steps
        self._key = key
        self._context = context

    def about_row(self, action: Action, above: Action | None) -> None:
        """No title, no lead, cells that stood in the wrong columns. `above` is the action of the row before."""
        if action.title is None:
            self._ask(
                QuestionKind.MISSING_TITLE,
                f"This row has {self._number_of_steps} and no title. What is the action called?",
                field="title",
                candidates=_title_candidates(action, above),
            )
        if not action.leads and not self._row.printed(Column.LEAD):
            self._ask(
                QuestionKind.MISSING_LEAD,
                f"No lead is printed for {_title(action)}. Who leads it?",
                field="leads",
                candidates=_lead_candidates(action, above),
            )
        for anchor, moved in self._row.moved:
            side = "right" if moved > 0 else "left"
            self._ask(
                QuestionKind.SHIFTED_ROW,
                f"The cells of this row stood {abs(moved)} column too far to the {side}. We put them back under the "
                "headings that fit their content. Is the row right now?",
                anchors=(anchor,),
                candidates=(
                    Candidate(label="Yes, keep it as it is now", reason="The content fits the headings."),
                ),
                default=0,
            )

    def unread(self, kind: QuestionKind, field: str, unread: Sequence[str]) -> None:
        """Words in a column that are none of what it holds."""
        for words in unread:
            self._ask(
                kind, f"“{words}” is none of the {field} that we can read. What does it mean?", field=field
            )

    def unread_dates(self, readings: Iterable[DateReading], field: str) -> None:
        """Words in a date column that are neither a date nor a status."""
        for reading in readings:
            if not reading.understood:
                self._ask(
                    QuestionKind.UNREAD_DATE,
                    f"“{reading.printed}” stands in a date column. {reading.reason} What does it mean?",
                    field=field,
                )

    def due_alignment(self, action: Action, printed: Sequence[DateReading]) -> None:
        """Due dates that do not fit the action and its steps one to one."""
        what = (
            "One date is printed for an action with steps"
            if len(printed) == 1
            else "The due dates do not match the action and its steps one to one"
        )
        self._ask(
            QuestionKind.DATE_ALIGNMENT,
            f"{what}: {_listed(printed)} for {_title(action)} with {self._number_of_steps}. "
            "Which date belongs to which?",
            field="dates",
            candidates=readings_of(action, printed),
        )

    def start_alignment(self, action: Action, printed: Sequence[DateReading]) -> None:
        """Start dates that do not fit the action and its steps one to one."""
        candidates = start_candidates(action, printed)
        self._ask(
            QuestionKind.START_ALIGNMENT,
            f"The start dates do not match one to one: {_listed(printed)} for {_title(action)} "
            f"with {self._number_of_steps}. Which belongs to which?",
            field="start",
            candidates=candidates,
            default=0 if len(candidates) == 1 else None,
        )

    def about_steps(self, action: Action) -> None:
        """Where steps begin, which list they belong to, and whether they are of one action or two."""
        for _, cut in self._steps.unsure:
            yes = Candidate(label=f"Yes: {_numbered(cut.steps)}", reason="The best fit of wording and dates.")
            # Where the row may be two actions, its steps are not offered anew for one of them.
            skip = self._steps.second_heading or not cut.alternative
            other = None if skip else _recut(action.steps, cut)
            no = Candidate(
                label=f"No: {_numbered(cut.alternative)}",
                reason="The next best fit.",
                edits=_new_steps(action, other or ()),
            )
            self._ask(
                QuestionKind.STEP_BOUNDARIES,
                f"The steps of {_title(action)} run on without a mark between them. We read {_numbered(cut.steps)}. "
                "Is that where each begins?",
                candidates=(yes, no) if other else (yes,),
                default=0,
            )
        for sister in self._steps.brought_up:
            self._ask_nesting(action, sister.text)
        if self._steps.second_heading:
            self._ask_split(action)

    def _ask_nesting(self, action: Action, title: str) -> None:
        place = next(number for number, step in enumerate(action.steps) if step.title == title)
        parent, sister = action.steps[place - 1 : place + 1]
        nested = parent.model_copy(update={"steps": (*parent.steps, sister)})
        steps = (*action.steps[: place - 1], nested, *action.steps[place + 1 :])
        self._ask(
            QuestionKind.NESTING,
            f"“{title}” is printed at the end of a nested list whose end was lost. We took it for a step of the "
            "action itself. Is it?",
            candidates=(
                Candidate(
                    label="Yes, it is a step of the action",
                    reason=f"It begins with the same words as “{parent.title}”, which the nested list belongs to.",
                ),
                Candidate(
                    label=f"No, it is a part of “{parent.title}”",
                    reason="It is printed in the same list as its parts.",
                    edits=_new_steps(action, steps),
                ),
            ),
            default=0,
        )

    def _ask_split(self, action: Action) -> None:
        heading = self._steps.second_heading
        assert heading is not None
        place = next(number for number, step in enumerate(action.steps) if step.title == heading.text)
        first = action.model_copy(update={"steps": action.steps[:place]})
        second = action.model_copy(
            update={"key": f"{action.key}/second", "title": heading.text, "steps": action.steps[place + 1 :]}
        )
        self._ask(
            QuestionKind.SPLIT_ACTION,
            f"One row holds two headings: {_title(action)} and “{heading.text}”. Is it one action or two?",
            candidates=(
                Candidate(label="One action, with a sub-heading", reason="It is printed as one row."),
                Candidate(
                    label="Two actions",
                    reason="The two headings are worded alike, and each has steps of its own.",
                    edits=(
                        Edit(
                            key=action.key,
                            field="replaced_by",
                            value=[part.model_dump(mode="json", by_alias=True) for part in (first, second)],
                        ),
                    ),
                ),
            ),
        )

    def about_emphasis(self, action: Action, printed: Sequence[DateReading], *, aligned: bool) -> None:
        """Some plans print in italics what is done. Where no date column says so as well, ask."""
        emphasised = {draft.text for draft in self._steps.promises() if draft.emphasised}
        claims = sum(reading.achieved for reading in printed)
        if not aligned and claims >= len(emphasised):
            return
        for step in action.all_steps():
            if step.title in emphasised and step.status is not Status.COMPLETE:
                self._ask(
                    QuestionKind.STATUS,
                    f"“{step.title}” is printed in italics, as are steps elsewhere that are complete, "
                    "but no date column says so. Is it complete?",
                    item=step.key,
                    field="status",
                    candidates=(
                        Candidate(
                            label="Yes, it is claimed as complete",
                            reason="Italics mark what is complete.",
                            edits=(Edit(key=step.key, field="status", value=Status.COMPLETE.value),),
                        ),
                        Candidate(label="No, it is open", reason="No date column says that it is complete."),
                    ),
                )

    @property
    def _number_of_steps(self) -> str:
        count = len(self._steps.promises())
        return "1 step" if count == 1 else f"{count} steps"

    def _ask(
        self,
        kind: QuestionKind,
        text: str,
        *,
        anchors: Sequence[Anchor] | None = None,
        item: str | None = None,
        field: str | None = None,
        candidates: Sequence[Candidate] = (),
        default: int | None = None,
    ) -> None:
        self._context.doubts.ask(
            kind,
            text,
            anchors=anchors or self._row.anchors,
            item=item or self._key,
            field=field,
            candidates=candidates,
            default=default,
        )


def _title_candidates(action: Action, above: Action | None) -> tuple[Candidate, ...]:
    """That the row belongs to the action above it, or that its first step names it."""
    first = next(action.all_steps(), None)
    named = (
        [
            Candidate(
                label=f"The same as its first step: “{first.title}”",
                reason="The first step often says what the action is.",
                edits=(Edit(key=action.key, field="title", value=first.title),),
            )
        ]
        if first
        else []
    )
    if above is None:
        return tuple(named)
    joined = [*above.steps, *action.steps]
    carried_on = Candidate(
        label=f"It carries on “{above.title}”",
        reason="A row without a title may be the rest of the row above it.",
        edits=(*_new_steps(above, joined), Edit(key=action.key, field="replaced_by", value=[])),
    )
    return (carried_on, *named)


def _lead_candidates(action: Action, above: Action | None) -> tuple[Candidate, ...]:
    none = Candidate(label="Nobody yet", reason="No lead is printed.")
    if above is None or not above.leads:
        return (none,)
    same = Candidate(
        label=f"{' and '.join(above.leads)}, as for the action above",
        reason="The cell would have been merged with the one above it.",
        edits=(Edit(key=action.key, field="leads", value=list(above.leads)),),
    )
    return (same, none)


def _recut(steps: tuple[Action, ...], cut: Segmentation) -> tuple[Action, ...] | None:
    """The steps with those of the cut replaced by its alternative; None when they no longer stand together."""
    titles = [step.title for step in steps]
    count = len(cut.steps)
    for start in range(len(steps) - count + 1):
        if titles[start : start + count] == list(cut.steps):
            first = steps[start]
            others = (
                first.model_copy(update={"key": f"{first.key}/other-{number}", "title": title, "steps": ()})
                for number, title in enumerate(cut.alternative, start=1)
            )
            return (*steps[:start], *others, *steps[start + count :])
    for place, step in enumerate(steps):
        if (below := _recut(step.steps, cut)) is not None:
            return (*steps[:place], step.model_copy(update={"steps": below}), *steps[place + 1 :])
    return None


def _new_steps(action: Action, steps: Sequence[Action]) -> tuple[Edit, ...]:
    value = [step.model_dump(mode="json", by_alias=True) for step in steps]
    return (Edit(key=action.key, field="steps", value=value),)


def _title(action: Action) -> str:
    return f"“{action.title}”" if action.title else "an action without a title"


def _listed(readings: Sequence[DateReading]) -> str:
    return ", ".join(f"“{reading.printed}”" for reading in readings)


def _numbered(steps: Sequence[str]) -> str:
    return "; ".join(f"({number}) {step}" for number, step in enumerate(steps, start=1))
