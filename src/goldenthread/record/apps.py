"""The record as a Django application: its tables are in `models/`."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The system of record. It is the only application with tables of its own."""

    name = "goldenthread.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
