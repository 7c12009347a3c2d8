"""What a client and the keeper agree on: names of roles, the files of one server, its address, its errors."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

SUPERUSER = "postgres"
OWNER_ROLE = "goldenthread_owner"
APP_ROLE = "goldenthread_app"
DATABASE = "goldenthread"
PORT = 5432  # only part of the socket's name: nothing listens on a network port

SYSTEM_FOLDER = Path("/var/lib/goldenthread")
SYSTEM_USER = "goldenthread"

LONGEST_SOCKET_PATH = 107  # bytes: sun_path of sockaddr_un is 108 with its closing zero (unix(7))


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL server cannot be started or reached; the message says what to do."""


@dataclass(frozen=True)
class ServerAddress:
    """Where a running server listens: a folder that holds its Unix socket, and the number in the socket's name."""

    host: str
    port: int = PORT

    def dsn(self, database: str = DATABASE, user: str = APP_ROLE) -> str:
        """The address as a psycopg connection string, for `user` in `database`."""
        quoted = self.host.replace("\\", r"\\").replace("'", r"\'")
        return f"host='{quoted}' port={self.port} dbname={database} user={user}"

    def url(self, database: str = DATABASE, user: str = APP_ROLE) -> str:
        """The address as a `postgresql://` URL, for settings such as DATABASE_URL."""
        return f"postgresql:///{database}?{urlencode({'host': self.host, 'port': self.port, 'user': user})}"


@dataclass(frozen=True)
class ServerFiles:
    """The files of one server, all inside `folder`."""

    folder: Path

    @property
    def in_use(self) -> Path:
        """Lock held shared by every client; whoever can hold it alone knows that nobody needs the server."""
        return self.folder / "in-use.lock"

    @property
    def keeper(self) -> Path:
        """Lock held by the keeper for as long as it lives."""
        return self.folder / "keeper.lock"

    @property
    def ready(self) -> Path:
        """The address, there only while the server answers."""
        return self.folder / "ready.json"

    @property
    def failure(self) -> Path:
        """Why the last start failed, in words."""
        return self.folder / "failure.txt"

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What PostgreSQL and the keeper said since the keeper started; the run before is in `log.1`."""
        return self.folder / "log"

    @property
    def remembered_socket_folder(self) -> Path:
        """Names the private temporary folder that holds the socket when `folder` is too long a path for one."""
        return self.folder / "socket-folder.txt"

    def write_ready(self, address: ServerAddress) -> None:
        """Say that the server answers, in one step."""
        write_whole(self.ready, json.dumps({"host": address.host, "port": address.port}))

    def read_ready(self) -> ServerAddress | None:
        """The address if the server says that it answers."""
        try:
            told = json.loads(self.ready.read_text())
        except FileNotFoundError:
            return None
        return ServerAddress(host=told["host"], port=told["port"])

    def socket_folder(self) -> Path:
        """The folder for the socket: inside `folder`, or a private temporary one if that makes too long a path."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return inside
        with suppress(FileNotFoundError):
            remembered = Path(self.remembered_socket_folder.read_text())
            found = remembered.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == self.data.stat().st_uid:
                return remembered
        private = Path(tempfile.mkdtemp(prefix="goldenthread-"))
        write_whole(self.remembered_socket_folder, str(private))
        return private


def write_whole(path: Path, text: str) -> None:
    """Write a file that others may be reading: they see the old text or the new, never a part."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text)
    partial.replace(path)


def try_lock(descriptor: int, *, exclusive: bool) -> bool:
    """Take a lock on an open file if it can be had at once. The lock goes when the last copy of the file is closed."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> int:
    """Open a lock file, made if need be, for `try_lock`."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
