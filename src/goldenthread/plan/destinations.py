"""Where a promise goes on outside its plan: the other plan, the action there, and where that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.plan.model import Link

DECIDED = "link/transferred/"
"""How the key of a link begins that a decision made. A decision to pass a promise on ends it in its own plan."""


def is_decided(link: Link) -> bool:
    """Whether a decision of the record made this link, and not the plan's own words."""
    return link.key.startswith(DECIDED)


@dataclass(frozen=True, slots=True)
class Destination:
    """The name of another plan, what the promise is called there ("CP 4.2"), and the address that says so."""

    plan: str
    action: str = ""
    address: str = ""

    @classmethod
    def of(cls, link: Link) -> Destination:
        """What a link of the kind "transferred to" says: its note holds the action, the address, or both."""
        words = (link.note or "").split()
        address = words.pop() if words and words[-1].startswith(("https://", "http://")) else ""
        return cls(link.target, " ".join(words), address)

    @property
    def note(self) -> str | None:
        """The same as the note of a link."""
        return " ".join(words for words in (self.action, self.address) if words) or None

    def __str__(self) -> str:
        return f"{self.plan}: {self.action}" if self.action else self.plan
