"""Addresses of our static files that change when the files do, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static"


@cache
def address(name: str) -> str:
    """The address of a static file, ending in a digest of its content.

    Raises:
        FileNotFoundError: there is no such file.
    """
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"{static(name)}?v={digest}"
