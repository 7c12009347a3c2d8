"""What a careful person reads in the published improvement plan, keyed by hand before any reader was written.

The files in `improvement_plan_2022/` hold short facts, one theme to a file, each with the line of the source text
that it was read on. A text of more than about eight words is kept as its first and last few words and its length
("Establish the … of success [9 words]"), so that the plan itself is not copied here; `matches` compares it with
what a reader found. Where the page leaves it open which date belongs to which step, no date is keyed to either:
the tokens stand in their printed order and `start_ambiguous` or `due_ambiguous` says why.
"""

from .facts import (
    Action,
    DateMeaning,
    Deliverable,
    Item,
    Milestone,
    Reference,
    Related,
    Review,
    Risk,
    Step,
    Text,
    Theme,
    Truth,
    Workstream,
    matches,
)
from .loading import load_truth

__all__ = [
    "Action",
    "DateMeaning",
    "Deliverable",
    "Item",
    "Milestone",
    "Reference",
    "Related",
    "Review",
    "Risk",
    "Step",
    "Text",
    "Theme",
    "Truth",
    "Workstream",
    "load_truth",
    "matches",
]
