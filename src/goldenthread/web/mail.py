"""Where mail goes: the server that GOLDENTHREAD_SMTP_URL names. Without one none is sent, and the outbox waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SECONDS = 20
"""How long the mail server may take to answer."""
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """A mail server and how to speak to it."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """The server that the environment names, as smtp+starttls://user:password@mail.example.org:587; None for none.

    Raises:
        ValueError: it is no such address.
    """
    url = environ.get("GOLDENTHREAD_SMTP_URL", "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "GOLDENTHREAD_SMTP_URL has to look like smtp+starttls://user:password@mail.example.org:587 "
            "(or smtps://, or smtp:// inside your own network)."
        )
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
