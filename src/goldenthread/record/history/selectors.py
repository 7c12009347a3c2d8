"""Reading the history: which revisions there are, what each changed, and what became of one item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from goldenthread.record.errors import NoSuchRevision
from goldenthread.record.history.entries import HistoryEntry, item_entries, revision_entries
from goldenthread.record.models.cycle import UpdateRequest
from goldenthread.record.models.people import User
from goldenthread.record.scope import council_scope

_ROW = (
    "SELECT number, sealed_at, actor, reason, changes, encode(hash, 'hex'), encode(previous, 'hex')"
    " FROM revision WHERE council_id = current_council()"
)

_ACCOUNT = re.compile(r"(user|request):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class RevisionRow:
    """One sealed revision. `actor` is the name to show; hashes are hexadecimal; `changes` counts the rows written."""

    number: int
    sealed_at: datetime
    actor: str
    reason: str
    changes: int
    hash: str
    previous: str


@dataclass(frozen=True)
class RevisionDetail:
    """A revision with what it did to each item and question."""

    row: RevisionRow
    entries: tuple[HistoryEntry, ...]


def head_number(council: UUID) -> int:
    """The number of the newest revision; 0 where nothing is recorded."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM revision WHERE council_id = %s", [council])
        return int(cursor.fetchone()[0])


def head_revision(council: UUID) -> RevisionRow:
    """The newest revision, whose hash stands for all that came before it.

    Raises:
        NoSuchRevision: Nothing is recorded for this council.
    """
    newest = revisions(council, limit=1)
    if not newest:
        raise NoSuchRevision("Nothing is recorded for this council yet.")
    return newest[0]


def revisions(council: UUID, *, limit: int = 50, before: int | None = None) -> tuple[RevisionRow, ...]:
    """The newest revisions first, at most `limit` of them, all numbered below `before` if that is given."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(
            _ROW + " AND (%s::bigint IS NULL OR number < %s) ORDER BY number DESC LIMIT %s",
            [before, before, limit],
        )
        return _revision_rows(cursor.fetchall())


def revisions_numbered(numbers: Collection[int]) -> dict[int, RevisionRow]:
    """These revisions of the council in scope, by number."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ROW + " AND number = ANY (%s)", [list(numbers)])
        return {row.number: row for row in _revision_rows(cursor.fetchall())}


def names_of(labels: Iterable[str]) -> dict[str, str]:
    """What to call those whom the log names by these labels."""
    return {label: name for label, name in _names(labels).items() if label is not None}


def revision(council: UUID, number: int) -> RevisionDetail:
    """One revision and what it changed. Items that it added are one entry each, whatever they say.

    Raises:
        NoSuchRevision: There is none of that number.
    """
    with council_scope(council):
        with connection.cursor() as cursor:
            cursor.execute(_ROW + " AND number = %s", [number])
            found = _revision_rows(cursor.fetchall())
        if not found:
            raise NoSuchRevision(f"There is no revision {number}.")
        return RevisionDetail(found[0], _with_names(revision_entries(number)))


def item_history(council: UUID, item: UUID) -> tuple[HistoryEntry, ...]:
    """Everything that became of one item, the newest first: each field with its value before and after."""
    with council_scope(council):
        return _with_names(item_entries(item))


def last_revision_of_row(council: UUID, row: UUID) -> int:
    """The number of the revision that last wrote this row; 0 if none did."""
    with council_scope(council), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(r.number), 0) FROM change c JOIN revision r USING (council_id, changeset)"
            " WHERE c.row_id = %s",
            [row],
        )
        return int(cursor.fetchone()[0])


def entered_order(table: str, rows: Collection[UUID]) -> dict[UUID, int]:
    """In which order rows of a table of the council in scope were entered: rows of one day have no other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_id, min(id) FROM change WHERE council_id = current_council() AND table_name = %s"
            " AND row_id = ANY (%s) GROUP BY row_id",
            [table, list(rows)],
        )
        return dict(cursor.fetchall())


def _revision_rows(rows: list[tuple[Any, ...]]) -> tuple[RevisionRow, ...]:
    names = _names(row[2] for row in rows)
    return tuple(RevisionRow(row[0], row[1], names[row[2]], row[3] or "", *row[4:]) for row in rows)


def _with_names(entries: list[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    names = _names(entry.actor for entry in entries)
    return tuple(entry.by(names[entry.actor]) for entry in entries)


def _names(labels: Iterable[str | None]) -> dict[str | None, str]:
    """What to call those whom the log names.

    A person is called as the account is, whoever answered by a mailed link by the post that was asked, a command or a
    database role by its own name.
    """
    wanted = set(labels)
    known: dict[str, str] = {}
    for kind, called in (("user", _people), ("request", _posts_asked)):
        ids = [UUID(m[2]) for label in wanted if label and (m := _ACCOUNT.fullmatch(label)) and m[1] == kind]
        known |= {f"{kind}:{one}": name for one, name in called(ids).items()} if ids else {}
    return {label: known.get(label or "") or _unaccounted(label) for label in wanted}


def _people(ids: list[UUID]) -> dict[UUID, str]:
    return {user.id: str(user) for user in User.objects.filter(id__in=ids)}


def _posts_asked(ids: list[UUID]) -> dict[UUID, str]:
    asked = UpdateRequest.objects.filter(id__in=ids).values_list("id", "post__name")
    return {request: f"{post}, by mailed link" for request, post in asked}


def _unaccounted(label: str | None) -> str:
    if label is None or label.startswith("user:"):
        return "somebody whose account is gone"
    if label.startswith("request:"):
        return "somebody, by mailed link"
    return label.removeprefix("command:")
