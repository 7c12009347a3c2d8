"""The challenge desk as a page shows it: each update beside last month's, the ratings, evidence and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.assurance.ratings import Kind, Promise, RatingClass, promises_in
from goldenthread.assurance.ratings.stated import stated_ratings
from goldenthread.plan.judgements import Report
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.plan.status import Status
from goldenthread.record.cycle.challenging import ChallengeDesk, DeskState, MadeChallenge
from goldenthread.web.presenting.ratings import Judged

STATE_WORDS = {
    DeskState.SILENT: "No update yet",
    DeskState.NEW: "To look at",
    DeskState.ASKED: "Asked back, not answered",
    DeskState.ANSWERED: "Answered, to look at",
    DeskState.ACCEPTED: "Accepted",
    DeskState.RATED: "Rated differently",
}


@dataclass(frozen=True)
class DeskRow:
    """One promise on the desk: what is said now, what was said by the cut-off before, and where it stands.

    `own` says that the viewer entered the update, and so cannot challenge it; `disagrees` that a stated rating is not
    the rule's.
    """

    promise: Promise
    before: Action | Milestone | None
    state: DeskState
    reported: bool
    unchanged: bool
    disagrees: bool
    own: bool
    seen: int
    evidence: int
    challenges: tuple[MadeChallenge, ...]

    @property
    def item(self) -> Action | Milestone:
        """The action, step or milestone as it is said to stand now."""
        return self.promise.item

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        return STATE_WORDS[self.state]

    @property
    def waits(self) -> bool:
        """Whether an assurer has still to look at it."""
        return self.state.waits

    @property
    def may_accept(self) -> bool:
        """Whether it can be accepted with others at once."""
        return self.waits and self.reported and not self.own


FILTERS: Mapping[str, tuple[str, Callable[[DeskRow], bool]]] = {
    "waiting": ("To look at", lambda row: row.waits),
    "unchanged": ("To look at, unchanged", lambda row: row.waits and row.unchanged),
    "disagreeing": ("A rating disagrees with the rule", lambda row: row.disagrees),
    "asked": ("Asked back", lambda row: row.state is DeskState.ASKED),
    "unanswered": ("No update yet", lambda row: row.state is DeskState.SILENT),
    "settled": ("Settled", lambda row: row.state in {DeskState.ACCEPTED, DeskState.RATED}),
    "all": ("All", lambda row: True),
}
"""The lists of the desk: what each is called, and what is in it."""


def desk_rows(
    plan: Plan, before: Plan | None, desk: ChallengeDesk, found: Judged, *, actor: str
) -> tuple[DeskRow, ...]:
    """Every promise that is owed an update or had one in the desk's period, in printed order.

    Steps are there only where one was reported, since leads are asked for actions and milestones.
    """
    earlier = {promise.identity: promise.item for promise in promises_in(before)} if before else {}
    return tuple(_rows(plan, earlier, desk, found, actor))


def _rows(
    plan: Plan,
    earlier: Mapping[str, Action | Milestone],
    desk: ChallengeDesk,
    found: Judged,
    actor: str,
) -> Iterator[DeskRow]:
    for promise in promises_in(plan):
        item = promise.item
        if item.id is None:
            continue
        reported = item.report is not None and item.report.as_at >= desk.starts_on
        asked = any(each.waits for each in desk.challenges.get(item.id, ()))
        if not (reported or asked) and (promise.kind is Kind.STEP or item.status.is_closed):
            continue
        old = earlier.get(promise.identity)
        yield DeskRow(
            promise=promise,
            before=old,
            state=desk.state(item.id, reported_in_period=reported),
            reported=reported,
            unchanged=reported and old is not None and is_unchanged(old, item),
            disagrees=disagrees(item, found.ratings[item.key].class_),
            own=desk.entered_by.get(item.id) == actor,
            seen=desk.reported.get(item.id, 0),
            evidence=desk.evidence.get(item.id, 0),
            challenges=desk.challenges.get(item.id, ()),
        )


def row_of(rows: tuple[DeskRow, ...], item: UUID | None) -> DeskRow | None:
    """The row of one item, if it is on the desk."""
    return next((row for row in rows if row.item.id == item), None)


def is_unchanged(old: Action | Milestone, new: Action | Milestone) -> bool:
    """Whether an update says what was said before: same status, dates, rating and words."""
    if new.report and new.report.no_change:
        return True
    return (old.status, old.dates, _said(old.report)) == (new.status, new.dates, _said(new.report))


def disagrees(item: Action | Milestone, rule: RatingClass) -> bool:
    """Whether the lead, the document or the assurer rates it otherwise than the rule does, where the rule rates it."""
    if rule is RatingClass.NOT_RATED or item.status is Status.UNKNOWN:
        return False
    return any(colour is not None and colour is not rule for _, _, colour in stated_ratings(item))


def _said(report: Report | None) -> tuple[object, ...]:
    return (report.rating, report.why, report.next_step) if report else ()
