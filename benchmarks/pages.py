"""How long the pages take on the server: python benchmarks/pages.py

Every reading page of the example plan, as the demonstration's officer sees it, by Django's test client: all of the
middleware, one request after another. The floor is a view that returns an empty page through the same middleware.
"Unchanged" is the same page asked for again with its ETag.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date

import django
from timing import machine, measure

from goldenthread.web.database import provide_database

PLAN = "/plans/sandwell-council-improvement-plan/"
PAGES = (
    "", "plan/", "themes/1/", "actions/A3/", "milestones/", "timeline/", "recommendations/", "leads/", "questions/",
    "changes/", "findings/", "search/?q=strategy",
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-") as home:
        os.environ |= {
            "GOLDENTHREAD_HOME": home,
            "GOLDENTHREAD_DEMO": "1",
            "GOLDENTHREAD_DEMO_TODAY": date(2022, 6, 7).isoformat(),
            "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
        }
        server = provide_database()
        django.setup()
        try:
            _measure_pages()
        finally:
            from django.db import connections

            connections.close_all()
            if server:
                server.release()


def _measure_pages() -> None:
    from django.test import Client

    from goldenthread.cli.demonstrating import load_example
    from goldenthread.record.database import migrate_if_needed

    migrate_if_needed()
    print(machine())
    print(load_example())
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    assert client.get("/", follow=True).status_code == 200
    print(measure("floor: /healthz", lambda: client.get("/healthz"), count=100))
    print(measure("floor: a page without a plan (/about/)", lambda: client.get("/about/"), count=100))
    for page in PAGES:
        response = client.get(PLAN + page)
        assert response.status_code == 200, (page, response.status_code)
        print(measure(f"/{page}", lambda page=page: client.get(PLAN + page), count=100))
        tag = response.headers.get("ETag")
        if tag:
            again = client.get(PLAN + page, HTTP_IF_NONE_MATCH=tag)
            assert again.status_code == 304, page
            unchanged = lambda page=page, tag=tag: client.get(PLAN + page, HTTP_IF_NONE_MATCH=tag)  # noqa: E731
            print(measure(f"/{page} unchanged", unchanged, count=100))


if __name__ == "__main__":
    main()
