"""Checking and correcting how a document's columns and words are read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.reading import DocumentMapping
from goldenthread.record.errors import RecordError, Unreadable
from goldenthread.web import mapping_access as said
from goldenthread.web.forms.mapping import MappingForm
from goldenthread.web.import_access import OpenImport
from goldenthread.web.presenting.mapping import meaning_words, tables_of, what_changed, words_of
from goldenthread.web.views.imports import import_page, importing_page


@importing_page
def mapping(request: HttpRequest, document: OpenImport) -> HttpResponse:
    """What each column holds and each status word means; saving reads the document again and remembers it."""
    problem, found = "", DocumentMapping()
    try:
        found = said.mapping(document)
    except Unreadable as error:
        problem = str(error)
    form = MappingForm.typed(request.POST, found) if request.method == "POST" else MappingForm()
    if request.method == "POST" and not form.errors:
        try:
            if "forget" in request.POST:
                said.forget(document, request.POST["forget"])
            else:
                said.correct(document, form.columns, form.values)
        except RecordError as error:
            problem = str(error)
        else:
            return _saved(request, document)
    context = {
        "name": document.name,
        "problem": problem,
        "understood": document.understood,
        "is_open": document.is_open,
        "tables": tables_of(found, form.chosen),
        "words": words_of(found, form.chosen),
        "remembered": [(rule, meaning_words(rule.meaning)) for rule in said.remembered(document.viewer)],
        "errors": form.errors,
        "back": reverse("import-read", args=[document.id]),
        "discard_href": reverse("import-discard", args=[document.id]),
    }
    return import_page(request, "import_mapping", context)


def _saved(request: HttpRequest, document: OpenImport) -> HttpResponse:
    """Say what came of it, on the page that shows it."""
    if not document.is_open:
        messages.success(
            request, "This is remembered for the next document. What this one said stays as it is."
        )
        return redirect("import-mapping", import_id=document.id)
    understood, plan = said.reading_now(document)
    if not understood:
        messages.warning(
            request, "Nothing in the document is understood yet. Say which column holds what is to be done."
        )
        return redirect("import-mapping", import_id=document.id)
    messages.success(request, what_changed(document.plan, plan))
    return redirect(
        "import-read" if "forget" not in request.POST else "import-mapping", import_id=document.id
    )
