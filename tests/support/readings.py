"""Reading plans in tests: the two texts at hand, and what of a reading has to stay the same however it is laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from goldenthread.documents import document_from_bytes
from goldenthread.examples import example_plan_path
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Dates, Milestone, Plan, Theme
from goldenthread.plan.questions import QuestionKind
from goldenthread.reading import read_plan
from support.needs import require_data

PUBLISHED = "plans/sandwell-improvement-plan-2022.txt"


@cache
def example_text() -> str:
    """The example plan, which is part of the project."""
    return example_plan_path().read_text(encoding="utf-8")


def published_text() -> str:
    """The plan as the council published it, or skip the test."""
    return require_data(PUBLISHED).read_text(encoding="utf-8")


ANY_PLAN = [pytest.param(example_text, id="example"), pytest.param(published_text, id="published")]
"""For tests that hold for either text: parameters that give the text when called."""


def read_text_of(text: str, name: str = "plan.txt") -> Plan:
    """The plan in a text, read as from a file of that name."""
    return read_plan(document_from_bytes(text.encode(), name))


@cache
def reading_of(text: str) -> Plan:
    """As `read_text_of`, once for each text."""
    return read_text_of(text)


# --- what stays the same ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Projection:
    """What a plan says, without keys and places: names, texts, dates, statuses, and how many questions of each kind."""

    themes: list[dict[str, Any]]
    rest: dict[str, Any]
    questions: Counter[QuestionKind]

    def differences(self, other: Projection) -> list[str]:
        """Each place where the other says something else: what it is, then both."""
        return [
            *_differences("themes", self.themes, other.themes),
            *_differences("plan", self.rest, other.rest),
            *_differences("questions", dict(self.questions), dict(other.questions)),
        ]

    def renamed(self, rename: Callable[[str], str]) -> Projection:
        """The same with every text changed in the same way."""
        return Projection(_map_text(self.themes, rename), _map_text(self.rest, rename), self.questions)

    def without(self, *kinds: QuestionKind) -> Projection:
        """The same without the questions of these kinds."""
        kept = Counter({kind: count for kind, count in self.questions.items() if kind not in kinds})
        return Projection(self.themes, self.rest, kept)

    def in_order_of(self, names: list[str]) -> Projection:
        """The same with the themes in the order of these names."""
        ordered = sorted(self.themes, key=lambda theme: names.index(theme["name"]))
        return Projection(ordered, self.rest, self.questions)


def projection(plan: Plan) -> Projection:
    """What has to stay the same when only the layout of a plan changes."""
    return Projection(
        themes=[_theme(theme) for theme in plan.themes],
        rest={
            "title": plan.title,
            "council": plan.council.name,
            "phase": plan.phase,
            "risks": [(risk.title, risk.description) for risk in plan.risks],
            "engagement": [_milestone(milestone) for milestone in plan.engagement_milestones],
            "reviews": sorted(
                (
                    review.name,
                    [(total.class_, total.count) for total in review.totals],
                    _date(review.published),
                )
                for review in plan.reviews
            ),
            "exit factors": [factor.text for factor in plan.exit_factors],
            "posts": sorted(post.name for post in plan.posts),
        },
        questions=Counter(question.kind for question in plan.questions),
    )


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "number": theme.number,
        "name": theme.name,
        "objectives": [objective.text for objective in theme.objectives],
        "workstreams": [
            (stream.name, stream.aim, list(stream.aliases), stream.listed) for stream in theme.workstreams
        ],
        "milestones": [_milestone(milestone) for milestone in theme.milestones],
        "deliverables": [(thing.name, thing.group) for thing in theme.deliverables],
        "success": [statement.text for statement in theme.success_statements],
        "actions": [_action(action, theme) for action in theme.actions],
    }


def _action(action: Action, theme: Theme) -> dict[str, Any]:
    stream = theme.workstream(action.workstream)
    return {
        "title": action.title,
        "heading": action.heading,
        "workstream": stream.name if stream else None,
        "leads": list(action.leads),
        "references": [(ref.review, ref.class_, ref.number, ref.page) for ref in action.references],
        "status": action.status.value,
        "start": _date(action.start),
        "dates": _dates(action.dates),
        "printed": (action.start_printed, action.due_printed, action.condition, action.review_cadence),
        "steps": [_action(step, theme) for step in action.steps],
    }


def _milestone(milestone: Milestone) -> tuple[Any, ...]:
    return (
        milestone.name, _dates(milestone.dates), milestone.printed, milestone.status.value, milestone.condition,
    )  # fmt: skip


def _dates(dates: Dates) -> tuple[Any, ...]:
    return tuple(_date(date) for date in (dates.original, dates.approved, dates.forecast, dates.actual))


def _date(date: PlanDate | None) -> tuple[Any, ...] | None:
    return tuple(date.model_dump(mode="json").values()) if date else None


def _map_text(value: Any, rename: Callable[[str], str]) -> Any:
    match value:
        case str():
            return rename(value)
        case dict():
            return {key: _map_text(inner, rename) for key, inner in value.items()}
        case list() | tuple():
            mapped = [_map_text(inner, rename) for inner in value]
            return mapped if isinstance(value, list) else tuple(mapped)
        case _:
            return value


def _differences(place: str, one: Any, other: Any) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from _differences(f"{place}.{key}", one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (inner, outer) in enumerate(zip(one, other, strict=True)):
            yield from _differences(f"{place}[{number}]", inner, outer)
    elif one != other:
        yield f"{place}: {one!r} became {other!r}"


def step_lines(action: Action) -> list[str]:
    """The steps of an action, one a line: "> " before a step of a step, "# " before a sub-heading."""
    return list(_step_lines(action, 0))


def _step_lines(action: Action, depth: int) -> Iterator[str]:
    for step in action.steps:
        yield ("# " if step.heading else "> " * depth) + (step.title or "")
        yield from _step_lines(step, depth + 1)
