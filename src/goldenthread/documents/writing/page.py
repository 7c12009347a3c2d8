"""A document as one web page that needs nothing else: no script, no other file, and it prints on A4."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import panflute as pf

from goldenthread.documents.writing.office import pandoc
from goldenthread.documents.writing.report_page import SHADES, Page

_TEMPLATES = files("goldenthread.documents.writing") / "templates"


def page_bytes(
    tree: Any, title: str, subtitle: str, page: Page, more: Mapping[str, str] | None = None
) -> bytes:
    """A tree (`panflute.Doc`) as an HTML page; `page` gives what stands at its head and foot.

    Raises:
        DocumentError: when pandoc does not run or refuses.
    """
    source = io.StringIO()
    pf.dump(tree, source)
    words = {
        "pagetitle": f"{title} – {subtitle}",
        "title": title,
        "subtitle": subtitle,
        "header": page.header,
        "footer": page.footer,
        "marking": page.marking,
        **(more or {}),
    }
    with TemporaryDirectory() as folder:
        template = Path(folder, "page.html")
        template.write_text((_TEMPLATES / "page.html").read_text(encoding="utf-8"), encoding="utf-8")
        told = [f"--variable={name}={escape(value)}" for name, value in words.items()]
        options = [
            "--standalone",
            "--wrap=none",
            f"--template={template}",
            *told,
            f"--variable=style={_style()}",
        ]
        return pandoc(["-f", "json", "-t", "html5-auto_identifiers", *options], source.getvalue().encode())


def _style() -> str:
    shades = "".join(
        f".{class_name(name)} {{ background: #{fill}; color: #{ink}; }}\n"
        for name, (fill, ink) in SHADES.items()
    )
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8") + shades


def class_name(shade: str) -> str:
    """The class of a shade: "RatingNotStarted" is "rating-not-started"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", shade).lower()
