"""`goldenthread changes` on a real record."""

from __future__ import annotations

import json
from datetime import date

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.proposals import NewDate

from .conftest import Invoke

DAYS = ("--from", "2022-06-30", "--to", "2022-12-31")


def test_a_decision_is_listed_with_what_stands_behind_it(held: Invoke) -> None:
    assert held("changes", *DAYS).out == "0 changes from 30 June 2022 to 31 December 2022.\n"
    ref = move_a_date()
    done = held("changes", *DAYS)
    assert done.status == 0, done.err
    assert f"{ref} " in done.out
    assert "→ Autumn 2023 (The consultant left, Cabinet, minute 7)" in done.out
    assert done.out.endswith("1 change from 30 June 2022 to 31 December 2022.\n")
    (told,) = json.loads(held("changes", *DAYS, "--json").out)
    assert (told["field"], told["after"]["printed"], told["change_request"], told["rebaselines"]) == (
        "approved", "Autumn 2023", 1, 1,
    )  # fmt: skip


def test_days_the_wrong_way_round_or_before_the_plan_are_refused(held: Invoke) -> None:
    assert "must not be after" in held("changes", "--from", "2022-12-31", "--to", "2022-06-30").err
    early = held("changes", "--from", "2022-01-01", "--to", "2022-06-30")
    assert early.status == 2
    assert "The plan took effect on" in early.err


def move_a_date() -> str | None:
    """Propose and approve another date for the first action that has one; gives its number."""
    from goldenthread.record.actor import Actor
    from goldenthread.record.history.selectors import head_number
    from goldenthread.record.models import Role
    from goldenthread.record.services.change_control import Decision, propose_change, record_decision
    from goldenthread.record.services.councils import council_register
    from goldenthread.record.services.plans import plans
    from goldenthread.record.snapshot import snapshot

    (council,) = council_register()
    (plan,) = plans(council.id)
    actor = Actor(council=council.id, role=Role.PMO, name="test")
    item = next(
        each for each in snapshot(council=council.id, plan=plan.slug).actions() if each.dates.approved
    )
    change = NewDate(item=item.key, date=PlanDate.from_edtf("2023-23", "Autumn 2023"))
    number = propose_change(
        actor=actor, plan=plan.slug, change=change, reason="The consultant left", proposed_on=date(2022, 9, 1)
    )
    taken = Decision(approved=True, body="Cabinet", reference="minute 7", decided_on=date(2022, 10, 1))
    seen = head_number(council.id)
    record_decision(actor=actor, plan=plan.slug, number=number, decision=taken, seen_revision=seen)
    return item.ref
