"""Where an action goes on when the plan ends, in words."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.assurance.ratings import Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.destinations import Destination
from goldenthread.reporting.onward import Onward
from goldenthread.reporting.sections.phrasing import STATUS_WORDS, answers_text
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.proposals import item_words


@dataclass(frozen=True, slots=True)
class OnwardRow:
    """One action: its name and page, how it stands, what it answers, where it goes on, and by which change request."""

    name: str
    handle: str | None
    leads: str
    status: str
    answers: str
    place: Destination | None = None
    decided: str = ""
    proposed: Destination | None = None
    request: int | None = None
    reason: str = ""


def onward_row(onward: Onward | None, promise: Promise, index: PlanIndex) -> OnwardRow:
    """One action; without `onward` only what it is."""
    item = promise.item
    name, _, handle = item_words(index, item.key)
    leads, answers = "; ".join(item.leads) or "No lead", answers_text(promise)
    if onward is None:
        return OnwardRow(name, handle, leads, STATUS_WORDS[item.status], answers)
    place, passing = onward.places.get(item.key), onward.passing.get(item.key)
    proposed = onward.proposed(promise)
    decided = passing if passing and passing.decided_on and place else None
    if decided and decided.decided_on:
        words = f"{decided.decided_by}, {decided.reference}, {day_words(decided.decided_on)}"
    else:
        words = "The plan says so" if place else ""
    shown = decided or proposed
    return OnwardRow(
        name=name,
        handle=handle,
        leads=leads,
        status=STATUS_WORDS[onward.stood(promise)],
        answers=answers,
        place=place,
        decided=words,
        proposed=proposed.to if proposed and not place else None,
        request=shown.request if shown else None,
        reason=shown.reason if shown else "",
    )


def in_place(onward: Onward, promise: Promise) -> int:
    """The order of the list: nothing said, then proposed, then decided."""
    return 2 if promise.item.key in onward.places else 1 if onward.proposed(promise) else 0
