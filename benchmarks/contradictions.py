"""How long finding the contradictions of a plan takes: python benchmarks/contradictions.py

The example plan, and the same plan for 32 places at once (2,048 actions, 2,500 milestones). In the first the places
have the same words, so that everything is like everything; in the second each place's words are its own. Every time it
is another state of the plan, as after a change: what is kept for a state is no use, words read before are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from typing import Any

from timing import machine, measure

from goldenthread.assurance.contradictions import contradictions
from goldenthread.assurance.contradictions.register import register
from goldenthread.documents import read_document
from goldenthread.examples import example_plan_path
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

PLACES = 32
AIM_SMALL, AIM_LARGE = 100, 1000
"""In milliseconds."""
_TEXTS = frozenset({"title", "name", "text", "aim"})


def many(plan: Plan, *, own_words: bool) -> Plan:
    """The plan for many places: every theme as often, with keys of its own, and if wished with words of its own."""
    whole = plan.model_dump(mode="json", by_alias=True, exclude={"themes", "questions"})
    themes = [
        _of_place(theme.model_dump(mode="json", by_alias=True), place, own_words)
        | {"number": place * len(plan.themes) + theme.number}
        for place in range(PLACES)
        for theme in plan.themes
    ]
    return Plan.model_validate({**whole, "themes": themes})


def _of_place(value: Any, place: int, own_words: bool) -> Any:
    if isinstance(value, list):
        return [_of_place(part, place, own_words) for part in value]
    if not isinstance(value, dict):
        return value
    made = {name: _of_place(part, place, own_words) for name, part in value.items()}
    for name in ("key", "workstream"):
        if isinstance(made.get(name), str):
            made[name] = f"{place}/{made[name]}"
    for name in _TEXTS & made.keys() if own_words else ():
        if isinstance(made[name], str):
            made[name] = re.sub(r"\b([A-Z]?[a-z]{5,})\b", lambda match: f"{match[1]}q{place}", made[name])
    return made


def after_each_change(plan: Plan, judge: Callable[[Plan], object]) -> Callable[[], object]:
    """To measure: judging a new state of the plan each time."""
    states = (plan.model_copy(update={"version": str(number)}) for number in count())
    return lambda: judge(next(states))


def main() -> None:
    plan = read_plan(read_document(example_plan_path()))
    print(machine())
    print(measure("64 actions, pairs", after_each_change(plan, contradictions)), f"  aim {AIM_SMALL} ms")
    print(
        measure(
            "64 actions, the whole register",
            after_each_change(plan, partial(register, as_at=date(2022, 6, 7))),
        )
    )
    for own_words in (False, True):
        large = many(plan, own_words=own_words)
        words = "words of their own" if own_words else "the same words"
        name = f"{sum(1 for _ in large.actions()):,} actions, {words}"
        timed = measure(name, after_each_change(large, contradictions), count=5)
        print(timed, f"  found {len(contradictions(large))}  aim {AIM_LARGE} ms")


if __name__ == "__main__":
    main()
