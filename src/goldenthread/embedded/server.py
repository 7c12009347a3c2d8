"""The client's side: hold the lock, start the keeper if there is none, wait until PostgreSQL answers."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from goldenthread.embedded.shared import (
    SYSTEM_FOLDER,
    EmbeddedServerError,
    ServerAddress,
    ServerFiles,
    open_lock,
    try_lock,
)

PATIENCE = 60.0  # seconds for a start, which may first have to make the data directory or replay its log
STOPPING = 10.0  # seconds that a server gets to stop before it counts as in use
GLANCE = 0.02  # seconds between two looks while waiting


class EmbeddedServer:
    """The PostgreSQL server of one data folder, shared by all processes of one system user.

    Args:
        home: The data folder (GOLDENTHREAD_HOME). Made, for its owner alone, if it is not there. The server's files are
            in `home/postgres`. PostgreSQL will not run as root, so root's are in a folder of the system user
            `goldenthread` below `system_folder`, and `home/postgres` links to it.
        settings: PostgreSQL settings over the defaults, such as {"fsync": "off"} in tests. They count for whoever
            starts the server; a server that already runs keeps its own.
        system_folder: Where root's servers live.
    """

    def __init__(
        self, home: Path, *, settings: Mapping[str, str] | None = None, system_folder: Path = SYSTEM_FOLDER
    ) -> None:
        self.home = home.absolute()
        self.settings = dict(settings or {})
        self.system_folder = system_folder
        self._holders = 0
        self._in_use: int | None = None

    @contextmanager
    def running(self) -> Iterator[ServerAddress]:
        """Keep the server running for the length of a `with` block, which is given its address.

        Raises:
            EmbeddedServerError: The server could not be started.
        """
        address = self.acquire()
        try:
            yield address
        finally:
            self.release()

    def acquire(self) -> ServerAddress:
        """Make sure that the server runs and keeps running until `release`.

        It may be called again before that, and then looks again: after a lost connection it brings the server back,
        should its keeper have been killed. A process that forks shares its hold with its children: the server runs
        until the last of them has let go or ended.

        Raises:
            EmbeddedServerError: The server could not be started.
        """
        files = self.files()
        if self._in_use is None:
            self._in_use = open_lock(files.in_use)
        try:
            address = self._wait_until_ready(files, self._in_use)
        except BaseException:
            if self._holders == 0:
                self._let_go()
            raise
        self._holders += 1
        return address

    def release(self) -> None:
        """Give up one hold. The server stops within about half a second of the last one in any process."""
        if self._holders == 0:
            raise EmbeddedServerError("The embedded server was released more often than it was acquired.")
        self._holders -= 1
        if self._holders == 0:
            self._let_go()

    def destroy(self) -> None:
        """Delete the server with all its data, for tests and for starting over.

        Raises:
            EmbeddedServerError: Somebody uses it.
        """
        files = self.files()
        keeper, in_use = open_lock(files.keeper), open_lock(files.in_use)
        try:
            # The keeper ends once nobody uses the server; were `in_use` locked first, it would never see that.
            kept = not _lock_within(keeper, exclusive=True, seconds=STOPPING)
            if kept or not try_lock(in_use, exclusive=True):
                raise EmbeddedServerError(
                    f"The database in {self.home} is in use. Stop its programs, then try again."
                )
            with suppress(FileNotFoundError):
                shutil.rmtree(files.remembered_socket_folder.read_text(), ignore_errors=True)
            shutil.rmtree(files.folder)
            if (self.home / "postgres").is_symlink():
                (self.home / "postgres").unlink()
        finally:
            os.close(in_use)
            os.close(keeper)

    def files(self) -> ServerFiles:
        """Where the server's files are; the folders are made if they are not there.

        Raises:
            EmbeddedServerError: The data folder belongs to somebody else, or root's link to the database leads nowhere.
        """
        place = self.home / "postgres"
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.geteuid() == 0 and not place.exists() and not place.is_symlink():
                self._link_to_system_folder(place)
            elif not place.is_symlink():
                place.mkdir(mode=0o700, exist_ok=True)
            folder = place.resolve(strict=True)
            owner = folder.stat().st_uid
        except FileNotFoundError:
            raise EmbeddedServerError(
                f"{place} leads to {place.readlink()}, which is gone, and with it the database. "
                f"Restore a backup, or remove {place} to start with an empty one."
            ) from None
        except OSError as error:
            raise EmbeddedServerError(
                f"The data folder {self.home} cannot be used ({error.strerror}). "
                "Name another one in GOLDENTHREAD_HOME."
            ) from error
        if owner != os.geteuid():
            raise EmbeddedServerError(
                f"The database in {self.home} belongs to user number {owner}, and this is user number {os.geteuid()}. "
                "Run as that user, or name another folder in GOLDENTHREAD_HOME."
            )
        return ServerFiles(folder)

    def _link_to_system_folder(self, place: Path) -> None:
        for folder in (self.system_folder, self.system_folder / "servers"):
            if not folder.is_dir():
                folder.mkdir(mode=0o755, parents=True, exist_ok=True)
                folder.chmod(0o755)
        made = self.system_folder / "servers" / secrets.token_hex(4)
        made.mkdir()
        made.chmod(0o711)  # the system user passes through to its own folders inside
        try:
            place.symlink_to(made)
        except FileExistsError:  # another process was first
            made.rmdir()

    def _wait_until_ready(self, files: ServerFiles, in_use: int) -> ServerAddress:
        deadline = time.monotonic() + PATIENCE
        if not _lock_within(in_use, exclusive=False, seconds=PATIENCE):
            raise EmbeddedServerError(
                f"The database in {self.home} is stopping and does not end. See {files.log}."
            )
        waited = False
        while time.monotonic() < deadline:
            keeper = open_lock(files.keeper)
            try:
                if try_lock(keeper, exclusive=True):  # so nobody keeps the server
                    if waited and files.failure.exists():
                        raise EmbeddedServerError(files.failure.read_text())
                    self._start_keeper(files, keeper)
            finally:
                os.close(keeper)
            address = files.read_ready()
            if address and _answers(address):
                return address
            waited = True
            time.sleep(GLANCE)
        raise EmbeddedServerError(
            f"The database in {self.home} did not start within {PATIENCE:.0f} s. See {files.log}."
        )

    def _start_keeper(self, files: ServerFiles, keeper: int) -> None:
        """Start the keeper, which inherits the lock, so that there is never a second one."""
        files.ready.unlink(missing_ok=True)
        files.failure.unlink(missing_ok=True)
        told = json.dumps(
            {"folder": str(files.folder), "settings": self.settings, "system_folder": str(self.system_folder)}
        )
        command = [sys.executable, "-m", "goldenthread.embedded.keeper", str(keeper), told]
        if files.log.exists():
            files.log.replace(files.log.with_name("log.1"))
        with files.log.open("ab") as log:
            started = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[keeper],
                start_new_session=True,
                check=False,
            )
        if started.returncode != 0:
            raise EmbeddedServerError(
                f"The keeper of the database in {self.home} did not start. See {files.log}."
            )

    def _let_go(self) -> None:
        if self._in_use is not None:
            os.close(self._in_use)
        self._in_use = None


def _lock_within(descriptor: int, *, exclusive: bool, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not try_lock(descriptor, exclusive=exclusive):
        if time.monotonic() > deadline:
            return False
        time.sleep(GLANCE)
    return True


def _answers(address: ServerAddress) -> bool:
    """Whether something listens: PostgreSQL may have been killed, and the keeper not have seen it yet."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(f"{address.host}/.s.PGSQL.{address.port}")
        except OSError:
            return False
    return True
