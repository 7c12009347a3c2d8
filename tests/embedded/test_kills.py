"""kill -9 of any part at any moment: nothing stays behind, nothing committed is lost, the next start works."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import psycopg
import pytest
from support.processes import keeper_of, postmaster_of, processes_of, wait_until

from goldenthread.embedded import SUPERUSER, EmbeddedServer, ServerAddress

HOLD = (
    "import sys, time, pathlib; from goldenthread.embedded import EmbeddedServer;"
    "EmbeddedServer(pathlib.Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def address(server: EmbeddedServer) -> Iterator[ServerAddress]:
    """A running server in whose table one row is committed, one is written and not committed."""
    with server.running() as address:
        with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
            connection.execute("DROP TABLE IF EXISTS kept")
            connection.execute("CREATE TABLE kept (words text)")
            connection.execute("INSERT INTO kept VALUES ('committed')")
        open_transaction = psycopg.connect(address.dsn(SUPERUSER, SUPERUSER))
        open_transaction.execute("INSERT INTO kept VALUES ('not committed')")
        yield address
        open_transaction.close()
    assert wait_until(lambda: processes_of(server) == [])


def kept(address: ServerAddress) -> list[str]:
    with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM kept")]


def kill(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # it may have ended with one that was killed before it
            process.kill()
    assert wait_until(lambda: not any(lives(process) for process in processes))


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(
    "victims",
    [
        pytest.param(lambda s: [postmaster_of(s)], id="postmaster"),
        pytest.param(lambda s: [keeper_of(s)], id="keeper"),
        pytest.param(lambda s: [keeper_of(s), postmaster_of(s)], id="keeper, postmaster"),
        pytest.param(lambda s: [postmaster_of(s), keeper_of(s)], id="postmaster, keeper"),
        pytest.param(processes_of, id="everything"),
    ],
)
def test_killed_under_its_clients(
    server: EmbeddedServer,
    address: ServerAddress,
    victims: Callable[[EmbeddedServer], list[psutil.Process]],
) -> None:
    before = processes_of(server)
    kill(*victims(server))
    with server.running() as again:
        assert kept(again) == ["committed"]
        if (
            keeper_of(server) not in before
        ):  # a new keeper has a new server, and nothing of the old one is left
            assert set(processes_of(server)).isdisjoint(before)


def test_without_its_keeper_nothing_goes_on(server: EmbeddedServer, address: ServerAddress) -> None:
    kill(keeper_of(server))
    assert wait_until(lambda: processes_of(server) == [])


def test_a_killed_postmaster_comes_back_by_itself(server: EmbeddedServer, address: ServerAddress) -> None:
    killed = postmaster_of(server)
    kill(killed)
    assert wait_until(lambda: server.files().ready.exists() and postmaster_of(server) != killed)
    assert kept(address) == ["committed"]


def test_a_killed_client_keeps_nothing_running(server: EmbeddedServer) -> None:
    client = subprocess.Popen([sys.executable, "-c", HOLD, server.home], stdout=subprocess.PIPE)
    with client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"held\n"
        assert len(processes_of(server)) > 2
        client.kill()
    assert wait_until(lambda: [p for p in processes_of(server) if p.pid != client.pid] == [])


@pytest.mark.parametrize("seconds", [0.15, 0.3, 0.5, 0.8])
def test_killed_during_its_first_start(fresh_server: EmbeddedServer, seconds: float) -> None:
    client = subprocess.Popen([sys.executable, "-c", HOLD, fresh_server.home], stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    client.kill()
    client.wait()
    kill(*processes_of(fresh_server))
    assert wait_until(lambda: processes_of(fresh_server) == [])

    with fresh_server.running() as address, psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        assert connection.execute("SELECT count(*) FROM pg_database").fetchone() == (3,)
