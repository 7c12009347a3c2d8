"""How long the certificate of coverage takes: python benchmarks/coverage.py

The value alone, for the example plan and for one of 2,000 actions that cite 300 recommendations of three reviews; then
its pages for both, by Django's test client through all of the middleware, once shown. A state that the process has not
shown yet costs the value besides. The floor is a page without a plan.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from demonstration import demonstration
from timing import machine, measure

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
APPROVED = date(2022, 6, 7)
REVIEWS, ACTIONS, THEMES = ("Auditor", "Inspector", "Peers"), 2000, 8


def main() -> None:
    """Print the times."""
    print(machine())
    with demonstration():
        _measure()


def large_plan() -> Any:
    """A plan of 2,000 actions in eight themes; each cites two of 100 recommendations of each review."""
    from goldenthread.plan import model
    from goldenthread.plan.dates import PlanDate
    from goldenthread.plan.references import Reference

    due = PlanDate.from_edtf("2022-09", "Sep 2022")
    themes = []
    for theme in range(THEMES):
        actions = tuple(
            model.Action(
                key=f"a{n}",
                title=f"Do {n}",
                leads=(f"Director {n % 9}",),
                dates=model.Dates(original=due, approved=due),
                references=tuple(
                    Reference(review=REVIEWS[n % 3], number=str((n * k) % 100 + 1)) for k in (3, 7)
                ),
            )
            for n in range(theme, ACTIONS, THEMES)
        )
        themes.append(
            model.Theme(key=f"t{theme}", number=theme + 1, name=f"Theme {theme + 1}", actions=actions)
        )
    reviews = tuple(
        model.Review(
            key=name, name=name, title=f"{name}'s review", totals=(model.StatedTotal(class_=None, count=100),)
        )
        for name in REVIEWS
    )
    return model.Plan(
        key="plan",
        council=model.Council(name="Northbury"),
        title="Large plan",
        approved_on=APPROVED,
        themes=tuple(themes),
        reviews=reviews,
    )


def _measure() -> None:
    from django.test import Client
    from support.web_council import example_council, person

    from goldenthread.assurance.coverage import certificate
    from goldenthread.documents import read_document
    from goldenthread.examples import example_plan_path
    from goldenthread.reading import read_plan
    from goldenthread.record.actor import Actor
    from goldenthread.record.models import Role
    from goldenthread.record.services.councils import create_council
    from goldenthread.record.services.plans import load_plan

    large = large_plan()
    for name, plan in (
        ("64 actions", read_plan(read_document(example_plan_path()))),
        ("2,000 actions", large),
    ):
        print(measure(f"certificate, {name}", lambda plan=plan: certificate(plan, APPROVED), count=40))
    example = example_council()
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    assert client.get("/", follow=True).status_code == 200
    print(measure("floor: a page without a plan (/about/)", lambda: client.get("/about/"), count=100))
    _pages(client, f"/plans/{example.slug}/", ("grant-thornton", "statutory-recommendation-1"), "64 actions")

    council = create_council(command="benchmark", name="Northbury")
    actor = Actor(council=council.id, role=Role.PMO, name="benchmark")
    load_plan(actor=actor, plan=large, effective_on=APPROVED, reason="Approved", slug="large")
    other = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    other.force_login(person(council.id, Role.MEMBER))
    _pages(other, "/plans/large/", ("auditor", "recommendation-1"), "2,000 actions")


def _pages(client: Any, plan: str, at: tuple[str, str], name: str) -> None:
    review, row = at
    for path in ("", f"{review}/", f"{review}/{row}/", f"{review}/pack/", f"{review}/pack.csv"):
        address = f"{plan}recommendations/{path}"
        assert client.get(address).status_code == 200, address
        print(
            measure(f"{name}: recommendations/{path}", lambda address=address: client.get(address), count=40)
        )


if __name__ == "__main__":
    main()
