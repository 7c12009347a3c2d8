"""The one transaction of a request, job or command: whose rows it sees, who acts, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit


@dataclass(frozen=True)
class Scope:
    """Whose rows are seen, and what the log will say of changes made now."""

    council: UUID
    actor: str
    reason: str


_current: ContextVar[Scope | None] = ContextVar("council_scope", default=None)


@contextmanager
def council_scope(council_id: UUID, *, actor: str = "", reason: str = "") -> Iterator[None]:
    """One transaction in which this council's rows are seen, and no other's.

    Inside another scope of the same council it is a savepoint of that transaction; without an actor it then costs
    nothing, so that selectors may open one of their own.

    Raises:
        ValueError: inside the scope of another council.
    """
    outer = _current.get()
    if outer and outer.council != council_id:
        raise ValueError(f"Already in the scope of council {outer.council}, so not in that of {council_id}.")
    if outer and not actor:
        yield
        return
    scope = Scope(council_id, actor, reason)
    with transaction.atomic():
        _announce(scope)
        token = _current.set(scope)
        try:
            yield
        finally:
            _current.reset(token)
        if outer:
            _announce(outer)


@dataclass
class Written:
    """What came of writing: the number of the revision that holds it (the head, where nothing had changed)."""

    revision: int = 0


@contextmanager
def writing(actor: Actor, reason: str) -> Iterator[Written]:
    """A scope in which this actor changes the record for this reason. What was written is sealed at its end.

    Raises:
        InvalidEdit: when no reason is given.
    """
    if not reason.strip():
        raise InvalidEdit("Say why: a change to the record needs a reason.")
    written = Written()
    if _current.get():
        _seal()  # what the surrounding scope wrote is its own revision
    with council_scope(actor.council, actor=actor.label, reason=reason.strip()):
        yield written
        written.revision = _seal()


def _announce(scope: Scope) -> None:
    """Tell the database, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.council', %s, true), set_config('app.actor', %s, true),"
            " set_config('app.reason', %s, true)",
            [str(scope.council), scope.actor, scope.reason],
        )


_SEAL = """
SET CONSTRAINTS seal IMMEDIATE;
SET CONSTRAINTS seal DEFERRED;
SELECT coalesce(max(number), 0) FROM revision WHERE council_id = current_council()
"""


def _seal() -> int:
    """Seal what this transaction has written so far, so that its number is known before it commits."""
    with connection.cursor() as cursor:
        cursor.execute(_SEAL)  # in one go: whoever seals next waits until this transaction is over
        while cursor.nextset():
            pass
        return int(cursor.fetchone()[0])
