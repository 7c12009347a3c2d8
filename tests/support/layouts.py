"""Other layouts of the same plan, made on the text of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

COLUMNS = 6
_THEME = re.compile(r"^Theme (\d) – ")
_SHIFTED_LEFT = ("Corporate Peer Challenge (pg 24)\t", "Grant Thornton Improvement Rec 24\t")
_SHIFTED_RIGHT = ("\tEffective Local Structures\t", "\t\tCorporate Peer Challenge Rec 14\t")


def is_row(line: str) -> bool:
    """Whether a line is a row of a delivery plan (its header rows left out)."""
    return line.count("\t") >= COLUMNS - 2 and not line.startswith("Workstream\t")


def _each_row(text: str, change: Callable[[list[str]], list[str]], *, headers: bool = False) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if is_row(line) or (headers and line.startswith("Workstream\t")):
            lines[number] = "\t".join(change(line.split("\t")))
    return "\n".join(lines)


def unshifted(text: str) -> str:
    """The plan with the four rows that were printed in the wrong columns put back, as a person would."""

    def put_back(cells: list[str]) -> list[str]:
        line = "\t".join(cells)
        if line.startswith(_SHIFTED_LEFT):
            return ["", *cells]
        return [*cells[1:], ""] if line.startswith(_SHIFTED_RIGHT) else cells

    return _each_row(text, put_back)


def in_other_order(text: str, order: Sequence[int]) -> str:
    """The delivery plans with their columns in another order."""

    def put(cells: list[str]) -> list[str]:
        padded = cells + [""] * (COLUMNS - len(cells))
        return [*(padded[column] for column in order), *padded[COLUMNS:]]

    return _each_row(text, put, headers=True)


def shifted(text: str, rows: Iterable[int], side: str) -> str:
    """The plan with the cells of these lines (from 0) one column further to the left or right."""
    lines = text.split("\n")
    for row in rows:
        cells = lines[row].split("\t")
        lines[row] = "\t".join(cells[1:] if side == "left" else ["", *cells])
    return "\n".join(lines)


def chapters(text: str) -> tuple[str, list[str]]:
    """What stands before the themes, and the text of each theme."""
    starts = [match.start() for match in re.finditer(_THEME.pattern, text, re.MULTILINE)]
    ends = [*starts[1:], len(text)]
    return text[: starts[0]], [text[a:b].rstrip("\n") for a, b in zip(starts, ends, strict=True)]


def themes_reordered(text: str, order: Sequence[int], *, renumbered: bool) -> str:
    """The plan with its themes in another order, under their old numbers or under new ones."""
    before, themes = chapters(text)
    moved = [themes[old] for old in order]
    if renumbered:
        moved = [_THEME.sub(f"Theme {new} – ", theme) for new, theme in enumerate(moved, start=1)]
    return before + "\n\n\n".join(moved) + "\n"


def with_blank_lines(text: str) -> str:
    """A second blank line wherever there is one, and some between the items of lists and the rows of tables."""
    doubled = re.sub(r"\n\n", "\n\n\n", text)
    lines = doubled.split("\n")
    spread = []
    for number, line in enumerate(lines):
        spread.append(line)
        if number % 3 == 0 and (is_row(line) or line.lstrip().startswith("- ")):
            spread.append("")
    return "\n".join(spread)


# --- Markdown -------------------------------------------------------------------------------------------------

_CHAPTER = re.compile(r"^(Theme|Section) \w+ [–-] ")
_SPECIAL = re.compile(r"([\\`*_\[\]#|])")


def as_markdown(text: str) -> str:
    """The plan as somebody would write it in Markdown: # headings, pipe tables, lists."""
    lines = text.split("\n")
    written: list[str] = []
    for number, line in enumerate(lines):
        inside_table = number > 0 and "\t" in lines[number - 1]
        if "\t" in line:
            written.extend(_table_row(line, first=not inside_table))
        elif match := re.match(r"^(\s*)- (.*)$", line):
            written.append(f"{'    ' if match[1] else ''}- {match[2].removeprefix('▶ ')}")
        elif line.strip() and _alone(lines, number):
            written += ["", f"{'#' if number == 0 or _CHAPTER.match(line) else '##'} {line.strip()}", ""]
        else:
            written += ["", line.strip()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written))


def _alone(lines: Sequence[str], number: int) -> bool:
    """A short line by itself that is no sentence: what anybody would make a heading."""
    line = lines[number].strip()
    near = [lines[n] for n in (number - 1, number + 1) if 0 <= n < len(lines)]
    short = len(line) < 90 and line[0].isupper() and line[-1] not in ".,;?"
    if line.endswith(":"):
        short = line.istitle() or line in ("Workstreams and Aims:", "Evidence of Success:")
    return short and not any(other.strip() and "\t" not in other for other in near)


def _table_row(line: str, *, first: bool) -> list[str]:
    row = "| " + " | ".join(cell.strip().replace("|", r"\|") for cell in line.split("\t")) + " |"
    if not first:
        return [row]
    width = line.count("\t") + 1
    rule = "|" + " --- |" * width
    if line.startswith("Workstream\t"):
        return ["", row, rule]
    return ["", "| Milestone | Date |", rule, row]
