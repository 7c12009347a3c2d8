"""Looking whether a link can still be reached, from a server that also reaches things that readers must not.

Anybody who reports may enter a link, so a link may point into the organisation's own network. Every host is looked up,
and only public addresses are visited, redirects included; the connection goes to the very address that was looked up.
No cookie, name or password is sent, nothing of what comes back is kept, and a visit ends after `SECONDS`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from goldenthread import __version__
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.files.web_links import web_link

SECONDS = 20
MOST_REDIRECTS = 5
READ = 1024
"""So many bytes of a page are taken at most; that they come is all that matters."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NEEDS_SIGN_IN = frozenset({401, 403, 407})
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""
_HEADERS = {"User-Agent": f"GoldenThread/{__version__} (link check)", "Accept": "*/*", "Connection": "close"}


@dataclass(frozen=True)
class Visited:
    """What a visit found. `reached` is None where nobody can tell; `said` is why, in words."""

    reached: bool | None
    said: str


class _NotPublic(Exception):
    """The address is not one of the public internet, so it is not visited."""


def visit(link: str) -> Visited:
    """Ask for a link, following redirects. It never raises: whatever goes wrong is what the visit found."""
    address = link
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, reason, onward = _ask(urlsplit(web_link(address)))
            if status not in _REDIRECTS or not onward:
                return _judged(status, reason)
            address = urljoin(address, onward)
        return Visited(False, f"It redirects more than {MOST_REDIRECTS} times")
    except _NotPublic:
        return Visited(None, "Not visited: its address is inside a private network")
    except InvalidEdit:
        return Visited(False, "It redirects to something that is no address of the web")
    except ssl.SSLError as error:
        return Visited(False, f"No secure connection: {error.reason or 'refused'}"[:200])
    except (OSError, http.client.HTTPException, ValueError) as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        return Visited(False, f"No answer: {said}"[:200])


def _judged(status: int, reason: str) -> Visited:
    said = f"{status} {reason}".strip()[:200]
    if status in _NEEDS_SIGN_IN:
        return Visited(None, f"It asks for a sign-in, so nobody can tell ({said})")
    return Visited(200 <= status < 300, said)


def _ask(parts: SplitResult) -> tuple[int, str, str | None]:
    """The answer to HEAD, or to GET where a server does not like to be asked for the head alone."""
    answer = _request(parts, "HEAD")
    return answer if answer[0] < 400 or answer[0] in _NEEDS_SIGN_IN else _request(parts, "GET")


def _request(parts: SplitResult, method: str) -> tuple[int, str, str | None]:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _connected(parts) as connection:
        connection.request(method, path.encode("utf-8").decode("latin-1"), headers=_HEADERS)
        response = connection.getresponse()
        if method == "GET":
            response.read(READ)
        return response.status, response.reason, response.getheader("Location")


@contextmanager
def _connected(parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
    """A connection to the address that was looked up and found public, cut off when the time is up."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    wire = socket.create_connection((_public_address(host, port), port), timeout=SECONDS / 2)
    watch = Timer(SECONDS, _cut, [wire])
    watch.daemon = True
    watch.start()
    try:
        if secure:
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.default_port = 443 if secure else 80
        connection.sock = wire
        yield connection
    finally:
        watch.cancel()
        wire.close()


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _public_address(host: str, port: int) -> str:
    """The first address of a host, if all of them are public. Raises _NotPublic, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.VISITS_PRIVATE_LINKS and not all(map(_is_public, addresses)):
        raise _NotPublic
    return addresses[0]


def _is_public(printed: str) -> bool:
    address = ip_address(printed.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED or address.sixtofour or address.teredo:
            return False
        address = address.ipv4_mapped or address
    return address.is_global and not address.is_multicast
