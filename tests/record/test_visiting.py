"""Visiting links: what can be reached, what nobody can tell, and what is never asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import override_settings

from goldenthread.record.files import visiting
from goldenthread.record.files.visiting import Visited, visit

ASKED: list[tuple[str, str, dict[str, str]]] = []


class _Site(BaseHTTPRequestHandler):
    """Answers by path, and remembers what it was asked."""

    def do_HEAD(self) -> None:
        ASKED.append(("HEAD", self.path, dict(self.headers)))
        self._answer("HEAD")

    def do_GET(self) -> None:
        ASKED.append(("GET", self.path, dict(self.headers)))
        self._answer("GET")

    def _answer(self, method: str) -> None:
        status, onward = {
            "/there": (200, None),
            "/gone": (404, None),
            "/only-get": (405 if method == "HEAD" else 200, None),
            "/locked": (401, None),
            "/moved": (302, "/there"),
            "/round": (302, "/round"),
            "/inside": (302, f"http://127.0.0.2:{self.server.server_port}/there"),
            "/file": (302, "file:///etc/passwd"),
        }.get(self.path, (500, None))
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        ("/there", True),
        ("/moved", True),
        ("/only-get", True),
        ("/gone", False),
        ("/round", False),
        ("/file", False),
        ("/locked", None),
    ],
)
@override_settings(VISITS_PRIVATE_LINKS=True)
def test_what_a_visit_finds(site: str, path: str, reached: bool | None) -> None:
    assert visit(site + path).reached is reached


@override_settings(VISITS_PRIVATE_LINKS=True)
def test_no_name_password_or_cookie_is_sent_and_a_link_that_holds_one_is_not_visited(site: str) -> None:
    ASKED.clear()
    visit(f"{site}/there")
    [(method, path, headers)] = ASKED
    assert (method, path) == ("HEAD", "/there")
    assert not {"authorization", "cookie", "referer"} & {name.lower() for name in headers}
    ASKED.clear()
    assert visit(site.replace("//", "//somebody:secret@") + "/there").reached is False
    assert ASKED == []


def test_private_addresses_are_not_asked_for_at_all(site: str) -> None:
    ASKED.clear()
    port = site.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"):
        found = visit(f"http://{host}:{port}/there")
        assert found.reached is not True, host
    assert ASKED == []
    assert visit(f"{site}/there") == Visited(None, "Not visited: its address is inside a private network")


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "fd00::1",
        "fe80::1%eth0", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "::",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public(address: str) -> None:
    assert not visiting._is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2a00:1450:4009:81f::200e"])
def test_an_address_that_is_public(address: str) -> None:
    assert visiting._is_public(address)


def test_a_redirect_into_a_private_network_is_not_followed(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address is taken for a public one here; the one that it leads to is not."""
    public = visiting._is_public
    monkeypatch.setattr(visiting, "_is_public", lambda printed: printed == "127.0.0.1" or public(printed))
    ASKED.clear()
    found = visit(f"{site}/inside")
    assert found == Visited(None, "Not visited: its address is inside a private network")
    assert [path for _, path, _ in ASKED] == ["/inside"]


@override_settings(VISITS_PRIVATE_LINKS=True)
def test_who_does_not_answer_is_not_reached() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert visit(f"http://127.0.0.1:{port}/").reached is False


@override_settings(VISITS_PRIVATE_LINKS=True)
def test_a_visit_ends_though_the_other_side_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "SECONDS", 0.4)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert visit(f"http://127.0.0.1:{silent.getsockname()[1]}/").reached is False


@override_settings(VISITS_PRIVATE_LINKS=True)
@pytest.mark.parametrize(
    "link", ["ftp://example.org/", "javascript:alert(1)", "http://", "https://[", "nothing"]
)
def test_only_addresses_of_the_web_are_visited(link: str) -> None:
    assert visit(link).reached is False
