"""What each audience's report consists of: TOML files that a council can copy and edit, and how they are read."""

from goldenthread.reporting.definitions.blanks import FIXED_BLANKS, blanks_in
from goldenthread.reporting.definitions.definition import (
    Asked,
    Definition,
    DefinitionError,
    Orientation,
    Period,
)
from goldenthread.reporting.definitions.reader import (
    audiences,
    definition_for,
    definition_text,
    read_definition,
)

__all__ = [
    "FIXED_BLANKS",
    "Asked",
    "Definition",
    "DefinitionError",
    "Orientation",
    "Period",
    "audiences",
    "blanks_in",
    "definition_for",
    "definition_text",
    "read_definition",
]
