"""Packed files (Word, OpenDocument, workbooks are ZIP archives): what they hold, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
import zlib

from goldenthread.documents.limits import (
    LARGEST_UNPACKED,
    MOST_ENTRIES,
    damaged,
    too_many,
    unpacks_to_too_much,
)
from goldenthread.documents.model import DocumentError

_PIECE = 2**18
_PACKED = b"PK\x03\x04"
_ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def names_in(content: bytes, name: str) -> tuple[str, ...]:
    """The names of what is packed in a file, and of its media type where it says one ("mimetype=...").

    Raises:
        DocumentError: when it is no archive that can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = tuple(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return (*names, f"mimetype={archive.read('mimetype').decode('ascii', 'replace').strip()}")
            return names
    except _BROKEN as error:
        raise damaged(name, "Word, OpenDocument or Excel file", str(error)) from error


def check_archive(content: bytes, name: str) -> None:
    """Unpack a file piece by piece, keeping nothing, to see that it holds no more than it may.

    Sizes that an archive states are not believed. Archives inside of it count with what they unpack to.

    Raises:
        DocumentError: when it holds too much or too many files, is locked, damaged, or defines XML entities.
    """
    try:
        _unpack(content, name, LARGEST_UNPACKED, depth=0)
    except _BROKEN as error:
        raise damaged(name, "Word, OpenDocument or Excel file", str(error)) from error


def _unpack(content: bytes, name: str, left: int, depth: int) -> int:
    """How much of what may be unpacked is left after this archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise too_many(name, "files packed in it", MOST_ENTRIES, "save it anew without its pictures")
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise DocumentError(f"{name} is locked with a password: save it without one.")
            left = _unpack_entry(archive, entry, name, left, depth)
    return left


def _unpack_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int, depth: int) -> int:
    if entry.file_size > left:
        raise unpacks_to_too_much(name)
    inner = bytearray()
    before, first = b"", True
    with archive.open(entry) as packed:
        while piece := packed.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise unpacks_to_too_much(name)
            if any(word in before + piece for word in _ENTITY):
                raise DocumentError(f"{name} defines XML entities, which are not read: save it anew.")
            before = piece[-20:]
            if inner or (first and piece.startswith(_PACKED)):
                inner += piece
            first = False
    if inner:
        if depth == 2:
            raise unpacks_to_too_much(name)
        left = _unpack(bytes(inner), name, left, depth + 1)
    return left
