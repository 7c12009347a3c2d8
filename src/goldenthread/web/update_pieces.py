"""The fields of one promise on the pages of updates, made once: they stay the same until somebody types in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup

from goldenthread.web.forms.updates import UpdateForm
from goldenthread.web.presenting.statuses import status_words
from goldenthread.web.presenting.updates import RATING_CHOICES, STATUS_CHOICES, UpdateRow


@dataclass(frozen=True)
class Typed:
    """Whose fields they are, and what is typed in them; `id` ends their names."""

    id: str
    form: UpdateForm = field(default_factory=UpdateForm)


def fields_html(row: UpdateRow) -> Markup:
    """The fields with what was typed and what is wrong with it."""
    report = row.report
    shown: dict[str, str | bool] = {
        "can_move": row.can_move,
        "status": status_words(row.status).text,
        "rating": row.rating_words,
        "has_why": bool(report and report.why),
        "has_next_step": bool(report and report.next_step),
    }
    if row.form.is_blank and not row.form.errors:
        return _blank(row.id, **shown)
    return _made(Typed(row.id, row.form), shown)


@lru_cache(maxsize=2048)
def _blank(item: str, **shown: str | bool) -> Markup:
    return _made(Typed(item), shown)


def _made(row: Typed, shown: Mapping[str, str | bool]) -> Markup:
    choices = {"statuses": STATUS_CHOICES, "ratings": RATING_CHOICES}
    context = {"row": row, **shown, **choices}
    return Markup(render_to_string("parts/update_fields.html", context, using="jinja"))
