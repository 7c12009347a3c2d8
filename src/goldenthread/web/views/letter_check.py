"""Holding a letter or a report against the plan. Nothing is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from goldenthread.documents import Document, DocumentError, document_from_bytes
from goldenthread.plan.days import day_words
from goldenthread.record.evidence import evidence_of
from goldenthread.record.permissions import Permission
from goldenthread.reporting.claims import check_claims
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.uploads import typed_document
from goldenthread.web.presenting.letter_check import CheckShown, filed, shown
from goldenthread.web.record_access import NotYetAdopted, plan_state
from goldenthread.web.viewing import AS_AT, Standing, stand

LONGEST = 200_000
"""How many characters a letter may have: that of a report of 80 pages."""
_MONTHS = 6


@dataclass
class _Typed:
    """What was typed: the words, the period, and what is wrong with them."""

    words: str
    since: str
    until: str
    errors: Errors = field(default_factory=Errors)

    def day(self, name: str, typed: str, what: str) -> date | None:
        """The day that was typed, or None and an error at its field."""
        try:
            return typed_day(typed, what)
        except CannotRead as error:
            self.errors[name] = str(error)
            return None


@require_http_methods(["GET", "HEAD", "POST"])
def letter_check(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for a letter and its period; sending it shows what the plan makes of every sentence."""
    standing, _ = stand(request, slug, Permission.READ)
    standing.under(("Reporting", "reporting", {}))
    typed = _typed(request.POST if request.method == "POST" else QueryDict(), _last_day(request, standing))
    check = _checked(request, standing, typed) if request.method == "POST" else None
    context = {
        "errors": typed.errors,
        "typed": typed,
        "check": check,
        "limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return render(request, "pages/letter_check.html", context, using="jinja")


def _last_day(request: HttpRequest, standing: Standing) -> date:
    """The day that the address asks for, or today."""
    try:
        return date.fromisoformat(request.GET.get(AS_AT, ""))
    except ValueError:
        return standing.today


def _typed(data: QueryDict, last: date) -> _Typed:
    first = last - relativedelta(months=_MONTHS) + relativedelta(days=1)
    return _Typed(data.get("words", ""), data.get("from", day_words(first)), data.get("to", day_words(last)))


def _checked(request: HttpRequest, standing: Standing, typed: _Typed) -> CheckShown | None:
    """What the plan as at the end of the period makes of the letter; None where something typed is wrong."""
    letter = _letter(request, typed)
    since = typed.day("from", typed.since, "the first day that it reports on")
    until = typed.day("to", typed.until, "the last day that it reports on")
    if since and until and until < since:
        typed.errors["to"] = "The last day must not be before the first"
    if typed.errors or letter is None or since is None or until is None:
        return None
    council, cut_off = standing.viewer.council_id, min(until, standing.today)
    try:
        plan = plan_state(standing.viewer, standing.slug, cut_off=cut_off, known_at=None)
    except NotYetAdopted as error:
        typed.errors["to"] = str(error)
        return None
    pieces = evidence_of(council, standing.slug, as_at=cut_off).by_item
    check = check_claims(letter, plan, since=since, until=until, evidence=filed(plan, pieces))
    return shown(check, plan, cut_off, standing.link)


def _letter(request: HttpRequest, typed: _Typed) -> Document | None:
    """The letter that was uploaded, or else the words that were pasted."""
    pasted = typed.words.strip()
    if pasted and len(typed.words) > LONGEST:
        typed.errors["words"] = f"The letter must be {LONGEST:,} characters or fewer"
        return None
    if pasted and "document" not in request.FILES:
        return _read(typed, "words", "letter.txt", typed.words.replace("\r\n", "\n").encode())
    sent = typed_document(request)
    if sent.error:
        typed.errors["document"] = sent.error.replace(
            "Choose a document", "Choose a letter, or paste its words"
        )
        return None
    return _read(typed, "document", sent.name, sent.content)


def _read(typed: _Typed, name: str, file: str, content: bytes) -> Document | None:
    try:
        return document_from_bytes(content, file)
    except DocumentError as error:
        typed.errors[name] = str(error)
        return None
