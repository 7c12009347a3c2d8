"""Pandoc, run by itself: without files or network, with a limit on its memory and time."""

from __future__ import annotations

import io
import json
import signal
from functools import cache
from typing import Any

import panflute as pf
import pypandoc

from goldenthread.documents.isolation import run_program
from goldenthread.documents.limits import MB, MOST_MEMORY, damaged, too_hungry
from goldenthread.documents.model import DocumentError

_HEAP_EXHAUSTED = 251
_HEAP = MOST_MEMORY * 5 // 8
"""What pandoc may hold; collecting what it no longer holds, and its own code, take the rest of the memory."""


@cache
def _pandoc() -> str:
    return str(pypandoc.get_pandoc_path())


def read_through_pandoc(content: bytes, reader: str, name: str, what: str) -> Any:
    """The tree (`panflute.Doc`) that pandoc makes of these bytes.

    Args:
        content: the file; text in UTF-8.
        reader: pandoc's name for the format, with its extensions.
        name: the file's name, for messages.
        what: what it is, for messages ("Word document").

    Raises:
        DocumentError: when pandoc cannot read it, or needs too much time or memory.
    """
    runtime = ["+RTS", f"-M{_HEAP // MB}M", "-RTS"]
    try:
        done = run_program([_pandoc(), *runtime, "--sandbox", "-f", reader, "-t", "json"], content, name)
    except OSError as error:
        raise DocumentError(f"{name}: pandoc does not run ({error.strerror}): install it anew.") from error
    if done.returncode == _HEAP_EXHAUSTED or done.returncode == -int(signal.SIGKILL):
        raise too_hungry(name)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").splitlines()
        raise damaged(name, what, next((line for line in said if not line.startswith("[WARNING]")), ""))
    return _loaded(done.stdout, name, what)


def _loaded(output: bytes, name: str, what: str) -> Any:
    try:
        return pf.load(io.StringIO(output.decode("utf-8")))
    except (ValueError, TypeError, KeyError, IndexError, AssertionError, json.JSONDecodeError) as error:
        raise damaged(name, what, str(error)) from error
    except RecursionError as error:
        raise damaged(name, what, "it is nested too deeply") from error
