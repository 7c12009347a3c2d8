"""A lead's promises as the pages of updates show them: what was said last, and what is typed now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.judgements import Rating, Report
from goldenthread.plan.status import Status
from goldenthread.plan.updates import REPORTABLE
from goldenthread.record.cycle.desk import Desk
from goldenthread.record.promises import HeldPromise, Place
from goldenthread.web.forms.updates import UpdateForm
from goldenthread.web.presenting.dates import DateWords, date_words
from goldenthread.web.presenting.statuses import count_words, status_words

ON_A_PAGE = 40
RATING_WORDS = {Rating.GREEN: "Green", Rating.AMBER: "Amber", Rating.RED: "Red"}
STATUS_CHOICES = tuple((status.value, status_words(status).text) for status in REPORTABLE)
RATING_CHOICES = tuple((rating.value, words) for rating, words in RATING_WORDS.items())


@dataclass(frozen=True)
class Question:
    """Something that was asked back."""

    id: str
    asked: str
    text: str
    answer: str = ""


@dataclass(frozen=True)
class UpdateRow:
    """One promise with what stands of it and what is typed; `id` ends the names of its fields.

    `can_move` says whether status and dates can be reported: not of what a decision has ended or a checker has
    confirmed.
    """

    id: str
    kind: str
    ref: str
    title: str
    status: Status
    dates: tuple[tuple[str, DateWords], ...]
    confirmed: str
    report: Report | None
    is_asked: bool
    is_answered: bool
    can_move: bool
    waiting: int
    questions: tuple[Question, ...]
    form: UpdateForm = field(default_factory=UpdateForm)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What its lead said last, under its names."""
        if self.report is None:
            return ()
        pairs = (
            ("Own rating", RATING_WORDS[self.report.rating] if self.report.rating else ""),
            ("Reason", self.report.why),
            ("Next step", self.report.next_step),
            ("Highlight", self.report.highlight),
        )
        return tuple((name, words) for name, words in pairs if words)

    @property
    def rating_words(self) -> str:
        """The lead's own rating."""
        return RATING_WORDS[self.report.rating] if self.report and self.report.rating else "Not given"

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown from the start: something was typed in them, or is asked."""
        return not self.form.is_blank or bool(self.questions)


@dataclass(frozen=True)
class UpdateGroup:
    """An action with what belongs to it, or the milestones of a theme."""

    title: str
    rows: tuple[UpdateRow, ...]

    @property
    def asked(self) -> tuple[UpdateRow, ...]:
        """Those of which a report is wanted."""
        return tuple(row for row in self.rows if row.is_asked)

    @property
    def others(self) -> tuple[UpdateRow, ...]:
        """Those that are reported only when they change."""
        return tuple(row for row in self.rows if not row.is_asked)

    @property
    def has_typed(self) -> bool:
        """Whether something is typed in one of the others, so that they have to be shown."""
        return any(row.is_open for row in self.others)


@dataclass(frozen=True)
class UpdatePage:
    """One page of a lead's promises; `page` counts from 1. Of the `total` that are wanted, `answered` are in.

    `questions` counts those of the challenge desk that wait, on any page.
    """

    groups: tuple[UpdateGroup, ...]
    page: int
    pages: int
    total: int
    answered: int
    questions: int

    @property
    def rows(self) -> Iterator[UpdateRow]:
        """Every promise on this page."""
        return (row for group in self.groups for row in group.rows)

    @property
    def open(self) -> tuple[UpdateRow, ...]:
        """Those on this page of which a report is still wanted."""
        return tuple(row for row in self.rows if row.is_asked and not row.is_answered)

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary at the head of the page."""
        return [
            {"text": f"{row.title}: {text}", "href": f"#{name}-{row.id}"}
            for row in self.rows
            for name, text in row.form.errors.items()
        ]

    @property
    def progress(self) -> str:
        """How far the lead has come: "3 of 8 items reported. 1 question waits for an answer."."""
        reported = f"{self.answered} of {count_words(self.total, 'item')} reported."
        said = reported if self.total else "No item needs a report."
        if not self.questions:
            return said
        return f"{said} {count_words(self.questions, 'question')} wait{'s' * (self.questions == 1)} for an answer."


def update_page(
    desk: Desk,
    today: date,
    *,
    page: int = 1,
    forms: Mapping[UUID, UpdateForm] | None = None,
    answers: Mapping[UUID, str] | None = None,
) -> UpdatePage:
    """The promises of a desk, forty to a page so that a page stays short, with what was typed of them."""
    forms, answers = forms or {}, answers or {}
    wrong = [place for place, each in enumerate(desk.promises) if each.id in forms and forms[each.id].errors]
    page = wrong[0] // ON_A_PAGE + 1 if wrong else page
    shown = desk.promises[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    groups = tuple(
        UpdateGroup(title, tuple(_row(desk, promise, today, forms, answers) for promise in found))
        for title, found in groupby(shown, key=lambda promise: _group(promise.place))
    )
    asked = [promise for promise in desk.promises if desk.is_asked(promise)]
    return UpdatePage(
        groups=groups,
        page=page,
        pages=max(1, -(-len(desk.promises) // ON_A_PAGE)),
        total=len(asked),
        answered=sum(map(desk.is_answered, asked)),
        questions=sum(map(len, desk.questions.values())),
    )


def _group(place: Place) -> str:
    if place.kind is ItemKind.STEP:
        return place.above[1] if len(place.above) > 1 else place.title
    if place.kind is ItemKind.ACTION:
        return place.title or "No title in the plan"
    return f"Milestones: {place.above[0]}" if place.above else "Milestones of engagement"


def _row(
    desk: Desk,
    promise: HeldPromise,
    today: date,
    forms: Mapping[UUID, UpdateForm],
    answers: Mapping[UUID, str],
) -> UpdateRow:
    place, dates = promise.place, promise.dates
    return UpdateRow(
        id=promise.id.hex,
        kind=place.kind.value.replace("_", " ").capitalize(),
        ref=place.ref or "",
        title=place.title or "No title in the plan",
        status=promise.status,
        dates=(
            ("Expected", date_words(dates.forecast)),
            ("Approved date", date_words(dates.approved)),
            ("Original date", date_words(dates.original)),
        ),
        confirmed=confirmed_words(promise.report, today),
        report=promise.report,
        is_asked=desk.is_asked(promise),
        is_answered=desk.is_answered(promise),
        can_move=promise.status in {*REPORTABLE, Status.UNKNOWN},
        waiting=desk.waiting.get(promise.id, 0),
        questions=tuple(
            Question(asked.id.hex, day_words(asked.made_on), asked.text, answers.get(asked.id, ""))
            for asked in desk.questions.get(promise.id, ())
        ),
        form=forms.get(promise.id) or UpdateForm(),
    )


def confirmed_words(report: Report | None, today: date) -> str:
    """When it was last confirmed, and how long ago that is."""
    if report is None:
        return "Never confirmed"
    days = (today - report.as_at).days
    ago = f", {count_words(days, 'day')} ago" if days > 0 else ""
    return f"Last confirmed as at {day_words(report.as_at)}{ago}"
