"""References from an action to what a reviewer recommended: "Grant Thornton Improvement Rec 6, 20", "CIPFA 1.5, 1.6", "pg13"."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ReferenceClass = Literal["statutory", "key", "improvement"]


class Reference(BaseModel):
    """One recommendation, or one page, of one review.

    `class_` (written "class") tells apart lists that restart their numbers: Grant Thornton's key recommendation 4 is not its
    improvement recommendation 4. `number` is as printed ("6", "1.5", "SN5") or "all", which is never expanded. A reference with
    neither number nor page is to the review as a whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    review: str = Field(min_length=1, pattern=r"\S")
    class_: ReferenceClass | None = Field(default=None, validation_alias="class", serialization_alias="class")
    number: str | None = None
    page: str | None = None

    def label(self) -> str:
        """In words: "Grant Thornton improvement recommendation 6"."""
        if self.page is not None:
            return f"{self.review}, page {self.page}"
        if self.number == "all":
            return f"{self.review}, all {self.class_ + ' ' if self.class_ else ''}recommendations"
        if self.number is None:
            return f"{self.review}, {self.class_} recommendations" if self.class_ else self.review
        if not self.number[0].isdigit():
            return f"{self.review} {self.number}"
        return f"{self.review} {self.class_ + ' ' if self.class_ else ''}recommendation {self.number}"

    def short_label(self) -> str:
        """For narrow columns, from initials: "GT-I6", "CIPFA-1.5", "LGA-p24"."""
        words = self.review.split()
        initials = words[0] if words[0].isupper() and len(words[0]) > 1 else "".join(word[0] for word in words if word[0].isupper())
        number = "all" if self.number == "all" else (self.number or "")
        tail = f"p{self.page}" if self.page is not None else f"{self.class_[0].upper() if self.class_ else ''}{number}"
        return f"{initials or words[0]}-{tail}" if tail else initials or words[0]
