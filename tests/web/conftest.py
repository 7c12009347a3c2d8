"""One database, one server and one browser for all browser tests; a database of its own for every other test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page
from plugins.browsing import served, watched
from plugins.database import connect_django, own_name, set_up_django

_numbers = itertools.count(1)

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # Playwright keeps a loop running in this thread; Django would refuse it
)
set_up_django()

from support.web_council import Example, council_with, example_council  # noqa: E402  (models need Django)

from goldenthread.embedded import ServerAddress  # noqa: E402
from goldenthread.embedded.databases import create_database, drop_database  # noqa: E402


class Site(NamedTuple):
    """The running pages, the plan that they show, and the address of every page by its name."""

    address: str
    plan: str
    routes: dict[str, str]

    def page(self, path: str = "") -> str:
        """The address of a page of the plan."""
        return f"{self.address}/plans/{self.plan}/{path}"


@pytest.fixture(scope="session")
def site(
    postgres: ServerAddress, loaded: tuple[str, Example], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The example plan, served by gunicorn to this machine, its officer signed in by itself."""
    held, example = loaded
    database = own_name("site")
    create_database(postgres, database, template=held)
    log = tmp_path_factory.mktemp("log") / "gunicorn.log"
    demo = {"GOLDENTHREAD_DEMO": "1", "GOLDENTHREAD_DEMO_TODAY": "2022-06-07"}
    with served(postgres, database, log, **demo) as address:
        yield Site(address, example.slug, {route.name: address + route.address for route in example.routes})


@pytest.fixture(scope="session")
def loaded(
    postgres: ServerAddress, template: str, django_db_blocker: pytest.FixtureRequest
) -> tuple[str, Example]:
    """A database that holds the example, to copy."""
    name = own_name("loaded")
    create_database(postgres, name, template=template)
    with django_db_blocker.unblock():
        connect_django(postgres, name)
        example = example_council()
        connections.close_all()
    return name, example


@pytest.fixture
def example(
    postgres: ServerAddress, loaded: tuple[str, Example], django_db_blocker: pytest.FixtureRequest
) -> Iterator[Example]:
    """The example, in a database of this test's own."""
    name = own_name(f"example_{next(_numbers)}")
    create_database(postgres, name, template=loaded[0])
    with django_db_blocker.unblock():
        connect_django(postgres, name)
        yield loaded[1]
        connections.close_all()
    drop_database(postgres, name)


@pytest.fixture(scope="session")
def counted_councils(
    postgres: ServerAddress, template: str, django_db_blocker: pytest.FixtureRequest
) -> tuple[str, dict[int, UUID]]:
    """A database to copy with councils whose plans have 10, 100 and 1,000 actions, by that number."""
    name = own_name("counted")
    create_database(postgres, name, template=template)
    with django_db_blocker.unblock():
        connect_django(postgres, name)
        councils = {size: council_with(size)[0] for size in (10, 100, 1000)}
        connections.close_all()
    return name, councils


@pytest.fixture
def counting(
    postgres: ServerAddress,
    counted_councils: tuple[str, dict[int, UUID]],
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[dict[int, UUID]]:
    """Those councils in a database of this test's own. The plan of each is called "counting"."""
    name = own_name(f"counting_{next(_numbers)}")
    create_database(postgres, name, template=counted_councils[0])
    with django_db_blocker.unblock():
        connect_django(postgres, name)
        yield counted_councils[1]
        connections.close_all()
    drop_database(postgres, name)


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A visitor on this machine, whom the example signs in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site.address)
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext) -> Iterator[Page]:
    """A new page of that visitor; a test fails if the browser refuses anything or a script breaks."""
    with watched(signed_in) as opened:
        yield opened
