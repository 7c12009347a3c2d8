"""Commands are run as people run them: as processes, each test folder with a data folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from goldenthread.embedded import EmbeddedServer
from goldenthread.examples import example_plan_path

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


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder into which the example plan was imported."""
    folder = tmp_path_factory.mktemp("cli") / "home"
    imported = runner(folder)("import", example_plan_path())
    assert imported.returncode == 0, imported.stderr
    yield folder
    EmbeddedServer(folder).destroy()


@pytest.fixture
def held(home: Path) -> Run:
    """Commands on that data folder."""
    return runner(home)
