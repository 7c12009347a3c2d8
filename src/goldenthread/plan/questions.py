"""A doubt about a plan that only a person can settle, with the readings it could have."""

from __future__ import annotations

from enum import StrEnum

from pydantic import JsonValue

from goldenthread.plan.values import Anchor, Value


class QuestionKind(StrEnum):
    """What a question is about. The value is what other programs see."""

    BLANK_DATE = "blank_date"
    """A date cell is empty, most likely because a merged cell was lost."""
    COMPOUND = "compound"
    """One row holds two promises, each with a date of its own."""
    DATE_ALIGNMENT = "date_alignment"
    """The dates in a cell cannot be matched one to one with the action and its steps."""
    START_ALIGNMENT = "start_alignment"
    """The start dates in a cell cannot be matched one to one with the action and its steps."""
    UNREAD_DATE = "unread_date"
    """The words in a date cell are not a date that we know how to read."""
    SUSPECT_DATE = "suspect_date"
    """A date was read, but it contradicts what stands around it."""
    STEP_BOUNDARIES = "step_boundaries"
    """Steps run on without a mark between them."""
    NESTING = "nesting"
    """It is not clear which list a step belongs to."""
    SPLIT_ACTION = "split_action"
    """One cell holds two headings that may be two actions."""
    MISSING_TITLE = "missing_title"
    """A row has steps but no title."""
    SHIFTED_ROW = "shifted_row"
    """The cells of a row stood under the wrong headings and were put back."""
    MISSING_LEAD = "missing_lead"
    UNREAD_LEAD = "unread_lead"
    UNREAD_REFERENCE = "unread_reference"
    UNLISTED_WORKSTREAM = "unlisted_workstream"
    """A table names a workstream that the theme's list does not, or the other way round."""
    STATUS = "status"
    """Something suggests that a promise is complete, without saying so."""
    TRUNCATED = "truncated"
    """A text breaks off in the middle."""
    DUPLICATE = "duplicate"
    """Two items seem to be the same promise."""
    IDENTITY = "identity"
    """An item of an amended document may or may not be one that is already held."""
    OTHER = "other"


class Edit(Value):
    """One change to a plan: the named field of the item with this key becomes this value (JSON).

    Fields are those of the item's type (`title`, `leads`, `status`, ...), with dotted names for what lies inside
    (`dates.approved`). Three fields are structural: `steps` replaces the steps of an action, `replaced_by` puts
    a list of actions (or milestones) in the place of one, and `same_as` gives an item the key, id and ref of another.
    """

    key: str
    field: str
    value: JsonValue


class Candidate(Value):
    """One possible reading: what it would mean, why it may be so, and the edits that make it so."""

    label: str
    reason: str
    edits: tuple[Edit, ...] = ()


class Question(Value):
    """A doubt, where it arose, and what could be meant.

    While it is open, every value it asks about is null in the plan. `default` is the position of the
    candidate that we would choose, or None where choosing would be guessing.
    """

    key: str
    kind: QuestionKind
    text: str
    anchors: tuple[Anchor, ...]
    item_key: str | None = None
    field: str | None = None
    candidates: tuple[Candidate, ...] = ()
    default: int | None = None
