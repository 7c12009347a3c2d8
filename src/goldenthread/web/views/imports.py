"""A document on its way into the plan: upload, what was read, questions, changes, record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question
from goldenthread.record.errors import InvalidEdit, NotFound, QuestionsOpen, RecordError
from goldenthread.record.permissions import Permission
from goldenthread.web import import_access as held
from goldenthread.web.forms.answers import AnswerForm, other_hint
from goldenthread.web.forms.applying import ApplyForm
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.uploads import NEW_PLAN, typed_document, typed_purpose, usual_purpose
from goldenthread.web.presenting.change_list import ChangeList
from goldenthread.web.presenting.questions import KIND_WORDS, group_questions
from goldenthread.web.presenting.summary import counts
from goldenthread.web.record_access import Viewer, plans_of
from goldenthread.web.viewing import index_of, viewer_for

View = Callable[..., HttpResponse]


def importing_page(view: View) -> View:
    """A page for those who may read documents in. One that names an import is given it, with its reading."""

    @wraps(view)
    def with_import(request: HttpRequest, import_id: UUID | None = None, **kwargs: Any) -> HttpResponse:
        viewer = viewer_for(request)
        if viewer is None or not viewer.may(Permission.IMPORT):
            raise PermissionDenied
        if import_id is None:
            return view(request, viewer, **kwargs)
        try:
            return view(request, held.open_import(viewer, import_id), **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error

    return with_import


@importing_page
def upload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose a document and say what it is for; it is read at once."""
    plans = plans_of(viewer)
    slugs = [plan.slug for plan in plans]
    errors, chosen = Errors(), usual_purpose(slugs)
    if request.method == "POST":
        purpose, document = typed_purpose(request.POST, slugs), typed_document(request)
        chosen = purpose.chosen
        wrong = {"document": document.error, "purpose": purpose.error}
        errors.update({field: text for field, text in wrong.items() if text})
        if not errors:
            try:
                made = held.start(viewer, document.name, document.content, purpose.amends)
            except RecordError as error:
                errors["document"] = str(error)
            else:
                return redirect("import-read", import_id=made)
    context = {
        "errors": errors,
        "imports": held.earlier(viewer),
        "limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
        "purposes": [
            *({"value": f"plan:{plan.slug}", "text": f"It amends “{plan.title}”"} for plan in plans),
            {"value": NEW_PLAN, "text": "It is a new plan"},
        ],
        "chosen": chosen,
        "has_plans": bool(plans),
    }
    return import_page(request, "import", context)


@importing_page
def read(request: HttpRequest, document: held.OpenImport) -> HttpResponse:
    """What was read, in counts that can be held against the document."""
    if not document.understood:
        return redirect("import-mapping", import_id=document.id)
    rows = [
        {"key": {"text": name}, "value": {"text": f"{number:,}"}}
        for name, number in counts(index_of(document.plan))
    ]
    context = {
        "name": document.name,
        "plan": document.plan,
        "rows": rows,
        "open": len(document.plan.questions),
        "state": document.state_words,
        "applied_to": reverse("home", args=[document.slug])
        if document.slug and document.is_applied
        else None,
        "questions_href": reverse("import-questions", args=[document.id]),
        "changes_href": reverse("import-changes", args=[document.id]),
        "mapping_href": reverse("import-mapping", args=[document.id]),
        "discard_href": reverse("import-discard", args=[document.id]),
    }
    return import_page(request, "import_read", context)


@importing_page
def questions(request: HttpRequest, document: held.OpenImport) -> HttpResponse:
    """The open questions of a document, by kind."""
    groups = [
        {
            "kind": group.kind.value,
            "words": group.words,
            "questions": [
                (q, reverse("import-question", args=[document.id, q.key])) for q in group.questions
            ],
            "suggested": len(group.suggested),
            "accept": reverse("import-accept", args=[document.id, group.kind.value.replace("_", "-")]),
        }
        for group in group_questions(document.plan.questions)
    ]
    context = {
        "heading": "Questions about the document",
        "caption": document.name,
        "groups": groups,
        "total": len(document.plan.questions),
        "can_answer": document.is_open,
        "next_step": {"text": "See the changes", "href": reverse("import-changes", args=[document.id])},
    }
    return import_page(request, "questions", context)


@importing_page
def question(request: HttpRequest, document: held.OpenImport, key: str) -> HttpResponse:
    """One question of a document."""
    found = next((each for each in document.plan.questions if each.key == key), None)
    if found is None:
        raise Http404(f"There is no open question {key}")
    form = AnswerForm.typed(request.POST) if request.method == "POST" else AnswerForm()
    if request.method == "POST" and form.check(found):
        try:
            if form.choice != "later":
                other = form.other if form.choice == "other" else None
                held.answer(document, key, form.candidate, other)
        except InvalidEdit as error:
            form.errors["other" if form.choice == "other" else "choice"] = str(error)
        else:
            return redirect(_after(document, found))
    context = {
        "question": found,
        "words": KIND_WORDS[found.kind],
        "position": f"Question {document.plan.questions.index(found) + 1} of {len(document.plan.questions)}",
        "about": None,
        "source": held.source(document, found.anchors),
        "form": form,
        "errors": form.error_list(),
        "other_hint": other_hint(found),
        "asks_reason": False,
        "can_answer": document.is_open,
        "back": reverse("import-questions", args=[document.id]),
    }
    return import_page(request, "question", context)


@importing_page
def accept(request: HttpRequest, document: held.OpenImport, kind: str) -> HttpResponse:
    """All suggested readings of one kind: first the list, then the deed."""
    back = reverse("import-questions", args=[document.id])
    groups = group_questions(document.plan.questions)
    group = next((g for g in groups if g.kind.value.replace("_", "-") == kind), None)
    if group is None or not group.suggested:
        return redirect(back)
    if request.method == "POST":
        held.answer_kind(document, group.kind)
        messages.success(request, "The suggested readings are taken.")
        return redirect(back)
    without = len(group.questions) - len(group.suggested)
    context = {"words": group.words, "questions": group.suggested, "without": without, "back": back}
    return import_page(request, "accept", context)


@importing_page
def changes(request: HttpRequest, document: held.OpenImport) -> HttpResponse:
    """What applying the document would change; sending the form does it. Sending it twice does it once."""
    if document.is_applied and document.slug:
        return redirect("home", slug=document.slug)
    if not document.understood:
        return redirect("import-mapping", import_id=document.id)
    form = ApplyForm.typed(request.POST) if request.method == "POST" else ApplyForm.of(document.plan)
    if request.method == "POST" and form.check():
        try:
            slug = held.apply(document, form.reason, form.effective)
        except QuestionsOpen as error:
            form.errors["unsure"] = str(error)
        except RecordError as error:
            form.errors["effective_on" if isinstance(error, InvalidEdit) else "reason"] = str(error)
        else:
            messages.success(request, "The document is on the record.")
            return redirect("home", slug=slug)
    found = held.changes(document)
    context = {
        "name": document.name,
        "found": found,
        "is_new": document.slug is None,
        "summary": _summary(document.plan, found, is_new=document.slug is None),
        "unsure": [(q, reverse("import-question", args=[document.id, q.key])) for q in document.unsure],
        "open": len(document.plan.questions) - len(document.unsure),
        "can_apply": document.is_open and not document.unsure and bool(found.total),
        "questions_href": reverse("import-questions", args=[document.id]),
        "form": form,
        "errors": form.errors.listed(),
        "back": reverse("import-read", args=[document.id]),
    }
    return import_page(request, "import_changes", context)


@require_POST
@importing_page
def discard(request: HttpRequest, document: held.OpenImport) -> HttpResponse:
    """Put a document aside; the plan stays as it is."""
    held.discard(document)
    messages.success(request, "The document is put aside. Nothing was changed.")
    return redirect("import")


def _summary(plan: Plan, found: ChangeList, *, is_new: bool) -> str:
    if is_new:
        return f"“{plan.title}” is not on the record yet, so everything in it is new."
    if not found.shows and found.total:
        return "The document prints some dates in other words, and nothing in it means anything else."
    if not found.shows:
        return "The document says what is on the record already. There is nothing to change."
    return f"What is not the same in the document as in “{plan.title}” on the record."


def _after(document: held.OpenImport, found: Question) -> str:
    place = document.plan.questions.index(found) + 1
    if place < len(document.plan.questions):
        return reverse("import-question", args=[document.id, document.plan.questions[place].key])
    return reverse("import-questions", args=[document.id])


def import_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page about documents, with the way back to what was read."""
    above = [("Home", reverse("start"))]
    if document_id := (request.resolver_match.kwargs.get("import_id") if request.resolver_match else None):
        above.append(("Read in a document", reverse("import")))
        if name != "import_read" and context.get("understood", True):
            above.append(("What was read", reverse("import-read", args=[document_id])))
    request.crumbs = [{"text": text, "href": href} for text, href in above]  # type: ignore[attr-defined]  # for the shell
    return render(request, f"pages/{name}.html", context, using="jinja")
