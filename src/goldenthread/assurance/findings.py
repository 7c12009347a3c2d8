"""What a check finds: which rule, on which item, where in the document, and what is the matter in a sentence."""

from __future__ import annotations

from enum import StrEnum

from goldenthread.plan.values import Anchor, Value


class Severity(StrEnum):
    """How much a finding matters.

    An error cannot be right, or stops the promise being tracked at all. A warning is very likely a fault, or a
    promise that nobody could be held to. A note is worth knowing and may be quite in order.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def fails(self) -> bool:
        """Whether a plan with such a finding does not pass."""
        return self is not Severity.NOTE


class Finding(Value):
    """One fault. `item_key` is the key of the item it is about; None for the plan as a whole."""

    rule: str
    item_key: str | None
    anchors: tuple[Anchor, ...] = ()
    message: str

    @property
    def place(self) -> tuple[str, int, int, int, str, str]:
        """Sorts findings in the order of the document, those without a place first."""
        first = self.anchors[0] if self.anchors else Anchor()
        return (first.file or "", first.page or 0, first.line or 0, first.row or 0, self.rule, self.message)
