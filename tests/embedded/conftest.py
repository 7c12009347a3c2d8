"""Servers for tests, each deleted afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldenthread.embedded import EmbeddedServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server with its data directory, not running: each test holds it as it needs."""
    made = EmbeddedServer(tmp_path_factory.mktemp("home"))
    yield made
    made.destroy()


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server whose data directory has yet to be made."""
    made = EmbeddedServer(tmp_path / "home")
    yield made
    made.destroy()
