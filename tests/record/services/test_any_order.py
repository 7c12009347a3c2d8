"""Whatever is pressed in whatever order, however often: nothing of the cycle is doubled and nothing frozen moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugins.database import TestDatabase
from support.cycle import CUT_OFF, PLAN, answer, staffed_council

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.periods import period_events
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import OutgoingMail, PeriodState, ReportingPeriod, UpdateRequest
from goldenthread.record.scope import council_scope
from goldenthread.record.services.asking import ask_for_updates, chase
from goldenthread.record.services.daily import run_cycle
from goldenthread.record.services.periods import (
    begin_challenge,
    close_period,
    open_period,
    reopen_period,
)

Step = Callable[[Actor, date], object]


def _june(actor: Actor) -> ReportingPeriod:
    return open_period(actor=actor, plan=PLAN, day=CUT_OFF)


STEPS: dict[str, Step] = {
    "open": lambda actor, today: _june(actor),
    "ask": lambda actor, today: ask_for_updates(actor=actor, period=_june(actor).id, today=today),
    "chase": lambda actor, today: chase(actor=actor, period=_june(actor).id, today=today),
    "chase now": lambda actor, today: chase(actor=actor, period=_june(actor).id, today=today, at_once=True),
    "challenge": lambda actor, today: begin_challenge(actor=actor, period=_june(actor).id),
    "close": lambda actor, today: close_period(actor=actor, period=_june(actor).id, today=today),
    "reopen": lambda actor, today: reopen_period(
        actor=actor, period=_june(actor).id, reason="Somebody was late"
    ),
    "answer": lambda actor, today: answer(actor, "a-1", "m-1"),
    "daily": lambda actor, today: run_cycle(actor=actor, today=today),
}
DAYS = st.integers(0, 30).map(lambda days: CUT_OFF + timedelta(days=days))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), DAYS), min_size=2, max_size=8))
def test_nothing_is_doubled(council_db: TestDatabase, taken: list[tuple[str, date]]) -> None:
    number = next(_numbers)
    actor = staffed_council(f"Council {number}", office=f"Office{number}")
    for name, day in taken:
        with suppress(InvalidEdit):  # the month is closed, or its cut-off is to come: said, and nothing done
            STEPS[name](actor, day)
        before = head_number(actor.council)
        with suppress(InvalidEdit):
            STEPS[name](actor, day)
        if name != "answer":
            assert head_number(actor.council) == before, f"{name} a second time changed something"

    with council_scope(actor.council):
        months = Counter(ReportingPeriod.objects.values_list("starts_on", flat=True))
        requests = Counter(UpdateRequest.objects.values_list("period", "post"))
        keys = Counter(OutgoingMail.objects.values_list("key", flat=True))
        asked = Counter(OutgoingMail.objects.filter(key__startswith="ask:").values_list("request", flat=True))
        events = [period_events(period.id) for period in ReportingPeriod.objects.all()]
    for found in (months, requests, keys, asked):
        assert all(count == 1 for count in found.values())
    for happened in events:
        states = [event.state for event in happened if event.state != PeriodState.CHALLENGE]
        assert states[0] == PeriodState.OPEN
        assert all(before != after for before, after in pairwise(states)), "closed or opened twice in a row"
        assert all((event.frozen is None) == (event.state != PeriodState.CLOSED) for event in happened)
        assert all(event.frozen < event.revision for event in happened if event.frozen)
    assert verify(actor.council).ok


_numbers = iter(range(1, 10_000))
