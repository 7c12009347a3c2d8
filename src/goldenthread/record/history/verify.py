"""Proving the history: recompute every hash, and say where the chain first breaks and how.

A chain proves that what it holds now is what it held when its head hash was printed somewhere else: in an issued
report, or in an e-mail. It cannot prove that a whole chain was not made anew, or its end cut off, by somebody with the
database's own rights: compare `head` with a hash that was printed earlier.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection
from psycopg import sql

from goldenthread.record.history.selectors import RevisionRow, revisions
from goldenthread.record.history.upcasts import upcast
from goldenthread.record.rights import COUNCIL_OWNED
from goldenthread.record.scope import council_scope

_START = "00" * 32
_LOG = frozenset({"revision", "change"})


class Breakage(StrEnum):
    """What was done to the record behind its back."""

    ALTERED = "altered"
    DELETED = "deleted"
    SWAPPED = "swapped"
    INSERTED = "inserted"


@dataclass(frozen=True)
class BrokenLink:
    """One place where the record is not what was sealed: at which revision, what was done, and to what."""

    revision: int
    kind: Breakage
    detail: str


@dataclass(frozen=True)
class VerifyReport:
    """Whether a council's record is as it was sealed. `broken` names the first broken revision first."""

    council: UUID
    head: RevisionRow | None
    broken: tuple[BrokenLink, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is broken."""
        return not self.broken


@dataclass(frozen=True)
class _Link:
    """A revision with what recomputing gives: its hash, how many changes there are, and how many were altered."""

    number: int
    previous: str
    hash: str
    recomputed: str
    said_ok: bool
    changes: int
    found: int
    digest_ok: bool
    altered: int


_LINKS = """
SELECT r.number, encode(r.previous, 'hex'), encode(r.hash, 'hex'), encode(revision_hash(r), 'hex'),
       r.salt IS NULL OR content_digest(r.salt, jsonb_build_object('actor', r.actor, 'reason', r.reason)) = r.said,
       r.changes, coalesce(c.found, 0), coalesce(c.digest = r.digest, false), coalesce(c.altered, 0)
FROM revision r
LEFT JOIN (
    SELECT changeset, count(*) AS found, sha256(string_agg(digest, ''::bytea ORDER BY position)) AS digest,
           count(*) FILTER (WHERE CASE
               WHEN row IS NULL THEN NOT EXISTS (SELECT FROM disposal d WHERE d.change = change.id)
               ELSE content_digest(salt, row) <> change.digest
           END) AS altered
    FROM change GROUP BY changeset
) c USING (changeset)
ORDER BY r.number
"""
_UNSEALED = """
SELECT count(*) FROM change c
WHERE NOT EXISTS (SELECT FROM revision r WHERE r.council_id = c.council_id AND r.changeset = c.changeset)
"""
_LIVE = """
SELECT coalesce(live.id, logged.row_id), coalesce(logged.number, 0), logged.op, logged.row, live.row
FROM (SELECT id, to_jsonb(t) AS row FROM {table} t) live
FULL JOIN (
    SELECT DISTINCT ON (c.row_id) c.row_id, c.op, c.row, r.number, c.row IS NULL AS disposed
    FROM change c LEFT JOIN revision r USING (council_id, changeset)
    WHERE c.table_name = {name} ORDER BY c.row_id, c.id DESC
) logged ON logged.row_id = live.id
WHERE NOT coalesce(logged.disposed, false)
  AND (CASE WHEN logged.op = 'DELETE' THEN NULL ELSE logged.row END) IS DISTINCT FROM live.row
"""


def verify(council: UUID) -> VerifyReport:
    """Recompute a council's chain and hold the live rows against it."""
    with council_scope(council):
        newest = revisions(council, limit=1)
        head = newest[0] if newest else None
        broken = [*_broken_links(_links()), *_unsealed(head), *_live_rows()]
    return VerifyReport(council, head, tuple(sorted(broken, key=lambda link: link.revision)))


def _links() -> list[_Link]:
    with connection.cursor() as cursor:
        cursor.execute(_LINKS)
        return [_Link(*row) for row in cursor.fetchall()]


def _broken_links(links: Sequence[_Link]) -> Iterator[BrokenLink]:
    """Go along the chain. What follows a break is not held against it, so one deed is named once."""
    hashes = {link.hash for link in links}
    expected, last = 1, _START
    for place, link in enumerate(links):
        following = links[place + 1].previous if place + 1 < len(links) else ""
        found = _gap(link, expected) or _misplaced(link, last, following, hashes) or _changed(link)
        if found:
            yield found
        expected, last = link.number + 1, following if found else link.hash


def _gap(link: _Link, expected: int) -> BrokenLink | None:
    if link.number == expected:
        return None
    missing = (
        f"revision {expected}"
        if link.number == expected + 1
        else f"revisions {expected} to {link.number - 1}"
    )
    return BrokenLink(expected, Breakage.DELETED, f"There is no {missing}.")


def _misplaced(link: _Link, last: str, following: str, hashes: set[str]) -> BrokenLink | None:
    """A revision that does not follow the one before it, or that the next one does not follow."""
    if link.previous == last:
        skipped = following == last and last != link.hash
        forged = link.found == 0 and link.recomputed != link.hash
        if skipped or forged:
            return BrokenLink(link.number, Breakage.INSERTED, "The chain goes past it: it was put in later.")
        return None
    if link.previous in hashes:
        return BrokenLink(
            link.number, Breakage.SWAPPED, "It follows another revision than the one before it."
        )
    if following == last:
        return BrokenLink(link.number, Breakage.INSERTED, "It follows nothing, and the chain goes past it.")
    return BrokenLink(link.number, Breakage.DELETED, "The revision that it follows is gone.")


def _changed(link: _Link) -> BrokenLink | None:
    """A revision in its place whose content is not what was sealed."""
    if link.recomputed != link.hash or not link.said_ok:
        return BrokenLink(
            link.number, Breakage.ALTERED, "Its number, time, actor, reason or hash was changed."
        )
    if link.found != link.changes:
        kind = Breakage.DELETED if link.found < link.changes else Breakage.INSERTED
        return BrokenLink(link.number, kind, f"It sealed {link.changes} changes, and {link.found} are there.")
    if link.altered:
        return BrokenLink(
            link.number, Breakage.ALTERED, f"The content of {link.altered} of its changes was changed."
        )
    if not link.digest_ok:
        return BrokenLink(
            link.number, Breakage.SWAPPED, "Its changes are not those, or not in the order, that it sealed."
        )
    return None


def _unsealed(head: RevisionRow | None) -> Iterator[BrokenLink]:
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        (count,) = cursor.fetchone()
    if count:
        number = head.number + 1 if head else 1
        yield BrokenLink(
            number,
            Breakage.DELETED,
            f"{count} changes are in the log, and the revision that sealed them is not.",
        )


def _live_rows() -> Iterator[BrokenLink]:
    """Rows that are not what the log last wrote. Columns that came later are not held against it."""
    for table in sorted(COUNCIL_OWNED.keys() - _LOG):
        query = sql.SQL(_LIVE).format(table=sql.Identifier(table), name=sql.Literal(table))
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('timezone', 'UTC', true)")  # as rows are logged
            cursor.execute(query)
            rows = cursor.fetchall()
        for row_id, number, op, logged, live in rows:
            kind = _difference(table, op, logged, live)
            if kind:
                detail = f"The row {row_id} of “{table}” was {kind} without a trace in the log."
                yield BrokenLink(number, kind, detail)


def _difference(table: str, op: str | None, logged: str | None, live: str | None) -> Breakage | None:
    if live is None:
        return Breakage.DELETED
    if logged is None or op == "DELETE":
        return Breakage.INSERTED
    then, now = upcast(table, json.loads(logged)), json.loads(live)
    shared = then.keys() & now.keys()
    return Breakage.ALTERED if any(then[name] != now[name] for name in shared) else None
