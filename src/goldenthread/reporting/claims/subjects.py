"""What of a plan a letter can speak of: every promise and statement, with its place, its date and its state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from goldenthread.plan.date_phrases import DateWord, read_date_phrase, split_date_cell
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Item, Milestone, Plan, Section, Theme
from goldenthread.plan.questions import Question
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor

_PURPOSE = re.compile(
    r"\s(?:to (?!be\b)[a-z]+\b|in relation to\b|relating to\b|so that\b|including\b|as part of\b|in line with\b|\()",
    re.IGNORECASE,
)
_LIKELIEST = "not printed there; the likeliest reading"
_LAST_PRINTED = "the last of the dates printed for it"
_SCHEDULED = re.compile(
    r"\b(?:is|are|will be) (?:scheduled|due|planned|expected) (?:for|in|by|to \w+ (?:in|by)) "
)
_SHORTEST_HEAD = 12
_FEWEST_WORDS = 8
"""A paragraph with fewer words is an entry of a list, which states nothing."""


class SubjectKind(StrEnum):
    """What sort of thing of the plan it is, as a reader would call it."""

    MILESTONE = "milestone"
    ACTION = "action"
    STEP = "step"
    DELIVERABLE = "deliverable"
    SUCCESS = "evidence of success"
    AIM = "aim"
    NARRATIVE = "narrative"

    @property
    def is_promise(self) -> bool:
        """Whether it is done by a date, so that a letter can be late with it."""
        return self in (SubjectKind.MILESTONE, SubjectKind.ACTION, SubjectKind.STEP)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing of the plan.

    `own` are its words, `context` those of what stands above it. `due` is the date that stands (None where it has
    none),
    `due_note` says how it was read where
    nothing certain is printed. `reported` is what was last said of it.
    """

    key: str
    kind: SubjectKind
    anchor: str
    own: str
    context: str = ""
    due: PlanDate | None = None
    due_note: str = ""
    actual: PlanDate | None = None
    status: Status = Status.UNKNOWN
    reported: str = ""
    title: str = ""
    """Its name, where `own` are other words by which it is called: those of its workstream, of the text around it."""

    @property
    def due_words(self) -> str:
        """The date as printed."""
        if self.due is None:
            return ""
        return f"{self.due.printed} ({self.due_note})" if self.due_note else self.due.printed

    @property
    def by_workstream(self) -> bool:
        """Whether it is an action by the name of its workstream, which tells less than its own."""
        return self.kind is SubjectKind.ACTION and bool(self.title)

    @property
    def head(self) -> str:
        """Its words up to their purpose ("Procure new support provider", not "to deliver Oracle Fusion")."""
        return head_of(self.title or self.own)

    @property
    def is_ongoing(self) -> bool:
        """Whether it is never finished, so that no date can be missed."""
        return self.status is Status.ONGOING


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """Everything that a letter can speak of, milestones first."""
    doubts = {
        question.item_key: question for question in plan.questions if question.field == "dates.approved"
    }
    acting = {action.anchors[0].line: action for action in plan.actions() if action.anchors}
    found = [_milestone(milestone, doubts.get(milestone.key), acting) for milestone in plan.milestones()]
    for theme in plan.themes:
        for action in theme.actions:
            found += _promises(action, theme)
        found += _by_workstream(theme)
        found += _statements(theme)
    found += _narrative(plan)
    return tuple(found)


def place(anchors: Sequence[Anchor]) -> str:
    """Where something stands in the plan: "P506" for line 506; without lines the table and row, or the page."""
    if not anchors:
        return "plan"
    first = anchors[0]
    return f"P{first.line}" if first.line is not None else str(first.model_copy(update={"file": None}))


def _milestone(item: Milestone, doubt: Question | None, acting: Mapping[int | None, Action]) -> Subject:
    due, name = item.dates.approved, item.name
    read = _likeliest(doubt, acting) if due is None and doubt and not item.achieved else None
    return Subject(
        item.key, SubjectKind.MILESTONE, place(item.anchors), name, due=due or read,
        due_note=_LIKELIEST if due is None and read is not None and read.inferred else "",
        actual=item.dates.actual, status=item.status,
        reported=_reported(item),
    )  # fmt: skip


def _likeliest(doubt: Question, acting: Mapping[int | None, Action]) -> PlanDate | None:
    """The reading of a doubtful date that the delivery plan bears out; the last one where it bears out none."""
    readings = [
        (candidate.label, PlanDate.model_validate(edit.value))
        for candidate in doubt.candidates
        for edit in candidate.edits
        if edit.field == "dates.approved" and edit.value
    ]
    for label, date in readings:
        if label.endswith("as the delivery plan says"):
            return date
    actions = [acting[anchor.line] for anchor in doubt.anchors[1:] if anchor.line in acting]
    dated = [due for action in actions for part in action.walk() if (due := _due(part)[0])]
    borne_out = [date for _, date in readings if any(date.overlaps(due) for due in dated)]
    if borne_out:
        return borne_out[0]
    return readings[-1][1] if readings else None


def _promises(action: Action, theme: Theme) -> Iterator[Subject]:
    stream = theme.workstream(action.workstream)
    above = stream.name if stream else ""
    yield _promise(action, SubjectKind.ACTION, above)
    for step in action.all_steps():
        yield _promise(step, SubjectKind.STEP, f"{action.title or ''} {above}", action)


def _promise(action: Action, kind: SubjectKind, context: str, above: Action | None = None) -> Subject:
    """An action or step. A step without words in its date cell is due with its action."""
    due, note = _due(action)
    if due is None and above and not action.due_printed and not action.status.is_done:
        due, note = _due(above)
    return Subject(
        action.key, kind, place(action.anchors or (above.anchors if above else ())), action.title or "", context,
        due=due, due_note=note, actual=action.dates.actual, status=action.status, reported=_reported(action),
    )  # fmt: skip


def _due(action: Action) -> tuple[PlanDate | None, str]:
    """The date of an action; where its cell has several that nobody has told apart, the last of them."""
    if action.dates.approved or not action.due_printed:
        return action.dates.approved, ""
    readings = split_date_cell(action.due_printed)
    if any(not reading.understood or reading.status not in (None, DateWord.COMPLETE) for reading in readings):
        return None, ""
    dates = sorted((reading.date for reading in readings if reading.date), key=PlanDate.sort_key)
    return (dates[-1], _LAST_PRINTED) if dates else (None, "")


def _by_workstream(theme: Theme) -> Iterator[Subject]:
    """The one action of each workstream that is likest to it, by the workstream's name: "the constitution"."""
    for stream in theme.workstreams:
        actions = [action for action in theme.actions if action.workstream == stream.key and action.title]
        if actions:
            likest = max(actions, key=lambda action: fuzz.token_set_ratio(stream.name, action.title or ""))
            yield replace(
                _promise(likest, SubjectKind.ACTION, ""), own=stream.name, title=likest.title or stream.name
            )


def _reported(item: Action | Milestone) -> str:
    """What was last said of a promise, in the lead's words."""
    if item.report:
        return " ".join(part for part in (item.report.why, item.report.highlight) if part)
    updates = item.updates if isinstance(item, Action) else ()
    return updates[-1].text if updates else ""


def _statements(theme: Theme) -> Iterator[Subject]:
    for deliverable in theme.deliverables:
        yield _statement(deliverable, SubjectKind.DELIVERABLE, deliverable.name, deliverable.group or "")
    for statement in theme.success_statements:
        yield _statement(statement, SubjectKind.SUCCESS, statement.text, statement.measure or "")
    for objective in theme.objectives:
        yield _statement(objective, SubjectKind.AIM, objective.text)
    for stream in theme.workstreams:
        if stream.aim:
            yield _statement(stream, SubjectKind.AIM, f"{stream.name}: {stream.aim}")


def _statement(item: Item, kind: SubjectKind, text: str, context: str = "") -> Subject:
    return Subject(item.key, kind, place(item.anchors), text, context)


def _narrative(plan: Plan) -> Iterator[Subject]:
    """The paragraphs of the plan, each with its heading and the one before it as context."""
    parts: list[tuple[Section | Theme, str, tuple[str, ...]]] = [
        (section, section.heading, section.paragraphs) for section in plan.sections
    ]
    parts += [(theme, theme.name, theme.introduction) for theme in plan.themes]
    for item, heading, paragraphs in parts:
        before = ""
        placed = item.anchors[1:] if len(item.anchors) == len(paragraphs) + 1 else ()
        for number, text in enumerate(paragraphs):
            anchor = place(placed[number:] or item.anchors)
            if len(text.split()) >= _FEWEST_WORDS:
                yield Subject(item.key, SubjectKind.NARRATIVE, anchor, text, f"{heading} {before}")
                yield from _announced(item, anchor, text, f"{heading} {before}")
            before = text


def _announced(item: Item, anchor: str, text: str, context: str) -> Iterator[Subject]:
    """What a paragraph says is to happen at a time ("The first review update is scheduled for Autumn 2022")."""
    for found in _SCHEDULED.finditer(text):
        start = text.rfind(". ", 0, found.start()) + 1
        for words in (text[found.end() : found.end() + length].strip(" ,.;") for length in (24, 16, 12)):
            due = read_date_phrase(words.split(",")[0]).date
            if due:
                title = text[start : found.end() + len(words)].strip()
                yield Subject(
                    item.key, SubjectKind.NARRATIVE, anchor, f"{context} {title}", due=due, title=title
                )
                break


def head_of(text: str) -> str:
    """The words of a promise up to its purpose, or what it includes."""
    found = _PURPOSE.search(text, _SHORTEST_HEAD)
    return text[: found.start()] if found else text
