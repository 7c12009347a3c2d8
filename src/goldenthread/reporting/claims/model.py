"""What a claim check says: a verdict for each sentence of a letter, and what fell due and is not mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the plan makes of a sentence.

    `SUPPORTED`: the plan shows it, or the sentence names a source where it can be looked up. `CONTRADICTED`: the
    plan says
    otherwise. `UNSUPPORTED`: it states a fact with nothing behind it. `UNQUANTIFIED`: it claims a change without
    a figure,
    or a share without its period or its number of cases. `NO_CLAIM`: it states nothing that could be checked.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    UNQUANTIFIED = "unquantified"
    NO_CLAIM = "no-claim"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for a verdict: a place ("P506" is line 506 of the plan, "L55" line 55 of the letter) and what it says.

    `item` is the key of the plan's item, where it is one.
    """

    anchor: str
    text: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the letter, the line on which it begins, and what the plan makes of it."""

    line: int
    text: str
    verdict: Verdict
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmentioned:
    """A promise that fell due in the period and that no sentence touches on. `due` is as printed in the plan."""

    name: str
    due: str
    anchor: str
    item: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """All that the check has to say of a letter. `notes` are what keeps it from being sent (an open date, a draft).

    `unmentioned` are the milestones; a plan that has none is held to its actions. `unmentioned_actions` are the actions
    and steps of a plan that has milestones too.
    """

    since: date
    until: date
    claims: tuple[Claim, ...]
    unmentioned: tuple[Unmentioned, ...]
    unmentioned_actions: tuple[Unmentioned, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many sentences have this verdict."""
        return sum(claim.verdict is verdict for claim in self.claims)

    def as_json(self, *, with_actions: bool = False) -> dict[str, Any]:
        """The check for machines, as docs/claim-check.md describes it."""
        missing = (*self.unmentioned, *(self.unmentioned_actions if with_actions else ()))
        return {
            "claims": [
                {
                    "line": claim.line,
                    "text": claim.text,
                    "verdict": str(claim.verdict),
                    "because": [{"anchor": one.anchor, "text": one.text} for one in claim.because],
                }
                for claim in self.claims
            ],
            "unmentioned": [{"name": one.name, "due": one.due, "anchor": one.anchor} for one in missing],
        }
