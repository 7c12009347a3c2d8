"""Keeping a file that came or was made: its content under its hash, and the row by which the record names it."""

from __future__ import annotations

from pathlib import PurePath

from goldenthread.record.actor import Actor
from goldenthread.record.files.storage import keep
from goldenthread.record.models.files import StoredFile


def keep_file(*, actor: Actor, kind: str, name: str, content: bytes, media_type: str) -> StoredFile:
    """Keep a file, in the scope of the caller. The same content of the same kind is one file, under its first name."""
    file, _ = StoredFile.objects.get_or_create(
        council_id=actor.council,
        sha256=keep(content),
        kind=kind,
        defaults={"name": name, "size": len(content), "media_type": media_type},
    )
    return file


def printable_name(name: str, longest: int, otherwise: str) -> str:
    """A name as a browser sent it, which proves nothing, as lists and messages show it: its last part, cut to the last
    so many characters, without those that cannot be printed; other words where nothing is left."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[-longest:] or otherwise
