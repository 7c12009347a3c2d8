"""Commands are run as people run them: as processes; or, where many are needed on one record, in this process."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from plugins.database import TestDatabase, set_up_django

from goldenthread.cli.main import main

set_up_django()


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    status: int | str | None
    out: str
    err: str


Invoke = Callable[..., Ended]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = (sys.executable, "-c", "from goldenthread.cli.main import main; main()")
OURS = ("GOLDENTHREAD_", "DATABASE_", "DJANGO_")


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what other tests set, and with this data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "GOLDENTHREAD_HOME": str(home), "COLUMNS": "200", **(more or {})}


def runner(home: Path) -> Run:
    """Runs `goldenthread ...` on this data folder and gives status, output and errors."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        words = [*COMMAND, *map(str, arguments)]
        return subprocess.run(
            words,
            env=environment(home, more),
            cwd=home.parent,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def bare(tmp_path: Path) -> Run:
    """Commands on a data folder that is not there yet."""
    return runner(tmp_path / "home")


SMALL_PLAN = Path(__file__).with_name("small-plan.md")


@pytest.fixture
def empty(council_db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Commands in this process, on a database of the test's own that holds nothing.

    Django is connected to it already, so its address is only there to say that none need be started.
    """
    monkeypatch.setenv("DATABASE_URL", council_db.dsn())
    return invoke


@pytest.fixture
def held(empty: Invoke) -> Invoke:
    """Commands in this process, on a database of the test's own that holds the small plan."""
    imported = empty("import", SMALL_PLAN, "--effective", "7 June 2022")
    assert imported.status == 0, imported.err
    return empty


def invoke(*arguments: object) -> Ended:
    """Run `goldenthread ...` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return Ended(ended.value.code, out.getvalue(), err.getvalue())
