"""What was keyed by hand of the published plan's coverage, and a certificate in the same terms."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread.assurance.coverage import Certificate, Row

KEYED = Path(__file__).parents[1] / "truth" / "coverage" / "improvement_plan_2022.toml"


@cache
def keyed() -> dict[str, Any]:
    """The truth, as keyed."""
    return tomllib.loads(KEYED.read_text(encoding="utf-8"))


def lines(row: Row) -> list[int]:
    """On which lines of the document the actions begin that cite it."""
    return [action.anchors[0].line or 0 for action in row.actions]


def by_label(found: Certificate) -> dict[str, Row]:
    """The rows that are references by their short labels."""
    return {row.reference.short_label(): row for row in found.rows if row.reference}
