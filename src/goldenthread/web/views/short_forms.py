"""What short forms have in common: a list of fields, shown, checked, saved, and the page to go on to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.errors import RecordError
from goldenthread.web.forms.fields import Field, FieldForm
from goldenthread.web.viewing import Crumb, Viewing
from goldenthread.web.views.pages import page


def form_page(
    request: HttpRequest,
    viewing: Viewing,
    title: str,
    fields: tuple[Field, ...],
    *,
    save: Callable[[FieldForm], str | None],
    above: tuple[Crumb, ...],
    start: dict[str, str] | None = None,
    about: str = "",
    with_file: bool = False,
    template: str = "short_form",
    seen: int | None = None,
    button: str = "Save",
    **more: Any,
) -> HttpResponse:
    """Show the form; on sending it save it and go on to the page that `save` gives, or say what is wrong.

    Args:
        save: Records what was typed, and gives the address of the next page; None if it found something wrong.
        above: The pages above, the last of which is where "Cancel" leads.
        seen: How many entries of the same thing the page shows; the form sends it back (`seen_in`).
        button: What the button says that sends it.
        more: What the template shows besides.
    """
    form = FieldForm(fields, start or {})
    if request.method == "POST" and fields:
        form = FieldForm.typed(fields, request.POST)
        if form.check():
            try:
                with transaction.atomic():  # all of a form or none of it
                    onward = save(form)
            except RecordError as error:
                form.errors[_place_of(error, fields)] = str(error)
            else:
                if onward:
                    messages.success(request, "It is recorded.")
                    return redirect(onward)
    viewing.under(*above)
    _, route, arguments = above[-1]
    context = {
        "title": title,
        "form": form,
        "about": about,
        "errors": form.errors.listed(),
        "back": viewing.link(route, **arguments),
        "with_file": with_file,
        "seen": seen,
        "button": button,
        **more,
    }
    return page(request, viewing, template, context, status=400 if form.errors else 200)


def _place_of(error: RecordError, fields: tuple[Field, ...]) -> str:
    """The field that an error is about, where it says so and the form has it; else the first."""
    named = getattr(error, "field", "")
    return named if named in {each.name for each in fields} else fields[0].name


def seen_in(request: HttpRequest) -> int | None:
    """How many entries of the same thing were on the page whose form was sent; None where it does not say."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
