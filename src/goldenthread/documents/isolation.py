"""Programs that take a file apart run by themselves, with a limit on their memory and time.

A damaged file may make a parser loop, ask for all memory, or end its process. Here that ends in a sentence.
"""

from __future__ import annotations

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

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_OUT_OF_TIME = {-int(getattr(signal, known)) for known in ("SIGXCPU", "SIGKILL") if hasattr(signal, known)}


def run_program(command: Sequence[str], content: bytes, name: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program on these bytes; raises `DocumentError` when it takes too long."""
    try:
        return subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_WAITING, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise too_slow(name) from error


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
    limits = {"memory": MOST_MEMORY, "seconds": MOST_SECONDS}
    job = marshal.dumps((module, content, options, limits))
    done = run_program([sys.executable, "-I", str(program)], job, name)
    if done.returncode in _OUT_OF_TIME:
        raise too_slow(name)
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
