"""The archive of a council: its sealed log, its plans as they stand, and the files they were read from.

manifest.json      format, release, council, newest revision with its hash, and every file with size and SHA-256
revisions.jsonl    the chain: one revision a line, hashes in hexadecimal
changes.jsonl      the rows that were written, in the order of writing, each with its changeset
plans/SLUG.json    each plan as it stands, in canonical JSON
files/SHA256       each file that was given to us, by its content
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection

from goldenthread import __version__
from goldenthread.plan.canonical import canonical_json
from goldenthread.record.files.storage import content_of
from goldenthread.record.history.selectors import RevisionRow, head_revision
from goldenthread.record.models import Council
from goldenthread.record.models.files import StoredFile
from goldenthread.record.scope import council_scope
from goldenthread.record.services.plans import plans
from goldenthread.record.snapshot import snapshot

FORMAT = "goldenthread.archive/1"


def write_archive(council: Council, output: Path | None) -> tuple[Path, int]:
    """Write the archive and give its path and the number of its newest revision.

    The same revision gives the same bytes. What is committed meanwhile is left for the next archive.
    """
    head = head_revision(council.id)
    path = output or Path(f"{council.slug}-{head.number}.zip")
    listed: dict[str, dict[str, Any]] = {}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in _contents(council, head):
            archive.writestr(_entry(name), content)
            listed[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        manifest = {
            "format": FORMAT,
            "release": __version__,
            "council": {"id": str(council.id), "slug": council.slug, "name": council.name},
            "head": {"revision": head.number, "hash": head.hash, "sealed_at": head.sealed_at.isoformat()},
            "files": listed,
        }
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=2, ensure_ascii=False))
    return path, head.number


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # dated 1 January 1980, always
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _contents(council: Council, head: RevisionRow) -> Iterator[tuple[str, bytes]]:
    with council_scope(council.id):
        yield "revisions.jsonl", _lines(_REVISIONS, head.number)
        yield "changes.jsonl", _lines(_CHANGES, head.number)
        for plan in plans(council.id):
            state = snapshot(council=council.id, plan=plan.id, known_at=head.number)
            yield f"plans/{plan.slug}.json", canonical_json(state).encode()
        for digest in StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct():
            yield f"files/{digest}", content_of(digest)


# Whole rows, so that a column added later is not forgotten here.
_REVISIONS = (
    "SELECT r.* FROM revision r WHERE council_id = current_council() AND number <= %s ORDER BY number"
)
_CHANGES = """
SELECT c.* FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.council_id = current_council() AND r.number <= %s ORDER BY c.id
"""
_JSONB = 3802
"""The number of PostgreSQL's type jsonb, which comes as text."""


def _lines(query: str, newest: int) -> bytes:
    """The rows of a query, each as one line of JSON: bytes in hexadecimal, times in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(query, [newest])
        columns = cursor.description
        rows = cursor.fetchall()
    lines = (
        {column.name: _plain(value, column.type_code) for column, value in zip(columns, row, strict=True)}
        for row in rows
    )
    return "".join(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n" for line in lines).encode()


def _plain(value: Any, type_code: int) -> Any:
    match value:
        case str() if type_code == _JSONB:
            return json.loads(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID():
            return str(value)
        case _:
            return value
