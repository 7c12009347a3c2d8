"""The cells of the published plan's tables, each by the column that it belongs to."""

from support.needs import require_data

# Rows printed one column to the left, and one to the right, of their headings.
LEFT, RIGHT = frozenset({434, 851}), frozenset({962, 963})
# Rows that go on with the row above them.
CONTINUATIONS = frozenset({426, 431, 846, 848, 855, 857, 869})
REFERENCE, LEAD, START, DUE = 1, 2, 4, 5

Rows = list[tuple[int, list[str]]]


def _rows(first: int, last: int) -> Rows:
    text = require_data("plans/sandwell-improvement-plan-2022.txt").read_text(encoding="utf-8")
    numbered = enumerate(text.split("\n"), start=1)
    return [
        (number, line.split("\t")) for number, line in numbered if first <= number <= last and "\t" in line
    ]


def column(of: int) -> list[tuple[int, str]]:
    """One column of the delivery plan: line number of the action's first row, and the cell."""
    cells, action = [], 0
    for number, row in _rows(422, 970):
        if len(row) < 6 or row[0] == "Workstream":
            continue
        action = action if number in CONTINUATIONS else number
        cells.append((action, row[of - (number in LEFT) + (number in RIGHT)].strip()))
    return cells


def date_cells() -> tuple[list[str], list[str]]:
    """The start cells and the due cells of the delivery plan."""
    return [cell for _, cell in column(START)], [cell for _, cell in column(DUE)]


def milestone_dates() -> list[str]:
    """The date of every milestone, blank or not, those of communication and engagement included."""
    return [row[1] for number, row in _rows(227, 970) if len(row) == 2 and (number <= 231 or number >= 377)]
