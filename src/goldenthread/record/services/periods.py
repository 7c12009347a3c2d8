"""The reporting period: opened, challenged, closed, opened again. Every call may be made twice and has effect once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.calendar import Month, due_day
from goldenthread.record.cycle.owing import owed
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.errors import InvalidEdit, NotFound
from goldenthread.record.models.cycle import CouncilSettings, PeriodState, ReportingPeriod, UpdateRequest
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.snapshot import find_plan


def open_period(*, actor: Actor, plan: UUID | str, day: date) -> ReportingPeriod:
    """Open the reporting month in which a day is, and give it back; one that is there already is given as it is.

    Raises:
        NotAllowed: The actor may not run the cycle.
        NoSuchPlan: The council has no such plan.
        InvalidEdit: The plan had not taken effect by the end of that month.
    """
    require(actor, Permission.RUN_CYCLE)
    month = Month.of(day)
    with writing(actor, f"Opened reporting for {month}"):
        held = _lock_plan(find_plan(plan).id)
        if month.ends_on < held.effective_on:
            raise InvalidEdit(
                f"The plan took effect on {day_words(held.effective_on)}, so there is nothing to report for {month}. "
                "Choose a later month."
            )
        due_on = due_day(month.ends_on, settings_of(actor.council).answer_working_days)
        return ReportingPeriod.objects.get_or_create(
            plan=held,
            starts_on=month.starts_on,
            defaults={"council_id": actor.council, "ends_on": month.ends_on, "due_on": due_on},
        )[0]


def begin_challenge(*, actor: Actor, period: UUID) -> ReportingPeriod:
    """Say that the updates of a period are now being challenged. Leads who have not answered still can.

    Raises:
        NotAllowed, NotFound: as `close_period`.
        InvalidEdit: The period is closed.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, "Began to challenge the updates of the reporting month"):
        held = lock_period(period)
        refuse_closed(held)
        return _enter(held, PeriodState.CHALLENGE)


def close_period(*, actor: Actor, period: UUID, today: date) -> ReportingPeriod:
    """Close a period, so that all reports of it say the same for ever: the record as at its cut-off, as known now.

    `closed_revision` becomes the number of the newest revision at this moment: `snapshot(cut_off=ends_on,
    known_at=closed_revision)` is what is reported. A period that is closed is given back as it is.

    Raises:
        NotAllowed: The actor may not run the cycle.
        NotFound: There is no such period.
        InvalidEdit: The cut-off is still to come.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, "Closed the reporting month"):
        held = lock_period(period)
        if held.state == PeriodState.CLOSED:
            return held
        if today < held.ends_on:
            raise InvalidEdit(
                f"The cut-off is {day_words(held.ends_on)}. Close the month on that day or after it."
            )
        _wait_for_updates(held)
        mark_answers(held, today)
        held.closed_revision = _head_for_good(actor.council)
        return _enter(held, PeriodState.CLOSED)


def reopen_period(*, actor: Actor, period: UUID, reason: str) -> ReportingPeriod:
    """Open a closed period again. What was frozen stays in its history (`period_events`); one that is open stays so.

    Raises:
        NotAllowed, NotFound: as `close_period`.
        InvalidEdit: No reason is given.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, reason):
        held = lock_period(period)
        if held.state != PeriodState.CLOSED:
            return held
        held.closed_revision = None
        return _enter(held, PeriodState.OPEN)


def change_cycle_settings(*, actor: Actor, settings: CycleSettings, reason: str) -> None:
    """Settle how the council's cycle runs. Periods that are open keep the due day that they were opened with.

    Raises:
        NotAllowed: The actor may not run the cycle.
        InvalidEdit: No reason is given, or the acceptable interval is shorter than the target.
    """
    require(actor, Permission.RUN_CYCLE)
    if settings.stale_days < settings.fresh_days:
        raise InvalidEdit(
            f"The longest acceptable interval ({settings.stale_days} days) is shorter than the target "
            f"({settings.fresh_days} days). Make it at least as long."
        )
    with writing(actor, reason):
        if settings != settings_of(actor.council):
            CouncilSettings.objects.update_or_create(
                council_id=actor.council, defaults={"body": settings.model_dump(mode="json")}
            )


def lock_period(period: UUID) -> ReportingPeriod:
    """The period, held until the transaction ends so that nobody else runs the cycle of its plan meanwhile.

    Raises:
        NotFound: The council in scope has none of this id.
    """
    found = ReportingPeriod.objects.filter(id=period).values_list("plan_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such reporting month.")
    plan = _lock_plan(found)
    held = ReportingPeriod.objects.get(id=period)
    held.plan = plan
    return held


def refuse_closed(period: ReportingPeriod) -> None:
    """Raise InvalidEdit if the period is closed."""
    if period.state == PeriodState.CLOSED:
        raise InvalidEdit(
            f"Reporting to {day_words(period.ends_on)} is closed. Open it again first, with a reason."
        )


def mark_answers(period: ReportingPeriod, today: date) -> None:
    """Enter the day on those requests of a period whose posts owe nothing any more, in the scope of the caller."""
    waiting = UpdateRequest.objects.filter(period=period, answered_on=None).select_related("post")
    who = owed(period, today)
    answered = [request.id for request in waiting if not who.owes(request.post.slug)]
    if answered:
        UpdateRequest.objects.filter(id__in=answered).update(answered_on=today)


def _enter(period: ReportingPeriod, state: PeriodState) -> ReportingPeriod:
    if period.state != state:
        period.state = state
        period.save(update_fields=["state", "closed_revision"])
    return period


def _lock_plan(plan: UUID) -> PlanRecord:
    """Held so that the cycle of one plan is run by one at a time, while leads go on reporting."""
    return PlanRecord.objects.select_for_update(no_key=True).get(id=plan)


def _wait_for_updates(period: ReportingPeriod) -> None:
    """Let those who are reporting as at a day of this period commit first; whoever comes now finds it closed."""
    ReportingPeriod.objects.select_for_update().get(id=period.id)


def _head_for_good(council: UUID) -> int:
    """The newest revision, with nobody able to seal another before this transaction ends (`history/sql/seal.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('revisions of ' || %s::uuid, 0))", [council]
        )
        cursor.execute("SELECT coalesce(max(number), 0) FROM revision WHERE council_id = %s", [council])
        return int(cursor.fetchone()[0])
