"""Which fields of a plan the public may see. A field that is not listed here stops the publication, and a test."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Assessment, Report
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference
from goldenthread.plan.values import Anchor

PUBLIC = ""
"""The field is told."""

_OWN_KEY = "a key is made from words of the document, which may be held back; pages are known by their number"
_OWN_ID = "the permanent number is the public name of an item"
_PLACE = "it names files and places inside the council"
_FORECAST = "what a lead expects is an internal judgement, until a decision moves the approved date"
_REPORT = "a lead’s own words and rating are written for colleagues"
_ASSESSED = "an assurer’s rating and its reason are written for colleagues"
_RISK = "risks are weighed in the council’s risk register, which is published on its own terms"
_QUESTION = "how a document was read is the council’s own working"
_NARRATIVE = "the narrative is in the plan as approved, and names persons"
_PERSONS = "other names of a post or body may be names of persons"
_NAMED = "it names persons"
_LINKS = "links hold notes of the council’s own working"
_UPDATED = "what documents said on the way is not edited for the public and may name persons"

_ITEM = {"key": _OWN_KEY, "id": _OWN_ID, "anchors": _PLACE}

FIELDS: Mapping[type[BaseModel], Mapping[str, str]] = {
    model.Plan: {
        **_ITEM, "schema_": PUBLIC, "council": PUBLIC, "title": PUBLIC, "kind": PUBLIC, "phase": PUBLIC,
        "version": PUBLIC, "approving_body": PUBLIC, "approved_on": PUBLIC, "decision": PUBLIC, "sections": _NARRATIVE,
        "themes": PUBLIC, "engagement_milestones": PUBLIC, "risks": _RISK, "reviews": PUBLIC, "exit_factors": PUBLIC,
        "posts": _PERSONS, "bodies": _PERSONS, "links": _LINKS, "questions": _QUESTION,
    },
    model.Council: {"name": PUBLIC, "ons_code": PUBLIC},
    model.Theme: {
        **_ITEM, "number": PUBLIC, "name": PUBLIC, "introduction": _NARRATIVE, "objectives": PUBLIC,
        "workstreams": PUBLIC, "milestones": PUBLIC, "deliverables": PUBLIC, "success_statements": PUBLIC,
        "actions": PUBLIC,
    },
    model.Objective: {**_ITEM, "text": PUBLIC},
    model.Workstream: {
        **_ITEM, "name": PUBLIC, "aim": PUBLIC, "aliases": _OWN_KEY, "listed": "it says how a document was read",
    },
    model.Deliverable: {**_ITEM, "name": PUBLIC, "group": PUBLIC},
    model.SuccessStatement: {**_ITEM, "text": PUBLIC, "measure": PUBLIC},
    model.Action: {
        **_ITEM, "ref": PUBLIC, "number": PUBLIC, "title": PUBLIC, "heading": PUBLIC,
        "workstream": "it is a key; the page of the theme names its workstreams", "references": PUBLIC,
        "leads": PUBLIC, "status": PUBLIC, "start": PUBLIC, "dates": PUBLIC, "start_printed": PUBLIC,
        "due_printed": PUBLIC, "condition": PUBLIC, "review_cadence": PUBLIC, "raised": PUBLIC, "updates": _UPDATED,
        "report": _REPORT, "assessment": _ASSESSED, "steps": PUBLIC,
    },
    model.Milestone: {
        **_ITEM, "ref": PUBLIC, "name": PUBLIC, "dates": PUBLIC, "printed": PUBLIC, "status": PUBLIC, "leads": PUBLIC,
        "condition": PUBLIC, "report": _REPORT, "assessment": _ASSESSED,
    },
    model.Dates: {"original": PUBLIC, "approved": PUBLIC, "forecast": _FORECAST, "actual": PUBLIC},
    PlanDate: {
        "printed": PUBLIC, "edtf": PUBLIC, "earliest": PUBLIC, "latest": PUBLIC, "approximate": PUBLIC,
        "bound": PUBLIC, "recurs": PUBLIC, "condition": PUBLIC, "inferred": PUBLIC,
    },
    model.Review: {
        **_ITEM, "name": PUBLIC, "title": PUBLIC, "published": PUBLIC, "totals": PUBLIC, "recommendations": PUBLIC,
        "requirements": PUBLIC,
    },
    model.StatedTotal: {"class_": PUBLIC, "count": PUBLIC},
    model.Recommendation: {
        **_ITEM, "reference": PUBLIC, "text": PUBLIC, "sent_on": PUBLIC, "lifted_on": PUBLIC, "lifted_by": _NAMED,
        "looked_up": _NAMED,
    },
    model.Requirement: {**_ITEM, "text": PUBLIC},
    Reference: {"review": PUBLIC, "class_": PUBLIC, "number": PUBLIC, "page": PUBLIC},
    model.Section: {**_ITEM, "heading": _NARRATIVE, "level": _NARRATIVE, "paragraphs": _NARRATIVE},
    model.Risk: {**_ITEM, "title": _RISK, "description": _RISK, "register_reference": _RISK},
    model.LookedUp: dict.fromkeys(("found", "basis", "by", "on"), _NAMED),
    model.Post: {**_ITEM, "name": _PERSONS, "aliases": _PERSONS},
    model.Body: {**_ITEM, "name": _PERSONS, "aliases": _PERSONS},
    model.Link: {**_ITEM, **dict.fromkeys(("kind", "source", "target", "note"), _LINKS)},
    model.Update: dict.fromkeys(("as_at", "text", "status_printed", "status", "rag_printed"), _UPDATED),
    Report: dict.fromkeys(
        ("as_at", "by", "door", "rating", "why", "next_step", "highlight", "no_change"), _REPORT
    ),
    Assessment: dict.fromkeys(("on", "by", "rating", "reason"), _ASSESSED),
    Anchor: dict.fromkeys(("file", "sheet", "line", "page", "paragraph", "table", "row", "column"), _PLACE),
    Question: dict.fromkeys(Question.model_fields, _QUESTION),
}  # fmt: skip
"""Each class of a plan with each of its fields: PUBLIC, or the reason for which it is not told."""


class NotListed(LookupError):
    """A field of the plan is in neither list, so nobody has decided whether the public may see it."""


def public_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a class that are told.

    Raises:
        NotListed: The class, or a field of it, is not listed.
    """
    listed = FIELDS.get(kind)
    if listed is None or listed.keys() != kind.model_fields.keys():
        unlisted = sorted(kind.model_fields.keys() ^ (listed or {}).keys())
        raise NotListed(
            f"{kind.__name__}: {', '.join(unlisted)}. Say in reporting/public/fields.py whether the public may see it."
        )
    return tuple(name for name, refused in listed.items() if not refused)
