"""The pages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages and forms. It has no tables."""

    name = "goldenthread.web"
    label = "web"
