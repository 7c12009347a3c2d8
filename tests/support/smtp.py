"""A mail server on this machine that keeps what it is given: enough of SMTP (RFC 5321) for a client that sends."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from threading import Thread


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self.server.kept.append(self._data())  # type: ignore[attr-defined]
            elif verb == b"QUIT":
                return self._say("221 bye")
            self._say("250 fine")
        return None

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailSink(socketserver.ThreadingTCPServer):
    """Takes mail on a port of its own choosing."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.kept: list[bytes] = []

    @property
    def url(self) -> str:
        """As GOLDENTHREAD_SMTP_URL names it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no news."""

    @property
    def messages(self) -> list[Message]:
        """What was taken so far."""
        return [message_from_bytes(raw, policy=default) for raw in self.kept]


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """A running mail server."""
    with MailSink() as sink:
        serving = Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        serving.start()
        yield sink
        sink.shutdown()
        serving.join()
