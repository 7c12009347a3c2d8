"""Addresses of the web as people type them."""

from __future__ import annotations

from urllib.parse import urlsplit

from goldenthread.record.errors import InvalidEdit

LONGEST = 2000


def web_link(typed: str) -> str:
    """The address, if it is one of the web that can be kept and shown.

    Raises:
        InvalidEdit: It is none, is too long, or holds a name and password, which would be shown to every reader.
    """
    address = typed.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or any(sign.isspace() for sign in address):
        raise InvalidEdit(f"“{address[:200]}” is not an address of the web. Begin with https://")
    if len(address) > LONGEST:
        raise InvalidEdit(f"The address is longer than {LONGEST:,} characters. Use a shorter one.")
    if parts.username is not None or parts.password is not None:
        raise InvalidEdit("The address holds a name or a password. Leave out what stands before the @.")
    return address
