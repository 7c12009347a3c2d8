"""The plan at a glance, in sentences and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.plan.model import Plan
from goldenthread.web.presenting.dates import is_past
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.statuses import count_words, tally


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, what it counts, and the page that lists it."""

    number: int
    noun: str
    route: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the first page says of a plan."""

    lead: str
    figures: tuple[Figure, ...]
    past: str
    status_rows: list[dict[str, object]]


def counts(index: PlanIndex) -> tuple[tuple[str, int], ...]:
    """How many of each thing the plan holds, under its name in the plural."""
    plan = index.plan
    themes = plan.themes
    cited = {(r.review, r.class_, r.number, r.page) for p in index.actions for r in p.action.references}
    return (
        ("Themes", len(themes)),
        ("Objectives", sum(len(theme.objectives) for theme in themes)),
        ("Workstreams", sum(len(theme.workstreams) for theme in themes)),
        ("Actions", len(index.actions)),
        ("Steps", len(index.steps)),
        ("Milestones", len(index.milestones)),
        ("Deliverables", sum(len(theme.deliverables) for theme in themes)),
        ("Statements of success", sum(len(theme.success_statements) for theme in themes)),
        ("Leads", len(index.leads)),
        ("Recommendations cited", len(cited)),
        ("Risks", len(plan.risks)),
    )


def summarise(index: PlanIndex, on: date) -> Summary:
    """The plan at a glance on a day."""
    plan = index.plan
    figures = (
        Figure(len(plan.themes), "theme" if len(plan.themes) == 1 else "themes", "plan"),
        Figure(len(index.actions), "action" if len(index.actions) == 1 else "actions", "plan"),
        Figure(
            len(index.milestones), "milestone" if len(index.milestones) == 1 else "milestones", "milestones"
        ),
        Figure(len(index.leads), "lead" if len(index.leads) == 1 else "leads", "leads"),
        Figure(
            len(_cited_reviews(plan)),
            "review" if len(_cited_reviews(plan)) == 1 else "reviews",
            "recommendations",
        ),
    )
    return Summary(_lead(index), figures, _past(index, on), _status_rows(index))


def milestones_sentence(index: PlanIndex, on: date) -> str:
    """How the milestones stand: reached, passed, without a date."""
    found = [placed.milestone for placed in index.milestones]
    reached = sum(m.achieved for m in found)
    past = sum(is_past(m.status, m.dates, on) for m in found)
    undated = sum(m.dates.approved is None and m.dates.original is None for m in found)
    return (
        f"{count_words(len(found), 'milestone')}. {reached} said to be reached; "
        f"{past} whose date has passed without anyone saying so; {undated} without a date."
    )


def _lead(index: PlanIndex) -> str:
    themes, actions, steps = len(index.plan.themes), len(index.actions), len(index.steps)
    reviews = _cited_reviews(index.plan)
    sentence = f"{count_words(actions, 'action')} in {count_words(themes, 'theme').lower()}"
    sentence += f", broken into {count_words(steps, 'step')}." if steps else "."
    if reviews:
        sentence += f" It answers {_and(sorted(reviews))}."
    return sentence


def _cited_reviews(plan: Plan) -> set[str]:
    cited = {r.review for theme in plan.themes for action in theme.actions for r in action.references}
    return cited | {review.name for review in plan.reviews}


def _past(index: PlanIndex, on: date) -> str:
    past = sum(is_past(p.action.status, p.action.dates, on) for p in index.actions)
    if not past:
        return "No action has gone past its date without being said to be done."
    are = "action has gone past its" if past == 1 else "actions have gone past their"
    return f"{past} {are} approved date without anyone saying that the work is done."


def _status_rows(index: PlanIndex) -> list[dict[str, object]]:
    return [
        {"key": {"text": words.text}, "value": {"text": count_words(number, "action")}}
        for words, number in tally(index.statuses())
    ]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
