"""Which meeting takes the report of which cut-off, and to which Cabinet the comments of committees go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.reporting.calendar.bodies import Meeting, Part
from goldenthread.reporting.calendar.planning import BackPlan, Terms, back_plan, earliest_publication


@dataclass(frozen=True, slots=True)
class Commenting:
    """That a committee takes the report which goes to a Cabinet, and where its comments go.

    `meeting` None: it has none between that Cabinet's round and the next. `heard` None: no Cabinet that could hear its
    comments is entered.
    """

    body: str
    cabinet: BackPlan
    meeting: BackPlan | None
    heard: Meeting | None

    @property
    def is_after(self) -> bool:
        """Whether it meets when Cabinet has decided."""
        return self.meeting is not None and self.meeting.meeting.held_on >= self.cabinet.meeting.held_on

    @property
    def is_supplement(self) -> bool:
        """Whether it meets before Cabinet, but when Cabinet's agenda is out."""
        return (
            self.meeting is not None
            and not self.is_after
            and self.meeting.meeting.held_on >= self.cabinet.published
        )


def plan_rounds(
    meetings: Sequence[Meeting], terms: Terms
) -> tuple[tuple[BackPlan, ...], tuple[Commenting, ...]]:
    """The back-plan of each meeting that is held, by day, and the comments of committees on each Cabinet's report.

    Committees take the report of a Cabinet, with its cut-off, at their last meeting before that Cabinet at which it can
    be published in time, else at their first after it. Other meetings have the last cut-off that leaves time.
    """
    held = sorted(
        (each for each in meetings if not each.cancelled), key=lambda each: (each.held_on, each.body)
    )
    cabinets = [back_plan(each, terms) for each in held if each.part is Part.CABINET]
    committees = sorted({each.body for each in meetings if each.part.comments})
    comments: list[Commenting] = []
    taken: dict[str, BackPlan] = {plan.meeting.key: plan for plan in cabinets}
    for before, cabinet, after in zip([None, *cabinets], cabinets, [*cabinets[1:], None], strict=False):
        for body in committees:
            sittings = [each for each in held if each.body == body]
            found = _sitting(sittings, before, cabinet, after, terms)
            plan = back_plan(found, terms, cut_off=cabinet.cut_off) if found else None
            if plan:
                taken.setdefault(plan.meeting.key, plan)
            comments.append(Commenting(body, cabinet, plan, _hearing(found, cabinet, after)))
    plans = tuple(taken.get(each.key) or back_plan(each, terms) for each in held)
    return plans, tuple(comments)


def _sitting(
    sittings: Sequence[Meeting],
    before: BackPlan | None,
    cabinet: BackPlan,
    after: BackPlan | None,
    terms: Terms,
) -> Meeting | None:
    """The meeting of a committee that takes the report of a Cabinet."""
    ready = earliest_publication(cabinet.cut_off, terms)
    since = before.meeting.held_on if before else None
    fitting = [
        each
        for each in sittings
        if (since is None or each.held_on > since)
        and (after is None or each.held_on < after.meeting.held_on)
        and each.held_on > ready
        and back_plan(each, terms).published >= ready
    ]
    earlier = [each for each in fitting if each.held_on < cabinet.meeting.held_on]
    return earlier[-1] if earlier else next(iter(fitting), None)


def _hearing(found: Meeting | None, cabinet: BackPlan, after: BackPlan | None) -> Meeting | None:
    """The Cabinet that hears the comments of a meeting."""
    if found is None:
        return None
    if found.held_on < cabinet.meeting.held_on:
        return cabinet.meeting
    return after.meeting if after else None


def same_cut_off(plans: Sequence[BackPlan]) -> list[tuple[BackPlan, BackPlan]]:
    """Pairs of meetings of one body, one after the other, whose reports would have the same cut-off."""
    bodies = sorted({plan.meeting.body for plan in plans if plan.meeting.part.is_formal})
    return [
        (first, second)
        for body in bodies
        for first, second in pairwise(plan for plan in plans if plan.meeting.body == body)
        if first.cut_off == second.cut_off
    ]
