"""The demonstration's settings on a database of its own, for as long as something is measured."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from goldenthread.web.database import provide_database


@contextmanager
def demonstration() -> Iterator[None]:
    """Django set up as the demonstration serves it, its database migrated and empty."""
    with tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-") as home:
        os.environ |= {
            "GOLDENTHREAD_HOME": home,
            "GOLDENTHREAD_DEMO": "1",
            "GOLDENTHREAD_DEMO_TODAY": date(2022, 6, 7).isoformat(),
            "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings",
        }
        server = provide_database()
        importlib.import_module("goldenthread.web.wsgi")  # as the server loads it, which settles its memory
        from django.db import connections

        from goldenthread.record.database import migrate_if_needed

        try:
            migrate_if_needed()
            yield
        finally:
            connections.close_all()
            if server:
                server.release()
