"""Accepting a finding of the checks: that it may stand, why, who answers for it, and until when. It is never hidden."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance import Finding, UnknownRule
from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import AlreadySettled, InvalidEdit, NotFound
from goldenthread.record.findings import Identity, acceptances, findings_at
from goldenthread.record.models.assurance import AcceptedFinding
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.editing import lock_plan
from goldenthread.record.services.posts import find_post
from goldenthread.record.snapshot import snapshot

LONGEST_MONTHS = 12
"""A finding that is to stand longer is looked at again, once a year at least."""
LONGEST_REASON = 4000
"""In characters."""


def accept_finding(
    *,
    actor: Actor,
    plan: UUID | str,
    rule: str,
    item: UUID | None,
    about: str,
    reason: str,
    owner: str,
    expires_on: date,
    on: date,
    seen: int | None = None,
) -> UUID:
    """Let a finding stand until a day, and give the id of the acceptance. Accepting it again takes the place of that.

    Args:
        rule: The name of the rule; with `item` and `about` it names the finding (`Finding.identity`).
        owner: The slug of the post that answers for it.
        expires_on: The last day; from the next one the finding is open again.
        on: The day of the acceptance, on which the finding has to be there.
        seen: How many acceptances of it the person had before their eyes; None leaves that unchecked. The very same
            acceptance sent twice is kept once.

    Raises:
        NotAllowed: The actor may not accept findings.
        NoSuchPlan, NotFound: There is no such plan, post or rule.
        AlreadySettled: Somebody accepted it otherwise since the person looked.
        InvalidEdit: No reason, a last day that is past or more than twelve months away, or no such finding today.
    """
    require(actor, Permission.ACCEPT_FINDINGS)
    why = _reason(reason)
    _check_last_day(expires_on, on)
    with writing(actor, f"{rule} accepted until {day_words(expires_on)}: {why}"):
        held = lock_plan(plan)
        post = find_post(owner)
        told = [one for one in acceptances(actor.council, held.id) if one.identity == (rule, item, about)]
        if seen is not None and len(told) > seen:
            last = told[-1]
            if (last.reason, last.owner_id, last.expires_on, last.accepted_by, last.accepted_on, last.withdrawn) == (
                why, post.id, expires_on, actor.capacity, on, "",
            ):  # fmt: skip
                return last.id
            raise AlreadySettled(
                f"Meanwhile it was accepted until {day_words(last.expires_on)}; {last.owner} answers for it: "
                f"{last.reason} Save again if your acceptance is to take its place."
            )
        finding = _found(actor.council, held.id, (rule, item, about), on)
        return AcceptedFinding.objects.create(
            council_id=actor.council,
            plan=held,
            item_id=item,
            rule=finding.rule,
            about=about,
            message=finding.message,
            reason=why,
            owner=post,
            accepted_on=on,
            accepted_by=actor.capacity,
            expires_on=expires_on,
        ).id


def withdraw_acceptance(*, actor: Actor, acceptance: UUID, reason: str, on: date) -> None:
    """Take an acceptance back: the finding is open again from that day. What was accepted, and why, stays on record.

    Raises:
        NotAllowed: The actor may not accept findings.
        NotFound: There is no such acceptance.
        AlreadySettled: It was taken back before.
        InvalidEdit: No reason.
    """
    require(actor, Permission.ACCEPT_FINDINGS)
    why = _reason(reason)
    with writing(actor, why):
        row = AcceptedFinding.objects.select_for_update().filter(pk=acceptance).first()
        if row is None:
            raise NotFound("There is no such acceptance.")
        if row.withdrawn_on:
            if (row.withdrawn, row.withdrawn_on) == (why, max(on, row.accepted_on)):
                return  # the same form, sent twice
            raise AlreadySettled(f"This was taken back on {day_words(row.withdrawn_on)} already.")
        row.withdrawn, row.withdrawn_on = why, max(on, row.accepted_on)
        row.save(update_fields=["withdrawn", "withdrawn_on"])


def latest_expiry(on: date) -> date:
    """The last day until which a finding can be accepted on a day: twelve months on."""
    try:
        return on.replace(year=on.year + LONGEST_MONTHS // 12)
    except ValueError:  # 29 February
        return on.replace(year=on.year + LONGEST_MONTHS // 12, day=28)


def _check_last_day(expires_on: date, on: date) -> None:
    latest = latest_expiry(on)
    if not on <= expires_on <= latest:
        raise InvalidEdit(
            f"Enter a last day from {day_words(on)} to {day_words(latest)}: a finding is looked at again after twelve "
            f"months at the latest. You entered {day_words(expires_on)}."
        )


def _found(council: UUID, plan: UUID, identity: Identity, on: date) -> Finding:
    state = snapshot(council=council, plan=plan, cut_off=on)
    try:
        found = findings_at(council, plan, state, as_at=on, select=[identity[0]]).all
    except UnknownRule as error:
        raise NotFound(str(error)) from error
    match = next((finding for finding in found if finding.identity == identity), None)
    if match is None:
        raise InvalidEdit(
            "This finding is there no longer: what it was about has changed. Look at the findings again."
        )
    return match


def _reason(text: str) -> str:
    if not text.strip():
        raise InvalidEdit("Say why: accepting a finding, or taking that back, needs a reason.")
    if len(text) > LONGEST_REASON:
        raise InvalidEdit(f"The reason is longer than {LONGEST_REASON:,} characters. Shorten it.")
    return text.strip()
