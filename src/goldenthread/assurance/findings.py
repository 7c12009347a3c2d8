"""What a check finds: which rule, on which item, where in the document, and what is the matter in a sentence."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from uuid import UUID

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
    """One fault. `item_key` is the key of the item it is about, `item_id` its permanent id; None for the whole plan.

    `about` tells apart several findings of one rule on one item: a recommendation's label, a question's key, the key
    of the other item. It holds while the words of the message change with the day or with a better wording.
    """

    rule: str
    item_key: str | None
    item_id: UUID | None = None
    about: str = ""
    anchors: tuple[Anchor, ...] = ()
    message: str

    @property
    def identity(self) -> tuple[str, UUID | str | None, str]:
        """What makes it the same finding on another day or after the document is read again: rule, item, `about`.

        The item is told by its permanent id, or by its key where the plan comes from a file and has no ids.
        """
        return (self.rule, self.item_id or self.item_key, self.about)

    @property
    def handle(self) -> str:
        """What it is called in an address: a digest of its identity."""
        return sha256("\n".join(map(str, self.identity)).encode()).hexdigest()[:16]

    @property
    def place(self) -> tuple[str, int, int, int, str, str]:
        """Sorts findings in the order of the document, those without a place first."""
        first = self.anchors[0] if self.anchors else Anchor()
        return (first.file or "", first.page or 0, first.line or 0, first.row or 0, self.rule, self.message)
