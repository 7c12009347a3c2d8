"""A private PostgreSQL server for one computer, started on demand and stopped when nobody needs it.

Every process that wants the database holds a shared lock on one file while it does (`EmbeddedServer`). The first one
starts a keeper, which runs `postgres` and stops it once nobody holds the lock. Whichever of them is killed, nothing is
left running and nothing committed is lost. `goldenthread.embedded.databases` makes roles and databases on the server.
"""

from goldenthread.embedded.server import EmbeddedServer
from goldenthread.embedded.shared import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    SUPERUSER,
    EmbeddedServerError,
    ServerAddress,
)

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "SUPERUSER",
    "EmbeddedServer",
    "EmbeddedServerError",
    "ServerAddress",
]
