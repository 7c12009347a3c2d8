"""Pages for tests in a real browser: a server for a database, and Chromium to look at it.

There is one browser in a test run: the tests that look at pages all go to one process.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from support.needs import require_tool

from goldenthread.embedded import OWNER_ROLE, ServerAddress


@contextmanager
def served(postgres: ServerAddress, database: str, log: Path, **environment: str) -> Iterator[str]:
    """The address at which gunicorn serves a database to this machine, as the product's own command does."""
    port = _free_port()
    settings = os.environ | {
        "DATABASE_URL": postgres.url(database),
        "DATABASE_OWNER_URL": postgres.url(database, OWNER_ROLE),
        **environment,
    }
    listen = ("-b", f"127.0.0.1:{port}", "--threads", "4")
    command = [sys.executable, "-m", "gunicorn", "goldenthread.web.wsgi", *listen]
    with log.open("w") as output:
        server = subprocess.Popen(command, env=settings, stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/healthz", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # it keeps a loop running in this thread; Django would refuse it
    )
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def watched(visitor: BrowserContext) -> Iterator[Page]:
    """A new page of a visitor; a test fails if the browser refuses anything there or a script breaks."""
    page = visitor.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert not complaints, complaints


@contextmanager
def followed(page: Page) -> Iterator[None]:
    """What is done within leads to a page; the test goes on when that page is here, to its last line.

    A click alone returns while the old page still stands, or while the new one is half there: what is then counted,
    read or clicked may be either's.
    """
    with page.expect_navigation():
        yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The pages were not served:\n{log.read_text()[-3000:]}")
