"""Plans for the rules of how dates move."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.assurance import Beside
from goldenthread.assurance.beside import ApprovedMove
from goldenthread.assurance.trend import DatedFact
from goldenthread.plan.flat import Series
from goldenthread.plan.model import Dates, Plan
from goldenthread.plan.status import Status
from support.checked_plans import action, due, on, plan_of
from support.rule_cases import Case

A = UUID(int=1)
ADOPTED = date(2022, 1, 1)
PLAIN = Beside(in_force_since=ADOPTED, confirm_within=62)
ASKED = Beside(in_force_since=ADOPTED, confirm_within=62, requested={"action/A": 3})


def expected(approved: str, forecast: str, **more: object) -> Plan:
    """A plan of one action with the id A, with its approved date and the one that its lead expects."""
    return plan_of(
        action("A", id=A, **{"dates": Dates(approved=on(approved), forecast=on(forecast)), **more})
    )


def foretold(*dates: tuple[str, str]) -> Beside:
    """That a day was expected, on each day of a report."""
    facts = tuple(
        DatedFact(Series.FORECAST, date.fromisoformat(told), on(expected)) for told, expected in dates
    )
    return Beside(in_force_since=ADOPTED, confirm_within=62, histories={A: facts})


def approved(times: int, *, decided: bool) -> Beside:
    """That the approved date of the item with the id A was moved a month so many times."""
    moves = tuple(
        ApprovedMove(
            date(2022, 2 + month, 1), on(f"2022-{6 + month:02d}"), on(f"2022-{7 + month:02d}"), decided
        )
        for month in range(times)
    )
    return Beside(in_force_since=ADOPTED, confirm_within=62, moves={A: moves})


ONE = plan_of(action("A", id=A, dates=due("2022-12")))
SLIDING = foretold(("2022-02-01", "2022-04-01"), ("2022-03-01", "2022-05-01"), ("2022-04-01", "2022-06-01"))
JUMPY = foretold(
    ("2022-01-10", "2022-09-01"), ("2022-02-10", "2022-10-01"), ("2022-04-10", "2022-09-10"),
    ("2022-05-10", "2022-09-20"),
)  # fmt: skip
ONCE = foretold(("2022-01-10", "2022-09-01"), ("2022-02-10", "2022-10-01"))

CASES = (
    Case("GT731", "expected last month", expected("2022-12", "2022-05"), 1),
    Case("GT731", "expected this month", expected("2022-12", "2022-06"), 0),
    Case("GT731", "expected last month, and done", expected("2022-12", "2022-05", status=Status.COMPLETE), 0),
    Case("GT731", "nothing is expected", ONE, 0),
    Case("GT732", "a month later", expected("2022-12", "2023-01"), 1, PLAIN),
    Case("GT732", "a change request waits", expected("2022-12", "2023-01"), 0, ASKED),
    Case("GT732", "earlier", expected("2022-12", "2022-11"), 0, PLAIN),
    Case("GT732", "done", expected("2022-12", "2023-01", status=Status.COMPLETE), 0, PLAIN),
    Case("GT732", "a file", expected("2022-12", "2023-01"), 0),
    Case("GT733", "three moves", ONE, 1, JUMPY),
    Case("GT733", "two moves, day for day", ONE, 1, SLIDING),
    Case("GT733", "one move", ONE, 0, ONCE),
    Case("GT733", "three moves, but done", plan_of(action("A", id=A, status=Status.COMPLETE)), 0, JUMPY),
    Case("GT734", "twice, by decision", ONE, 1, approved(2, decided=True)),
    Case("GT734", "once", ONE, 0, approved(1, decided=False)),
)  # fmt: skip
