"""`goldenthread demo` and `goldenthread serve`: real processes, on this machine only."""

from __future__ import annotations

import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from goldenthread.cli import demonstrating
from goldenthread.documents import read_document
from goldenthread.embedded import EmbeddedServer
from goldenthread.examples import example_plan_path
from goldenthread.reading import read_plan

from .conftest import COMMAND, environment, free_port, runner

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the demonstration has its data."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    yield home
    EmbeddedServer(home / "demo").destroy()


@contextmanager
def serving(home: Path, command: str) -> Iterator[tuple[str, list[str]]]:
    """The address and the printed lines of a server that is stopped as Ctrl+C stops it."""
    words = [*COMMAND, command, "--port", str(free_port())]
    around = environment(home, {"PYTHONUNBUFFERED": "1"})
    lines: list[str] = []
    with subprocess.Popen(
        words, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                lines.append(line)
                if found := re.search(r"http://\S+", line):
                    yield found[0], lines
                    break
            else:
                pytest.fail("".join(lines))
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0, "".join(lines)


def test_the_day_is_that_of_the_example_s_approval() -> None:
    assert read_plan(read_document(example_plan_path())).approved_on == demonstrating.OPENED_ON


def test_a_first_run_opens_the_plan_and_a_second_finds_it(folder: Path) -> None:
    with serving(folder, "demo") as (address, lines):
        assert "64 actions" in lines[0]
        assert address.startswith("http://localhost:")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with opener.open(address) as response:
            page = response.read().decode()
        assert response.status == 200
        assert "64 actions" in page
        assert "7 June 2022" in page
        assert "example" in page.lower()
    started = time.monotonic()
    again = runner(folder)("demo", "--load-only")
    assert "loaded already" in again.stdout
    assert time.monotonic() - started < 15
    verified = runner(folder / "demo")("verify")
    assert verified.returncode == 0
    assert verified.stdout.count("every link sound") == 1


def test_the_example_is_not_served_to_others(folder: Path) -> None:
    runner(folder)("demo", "--load-only")
    done = runner(folder / "demo")("serve", "--host", "0.0.0.0", "--port", free_port())
    assert done.returncode == 2
    assert "example plan" in done.stderr


def test_serve_asks_people_to_sign_in(folder: Path) -> None:
    runner(folder)("demo", "--load-only")
    with serving(folder / "demo", "serve") as (address, _), urllib.request.urlopen(address) as response:
        assert response.status == 200
        assert "Sign in" in response.read().decode()


def test_doctor_finds_this_machine_well(folder: Path) -> None:
    runner(folder)("demo", "--load-only")
    done = runner(folder / "demo")("doctor")
    assert done.returncode == 0, done.stdout
    names = [line.removeprefix("ok    ").split(":")[0] for line in done.stdout.splitlines()]
    assert names == ["Python", "Data folder", "Disk", "Pandoc", "PostgreSQL", "Migrations"]
    assert "all applied" in done.stdout


def test_doctor_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    done = runner(tmp_path / "file")("doctor")
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if "Data folder" in line)
    assert line.startswith("FAIL")
    assert "GOLDENTHREAD_HOME" in line


def test_the_demonstration_does_not_touch_the_council_s_own_data(folder: Path) -> None:
    runner(folder)("demo", "--load-only")
    assert sorted(path.name for path in folder.iterdir()) == ["demo"]
