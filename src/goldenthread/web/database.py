"""Which PostgreSQL to use: the one that `DATABASE_URL` names, or the embedded one of the data folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from goldenthread.embedded import OWNER_ROLE, EmbeddedServer
from goldenthread.embedded.databases import ensure_roles_and_database

KEEP_CONNECTION_SECONDS = 600


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder: `GOLDENTHREAD_HOME`, else `.goldenthread` in the working folder."""
    return Path(environ.get("GOLDENTHREAD_HOME", ".goldenthread")).expanduser().resolve()


def provide_database() -> EmbeddedServer | None:
    """Make sure that `DATABASE_URL` and `DATABASE_OWNER_URL` name a running server; call it before Django is set up.

    Returns the embedded server that this process now holds (release it at the end), or None where the environment
    names a server already.
    """
    if "DATABASE_URL" in os.environ:
        return None
    server = EmbeddedServer(home())
    address = server.acquire()
    ensure_roles_and_database(address)
    os.environ["DATABASE_URL"] = address.url()
    os.environ["DATABASE_OWNER_URL"] = address.url(user=OWNER_ROLE)
    return server


def django_databases(environ: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`: `default` is the application's role, `owner` the role that migrates."""
    url = environ.get("DATABASE_URL", "postgresql:///goldenthread")
    return {"default": _django(url), "owner": _django(environ.get("DATABASE_OWNER_URL", url))}


def _django(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: parts.pop(libpq, "") or "" for libpq, django in named.items()},
        "OPTIONS": {name: value for name, value in parts.items() if value is not None},
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
