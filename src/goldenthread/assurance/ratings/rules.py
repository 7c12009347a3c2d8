"""A council's rating rule as data, from which its text in plain English is made: the two cannot disagree.

There is no national standard for what green, amber and red mean in a council's plan, so each council states its own.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from goldenthread.assurance.ratings.classes import RatingClass
from goldenthread.plan.values import Value

_MONTHS = {31: "one month", 62: "two months", 92: "three months", 183: "six months"}
Clause = tuple[RatingClass, str]


class Against(StrEnum):
    """Which date lateness is counted from."""

    APPROVED = "approved"
    ORIGINAL = "original"

    @property
    def in_words(self) -> str:
        """What people call the date."""
        return f"{self.value} date"


class ByDate(Value):
    """Rated by how late a promise is. Days are calendar days; a vague date is late after the last day it can mean.

    `amber_days` is how many days late is still amber. With `expected`, a promise that its lead expects to be late
    counts as that late today. With `reprogrammed_apart`, one whose date was moved with approval is no longer green.
    """

    basis: Literal["date"] = "date"
    against: Against = Against.APPROVED
    amber_days: int = Field(default=31, ge=0, le=730)
    expected: bool = False
    reprogrammed_apart: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What makes each colour."""
        late = "late or expected to be late" if self.expected else "late"
        days = _days(self.amber_days)
        on_time = ", and its lead does not expect it to" if self.expected else ""
        found = [
            (RatingClass.GREEN, f"its {self.against.in_words} has not passed{on_time}"),
            (RatingClass.AMBER, f"{late} by up to {days}" if self.amber_days else "never"),
            (RatingClass.RED, f"{late} by more than {days}" if self.amber_days else late),
        ]
        if self.reprogrammed_apart:
            moved = "a decision deferred it, or moved its approved date later and the new date has not passed"
            found.append((RatingClass.SUSPENDED, moved))
        return tuple(found)


class BySteps(Value):
    """Rated by the share of its steps that are complete, in percent; lower where the approved date has passed.

    `overdue_red_below` None: being overdue changes nothing.
    """

    basis: Literal["steps"] = "steps"
    red_up_to: int = Field(default=25, ge=0, le=100)
    green_above: int = Field(default=75, ge=0, le=100)
    overdue_red_below: int | None = Field(default=50, ge=0, le=100)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.red_up_to > self.green_above:
            raise ValueError(
                f"Red up to {self.red_up_to}% and green above {self.green_above}% overlap. Make the first the smaller."
            )
        return self

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What makes each colour."""
        overdue = self.overdue_red_below
        also = f", or less than {overdue}% when its approved date has passed" if overdue is not None else ""
        middle = f"more than {self.red_up_to}% and up to {self.green_above}% are"
        return (
            (RatingClass.GREEN, f"more than {self.green_above}% of its steps are complete"),
            (RatingClass.AMBER, middle if self.red_up_to < self.green_above else "never"),
            (RatingClass.RED, f"{self.red_up_to}% or less of its steps are complete{also}"),
        )


class ByJudgement(Value):
    """Rated by a person, by these words. Nothing in a plan says which applies, so the rule itself rates nothing."""

    basis: Literal["judgement"] = "judgement"
    green: str = Field(min_length=1, max_length=300)
    amber: str = Field(min_length=1, max_length=300)
    red: str = Field(min_length=1, max_length=300)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What makes each colour."""
        return (
            (RatingClass.GREEN, self.green),
            (RatingClass.AMBER, self.amber),
            (RatingClass.RED, self.red),
            (RatingClass.NOT_RATED, "a person has to judge it, as this cannot be worked out from the plan"),
        )


class RatingRule(Value):
    """A rule by which every action, step and milestone of a council's plans is rated.

    With `not_started_apart`, what has not begun and is not late is counted apart from the colours.
    """

    name: str = Field(min_length=1, max_length=120)
    test: Annotated[ByDate | BySteps | ByJudgement, Field(discriminator="basis")] = ByDate()
    not_started_apart: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The rule class by class, in the order of the classes; the sentence begins with the name of the class."""
        given = dict(self.test.clauses)
        given[RatingClass.COMPLETE] = "it is said or shown to be done; this is never counted as green"
        if self.not_started_apart:
            given[RatingClass.NOT_STARTED] = "work has not begun, and its approved date has not passed"
        given.setdefault(RatingClass.SUSPENDED, "a decision deferred it")
        given[RatingClass.STOPPED] = "a decision cancelled it, or another promise took its place"
        unrated = (
            "its status is not known, or it has nothing that the rule can measure; it is counted all the same"
        )
        given.setdefault(RatingClass.NOT_RATED, unrated)
        return tuple((class_, given[class_]) for class_ in RatingClass if class_ in given)

    @property
    def text(self) -> str:
        """The whole rule in plain English, made from the same data that rates."""
        said = " ".join(f"{class_.in_words}: {words}." for class_, words in self.clauses)
        if isinstance(self.test, ByJudgement):
            return said
        return f"{said} A vague date has passed when its last day has: “Autumn 2022” is late from 1 December 2022."


def _days(count: int) -> str:
    words = "1 day" if count == 1 else f"{count} days"
    return f"{words} ({_MONTHS[count]})" if count in _MONTHS else words
