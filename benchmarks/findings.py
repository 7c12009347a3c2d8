"""How long the checks take: python benchmarks/findings.py

The example plan, and the same plan for 32 places at once (2,048 actions), each with words of its own: all rules, then
the slowest of them alone. Last, a plan that is held: what stands beside it is read, the checks run and acceptances are
sorted.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from contradictions import after_each_change, many
from demonstration import demonstration
from timing import machine, measure

from goldenthread.assurance import RULES, check
from goldenthread.documents import read_document
from goldenthread.examples import example_plan_path
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan

AIM_SMALL, AIM_LARGE = 200, 2000
"""In milliseconds."""
DAY = date(2022, 6, 7)
SLOWEST = 8


def main() -> None:
    print(machine())
    plan = read_plan(read_document(example_plan_path()))
    _measure("64 actions", plan, AIM_SMALL, count=20)
    large = many(plan, own_words=True)
    _measure(f"{sum(1 for _ in large.actions()):,} actions", large, AIM_LARGE, count=3)
    with demonstration():
        _held()


def _measure(name: str, plan: Plan, aim: int, *, count: int) -> None:
    print(
        measure(
            f"{name}, all rules", after_each_change(plan, partial(check, as_at=DAY)), count=count, warm_up=1
        ),
        f"  aim {aim} ms",
    )
    print(f"{len(check(plan, as_at=DAY)):,} findings")
    alone = [
        measure(
            f"  {rule} alone",
            after_each_change(plan, partial(check, as_at=DAY, select=[rule])),
            count=2,
            warm_up=0,
        )
        for rule in RULES
    ]
    for timing in sorted(alone, key=lambda timing: -timing.p50)[:SLOWEST]:
        print(timing)


def _held() -> None:
    from goldenthread.cli.demonstrating import load_example
    from goldenthread.record.beside import beside_plan
    from goldenthread.record.findings import findings_at
    from goldenthread.record.services.councils import council_register
    from goldenthread.record.services.plans import plans
    from goldenthread.record.snapshot import snapshot

    print(load_example())
    council: UUID = council_register()[0].id
    slug = plans(council)[0].slug
    plan = snapshot(council=council, plan=slug)
    print(measure("held: what stands beside it", lambda: beside_plan(council, slug, as_at=DAY)))
    print(measure("held: all findings", lambda: findings_at(council, slug, plan, as_at=DAY)))


if __name__ == "__main__":
    main()
