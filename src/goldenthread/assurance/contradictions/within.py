"""What one action says differently of itself and of its steps: dates beside TBC, and dates that had passed."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ, says
from goldenthread.assurance.contradictions.statements import Statements


def undated_contradictions(all_: Statements) -> Iterator[Contradiction]:
    """Actions without a date whose steps have dates, and steps to be confirmed under an action with a date."""
    for promises in all_.by_root.values():
        whole, steps = promises[0], promises[1:]
        dated = [step for step in steps if step.dates]
        if whole.tbc and not whole.dates and dated:
            last = max(dated, key=lambda step: max(day.latest for day in step.dates))
            yield differ(all_, Kind.UNDATED, (whole, last), None, ("TBC", says(last)))
        elif whole.dates and whole.settled:
            for step in steps:
                if step.tbc and not step.dates:
                    yield differ(
                        all_, Kind.UNDATED, (step, whole), None, (step.date_words or "TBC", says(whole))
                    )
