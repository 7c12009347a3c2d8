"""Forecasts in words, no more precisely than they are known.

Chances come in steps of five and are never nought or certain; days come as halves of months, later ones as months.
"""

from __future__ import annotations

from datetime import date

from goldenthread.forecasting.plan_forecast import ItemForecast
from goldenthread.plan.days import MONTH_NAMES, day_words
from goldenthread.plan.model import Plan

STEP = 5
"""Chances are said in steps of so many percent."""
NEAR = 274
"""Days that lie further ahead than this (nine months) are said as months, the nearer ones as halves of months."""


def chance_percent(chance: float) -> int:
    """The chance in percent, to the nearest five, from 5 to 95."""
    return min(100 - STEP, max(STEP, STEP * round(100 * chance / STEP)))


def chance_words(chance: float) -> str:
    """The chance in words: "35%", "5% or less", "95% or more"."""
    percent = chance_percent(chance)
    return {STEP: f"{STEP}% or less", 100 - STEP: f"{100 - STEP}% or more"}.get(percent, f"{percent}%")


def by_words(day: date, on: date) -> str:
    """By when, as precisely as it is known: "mid-October 2022", "the end of October 2022"; further off a month."""
    month = f"{MONTH_NAMES[day.month - 1]} {day.year}"
    if (day - on).days > NEAR:
        return month
    return f"mid-{month}" if day.day <= 15 else f"the end of {month}"


def chance_of(item: ItemForecast) -> str:
    """What is said of the chance by the approved date, without a full stop."""
    if item.chance is not None and item.due:
        return (
            f"{chance_words(item.chance)} chance of being done by its approved date ({day_words(item.due)})"
        )
    if item.due:
        return f"Its approved date ({day_words(item.due)}) has passed"
    return "It has no approved date to be measured against"


def named(plan: Plan) -> dict[str, str]:
    """Each promise's number and words, by key."""
    actions = (item for action in plan.actions() for item in action.walk())
    names = {item.key: (item.ref, item.title) for item in actions}
    names |= {item.key: (item.ref, item.name) for item in plan.milestones()}
    return {key: f"{ref or ''} {words or 'without a title'}".strip() for key, (ref, words) in names.items()}
