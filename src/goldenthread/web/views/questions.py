"""Questions about a plan that is on the record: the list, one by one, and the suggested readings of a kind at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.plan.questions import Question
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.permissions import Permission
from goldenthread.record.services.questions import answer_in_bulk, answer_question
from goldenthread.web.forms.answers import USUAL_REASON, AnswerForm, other_hint
from goldenthread.web.presenting.index import PlacedAction, handle, title_words
from goldenthread.web.presenting.questions import KIND_WORDS, group_questions
from goldenthread.web.sources import source_of
from goldenthread.web.viewing import Viewing, reading_page, writing_page
from goldenthread.web.views.pages import page


@reading_page
def questions(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The open questions, by kind."""
    groups = [
        {
            "kind": group.kind.value,
            "words": group.words,
            "questions": [(each, viewing.link("question", key=each.key)) for each in group.questions],
            "suggested": len(group.suggested),
            "accept": viewing.link("accept", kind=group.kind.value.replace("_", "-")),
        }
        for group in group_questions(viewing.plan.questions)
    ]
    context = {
        "heading": "Questions",
        "caption": viewing.plan.title,
        "groups": groups,
        "total": len(viewing.plan.questions),
        "can_answer": _may_answer(viewing) and not viewing.is_past,
        "next_step": None,
    }
    return page(request, viewing, "questions", context)


def question(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One question, with what the document says and what it could mean."""
    return (_answered if request.method == "POST" else _asked)(request, slug=slug, key=key)


@reading_page
def _asked(request: HttpRequest, viewing: Viewing, key: str) -> HttpResponse:
    return _show(request, viewing, _find(viewing, key), AnswerForm())


@writing_page
def _answered(request: HttpRequest, viewing: Viewing, key: str) -> HttpResponse:
    if not _may_answer(viewing):
        raise PermissionDenied
    found, form = _find(viewing, key), AnswerForm.typed(request.POST)
    if not form.check(found):
        return _show(request, viewing, found, form)
    if form.choice != "later":
        try:
            answer_question(
                actor=viewing.viewer.actor,
                plan=viewing.slug,
                question_key=key,
                candidate=form.candidate,
                other=form.other or None if form.choice == "other" else None,
                reason=form.reason or USUAL_REASON,
            )
        except InvalidEdit as error:
            form.errors["other" if form.choice == "other" else "choice"] = str(error)
            return _show(request, viewing, found, form)
        messages.success(request, "The answer is recorded.")
    following = _following(viewing.plan.questions, found)
    return redirect(viewing.link("question", key=following.key) if following else viewing.link("questions"))


@writing_page
def accept(request: HttpRequest, viewing: Viewing, kind: str) -> HttpResponse:
    """All suggested readings of one kind: first the list, then the deed."""
    if not _may_answer(viewing):
        raise PermissionDenied
    group = next(
        (g for g in group_questions(viewing.plan.questions) if g.kind.value.replace("_", "-") == kind), None
    )
    if group is None or not group.suggested:
        return redirect(viewing.link("questions"))
    if request.method == "POST":
        answer_in_bulk(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            kind=group.kind,
            reason="Accepted the suggested readings after checking the list",
        )
        messages.success(request, "The answers are recorded.")
        return redirect(viewing.link("questions"))
    context = {
        "words": group.words,
        "questions": group.suggested,
        "without": len(group.questions) - len(group.suggested),
        "back": viewing.link("questions"),
    }
    return page(request, viewing, "accept", context)


def _show(request: HttpRequest, viewing: Viewing, found: Question, form: AnswerForm) -> HttpResponse:
    number = viewing.plan.questions.index(found) + 1
    viewing.under(("Questions", "questions", {}))
    context = {
        "question": found,
        "words": KIND_WORDS[found.kind],
        "position": f"Question {number} of {len(viewing.plan.questions)}",
        "about": _about(viewing, found),
        "source": source_of(viewing, found.anchors),
        "form": form,
        "errors": form.error_list(),
        "other_hint": other_hint(found),
        "asks_reason": True,
        "can_answer": _may_answer(viewing) and not viewing.is_past,
        "back": viewing.link("questions"),
    }
    return page(request, viewing, "question", context)


def _find(viewing: Viewing, key: str) -> Question:
    found = viewing.index.question(key)
    if found is None:
        raise Http404(f"There is no open question {key}")
    return found


def _about(viewing: Viewing, found: Question) -> dict[str, str] | None:
    placed = viewing.index.by_key.get(found.item_key or "")
    if placed is None:
        return None
    if isinstance(placed, PlacedAction):
        item, kind, route = placed.action, "step" if placed.is_step else "action", "action"
        return {"kind": kind, "title": title_words(item), "href": viewing.link(route, handle=handle(item))}
    milestone = placed.milestone
    return {
        "kind": "milestone",
        "title": milestone.name,
        "href": viewing.link("milestone", handle=handle(milestone)),
    }


def _following(asked: tuple[Question, ...], found: Question) -> Question | None:
    place = asked.index(found) + 1
    return asked[place] if place < len(asked) else None


def _may_answer(viewing: Viewing) -> bool:
    return viewing.viewer.may(Permission.ANSWER)
