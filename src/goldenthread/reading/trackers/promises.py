"""One action from one record, and the questions that only a person can answer."""

from __future__ import annotations

import re

from goldenthread.documents.blocks import CellPart
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Dates
from goldenthread.plan.questions import Candidate, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.reading.context import Context
from goldenthread.reading.trackers.columns import Field
from goldenthread.reading.trackers.deadlines import Deadline, deadline_in_title, read_deadline
from goldenthread.reading.trackers.owners import owners_in, without_article
from goldenthread.reading.trackers.periods import schedule_of
from goldenthread.reading.trackers.progress import Progress, Source, read_progress
from goldenthread.reading.trackers.records import Record
from goldenthread.reading.trackers.statuses import status_words

_CONFIRMS = re.compile(
    r"(?:confirmed|agreed|verified|validated|satisf\w+|yes|n/?a|tbc|not (?:yet )?(?:tested|due|checked))\b",
    re.IGNORECASE,
)
_CHALLENGED = re.compile(
    r"\b(?:challenged|disputed|contested|queried|re-?opened|not accepted|rejected)\b", re.IGNORECASE
)
_BETWEEN_LEADS = re.compile(r"\s*(?:[;/\n]|,(?!\s*\d)|\s&\s|\band\b)\s*")


def read_promise(record: Record, theme: str, source: Source, context: Context) -> Action:
    """The action of a record."""
    title, steps, due_part = _title_and_steps(record, context)
    key = context.mint.key("action", theme, slug(title or record.group))
    reader = _PromiseReader(record, title, key, source, context)
    action = reader.read(due_part)
    return action.model_copy(
        update={
            "steps": tuple(
                Action(
                    key=context.mint.key("step", theme, slug(title), slug(step)),
                    title=step,
                    anchors=action.anchors[:1],
                    leads=owners_in(step),
                )
                for step in steps
            )
        }
    )


def _title_and_steps(record: Record, context: Context) -> tuple[str, list[str], str]:
    """An action's words, the steps below it, and a deadline that has a paragraph to itself.

    Steps are items of a list below some words, or a further paragraph that says who does what.
    """
    title: list[str] = []
    steps: list[str] = []
    due = ""
    for part in record.parts(Field.ACTION):
        if not part.text:
            continue
        if title and part.marker is not None:
            steps.append(part.text)
        elif (title and read_date_phrase(part.text).date) or (title and _is_deadline(part.text)):
            due = part.text
        elif (
            title
            and not record.text(Field.DUE)
            and owners_in(part.text)
            and not title[-1].endswith((":", ","))
        ):
            steps.append(part.text)
        else:
            title.append(part.text)
    return " ".join(title), steps, due


def _is_deadline(text: str) -> bool:
    return len(text.split()) <= 5 and bool(re.match(r"(?:due|by|before)\b", text, re.IGNORECASE))


def _is_done(text: str) -> bool:
    words = status_words(text)
    return words is not None and words.status.is_done


class _PromiseReader:
    def __init__(self, record: Record, title: str, key: str, source: Source, context: Context) -> None:
        self._record = record
        self._title = title
        self._key = key
        self._source = source
        self._context = context
        self._seasons = context.rules.seasons

    def read(self, due_part: str) -> Action:
        record = self._record
        progress = read_progress(record, self._source, self._context.rules)
        self._schedule = schedule_of(
            record.marked, self._source.year, self._seasons, apart=record.marked_apart
        )
        due = self._due(due_part)
        start = self._start()
        self._doubts(progress)
        disputed = self._ask_if_disputed(progress)
        return Action(
            key=self._key,
            anchors=tuple(record.anchors),
            number=record.text(Field.NUMBER) or None,
            title=self._title or None,
            leads=self._leads(),
            status=Status.UNKNOWN if disputed else progress.status,
            start=start,
            start_printed=record.text(Field.START) or None,
            dates=self._dates(due, progress),
            due_printed=due.printed if due else None,
            review_cadence=due.cadence if due else None,
            raised=self._date(Field.RAISED),
            updates=progress.updates,
        )

    def _leads(self) -> tuple[str, ...]:
        if self._record.owners:
            return self._record.owners
        printed = self._record.text(Field.LEAD)
        if not printed:
            return owners_in(self._title)
        reading = self._context.leads(printed)
        if reading.leads and not reading.unread:
            return reading.leads
        names = [without_article(name.strip(" .")) for name in _BETWEEN_LEADS.split(printed)]
        return tuple(dict.fromkeys(name for name in names if name))

    def _due(self, due_part: str) -> Deadline | None:
        """The deadline: of its own cell, of a paragraph of its own, of the status cell, or of the action's words."""
        near, seasons = self._source.near, self._seasons
        printed = self._record.text(Field.DUE) or due_part
        if printed:
            due = read_deadline(printed, near, seasons)
            self._ask_about_due(due)
            return due
        status = re.search(r"\bdue\s+(?!to\b).+$", self._record.text(Field.STATUS), re.IGNORECASE)
        if status and (due := read_deadline(status.group(), near, seasons)).date:
            return due
        if self._schedule:
            return Deadline(self._schedule.printed, self._schedule.end)
        found = deadline_in_title(self._title, near, seasons)
        common = self._source.common
        return found or (Deadline(common.printed, common.date) if common else None)

    def _dates(self, due: Deadline | None, progress: Progress) -> Dates:
        approved = due.date if due else None
        revised = self._date(Field.REVISED)
        return Dates(
            original=approved if revised else None,
            approved=revised or approved,
            forecast=self._date(Field.FORECAST),
            actual=self._date(Field.DONE),
        )

    def _start(self) -> PlanDate | None:
        return self._date(Field.START) or (self._schedule.start if self._schedule else None)

    def _date(self, field: Field) -> PlanDate | None:
        printed = self._record.text(field)
        if not printed:
            return None
        reading = read_date_phrase(printed, self._seasons)
        return reading.date or read_deadline(printed, self._source.near, self._seasons).date

    def _ask_about_due(self, due: Deadline) -> None:
        if due.unread:
            self._ask(
                QuestionKind.UNREAD_DATE,
                f"“{due.printed}” is the deadline of “{self._title}”. {due.unread} By what day is it due?",
                "dates.approved",
            )
        elif due.several and due.date:
            self._ask(
                QuestionKind.DATE_ALIGNMENT,
                f"“{due.printed}” names more than one date. We took the last of them as the deadline. Is it?",
                None,
                (Candidate(label="Yes", reason="The last date is when all of it is done."),),
                0,
            )

    def _doubts(self, progress: Progress) -> None:
        record = self._record
        if not self._title:
            self._ask(
                QuestionKind.MISSING_TITLE,
                f"A row under “{record.group}” names no action. What is to be done?",
                "title",
            )
        if record.has_lead_column and not record.owners and not self._leads():
            self._ask(
                QuestionKind.MISSING_LEAD, f"No lead is printed for “{self._title}”. Who leads it?", "leads"
            )
        if progress.misprint:
            self._ask(
                QuestionKind.STATUS,
                f"“{progress.misprint.printed}” was read as “{progress.misprint.misprint_of}”. Is that what is meant?",
                None,
                (Candidate(label="Yes", reason="It is a letter or a word away."),),
                0,
            )
        printed = record.text(Field.STATUS)
        if (
            printed
            and progress.newest
            and not progress.newest.status_printed
            and not progress.newest.rag_printed
        ):
            self._ask(
                QuestionKind.STATUS,
                f"“{printed}” is no status that we know. What is the status of “{self._title}”?",
                "status",
            )

    def _ask_if_disputed(self, progress: Progress) -> bool:
        """Whether it is called complete, and something beside it says that it is not."""
        if not progress.status.is_done:
            return False
        said = [text for _, text in self._record.audits if not _CONFIRMS.match(text) and not _is_done(text)]
        printed = self._record.text(Field.STATUS)
        said += [printed] if _CHALLENGED.search(printed) else []
        if said:
            self._ask(
                QuestionKind.STATUS,
                f"“{self._title}” is called complete, but beside it stands “{said[0]}”. What is its status?",
                "status",
            )
        return bool(said)

    def _ask(
        self,
        kind: QuestionKind,
        text: str,
        field: str | None,
        candidates: tuple[Candidate, ...] = (),
        default: int | None = None,
    ) -> None:
        self._context.doubts.ask(
            kind,
            text,
            anchors=self._record.anchors,
            item=self._key,
            field=field,
            candidates=candidates,
            default=default,
        )


def split_record(record: Record) -> list[Record]:
    """A row whose actions and whose accounts are lists of the same length, as one record for each of them."""
    actions = [part for part in record.parts(Field.ACTION) if part.text]
    if len(actions) < 2 or any(part.marker is None for part in actions):
        return [record]
    others = {
        name: [part for part in record.parts(name) if part.text]
        for name in record.cells
        if name not in _SHARED
    }
    if not others or any(len(parts) not in (0, len(actions)) for parts in others.values()):
        return [record]
    split = []
    for number, action in enumerate(actions):
        one = Record(
            record.group,
            list(record.anchors),
            ratings=list(record.ratings),
            has_lead_column=record.has_lead_column,
        )
        one.cells = {name: parts for name, parts in record.cells.items() if name in _SHARED - {Field.ACTION}}
        one.add(Field.ACTION, [CellPart(action.text)])
        for name, parts in others.items():
            one.add(name, parts[number : number + 1])
        split.append(one)
    return split


_SHARED = frozenset({Field.ACTION, Field.GROUP, Field.NUMBER, Field.RAISED, Field.RAG})
