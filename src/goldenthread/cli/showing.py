"""What commands print: progress while they work (to standard error, on a terminal), tables, dates, counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from rich.console import Console

    from goldenthread.plan.values import Anchor

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"])
"""The type of an option that is a day: 2022-09-30, 30/09/2022 or "30 September 2022"."""


def day_of(given: datetime | None) -> date | None:
    """The day that such an option gives."""
    return given.date() if given else None


def civil_today() -> date:
    """Today, as the council's clock has it."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 action", "64 actions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def place(anchors: tuple[Anchor, ...], file: str) -> str:
    """Where something stands, as compilers print it: "plan.txt:531"; without lines its page, table and row."""
    if not anchors:
        return file
    first = anchors[0]
    if first.line is not None:
        return f"{file}:{first.line}"
    named = {"page": first.page, "table": first.table, "row": first.row}
    return ":".join([file, *(f"{name} {number}" for name, number in named.items() if number is not None)])


def console() -> Console:
    """Where results are printed; plain text when it is no terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say what is being done for as long as it takes, where somebody is watching."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield
