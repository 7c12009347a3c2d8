"""The header and footer of every page, for templates that are not Jinja's."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from goldenthread.web import assets

register = template.Library()


@register.simple_tag(takes_context=True)
def shell_part(context: template.Context, name: str) -> SafeString:
    """One of `parts/` of the Jinja templates: "header" or "footer"."""
    return render_to_string(f"parts/{name}.html", {}, request=context["request"], using="jinja")


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file."""
    return assets.address("".join(name))  # a template gives a SafeString, which pathlib refuses
