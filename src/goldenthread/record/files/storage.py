"""Keeping content by its hash, under `GOLDENTHREAD_HOME/files`.

A file is written and synced before the commit that names it, so that no row ever names a file that is not there; a file
that no commit came to name is swept later.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from goldenthread.record.models.files import StoredFile
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register

PATIENCE = 24 * 3600
"""How long an unnamed file is left alone, in seconds: the commit that names it may still come."""


def keep(content: bytes) -> str:
    """Store the content and give its SHA-256 in hexadecimal. When this returns, it is on the disk."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        os.utime(path)  # a sweep that is under way now leaves it alone
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)
    return digest


def content_of(sha256: str) -> bytes:
    """The content with this hash.

    Raises:
        FileNotFoundError: It is not kept.
        OSError: What is on disk is not what was stored.
    """
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OSError(f"{path_of(sha256)} is not what was stored. Restore it from a backup.")
    return content


def path_of(sha256: str) -> Path:
    """Where content of this hash is, or would be."""
    return _folder() / sha256[:2] / sha256[2:]


def sweep(older_than: float = PATIENCE) -> int:
    """Delete files that no council's record names, and remains of interrupted writing. Gives how many."""
    named: set[str] = set()
    for council in council_register():
        with council_scope(council.id):
            named.update(StoredFile.objects.values_list("sha256", flat=True))
    before = time.time() - older_than
    unnamed = [path for path in _files() if path.parent.name + path.name not in named]
    old = [path for path in unnamed if path.stat().st_mtime < before]
    for path in old:
        path.unlink()
    return len(old)


def _folder() -> Path:
    return Path(settings.HOME) / "files"


def _files() -> Iterator[Path]:
    return (path for path in _folder().glob("??/*") if path.is_file())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
