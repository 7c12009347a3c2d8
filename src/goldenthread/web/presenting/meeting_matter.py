"""What a meeting will ask, in words: what is late, due, moved, done, rated otherwise and waiting for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.assurance.date_moves import Moved
from goldenthread.assurance.ratings import Promise, RatingClass
from goldenthread.assurance.ratings.explaining import Explanation
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Milestone
from goldenthread.record.change_requests import HeldRequest
from goldenthread.record.cycle.morning import Slip
from goldenthread.web.presenting.index import PlanIndex, handle
from goldenthread.web.presenting.morning import Link, Row, Section, asking, named
from goldenthread.web.presenting.proposals import request_words
from goldenthread.web.presenting.statuses import count_words

_ONE, _MANY = "action or milestone", "actions and milestones"


def late_section(late: Sequence[Promise], today: date, link: Link) -> Section:
    """What is open and past its approved date."""
    said = f"{count_words(len(late), _ONE, _MANY)} past the approved date and open."
    rows = tuple(
        _promise(each, link, f"Due {_printed(each)}, {(today - due.latest).days:,} days ago")
        for each in late
        if (due := each.item.dates.approved)
    )
    return Section("late", "Late", said if late else "Nothing that is open is past its approved date.", rows)


def due_section(due: Sequence[Promise], meets_on: date, link: Link) -> Section:
    """What is open and due by the day of the meeting."""
    said = f"{count_words(len(due), _ONE, _MANY)} open and due by {day_words(meets_on)}."
    rows = tuple(_promise(each, link, f"Due {_printed(each)}") for each in due)
    return Section(
        "due", "Due by then", said if due else f"Nothing more is due by {day_words(meets_on)}.", rows
    )


def moved_section(moved: Sequence[Slip], since: str, link: Link) -> Section:
    """Which dates moved later."""
    rows = tuple(
        _promise(
            each.promise,
            link,
            f"{'Approved' if each.approved else 'Expected'} date from {each.before.printed} to {each.after.printed}, "
            f"{count_words(each.days, 'day')} later",
        )
        for each in moved
    )
    said = f"{count_words(len(moved), 'date')} moved later {since}."
    return Section("moved", "Moved later", said if moved else f"No date moved later {since}.", rows)


def done_section(done: Sequence[Moved], since: str, link: Link) -> Section:
    """What is said to be done."""
    rows = tuple(_promise(each.promise, link, "") for each in done)
    said = f"{count_words(len(done), _ONE, _MANY)} said to be complete {since}."
    return Section("done", "Said to be complete", said if done else f"Nothing was completed {since}.", rows)


def ratings_section(told: Explanation, index: PlanIndex, link: Link) -> Section:
    """Which actions the council's rule rates otherwise."""
    rows = []
    for each in told.moved:
        name, href = named(index, each.key, link)
        was, is_ = (class_.in_words if class_ else "not in the plan" for class_ in (each.before, each.after))
        rows.append(Row(name if href else each.name, href, f"{was} became {is_}. {each.sentence}"))
    address = asking(link("rating-explain"), {"from": day_words(told.then), "to": day_words(told.now)})
    return Section(
        "ratings",
        "Ratings that changed",
        told.sentence(RatingClass.GREEN),
        tuple(rows),
        ("The whole account", address),
    )


def requests_section(waiting: Sequence[HeldRequest], body: str, index: PlanIndex, link: Link) -> Section:
    """Which requests wait for this body to decide."""
    rows = tuple(
        Row(
            f"Change request {each.number}: {request_words(each.change, index)}",
            link("change-request", number=each.number),
            f"Proposed on {day_words(each.proposed_on)}: {each.reason}",
        )
        for each in waiting
    )
    said = f"{count_words(len(waiting), 'request')} {'waits' if len(waiting) == 1 else 'wait'} for {body} to decide."
    return Section(
        "requests", "To decide", said if waiting else f"No request waits for {body} to decide.", rows
    )


def _promise(promise: Promise, link: Link, note: str) -> Row:
    item = promise.item
    route = "milestone" if isinstance(item, Milestone) else "action"
    words = f"{item.ref} {promise.name}" if item.ref else promise.name
    return Row(words, link(route, handle=handle(item)), note)


def _printed(promise: Promise) -> str:
    due = promise.item.dates.approved
    return due.printed if due else ""
