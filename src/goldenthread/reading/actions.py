"""One action of a delivery plan, read from its logical row, with every doubt about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldenthread.plan.date_phrases import DateReading
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action
from goldenthread.plan.questions import Candidate, Edit, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.dating import (
    Alignment,
    alignment,
    readings_of,
    spread,
    start_candidates,
    with_due,
    with_start,
)
from goldenthread.reading.rows import LogicalRow
from goldenthread.reading.steps import StepDraft, read_steps
from goldenthread.reading.vocabulary import Column


def read_action(row: LogicalRow, theme: str, workstream: str | None, context: Context) -> Action:
    """The action of a row. `theme` is the theme's slug, `workstream` the key of its workstream."""
    return _ActionReader(row, theme, workstream, context).read()


class _ActionReader:
    def __init__(self, row: LogicalRow, theme: str, workstream: str | None, context: Context) -> None:
        self._row = row
        self._context = context
        self._due = context.dates(row.printed(Column.DUE))
        self._start = context.dates(row.printed(Column.START))
        self._steps = read_steps(row.parts, row.title, context.book, len(self._due))
        first_words = row.title or next((step.text for step in self._steps.promises()), "")
        self._name = slug(first_words)
        self._theme = theme
        self._key = context.mint.key("action", theme, self._name)
        self._workstream = workstream

    def read(self) -> Action:
        leads = self._context.leads(self._row.printed(Column.LEAD))
        references = self._context.references(self._row.printed(Column.REFERENCE))
        action = Action(
            key=self._key,
            anchors=tuple(self._row.anchors),
            title=self._row.title or None,
            workstream=self._workstream,
            leads=leads.leads,
            references=references.references,
            steps=tuple(self._step(draft) for draft in self._steps.steps),
        )
        self._ask_about_row(action)
        self._ask_unread(QuestionKind.UNREAD_LEAD, "leads", leads.unread)
        self._ask_unread(QuestionKind.UNREAD_REFERENCE, "references", references.unread)
        self._ask_about_steps(action)
        return self._ask_emphasised(self._with_starts(self._with_dues(action)))

    def _step(self, draft: StepDraft) -> Action:
        key = self._context.mint.key("step", self._theme, self._name, slug(draft.text))
        return Action(
            key=key,
            anchors=tuple(self._row.anchors[:1]),
            title=draft.text,
            heading=draft.heading,
            steps=tuple(self._step(step) for step in draft.steps),
        )

    # --- dates -----------------------------------------------------------------------------------------

    def _with_dues(self, action: Action) -> Action:
        self._ask_unread_dates(self._due, "dates.approved")
        match alignment(self._due, len(self._steps.promises())):
            case Alignment.NONE:
                return action
            case Alignment.EXACT:
                return spread(action, self._due, due=True)
            case Alignment.ONE_FOR_ALL:
                dated = with_due(action, self._due[0])
                self._ask_alignment(dated, "One date is printed for an action with steps")
                return dated
            case _:
                self._ask_alignment(action, "The due dates do not match the action and its steps one to one")
                return action.model_copy(update={"due_printed": self._row.printed(Column.DUE)})

    def _ask_alignment(self, action: Action, what: str) -> None:
        candidates = readings_of(action, self._due)
        self._ask(
            QuestionKind.DATE_ALIGNMENT,
            f"{what}: {_listed(self._due)} for {_title(action)} with {_steps(len(self._steps.promises()))}. "
            "Which date belongs to which?",
            field="dates",
            candidates=candidates,
        )

    def _with_starts(self, action: Action) -> Action:
        self._ask_unread_dates(self._start, "start")
        match alignment(self._start, len(self._steps.promises())):
            case Alignment.NONE:
                return action
            case Alignment.EXACT:
                return spread(action, self._start, due=False)
            case Alignment.ONE_FOR_ALL:
                return with_start(action, self._start[0])
            case _:
                candidates = start_candidates(action, self._start)
                self._ask(
                    QuestionKind.START_ALIGNMENT,
                    f"The start dates do not match one to one: {_listed(self._start)} for {_title(action)} "
                    f"with {_steps(len(self._steps.promises()))}. Which belongs to which?",
                    field="start",
                    candidates=candidates,
                    default=0 if len(candidates) == 1 else None,
                )
                return action.model_copy(update={"start_printed": self._row.printed(Column.START)})

    def _ask_unread_dates(self, readings: Iterable[DateReading], field: str) -> None:
        for reading in readings:
            if not reading.understood:
                self._ask(
                    QuestionKind.UNREAD_DATE,
                    f"“{reading.printed}” stands in a date column. {reading.reason} What does it mean?",
                    field=field,
                )

    # --- doubts about the row and its steps -----------------------------------------------------------------

    def _ask_about_row(self, action: Action) -> None:
        if action.title is None:
            self._ask(
                QuestionKind.MISSING_TITLE,
                f"This row has {_steps(len(self._steps.promises()))} and no title. What is the action called?",
                field="title",
            )
        if not action.leads and not self._row.printed(Column.LEAD):
            self._ask(
                QuestionKind.MISSING_LEAD,
                f"No lead is printed for {_title(action)}. Who leads it?",
                field="leads",
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

    def _ask_unread(self, kind: QuestionKind, field: str, unread: Sequence[str]) -> None:
        for words in unread:
            self._ask(
                kind, f"“{words}” is none of the {field} that we can read. What does it mean?", field=field
            )

    def _ask_about_steps(self, action: Action) -> None:
        for text, cut in self._steps.unsure:
            self._ask(
                QuestionKind.STEP_BOUNDARIES,
                f"The steps of {_title(action)} run on without a mark between them. We read {_numbered(cut.steps)}. "
                "Is that where each begins?",
                candidates=(
                    Candidate(
                        label=f"Yes: {_numbered(cut.steps)}", reason="The best fit of wording and dates."
                    ),
                    self._other_cut(action, text, cut.alternative),
                ),
                default=0,
            )
        for sister in self._steps.brought_up:
            self._ask(
                QuestionKind.NESTING,
                f"“{sister.text}” is printed at the end of a nested list whose end was lost. We took it for a step of "
                "the action itself. Is it?",
                candidates=(
                    Candidate(
                        label="Yes, it is a step of the action",
                        reason="It begins with the same words as the step that the nested list belongs to.",
                    ),
                ),
                default=0,
            )
        if self._steps.second_heading:
            self._ask_split(action)

    def _other_cut(self, action: Action, text: str, steps: Sequence[str]) -> Candidate:
        others = [step for step in self._steps.steps if step.text not in text]
        drafts = [*others, *(StepDraft(step) for step in steps)]
        value = [
            Action(
                key=f"{action.key}/other/{number}",
                title=draft.text,
                anchors=action.anchors[:1],
                heading=draft.heading,
            )
            for number, draft in enumerate(drafts, start=1)
        ]
        return Candidate(
            label=f"No: {_numbered(tuple(steps))}",
            reason="The next best fit.",
            edits=(
                Edit(
                    key=action.key,
                    field="steps",
                    value=[step.model_dump(mode="json", by_alias=True) for step in value],
                ),
            ),
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

    def _ask_emphasised(self, action: Action) -> Action:
        """Some plans print in italics what is done. Where no date column says so as well, ask."""
        emphasised = {draft.text for draft in self._steps.promises() if draft.emphasised}
        unclear = alignment(self._due, len(self._steps.promises())) is Alignment.UNCLEAR
        claims = sum(reading.achieved for reading in (*self._due, *self._start))
        if unclear and claims >= len(emphasised):
            return action
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
        return action

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


def _title(action: Action) -> str:
    return f"“{action.title}”" if action.title else "an action without a title"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _listed(readings: Sequence[DateReading]) -> str:
    return ", ".join(f"“{reading.printed}”" for reading in readings)


def _numbered(steps: Sequence[str]) -> str:
    return "; ".join(f"({number}) {step}" for number, step in enumerate(steps, start=1))
