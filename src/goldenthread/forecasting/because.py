"""Why a forecast says what it says: each thing that moved its middle, by how many days, in a sentence.

What something moved is found by leaving it out: the same promise is forecast as if its date had never moved, or were
due on the day, or had nothing in common with the others of its plan, or waited for nothing; the difference of the
medians, as days after its date, is what the thing counts for. What counts for less than a week is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from goldenthread.forecasting.evening import shifted
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import Asked, Floats, Forecaster
from goldenthread.forecasting.pooling import PLAN, Effect, Pooled, effects_of
from goldenthread.forecasting.promises import Known

_Words = Callable[[int, bool], str | None]
"""Says it of the promise in a row, knowing whether it makes it later."""
LEAST_DAYS = 7
"""What moves the median by fewer days than this is not said."""
MOST_SAID = 4
"""So many reasons are spelt out; of more it is said how many there are."""
LEAST_OUTCOMES = 5
"""What the plan's own promises did is said in figures only from so many of them on."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved a forecast, and by how many days: later if positive."""

    words: str
    days: int


def sentence(reasons: Sequence[Reason]) -> str:
    """The reasons in one sentence, the largest first; what makes it sooner comes after "but"."""
    said, left = reasons[:MOST_SAID], len(reasons) - MOST_SAID
    later = [reason.words for reason in said if reason.days > 0]
    sooner = [reason.words for reason in said if reason.days <= 0]
    more = f"; and {_count(left, 'smaller thing')}" if left > 0 else ""
    if later and sooner:
        return f"Because: {'; '.join(later)}; but {'; '.join(sooner)}{more}."
    return f"Because: {'; '.join(later or sooner or ['nothing known of it speaks against its date'])}{more}."


def reasons_for(prior: Forecaster, known: Sequence[Known], pooled: Pooled) -> list[list[Reason]]:
    """For each of these promises, what moved its forecast before anything it waits for. All are forecastable."""
    asked = [Asked(each.history, each.on) for each in known if each.history]
    unmoved = [Asked(_unmoved(each.known), each.on) for each in asked]
    given, still, due, plain = (
        prior.outlooks(variant)
        for variant in (
            asked,
            unmoved,
            [Asked(_due(each), each.on) for each in asked],
            [Asked(_due(each), each.on) for each in unmoved],
        )
    )
    effects = [effects_of(each) for each in known]
    shifts = np.array([pooled.shift(each) for each in effects])
    middle = pooled.applied(given, shifts).quantile(0.5)
    stated = np.array([max(0, (each.stated - each.on).days) for each in asked], dtype=float)
    passed = np.array([each.overdue for each in known], dtype=float)
    usual = plain.quantile(0.5) - stated
    counted: list[tuple[_Words, Floats]] = [
        (
            lambda row, later: _moves_words(known[row], later),
            middle - pooled.applied(still, shifts).quantile(0.5),
        ),
        (
            lambda row, _: _overdue_words(known[row]),
            passed + middle - pooled.applied(due, shifts).quantile(0.5),
        ),
        (lambda row, _: _usual_words(usual[row]), usual),
    ]
    for having in zip(*effects, strict=True):
        own = np.array([pooled.effects.get(effect, 0.0) for effect in having])
        counted.append(
            (_of_effects(having, pooled), middle - pooled.applied(given, shifts - own).quantile(0.5))
        )
    return [_reasons(row, counted) for row in range(len(known))]


def _reasons(row: int, counted: Iterable[tuple[_Words, Floats]]) -> list[Reason]:
    """What counts for a week or more of one promise, the largest first."""
    said = (
        (words(row, bool(days[row] > 0)), round(days[row]))
        for words, days in counted
        if abs(days[row]) >= LEAST_DAYS
    )
    return sorted(
        (Reason(words, days) for words, days in said if words), key=lambda reason: -abs(reason.days)
    )


def _unmoved(history: History) -> History:
    """The same promise, had the date that stands been given from the beginning."""
    last = history.stated[-1].expected
    stated = tuple(Stated(each.on, last) for each in history.stated)
    return replace(history, stated=stated, first=last if history.first else None)


def _due(asked: Asked) -> History:
    """The same promise with all of its dates so much later that none has passed."""
    passed = (asked.on - asked.stated).days
    return shifted(asked.known, passed) if passed > 0 else asked.known


def moves_of(history: History) -> tuple[int, int]:
    """How often the date stated moved, and by how many days in all; the date first promised is where it began."""
    dates = [*([history.first] if history.first else []), *(each.expected for each in history.stated)]
    moves = sum(before != after for before, after in pairwise(dates))
    return moves, (dates[-1] - dates[0]).days


def _moves_words(known: Known, later: bool) -> str | None:
    moves, days = moves_of(known.history) if known.history else (0, 0)
    if not moves:
        return None
    way = f", {_count(abs(days), 'day')} {'later' if days > 0 else 'earlier'} in all" if days else ""
    after = "" if later else ", and dates that were put right so are kept more nearly"
    return f"{_count(moves, 'earlier move')}{way}{after}"


def _overdue_words(known: Known) -> str | None:
    return f"{_count(known.overdue, 'day')} past its date" if known.overdue else None


def _usual_words(slip: float) -> str:
    when = "after" if slip > 0 else "before"
    return f"promises like it are done {about(round(abs(slip)))} {when} their date at the median elsewhere"


def _of_effects(having: Sequence[Effect], pooled: Pooled) -> _Words:
    """Says the effect that the promise in a row has."""
    return lambda row, later: _effect_words(having[row], later, pooled)


def _effect_words(effect: Effect, later: bool, pooled: Pooled) -> str:
    compared = "later" if later else "sooner"
    if effect == PLAN:
        return _plan_words(compared, pooled)
    if effect.of == "theme":
        whose = f"theme {effect.value}" if effect.value else "engagement"
        return f"promises of {whose} come {compared} than others of this plan"
    if effect.of == "date":
        named = getattr(effect.value, "in_words", "day")
        return f"promises that name a {named} and no closer date come {compared} here than others"
    if effect.of == "decision":
        which = "a" if effect.value else "no"
        return f"it needs {which} decision by members, and such promises come {compared} here than others"
    rated = f"rates it {effect.value}" if effect.value else "has not rated it"
    return f"its lead {rated}, and such promises come {compared} here than others"


def _plan_words(compared: str, pooled: Pooled) -> str:
    slip = pooled.median_slip
    if slip is None or pooled.outcomes < LEAST_OUTCOMES:
        return f"promises of this plan have so far come {compared} than elsewhere"
    if slip == 0:
        return "items of this plan have been done on their date at the median"
    if slip > 0:
        return f"items of this plan have slipped {_count(slip, 'day')} at the median"
    return f"items of this plan have been done {_count(-slip, 'day')} before their date at the median"


def about(days: int) -> str:
    """A stretch of time as precisely as it is known: "10 days", "about 5 weeks", "about 4 months"."""
    if days < 14:
        return _count(days, "day")
    if days < 60:
        return f"about {round(days / 7)} weeks"
    return f"about {round(days / 30.44)} months"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
