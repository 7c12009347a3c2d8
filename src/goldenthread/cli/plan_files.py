"""Plans in files (a document to be read, or a plan's own JSON), and plans by the name of a file or of one held here."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.cli.failures import UNREADABLE, CommandFailed
from goldenthread.cli.showing import working

if TYPE_CHECKING:
    from goldenthread.plan.model import Plan


def plan_in(path: Path) -> Plan:
    """The plan in a file: read from a document, or from the JSON that `goldenthread export` writes.

    Raises:
        DocumentError, NoPlanError: it cannot be read, or holds no plan.
        CommandFailed: it is JSON, but no plan.
    """
    from goldenthread.documents import read_document
    from goldenthread.reading import read_plan

    return _plan_in_json(path) if path.suffix.lower() == ".json" else read_plan(read_document(path))


def plan_called(what: str, as_at: date | None, council: str | None) -> tuple[Plan, str]:
    """The plan in a file of this name, or else the one held under it; with what to print before line numbers."""
    path = Path(what)
    if path.exists() or path.suffix or "/" in what:
        with working(f"Reading {path.name}"):
            return plan_in(path), what
    from goldenthread.cli.record import chosen_council, open_record

    with open_record():
        from goldenthread.record.snapshot import snapshot

        plan = snapshot(council=chosen_council(council).id, plan=what, cut_off=as_at)
    return plan, plan.anchors[0].file or what if plan.anchors else what


def _plan_in_json(path: Path) -> Plan:
    from pydantic import ValidationError

    from goldenthread.plan.canonical import plan_from_json

    try:
        return plan_from_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CommandFailed(
            f"{path}: {field}: {first['msg']}; this is no plan's JSON.", UNREADABLE
        ) from error
