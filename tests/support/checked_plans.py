"""Small plans for checks: one theme, with only what a rule looks at."""

from __future__ import annotations

from typing import Any

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import (
    Action,
    Council,
    Dates,
    Milestone,
    Plan,
    Recommendation,
    Review,
    StatedTotal,
    Theme,
    Workstream,
)
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor

STREAM = "workstream/governance"


def on(edtf: str, printed: str | None = None) -> PlanDate:
    """A date, printed as its EDTF value unless the words are given."""
    return PlanDate.from_edtf(edtf, printed or edtf)


def due(edtf: str, printed: str | None = None) -> Dates:
    """Promised for a date, which has not moved."""
    return Dates(original=on(edtf, printed), approved=on(edtf, printed))


def cite(number: str | None, review: str = "Auditor", class_: ReferenceClass | None = None) -> Reference:
    """A reference to a recommendation."""
    return Reference(review=review, class_=class_, number=number)


def action(title: str | None, **more: Any) -> Action:
    """An action that no rule finds fault with, but for what is said otherwise."""
    sound: dict[str, Any] = {
        "key": f"action/{title}",
        "title": title,
        "workstream": STREAM,
        "leads": ("Monitoring Officer",),
        "references": (cite("1"),),
        "dates": due("2030-01"),
        "status": Status.IN_PROGRESS,
        "anchors": (Anchor(file="plan.txt", line=12),),
    }
    return Action(**{**sound, **more})


def step(title: str | None, **more: Any) -> Action:
    """A step that is under way and has no date of its own."""
    return Action(**{"key": f"step/{title}", "title": title, "status": Status.IN_PROGRESS, **more})


def milestone(name: str, **more: Any) -> Milestone:
    """A milestone that is under way."""
    return Milestone(
        **{"key": f"m/{name}", "name": name, "dates": due("2030-01"), "status": Status.IN_PROGRESS, **more}
    )


def review(*totals: tuple[ReferenceClass | None, int], name: str = "Auditor", **more: Any) -> Review:
    """A review of the register, with how many recommendations of each class the plan says that it made."""
    stated = tuple(StatedTotal(class_=class_, count=count) for class_, count in totals)
    known = {"key": f"review/{name}", "name": name, "title": f"{name}'s review", "totals": stated}
    return Review(**{**known, "published": on("2021-12", "December 2021"), **more})


def recommended(reference: Reference, text: str | None = None) -> Recommendation:
    """A recommendation in the register."""
    return Recommendation(key=f"recommendation/{reference.label()}", reference=reference, text=text)


def plan_of(
    *actions: Action,
    reviews: tuple[Review, ...] | None = None,
    theme: dict[str, Any] | None = None,
    **more: Any,
) -> Plan:
    """An improvement plan of one theme; `theme` and `more` are further fields of the theme and of the plan."""
    streams = (Workstream(key=STREAM, name="Governance"),)
    usual = {"key": "theme/1", "number": 1, "name": "Governance", "workstreams": streams, "actions": actions}
    return Plan(
        key="plan",
        council=Council(name="Borough of Testing"),
        title="Borough of Testing Improvement Plan",
        themes=(Theme(**{**usual, **(theme or {})}),),
        reviews=(review((None, 1)),) if reviews is None else reviews,
        **more,
    )
