"""Programs that take a file apart run by themselves, with a limit on their memory and time.

A damaged file may make a parser loop, ask for all memory, or end its process. Here that ends in a sentence.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goldenthread.documents.limits import (
    MOST_MEMORY,
    MOST_SECONDS,
    MOST_WAITING,
    damaged,
    too_hungry,
    too_slow,
)
from goldenthread.documents.model import DocumentError

if sys.platform == "linux":
    import resource

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_OUT_OF_TIME = {-int(getattr(signal, known)) for known in ("SIGXCPU", "SIGKILL") if hasattr(signal, known)}


def run_program(command: Sequence[str], content: bytes, name: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program on these bytes; raises `DocumentError` when it takes too long."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=_environment()) as running:
        _bound_time(running.pid)
        try:
            output, errors = running.communicate(content, timeout=MOST_WAITING)
        except subprocess.TimeoutExpired as error:
            running.kill()
            raise too_slow(name) from error
    if running.returncode in _OUT_OF_TIME:
        raise too_slow(name)
    return subprocess.CompletedProcess(command, running.returncode, output, errors)


def _bound_time(process: int) -> None:
    """Give a program its computing time. Where the system cannot, the waiting time is the limit."""
    if sys.platform == "linux":
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))


def _environment() -> dict[str, str]:
    """Nothing of ours but what programs need to start (on Windows that is SYSTEMROOT)."""
    kept = ("SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")
    return _ENVIRONMENT | {name: os.environ[name] for name in kept if name in os.environ}


def extract(module: str, content: bytes, name: str, what: str, *options: int) -> Any:
    """What one of our extraction modules finds in a file.

    Args:
        module: the file of the module in `goldenthread.documents.extraction`, without its ending.
        content: the file.
        name: its name, for messages.
        what: what it is, for messages ("PDF").
        options: what the module's `extract` takes after the content; plain values.

    Raises:
        DocumentError: when the file is damaged or needs too much time or memory.
    """
    program = Path(__file__).parent / "extraction" / "__main__.py"
    job = marshal.dumps((module, content, options, MOST_MEMORY))
    done = run_program([sys.executable, "-I", str(program)], job, name)
    if done.returncode != 0:
        if b"memory" in done.stderr.lower() or done.returncode == -int(signal.SIGABRT):
            raise too_hungry(name)
        raise damaged(name, what)
    kind, found = marshal.loads(done.stdout)  # our own program wrote it
    match kind:
        case "found":
            return found
        case "says":
            raise DocumentError(f"{name} {found}")
        case "memory":
            raise too_hungry(name)
        case _:
            raise damaged(name, what, found)
