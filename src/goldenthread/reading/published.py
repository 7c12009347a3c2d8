"""A plan as the plain JSON that `goldenthread read --json` publishes: flat lists where names and texts are enough."""

from __future__ import annotations

from typing import Any

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Milestone, Plan, Review, Theme
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference
from goldenthread.plan.values import Anchor

SCHEMA = "goldenthread.reading/1"


def reading_json(plan: Plan) -> dict[str, Any]:
    """The plan for other programs; every value is plain JSON. A value under an open question is null."""
    return {
        "schema": SCHEMA,
        "title": plan.title,
        "council": plan.council.name,
        "phase": plan.phase,
        "approved_on": plan.approved_on.isoformat() if plan.approved_on else None,
        "sections": [{"heading": part.heading, "level": part.level} for part in plan.sections],
        "themes": [_theme(theme) for theme in plan.themes],
        "risks": [{"title": risk.title, "description": risk.description} for risk in plan.risks],
        "engagement_milestones": [_milestone(milestone) for milestone in plan.engagement_milestones],
        "reviews": [_review(review) for review in plan.reviews],
        "exit_factors": [factor.text for factor in plan.exit_factors],
        "bodies": [body.name for body in plan.bodies],
        "posts": [post.name for post in plan.posts],
        "questions": [_question(question) for question in plan.questions],
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "number": theme.number,
        "name": theme.name,
        "objectives": [objective.text for objective in theme.objectives],
        "workstreams": [
            {"name": stream.name, "aim": stream.aim, "listed": stream.listed} for stream in theme.workstreams
        ],
        "milestones": [_milestone(milestone) for milestone in theme.milestones],
        "deliverables": [deliverable.name for deliverable in theme.deliverables],
        "success_statements": [statement.text for statement in theme.success_statements],
        "actions": [_action(action, theme) for action in theme.actions],
    }


def _action(action: Action, theme: Theme) -> dict[str, Any]:
    stream = theme.workstream(action.workstream)
    return {
        "key": action.key,
        "number": action.number,
        "title": action.title,
        "heading": action.heading,
        "workstream": stream.name if stream else None,
        "references": [_reference(reference) for reference in action.references],
        "leads": list(action.leads),
        "start": _date(action.start),
        "start_printed": action.start_printed,
        "due": _date(action.dates.approved or action.dates.actual),
        "due_printed": action.due_printed,
        "condition": action.condition,
        "status": action.status.value,
        "raised": _date(action.raised),
        "updates": [update.model_dump(mode="json") for update in action.updates],
        "steps": [_action(step, theme) for step in action.steps],
        **_anchors(action.anchors),
    }


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "key": milestone.key,
        "name": milestone.name,
        "date": _date(milestone.dates.approved or milestone.dates.actual),
        "printed": milestone.printed,
        "condition": milestone.condition,
        "achieved": milestone.achieved,
        **_anchors(milestone.anchors),
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "name": review.name,
        "title": review.title,
        "published": _date(review.published),
        "totals": [{"class": total.class_, "count": total.count} for total in review.totals],
        "recommendations": [_reference(item.reference) for item in review.recommendations],
        "requirements": [requirement.text for requirement in review.requirements],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "review": reference.review,
        "class": reference.class_,
        "number": reference.number,
        "page": reference.page,
    }


def _date(date: PlanDate | None) -> dict[str, Any] | None:
    return date.model_dump(mode="json") if date else None


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind.value,
        "text": question.text,
        "item": question.item_key,
        "field": question.field,
        "candidates": [{"label": choice.label, "reason": choice.reason} for choice in question.candidates],
        "default": question.default,
        **_anchors(question.anchors),
    }


def _anchors(anchors: tuple[Anchor, ...]) -> dict[str, Any]:
    """The first place as `anchor`, and all of them as `anchors`."""
    places = [anchor.model_dump(mode="json", exclude_none=True) for anchor in anchors]
    return {"anchor": places[0] if places else None, "anchors": places}
