"""How a council's cycle runs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.cycle.settings import settings_of
from goldenthread.record.errors import RecordError
from goldenthread.record.permissions import Permission
from goldenthread.record.services.periods import change_cycle_settings
from goldenthread.web.forms.cycle import SettingsForm
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page

ABOUT = (
    "They hold for all plans of the council. A month that is open keeps the day by which leads are to answer."
)


@writing_page
def cycle_settings(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The form, and on sending it the change."""
    viewer = viewing.viewer
    viewing.refuse_without(Permission.RUN_CYCLE)
    typed = SettingsForm.of(settings_of(viewer.council_id))
    if request.method == "POST":
        typed = SettingsForm.typed(request.POST)
        if typed.check():
            try:
                change_cycle_settings(
                    actor=viewer.actor, settings=typed.settings, reason=typed.form["reason"]
                )
            except RecordError as error:
                typed.errors["stale_days"] = str(error)
            else:
                messages.success(request, "The settings are recorded.")
                return redirect("reporting", slug=viewing.slug)
    viewing.under(REPORTING)
    context = {
        "title": "Settings of the cycle",
        "form": typed.form,
        "about": ABOUT,
        "errors": typed.errors.listed(),
        "back": viewing.link("reporting"),
        "with_file": False,
    }
    return page(request, viewing, "short_form", context)
