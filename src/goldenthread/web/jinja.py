"""The pages' templates: Jinja2, strict about names that are not there, with the GOV.UK components as `gov.button(…)`.

The components' own macros rely on absent options being empty, so they live in an environment of their own that
allows it; our templates do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.plan.references import Reference
from goldenthread.web import assets, change_access, finding_access, pieces, update_pieces
from goldenthread.web.clock import moment_words
from goldenthread.web.presenting import (
    dates,
    forecasts,
    index,
    questions,
    ratings,
    recommendations,
    sources,
    statuses,
    trends,
)
from goldenthread.web.presenting.staleness import staleness_words


class Components:
    """The GOV.UK Frontend macros, by the names of the components: `gov.error_summary({...})`."""

    def __init__(self) -> None:
        loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        self._environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)

    def __getattr__(self, name: str) -> Callable[[dict[str, Any]], Markup]:
        if name.startswith("_"):
            raise AttributeError(name)
        macro = self._macro(name)
        setattr(self, name, macro)
        return macro

    def _macro(self, name: str) -> Callable[[dict[str, Any]], Markup]:
        folder, words = name.replace("_", "-"), name.title().replace("_", "")
        template = self._environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
        return getattr(template.module, f"govuk{words}")


@cache
def components() -> Components:
    """One set of components for the process: loading a macro compiles its template."""
    return Components()


def paragraphs(text: str) -> list[str]:
    """A text at its blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        asset=assets.address,
        gov=components(),
        static=static,
        url=reverse,
    )
    made.filters.update(
        chance_cell=forecasts.chance_cell,
        chart=pieces.chart_html,
        count=statuses.count_words,
        date_html=pieces.date_html,
        date_words=dates.date_words,
        day=day_words,
        four_dates=dates.four_dates,
        grid=pieces.grid_html,
        handle=index.handle,
        kind_title=lambda kind: questions.KIND_WORDS[kind].title,
        moved_words=trends.moved_words,
        moment=moment_words,
        movement=dates.movement,
        noticed=finding_access.noticed,
        noticed_in=finding_access.noticed_in,
        paragraphs=paragraphs,
        place=sources.place_words,
        rating_tag=ratings.rating_tag,
        reading_rows=trends.reading_rows,
        rebaselined=change_access.rebaselined,
        reference=Reference.label,
        slug=slug,
        reference_label=recommendations.reference_label,
        sentence=sources.sentence,
        short_day=dates.short_day,
        staleness_html=pieces.staleness_html,
        staleness_words=staleness_words,
        standing_html=pieces.standing_html,
        status=statuses.status_words,
        status_tag=pieces.tag_html,
        title_words=index.title_words,
        update_fields=update_pieces.fields_html,
    )
    return made
