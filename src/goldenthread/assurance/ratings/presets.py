"""Definitions that councils have published, as data, and the one that applies where a council has adopted none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from goldenthread.assurance.ratings.rules import Against, ByDate, ByJudgement, BySteps, RatingRule

USUAL_RULE = RatingRule(name="By the approved date")
"""Green to the approved date, amber up to one month late, red beyond. A month is counted as 31 days."""

PRESETS: Mapping[str, RatingRule] = MappingProxyType(
    {
        "usual": USUAL_RULE,
        "bromsgrove": RatingRule(
            name="As Bromsgrove: by the approved date, with what was re-programmed counted apart",
            test=ByDate(amber_days=31, reprogrammed_apart=True),
        ),
        "reading": RatingRule(name="As Reading: by the share of steps complete", test=BySteps()),
        "rotherham": RatingRule(
            name="As Rotherham: by the original date",
            test=ByDate(against=Against.ORIGINAL, amber_days=92, expected=True),
        ),
        "rbkc": RatingRule(
            name="As Kensington and Chelsea: by issues and risks",
            test=ByJudgement(
                green="no issues or risks have been found",
                amber="issues or risks have been found",
                red="significant issues or risks have been found",
            ),
        ),
    }
)
"""Rules that a council may start from. Bromsgrove, Reading, Rotherham and Kensington and Chelsea have published these
definitions for their improvement plan, audit recommendations, delivery plan and projects; what they leave open
(how a month is counted, what is done with what nobody has reported on) is settled here as for the usual rule."""
