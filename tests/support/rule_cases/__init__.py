"""Plans that trip each rule and plans that do not: a module for each group of rules, each with its `CASES`.

A test demands both kinds for every rule there is.
"""

from __future__ import annotations

import pkgutil
from datetime import date
from importlib import import_module
from typing import NamedTuple

from goldenthread.assurance import Beside
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question, QuestionKind

TODAY = date(2022, 6, 7)
"""The day on which every case is checked."""


class Case(NamedTuple):
    """A rule, what is the matter, the plan, how many faults of the kind it has, and what stands beside it."""

    rule: str
    about: str
    plan: Plan
    faults: int
    beside: Beside | None = None


def question(kind: QuestionKind, item: str | None = None) -> Question:
    """An open question."""
    return Question(key="q", kind=kind, text="Which date is meant?", anchors=(), item_key=item)


def every_case() -> tuple[Case, ...]:
    """The cases of all groups."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(case for module in modules for case in module.CASES)
