"""Ratings by a council's own rule: the rule as data and in words, what it makes of a plan, and why that changed."""

from goldenthread.assurance.ratings.classes import Kind, Promise, RatingClass, Tally, promises_in
from goldenthread.assurance.ratings.explaining import Cause, Explanation, Movement, explain_movement
from goldenthread.assurance.ratings.presets import PRESETS, USUAL_RULE
from goldenthread.assurance.ratings.rating import RuleRating, rate, tally
from goldenthread.assurance.ratings.rules import Against, ByDate, ByJudgement, BySteps, RatingRule
from goldenthread.assurance.ratings.stated import Disagreement, Reperformance, Sense, disagreements, reperform

__all__ = [
    "PRESETS",
    "USUAL_RULE",
    "Against",
    "ByDate",
    "ByJudgement",
    "BySteps",
    "Cause",
    "Disagreement",
    "Explanation",
    "Kind",
    "Movement",
    "Promise",
    "RatingClass",
    "RatingRule",
    "Reperformance",
    "RuleRating",
    "Sense",
    "Tally",
    "disagreements",
    "explain_movement",
    "promises_in",
    "rate",
    "reperform",
    "tally",
]
