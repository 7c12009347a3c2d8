"""A look at the processes that belong to an embedded server, for tests that kill them."""

import time
from collections.abc import Callable

import psutil

from goldenthread.embedded import EmbeddedServer


def processes_of(server: EmbeddedServer) -> list[psutil.Process]:
    """Every living process of a server: its keeper, initdb, the postmaster and all that the postmaster started."""
    folder = str(server.files().folder)
    found = []
    for process in psutil.process_iter():
        try:
            mine = folder in " ".join(process.cmdline()) or process.cwd().startswith(folder)
            if mine and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:  # ended while we looked
            continue
    return found


def keeper_of(server: EmbeddedServer) -> psutil.Process:
    """The keeper of a running server."""
    (keeper,) = (p for p in processes_of(server) if "goldenthread.embedded.keeper" in p.cmdline())
    return keeper


def postmaster_of(server: EmbeddedServer) -> psutil.Process:
    """PostgreSQL's first process of a running server."""
    return psutil.Process(int((server.files().data / "postmaster.pid").read_text().splitlines()[0]))


def wait_until(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
