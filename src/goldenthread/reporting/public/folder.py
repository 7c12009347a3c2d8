"""Writing the public pages into a folder: built beside it, then put in its place. No folder of others is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

MARKER = ".goldenthread-public-pages"
_SAYS = "Golden Thread wrote this folder and replaces all of it when it publishes again.\n"


class NotOurs(ValueError):
    """The folder holds something that was not written by us, so it is left alone."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold these files and no other. Whoever reads it meanwhile sees the old pages or the new ones.

    Raises:
        NotOurs: The folder is there, is not empty, and has not our marker; or the path is a file or a link.
        OSError: The disk refuses. The old folder is then as it was.
    """
    target = folder.absolute()
    refuse_others(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        new, old = beside / "new", beside / "old"
        _fill(new, {**files, MARKER: _SAYS.encode()})
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse_others(folder: Path) -> None:
    """Go on only if the folder may be replaced.

    Raises:
        NotOurs: as `write_folder`.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOurs(f"{folder} is not a folder. Name a folder that is new, empty or was published before.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise NotOurs(
            f"{folder} holds files that Golden Thread did not write, so it is left alone. Name another folder."
        )


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o755)
    made = {folder}
    for path, content in files.items():
        place = folder / path
        if ".." in place.parts or not place.is_relative_to(folder):
            raise ValueError(f"{path} would lie outside of {folder}.")
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_bytes(content)
