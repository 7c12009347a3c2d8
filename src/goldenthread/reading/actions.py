"""One action of a delivery plan, read from its logical row. What has to be asked about it is in `action_doubts`."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading.action_doubts import ActionDoubts
from goldenthread.reading.context import Context
from goldenthread.reading.dating import Alignment, alignment, spread, with_due, with_start
from goldenthread.reading.rows import LogicalRow
from goldenthread.reading.steps import StepDraft, read_steps
from goldenthread.reading.vocabulary import Column


@dataclass(frozen=True)
class Place:
    """Where an action stands: its theme (as a slug), the key of its workstream, and the action above it."""

    theme: str
    workstream: str | None
    above: Action | None


def read_action(row: LogicalRow, place: Place, context: Context) -> Action:
    """The action of a row."""
    return _ActionReader(row, place, context).read()


class _ActionReader:
    def __init__(self, row: LogicalRow, place: Place, context: Context) -> None:
        self._row = row
        self._place = place
        self._context = context
        self._due = context.dates(row.printed(Column.DUE))
        self._start = context.dates(row.printed(Column.START))
        self._steps = read_steps(row.parts, row.title, context.book, len(self._due))
        first_words = row.title or next((step.text for step in self._steps.promises()), "")
        self._name = slug(first_words)
        self._key = context.mint.key("action", place.theme, self._name)
        self._doubts = ActionDoubts(row, self._steps, self._key, context)

    def read(self) -> Action:
        leads = self._context.leads(self._row.printed(Column.LEAD))
        references = self._context.references(self._row.printed(Column.REFERENCE))
        action = Action(
            key=self._key,
            anchors=tuple(self._row.anchors),
            title=self._row.title or None,
            workstream=self._place.workstream,
            leads=leads.leads,
            references=references.references,
            steps=tuple(self._step(draft) for draft in self._steps.steps),
        )
        self._doubts.about_row(action, self._place.above)
        self._doubts.unread(QuestionKind.UNREAD_LEAD, "leads", leads.unread)
        self._doubts.unread(QuestionKind.UNREAD_REFERENCE, "references", references.unread)
        self._doubts.about_steps(action)
        dated = self._with_starts(self._with_dues(action))
        aligned = alignment(self._due, len(self._steps.promises())) is not Alignment.UNCLEAR
        self._doubts.about_emphasis(dated, (*self._due, *self._start), aligned=aligned)
        return dated

    def _step(self, draft: StepDraft) -> Action:
        key = self._context.mint.key("step", self._place.theme, self._name, slug(draft.text))
        return Action(
            key=key,
            anchors=tuple(self._row.anchors[:1]),
            title=draft.text,
            heading=draft.heading,
            steps=tuple(self._step(step) for step in draft.steps),
        )

    def _with_dues(self, action: Action) -> Action:
        self._doubts.unread_dates(self._due, "dates.approved")
        match alignment(self._due, len(self._steps.promises())):
            case Alignment.NONE:
                return action
            case Alignment.EXACT:
                return spread(action, self._due, due=True)
            case Alignment.ONE_FOR_ALL:
                dated = with_due(action, self._due[0])
            case Alignment.UNCLEAR:
                dated = action.model_copy(update={"due_printed": self._row.printed(Column.DUE)})
        self._doubts.due_alignment(dated, self._due)
        return dated

    def _with_starts(self, action: Action) -> Action:
        self._doubts.unread_dates(self._start, "start")
        match alignment(self._start, len(self._steps.promises())):
            case Alignment.NONE:
                return action
            case Alignment.EXACT:
                return spread(action, self._start, due=False)
            case Alignment.ONE_FOR_ALL:
                return with_start(action, self._start[0])
            case Alignment.UNCLEAR:
                self._doubts.start_alignment(action, self._start)
                return action.model_copy(update={"start_printed": self._row.printed(Column.START)})
