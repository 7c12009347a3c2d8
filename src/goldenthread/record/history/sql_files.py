"""The SQL that migrations run, kept in files of its own."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"


def sql_file(name: str) -> str:
    """The text of `history/sql/<name>.sql`.

    Once released, a file that a migration names is no longer edited: a later migration names another.
    """
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
