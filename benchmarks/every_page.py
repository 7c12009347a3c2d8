"""How long every page that the URL resolver lists takes on the server: python benchmarks/every_page.py

The example council with a month of reporting, people, evidence and requests (as the tests have it), asked through all
of the middleware by Django's test client, one request after another. The floor is a page without a plan. The slowest
stand last. Only pages already shown once are counted; `pages.py` has the first view after a change too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demonstration import demonstration
from timing import Timing, machine, measure

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def main() -> None:
    """Load the example, ask for every page, print from the fastest to the slowest."""
    with demonstration():
        for timing in sorted(_timings(), key=lambda one: one.p95):
            print(timing)


def _timings() -> list[Timing]:
    from django.test import Client
    from support.web_council import example_council

    print(machine())
    example = example_council()
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    assert client.get("/", follow=True).status_code == 200
    print(measure("floor: a page without a plan (/about/)", lambda: client.get("/about/"), count=100))
    found = []
    for route in example.routes:
        status = client.get(route.address).status_code
        if status != 200:
            print(f"{route.name}: answered {status}, not measured")
            continue
        found.append(measure(route.name, lambda at=route.address: client.get(at), count=60))  # type: ignore[misc]
    return found


if __name__ == "__main__":
    main()
