"""A sheet to fill in, as both writers of such sheets take it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormColumn:
    """A column of a form.

    `width` is in characters. Cells of an `open` column can be typed in, all others are locked. `choices` are offered as
    a list, and nothing else is taken; `longest` is the most characters that are; `hint` is shown beside the cell.
    """

    heading: str
    width: int
    open: bool = False
    hidden: bool = False
    choices: tuple[str, ...] = ()
    longest: int | None = None
    hint: str = ""


@dataclass(frozen=True)
class FormSheet:
    """A protected sheet, without a password: so many columns from the left stay in view, as the headings do.

    Every cell is text, and what is typed stays text: nothing is taken for a formula, a number or a date.
    """

    name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    frozen: int = 0
    hidden: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(column.heading for column in self.columns)
