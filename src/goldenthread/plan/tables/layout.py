"""Which tables there are, and what their columns are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from goldenthread.plan.model import Theme

LAYOUT = "Golden Thread layout 1"
"""Stands at the head of the first table, so that a file made here is known from any other plan."""

Row = dict[str, str]
ITEM, NUMBER, THEME, THEME_NAME = "Item", "No.", "Theme", "Theme name"
ABOUT, VALUE = "About this plan", LAYOUT
UPDATES_IN_CELL = "Updates"
"""The column of updates in a file that is one table; others have a table of them."""
_DATES = ("Due", "Original", "Forecast", "Actual")


class TableKind(Enum):
    """A kind of table: its title, the columns that it always has, and those left out where they would be empty.

    Every row begins with its number in the table. That of a step is the number of what it is a step of, a full stop
    and its own: 3.2 is the second step of action 3. That of an update is the number of what it speaks of.
    """

    ABOUT = ("About this plan", (ABOUT, VALUE), ())
    SECTIONS = ("Narrative", (ITEM, "Section", "Level", "Paragraph"), ())
    THEMES = ("Themes", (THEME, THEME_NAME, "Introduction"), ())
    OBJECTIVES = ("Objectives", (ITEM, "Objective"), ())
    WORKSTREAMS = ("Workstreams", (ITEM, "Workstream", "Aim"), ("Also called", "In the list"))
    MILESTONES = (
        "Milestones", (ITEM, "Milestone", "Status", *_DATES), (NUMBER, "Lead", "Condition"),
    )  # fmt: skip
    DELIVERABLES = ("Deliverables", (ITEM, "Deliverable"), ("Group",))
    STATEMENTS = ("Evidence of success", (ITEM, "Statement of success"), ("Measure",))
    ACTIONS = (
        "Delivery plan", (ITEM, "Workstream", "Reference", "Lead", "Action", "Status", "Start", *_DATES),
        (NUMBER, "Condition", "Review cadence", "Number in the document", "Raised"),
    )  # fmt: skip
    UPDATES = ("Updates", (ITEM, "As at", "Update"), ("Status", "Status printed", "RAG printed"))
    ENGAGEMENT = ("Milestones of engagement", MILESTONES[1], MILESTONES[2])
    RISKS = ("Risks", (ITEM, "Risk", "Description"), ("Risk register",))
    REVIEWS = ("Reviews", (ITEM, "Review", "Title", "Published"), ("Recommendations made",))
    RECOMMENDATIONS = (
        "Recommendations", (ITEM, "Review", "Recommendation"),
        ("Text", "Sent on", "Lifted on", "Lifted by", "Found to be", "On the basis of", "Looked up by", "Looked up on"),
    )  # fmt: skip
    REQUIREMENTS = ("Requirements", (ITEM, "Review", "Requirement"), ())
    EXIT_FACTORS = ("Exit factors", (ITEM, "Exit factor"), ())
    POSTS = ("Posts", (ITEM, "Post"), ("Also called",))
    BODIES = ("Bodies", (ITEM, "Body"), ("Also called",))

    def __init__(self, title: str, always: tuple[str, ...], where_filled: tuple[str, ...]) -> None:
        self.title = title
        self.always = always
        self.where_filled = where_filled

    @property
    def headings(self) -> tuple[str, ...]:
        """All columns in order. The number that people use stands right after the row's own."""
        more = [heading for heading in self.where_filled if heading != NUMBER]
        numbered = (NUMBER,) if NUMBER in self.where_filled else ()
        return (self.always[0], *numbered, *self.always[1:], *more)

    @property
    def of_theme(self) -> bool:
        """Whether each theme has such a table of its own."""
        return self in _OF_THEME


_OF_THEME = frozenset(
    {
        TableKind.OBJECTIVES, TableKind.WORKSTREAMS, TableKind.MILESTONES, TableKind.DELIVERABLES,
        TableKind.STATEMENTS, TableKind.ACTIONS, TableKind.UPDATES,
    }
)  # fmt: skip


_KNOWN_BY = {
    VALUE: TableKind.ABOUT,
    "Section": TableKind.SECTIONS,
    "Introduction": TableKind.THEMES,
    "Objective": TableKind.OBJECTIVES,
    "Milestone": TableKind.MILESTONES,
    "Update": TableKind.UPDATES,
    "Deliverable": TableKind.DELIVERABLES,
    "Statement of success": TableKind.STATEMENTS,
    "Action": TableKind.ACTIONS,
    "Workstream": TableKind.WORKSTREAMS,
    "Risk": TableKind.RISKS,
    "Recommendation": TableKind.RECOMMENDATIONS,
    "Requirement": TableKind.REQUIREMENTS,
    "Review": TableKind.REVIEWS,
    "Exit factor": TableKind.EXIT_FACTORS,
    "Post": TableKind.POSTS,
    "Body": TableKind.BODIES,
}
"""The column that tells each kind from those after it; all others may be taken away."""


def kind_of(headings: Iterable[str], *, in_theme: bool) -> TableKind | None:
    """The kind of table that has these headings, in whatever order; None when it is none of ours.

    Milestones that stand in no theme are those of engagement.
    """
    printed = set(headings)
    found = next((kind for heading, kind in _KNOWN_BY.items() if heading in printed), None)
    if found is TableKind.MILESTONES and not (in_theme or THEME in printed):
        return TableKind.ENGAGEMENT
    return found


def heads_layout(headings: Iterable[str]) -> bool:
    """Whether a file with such a table was exported here: its facts, or the whole head of a list of actions."""
    printed = set(headings)
    return VALUE in printed or printed.issuperset({THEME, THEME_NAME, *TableKind.ACTIONS.always})


@dataclass(frozen=True)
class PlanTable:
    """A table of the plan: rows of words by heading. `theme` is whose it is; the plan's own tables have none."""

    kind: TableKind
    rows: tuple[Row, ...]
    theme: Theme | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns to print: those that the table always has, and those with something in them."""
        return tuple(
            heading
            for heading in self.kind.headings
            if heading in self.kind.always or any(row.get(heading) for row in self.rows)
        )
