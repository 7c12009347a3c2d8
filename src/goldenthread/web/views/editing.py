"""Changing one action, step or milestone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.plan.model import Action, Milestone
from goldenthread.record.errors import FieldConflict, InvalidEdit, NeedsDecision, NotAllowed, StaleEdit
from goldenthread.record.permissions import Permission
from goldenthread.record.reporters import require_lead
from goldenthread.record.services.editing import edit_item
from goldenthread.web.forms.edits import EditForm
from goldenthread.web.presenting.changes import field_words, value_words
from goldenthread.web.presenting.index import PlacedAction
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.pages import page


@writing_page
def edit(request: HttpRequest, viewing: Viewing, handle: str) -> HttpResponse:
    """The form, and on sending it the change. If somebody else was quicker, both versions are shown, nothing lost."""
    viewer = viewing.viewer
    if not viewer.can_edit:
        raise PermissionDenied
    placed = viewing.index.by_handle.get(handle)
    if placed is None:
        raise Http404(f"There is no item {handle}")
    item = placed.action if isinstance(placed, PlacedAction) else placed.milestone
    if item.id is None:
        raise Http404(f"The item {handle} has no identity on the record")
    kind = ("step" if placed.is_step else "action") if isinstance(placed, PlacedAction) else "milestone"
    back = viewing.link("milestone" if kind == "milestone" else "action", handle=handle)
    progress_only = not viewer.may(Permission.EDIT)
    if progress_only and viewing.plan.id:
        try:
            require_lead(viewer.actor, viewing.plan.id, item.id, viewing.today)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
    conflicts: tuple[FieldConflict, ...] = ()
    if request.method == "POST":
        form = EditForm.typed(request.POST, item, progress_only)
        if form.check(item):
            try:
                edit_item(
                    actor=viewer.actor,
                    plan=viewing.slug,
                    item=item.id,
                    changes=form.changes,
                    reason=form.reason,
                    effective_on=form.effective,
                    seen_revision=form.seen_revision,
                    correction=form.correction,
                )
            except StaleEdit as stale:
                conflicts, form.seen_revision = stale.theirs, stale.revision
            except NeedsDecision as error:
                form.errors["correction"] = str(error)
            except InvalidEdit as error:
                form.errors["title"] = str(error)
            else:
                messages.success(request, "The change is recorded.")
                return redirect(back)
    else:
        form = EditForm.of(item, viewer.head, viewing.today, progress_only)
    context = {
        "item": item,
        "kind": kind,
        "form": form,
        "errors": form.errors.listed(),
        "back": back,
        "propose": f"{viewing.link('propose')}?{urlencode({'item': handle})}",
        "conflicts": [_conflict(conflict) for conflict in conflicts],
    }
    viewing.under((_title(item), "milestone" if kind == "milestone" else "action", {"handle": handle}))
    return page(request, viewing, "edit", context, status=409 if conflicts else 200)


def _conflict(conflict: FieldConflict) -> dict[str, str]:
    return {
        "label": field_words(conflict.field),
        "theirs": value_words(conflict.theirs, conflict.field) or "Not set",
        "mine": value_words(conflict.ours, conflict.field) or "Not set",
        "by": f"It was {value_words(conflict.seen, conflict.field) or 'not set'} when you opened this form",
    }


def _title(item: Action | Milestone) -> str:
    return (item.title if isinstance(item, Action) else item.name) or "No title in the plan"
