"""What every value of a plan has in common: it cannot change, and it refuses fields it does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen, typed part of a plan. Two values with the same content are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Anchor(Value):
    """Where something stands in the document it was read from.

    Lines, pages, paragraphs, tables, rows and columns all count from 1. A text file has lines; a paged or tabled
    document has a page, a table and a row, and outside of tables a paragraph (headings and list items count too);
    a workbook has a sheet with its rows and columns. What a format does not have is None.
    """

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        named = ("line", "page", "paragraph", "table", "row", "column")
        places = [f"sheet “{self.sheet}”"] if self.sheet is not None else []
        places += [f"{name} {value}" for name in named if (value := getattr(self, name)) is not None]
        return ", ".join([self.file, *places] if self.file else places)
