"""What commands print: progress while they work (to standard error, on a terminal), tables, dates, counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from goldenthread.plan.days import is_near

if TYPE_CHECKING:
    from rich.console import Console

    from goldenthread.plan.values import Anchor


class _Day(click.DateTime):
    """A day within the centuries of which a plan can speak."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day; a usage error where it is centuries away."""
        found: datetime = super().convert(value, param, ctx)
        if not is_near(found.date()):
            self.fail(f"{value} is centuries away. Enter a day such as 2022-09-30.", param, ctx)
        return found


DAY = _Day(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"])
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
