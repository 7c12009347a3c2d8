"""How long every page that the URL resolver lists takes on the server: python benchmarks/every_page.py

The example council with a month of reporting, people, evidence and requests (as the tests have it), asked through all
of the middleware by Django's test client, one request after another. The floor is a page without a plan. The slowest
stand last. Only pages already shown once are counted; `pages.py` has the first view after a change too.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from timing import Timing, machine, measure

from goldenthread.web.database import provide_database

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def main() -> None:
    """Load the example, ask for every page, print from the fastest to the slowest."""
    with tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-") as home:
        os.environ |= {
            "GOLDENTHREAD_HOME": home,
            "GOLDENTHREAD_DEMO": "1",
            "GOLDENTHREAD_DEMO_TODAY": date(2022, 6, 7).isoformat(),
            "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
        }
        server = provide_database()
        importlib.import_module("goldenthread.web.wsgi")  # as the server loads it, which settles its memory
        try:
            for timing in sorted(_timings(), key=lambda one: one.p95):
                print(timing)
        finally:
            from django.db import connections

            connections.close_all()
            if server:
                server.release()


def _timings() -> list[Timing]:
    from django.test import Client
    from support.web_council import example_council

    from goldenthread.record.database import migrate_if_needed

    migrate_if_needed()
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
