"""Values of a plan in the words of a report, and the columns that tables of promises have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from goldenthread.assurance.ratings import Promise
from goldenthread.forecasting.saying import chance_words
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Dates, Milestone
from goldenthread.plan.status import Status
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Column,
    Paragraph,
    Rated,
    Table,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter

NOT_SET, NOT_GIVEN, NO_REF = "Not set", "Not given", "–"
STATUS_WORDS = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.COMPLETE: "Complete – claimed",
    Status.VERIFIED: "Complete – verified",
    Status.EMBEDDED: "Embedded",
    Status.ONGOING: "Ongoing",
    Status.DEFERRED: "Deferred by decision",
    Status.SUPERSEDED: "Superseded",
    Status.CANCELLED: "Cancelled",
    Status.UNKNOWN: "Not known",
}
"""What each status is called, in the order of the life of a promise; the same words as on the pages."""
DATE_NAMES = ("original", "approved", "forecast", "actual")


@dataclass(frozen=True, slots=True)
class Told:
    """A column of a table of promises: its heading, its width, and what it says of each."""

    heading: str
    share: float
    cell: Callable[[Matter, Promise], Text]


def date_text(value: PlanDate | None) -> str:
    """A date as it was promised; an absent one is "Not set", never an empty cell."""
    if value is None:
        return NOT_SET
    return f"{value.printed} (worked out)" if value.inferred else value.printed


def leads_text(item: Action | Milestone) -> str:
    """Who leads."""
    return "; ".join(item.leads) or "No lead"


def named(promise: Promise) -> str:
    """A promise as a sentence names it: "A12 Review the constitution"."""
    return f"{promise.item.ref} {promise.name}" if promise.item.ref else promise.name


def answers_text(promise: Promise) -> str:
    """What an action answers, its steps included: "Auditor: key 2, page 4; Peer Team: 3"."""
    parts = promise.item.walk() if isinstance(promise.item, Action) else ()
    by_review: dict[str, dict[str, None]] = {}
    for one in (reference for part in parts for reference in part.references):
        number = f"page {one.page}" if one.page else one.number or "as a whole"
        by_review.setdefault(one.review, {})[f"{one.class_} {number}" if one.class_ else number] = None
    told = (f"{review}: {', '.join(numbers)}" for review, numbers in by_review.items())
    return "; ".join(told) or "No recommendation"


def four_dates(dates: Dates) -> str:
    """All four dates in a line: "original Sep 2022, approved Dec 2022, forecast not set, actual not set"."""
    told = ((name, getattr(dates, name)) for name in DATE_NAMES)
    return ", ".join(f"{name} {date_text(value) if value else 'not set'}" for name, value in told)


def standing(promise: Promise) -> Text:
    """A promise in a line of a list: name, lead, status, and its four dates."""
    item = promise.item
    words = f"{named(promise)} ({leads_text(item)}). {STATUS_WORDS[item.status]}; {four_dates(item.dates)}."
    return (words,)


def because(matter: Matter, promise: Promise) -> Text:
    """Why the rule rates it so, then what its lead said last."""
    report = promise.item.report
    reason = matter.ratings[promise.item.key].reason
    told = f" {report.by}, {day_words(report.as_at)}: “{report.why}”" if report and report.why else ""
    ahead = f" Next: {report.next_step}" if report and report.next_step else ""
    return (f"{reason}{told}{ahead}",)


def by_lead(_: Matter, promise: Promise) -> Text:
    """The lead's own rating; else the one that the document prints; else that there is none."""
    item = promise.item
    if item.report and item.report.rating:
        return (item.report.rating.value.capitalize(),)
    updates = item.updates if isinstance(item, Action) else ()
    printed = next((each.rag_printed for each in reversed(updates) if each.rag_printed), None)
    return (f"{printed} (in the document)" if printed else NOT_GIVEN,)


def by_assurer(_: Matter, promise: Promise) -> Text:
    """The assurer's rating."""
    assessment = promise.item.assessment
    return (assessment.rating.value.capitalize() if assessment else NOT_GIVEN,)


def by_forecast(matter: Matter, promise: Promise) -> Text:
    """The chance of being done by its approved date."""
    if promise.item.status.is_closed:
        return ("Closed",)
    view = matter.outside_view
    expected = view.items.get(promise.item.key) if view else None
    if expected is None or expected.silence:
        return ("No forecast",)
    if expected.chance is None:
        return ("Date has passed" if expected.is_past_due else "No approved date",)
    return (chance_words(expected.chance),)


REF = Told("Ref", 1.1, lambda _, each: (each.item.ref or NO_REF,))
NAME = Told("Promise and lead", 4.2, lambda _, each: (f"{each.name} ({leads_text(each.item)})",))
STATUS = Told("Status", 1.9, lambda _, each: (STATUS_WORDS[each.item.status],))
RULE = Told("By the rule", 1.85, lambda matter, each: (Rated(matter.ratings[each.item.key].class_),))
WHY = Told("Why", 4.0, because)
EVIDENCE = Told(
    "Evidence found enough",
    1.8,
    lambda matter, each: (
        f"{matter.evidence_for(each.item).sufficient} of {matter.evidence_for(each.item).offered}",
    ),
)
BY_LEAD, BY_ASSURER = Told("By its lead", 1.4, by_lead), Told("By the assurer", 1.5, by_assurer)
CHANCE = Told("Chance of its approved date", 1.6, by_forecast)


def _date(name: str) -> Told:
    return Told(name.capitalize(), 1.75, lambda _, each: (date_text(getattr(each.item.dates, name)),))


_MANY = 9
"""Columns; with more, the names of promises are given less room."""
DATES = tuple(_date(name) for name in DATE_NAMES)
"""The four dates, which every table of promises has."""


@dataclass(frozen=True, slots=True)
class PromiseList:
    """Promises listed under a caption. `count` is the figure that they must number, `told` what is said of each."""

    name: str
    caption: str
    promises: Sequence[Promise]
    count: Figure
    told: tuple[Told, ...] = (STATUS, *DATES)


def listed(
    matter: Matter, asked: PromiseList, *, most: int | None = None, as_list: bool = False
) -> Iterator[Block]:
    """The promises as a table, or as lines of text; where only the first `most` are, how many more there are."""
    shown = asked.promises[:most] if most else asked.promises
    whole = len(shown) == len(asked.promises)
    if shown:
        yield (
            Bullets(tuple(standing(each) for each in shown))
            if as_list
            else _table(matter, asked, shown, asked.count if whole else None)
        )
    if not whole:
        more = Figure(f"{asked.count.name}.beyond.{most}", len(asked.promises) - len(shown))
        yield Paragraph(said("{more} not listed here.", more=opened(counted(more, "more is", "more are"))))


def _table(matter: Matter, asked: PromiseList, shown: Sequence[Promise], count: Figure | None) -> Table:
    columns = (REF, NAME, *asked.told)
    if (
        len(columns) > _MANY
    ):  # on a page upright, what is left for each of the others must still hold "September"
        columns = (replace(REF, share=0.9), replace(NAME, share=3.0), *asked.told)
    return Table(
        name=asked.name,
        caption=asked.caption,
        columns=tuple(Column(each.heading, each.share) for each in columns),
        rows=tuple(tuple(each.cell(matter, promise) for each in columns) for promise in shown),
        counted=count,
    )
