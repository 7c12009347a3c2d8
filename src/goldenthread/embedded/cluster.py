"""One PostgreSQL data directory: made, started and stopped as a child of this process."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from goldenthread.embedded.programs import MAJOR_VERSION, Account, user_name
from goldenthread.embedded.shared import (
    APP_ROLE,
    OWNER_ROLE,
    PORT,
    SUPERUSER,
    EmbeddedServerError,
    ServerAddress,
    ServerFiles,
)

PR_SET_PDEATHSIG = 1  # linux/prctl.h
STATUS_LINE = 7  # of postmaster.pid, from 0 (PostgreSQL's pidfile.h, LOCK_FILE_LINE_PM_STATUS)

# A computer that somebody also works on: little memory, few processes, every commit on disk before it is acknowledged.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": "goldenthread",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
}

# What PostgreSQL says while the processes of a killed predecessor are still going.
STILL_GOING = ('lock file "postmaster.pid" already exists', "pre-existing shared memory block")

_libc = ctypes.CDLL(None, use_errno=True)


class Cluster:
    """The data directory in `files`, run with `programs` by `account` (None: by the user of this process)."""

    def __init__(
        self, files: ServerFiles, programs: Path, account: Account | None, settings: Mapping[str, str]
    ) -> None:
        self.files = files
        self.programs = programs
        self.account = account
        self.settings = {**SETTINGS, **settings}
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make the data directory if there is none, as a whole or not at all.

        Raises:
            EmbeddedServerError: It cannot be made, or is of another PostgreSQL version.
        """
        if not self.files.data.exists():
            partial = self.files.data.with_name("data.partial")
            if partial.exists():
                shutil.rmtree(partial)
            self._own_folder(partial)
            initdb = self._child(
                "initdb",
                f"--pgdata={partial}",
                f"--username={SUPERUSER}",
                "--auth=peer",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                signal_at_death=signal.SIGKILL,
            )
            if initdb.wait() != 0:
                raise EmbeddedServerError(f"The database could not be set up:\n{log_tail(self.files)}")
            partial.rename(self.files.data)
        version = (self.files.data / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise EmbeddedServerError(
                f"{self.files.data} was made by PostgreSQL {version}, and this is PostgreSQL {MAJOR_VERSION}. "
                "Make a backup with the release that you used before, then restore it with this one."
            )

    def start(self, patience: float) -> ServerAddress:
        """Start PostgreSQL and wait until it answers.

        Args:
            patience: Seconds that the processes of a killed predecessor get to end.

        Raises:
            EmbeddedServerError: It ended instead; the message holds the end of its log.
        """
        self._write_who_may_enter()
        address = ServerAddress(host=str(self._own_folder(self.files.socket_folder())))
        deadline = time.monotonic() + patience
        while not self._started(address):
            told = log_tail(self.files)
            if not any(phrase in told for phrase in STILL_GOING) or time.monotonic() > deadline:
                raise EmbeddedServerError(f"The database did not start. The end of {self.files.log}:\n{told}")
            time.sleep(0.1)
        return address

    def stop(self) -> None:
        """Stop PostgreSQL in order (its "fast" shutdown: open transactions are rolled back)."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    def _started(self, address: ServerAddress) -> bool:
        settings = {**self.settings, "unix_socket_directories": f'"{address.host}"'}
        self.process = self._child(
            "postgres",
            "-D",
            str(self.files.data),
            *(f"--{name}={value}" for name, value in settings.items()),
            signal_at_death=signal.SIGINT,
        )
        while self.process.poll() is None:
            if self._says_ready(self.process.pid):
                return True
            time.sleep(0.01)
        return False

    def _says_ready(self, pid: int) -> bool:
        """Whether postmaster.pid is this process's and says that it takes connections (as pg_ctl reads it)."""
        try:
            lines = (self.files.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATUS_LINE and lines[0] == str(pid) and lines[STATUS_LINE].strip() == "ready"

    def _child(
        self, program: str, *arguments: str, signal_at_death: signal.Signals
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self.programs / program, *arguments],
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
            umask=0o077,
            user=self.account.user if self.account else None,
            group=self.account.group if self.account else None,
            extra_groups=[] if self.account else None,
            # The kernel forgets the wish when a process changes its user; Popen changes it before it calls this.
            preexec_fn=_signal_when_parent_ends(signal_at_death, os.getpid()),  # noqa: PLW1509 (one thread)
        )

    def _own_folder(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.user, self.account.group)
        return folder

    def _write_who_may_enter(self) -> None:
        """Let in the one system user who owns this server, under any of its three database roles, and nobody else."""
        user = user_name().replace('"', '""')
        for name, lines in (
            ("pg_hba.conf", ["local all all peer map=owner"]),
            ("pg_ident.conf", [f'owner "{user}" {role}' for role in (SUPERUSER, OWNER_ROLE, APP_ROLE)]),
        ):
            path = self.files.data / name
            path.write_text("\n".join(lines) + "\n")
            if self.account:
                os.chown(path, self.account.user, self.account.group)


def log_tail(files: ServerFiles, lines: int = 8) -> str:
    """The last lines of the server's log."""
    return "\n".join(files.log.read_text(errors="replace").splitlines()[-lines:])


def _signal_when_parent_ends(number: signal.Signals, parent: int) -> Callable[[], None]:
    def ask_kernel() -> None:
        if _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0 or os.getppid() != parent:
            os._exit(1)

    return ask_kernel
