"""What was worked out of a plan, kept for whoever asks of the same plan again: another page, another day."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from goldenthread.plan.model import Plan

T = TypeVar("T")
PLANS_KEPT = 6


def kept_for_plans(make: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """`make`, done once for each of the last few plans. A plan never changes, so what was made of it stays right.

    Two states of a plan between which nothing happened are equal and share what is made; to see that takes a tenth of
    the time of what this is for, so only the plan asked about last is compared in full.
    """
    kept: list[tuple[Plan, T]] = []
    lock = Lock()

    @wraps(make)
    def made(plan: Plan) -> T:
        with lock:
            found = next((each for each in kept if each[0] is plan), None)
        if found is None:
            last = kept[-1:]
            result = last[0][1] if last and last[0][0] == plan else make(plan)
            found = (plan, result)
        with lock:
            others = [each for each in kept if each[0] is not plan]
            kept[:] = [*others[-PLANS_KEPT + 1 :], found]
        return found[1]

    return made
