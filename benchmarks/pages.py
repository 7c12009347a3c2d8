"""How long the pages take on the server: python benchmarks/pages.py

Every reading page of the example plan, as the demonstration's officer sees it, by Django's test client: all of the
middleware, one request after another, after the first has filled what the process keeps. The floor is a view that
returns an empty page through the same middleware. "First" is a page of a state that the process has not shown yet: read
from the database, its checks run. "Unchanged" is the same page asked for again with its ETag. The last change of the
record moves every date of the plan by a year.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from demonstration import demonstration
from timing import machine, measure

PLAN = "/plans/sandwell-council-improvement-plan/"
PAGES = (
    "", "plan/", "themes/1/", "actions/A3/", "milestones/", "timeline/", "recommendations/", "leads/", "questions/",
    "changes/", "changes/{last}/", "findings/", "search/?q=strategy",
)  # fmt: skip


def main() -> None:
    with demonstration():
        _measure_pages()


def _measure_pages() -> None:
    from django.test import Client

    from goldenthread.cli.demonstrating import load_example

    print(machine())
    print(load_example())
    last = _record_a_year_later()
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    assert client.get("/", follow=True).status_code == 200
    print(measure("floor: /healthz", lambda: client.get("/healthz"), count=100))
    print(measure("floor: a page without a plan (/about/)", lambda: client.get("/about/"), count=100))
    for page in (page.format(last=last) for page in PAGES):
        print(measure(f"/{page} first", lambda page=page: _first(client, page), count=20, warm_up=1))
        response = client.get(PLAN + page)
        assert response.status_code == 200, (page, response.status_code)
        print(measure(f"/{page}", lambda page=page: client.get(PLAN + page), count=100))
        tag = response.headers.get("ETag")
        if tag:
            again = client.get(PLAN + page, HTTP_IF_NONE_MATCH=tag)
            assert again.status_code == 304, page
            unchanged = lambda page=page, tag=tag: client.get(PLAN + page, HTTP_IF_NONE_MATCH=tag)  # noqa: E731
            print(measure(f"/{page} unchanged", unchanged, count=100))


def _record_a_year_later() -> int:
    """Record the example with every date a year later, in one change; gives its number."""
    from goldenthread.examples import example_plan_path
    from goldenthread.record.history.selectors import head_number
    from goldenthread.record.services.councils import command_actor, council_register
    from goldenthread.record.services.imports import (
        answer_import_question,
        apply_import,
        start_import,
    )

    (council,) = council_register()
    officer = command_actor(council.id, "benchmark")
    text = example_plan_path().read_text().replace("2022", "2023")
    started = start_import(actor=officer, name="a-year-later.txt", content=text.encode())
    while same := _asked_about_identity(council.id, started.id):  # one answer may settle others too
        answer_import_question(actor=officer, import_id=started.id, question_key=same, candidate=0)
    apply_import(actor=officer, import_id=started.id, reason="A year later", effective_on=date(2022, 6, 7))
    return head_number(council.id)


def _asked_about_identity(council: UUID, started: UUID) -> str | None:
    """A question whether a promise with another year in its words is the same; None if there is none left."""
    from goldenthread.plan.questions import QuestionKind
    from goldenthread.record.services.imports import import_reading

    asked = import_reading(council, started).questions
    return next((question.key for question in asked if question.kind is QuestionKind.IDENTITY), None)


def _first(client: Any, page: str) -> None:
    from goldenthread.record import snapshot_cache
    from goldenthread.web import stories, viewing

    snapshot_cache._plans.clear()
    viewing._indexes.clear()
    stories._sealed_revision.cache_clear()
    assert client.get(PLAN + page).status_code == 200


if __name__ == "__main__":
    main()
