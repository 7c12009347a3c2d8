"""What a council has said of its own words: what a column under a heading holds, and what a status means.

It goes before everything that the reader knows by itself. Words are compared without regard to capitals, spacing and
the punctuation around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from goldenthread.plan.status import Status
from goldenthread.reading.fields import OF_A_DELIVERY_PLAN, OF_A_TRACKER, Field

NUMBERED = r"(?:\d{1,2}\s*[.)–-]\s*)?"
"""The number that an entry of a pick list may begin with."""
AFTER = r"(?=\s*$|\s*[.,;:+(–—/]|\s+-|\s+(?:and|but|see|by|on|in|as)\b|\s+https?:)"
"""Where a status ends and the account of it begins."""
_AROUND = " :.*-–"


@dataclass(frozen=True)
class CouncilWords:
    """Fields by heading, and statuses by status word or rating; both as `normal` gives them."""

    columns: Mapping[str, Field] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)

    @classmethod
    def of(
        cls, columns: Mapping[str, Field] | None = None, statuses: Mapping[str, Status] | None = None
    ) -> Self:
        """The same for words as they are printed."""
        return cls(
            {normal(printed): meaning for printed, meaning in (columns or {}).items()},
            {normal(printed): meaning for printed, meaning in (statuses or {}).items()},
        )

    def of_tracker(self, heading: str) -> Field | None:
        """What was said of a tracker's column under this heading; None if nothing that a tracker has."""
        return self._said(heading, OF_A_TRACKER)

    def of_delivery_plan(self, heading: str) -> Field | None:
        """What was said of a delivery plan's column under this heading; None if nothing that such a plan has."""
        return self._said(heading, OF_A_DELIVERY_PLAN)

    def status(self, text: str) -> tuple[str, Status] | None:
        """The words with which a text begins, if something was said of them, and what they mean."""
        found = self._openings.match(text) if self._openings else None
        meaning = self.statuses.get(normal(found["words"])) if found else None
        return (found.group().strip(), meaning) if found and meaning else None

    def _said(self, heading: str, among: tuple[Field, ...]) -> Field | None:
        said = self.columns.get(normal(heading)) if self.columns else None
        return said if said in among else None

    @cached_property
    def _openings(self) -> re.Pattern[str] | None:
        """One pattern for all of them, the longest first: "done in part" goes before "done"."""
        longest = sorted(filter(None, self.statuses), key=len, reverse=True)
        any_of = "|".join(r"\s+".join(map(re.escape, words.split())) for words in longest)
        return re.compile(rf"^{NUMBERED}(?P<words>{any_of}){AFTER}", re.IGNORECASE) if any_of else None


NOTHING_SAID = CouncilWords()


def normal(printed: str) -> str:
    """Printed words as they are compared: "  Drop-Dead : " is "drop-dead"."""
    words = " ".join(printed.split())
    return (words.strip(_AROUND) or words).casefold()
