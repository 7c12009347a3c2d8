"""The council's own templates: which definition an audience's report follows, on which letterhead, and every version.

A definition or letterhead is adopted and never edited. The newest of an audience counts; one that is empty goes back to
what comes with Golden Thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from uuid import UUID

from django.db import connection

from goldenthread.record.files.storage import content_of
from goldenthread.record.models.reports import ReportTemplate
from goldenthread.record.scope import council_scope
from goldenthread.reporting.definitions import (
    Definition,
    DefinitionError,
    audiences,
    definition_text,
    read_definition,
)

STANDARD = 0
"""The number of what comes with Golden Thread, which no council adopted."""
_KNOWN = """
SELECT c.row_id FROM change c JOIN revision r USING (council_id, changeset)
WHERE c.council_id = current_council() AND c.table_name = 'report_template' AND r.number <= %s
"""


class TemplateKind(StrEnum):
    """What a template is; that of a letterhead is the ending of its file."""

    DEFINITION = "definition"
    DOCX = "docx"
    ODT = "odt"


LETTERHEADS = (TemplateKind.DOCX, TemplateKind.ODT)


@dataclass(frozen=True)
class AdoptedTemplate:
    """One version that was adopted. Without text and file: from then on ours counts again."""

    kind: TemplateKind
    audience: str
    number: int
    reason: str
    adopted_on: date
    adopted_by: str
    text: str = ""
    sha256: str = ""
    file_name: str = ""
    size: int = 0

    @property
    def is_standard(self) -> bool:
        """Whether it goes back to what comes with Golden Thread."""
        return not (self.text or self.sha256)

    def content(self) -> bytes:
        """The file of a letterhead, or the text of a definition as a file. Raises OSError where it is not kept."""
        return content_of(self.sha256) if self.sha256 else self.text.encode()


@dataclass(frozen=True)
class Templates:
    """The newest version of every definition and letterhead that a council ever adopted, in one state of its record."""

    newest: Mapping[tuple[TemplateKind, str], AdoptedTemplate]

    def last(self, kind: TemplateKind, audience: str = "") -> int:
        """The number of the newest version, 0 where none was ever adopted."""
        found = self.newest.get((kind, audience))
        return found.number if found else STANDARD

    def own(self, kind: TemplateKind, audience: str = "") -> AdoptedTemplate | None:
        """The council's own that counts; None where ours does."""
        found = self.newest.get((kind, audience))
        return None if found is None or found.is_standard else found

    @cached_property
    def own_audiences(self) -> tuple[str, ...]:
        """The audiences that only the council has a definition for, by name."""
        adopted = (each for each in self.newest.values() if each.kind is TemplateKind.DEFINITION)
        ours = set(audiences())
        return tuple(sorted(a.audience for a in adopted if not a.is_standard and a.audience not in ours))

    def definition_text(self, audience: str) -> str:
        """The definition that counts, as a file to copy. Raises DefinitionError where the audience has none."""
        if own := self.own(TemplateKind.DEFINITION, audience):
            return own.text
        if audience not in audiences():
            known = ", ".join((*audiences(), *self.own_audiences))
            raise DefinitionError(f"No report is defined for {audience}: there are {known}.")
        return definition_text(audience)

    def definition(self, audience: str) -> Definition:
        """The definition that counts.

        Raises:
            DefinitionError: there is none, or the council's own no longer fits this release, and why.
        """
        return definition_in(self.definition_text(audience), f"{audience}.toml")

    @property
    def letterheads(self) -> dict[str, AdoptedTemplate]:
        """The council's own letterheads by the ending of their files."""
        found = {kind: self.own(kind) for kind in LETTERHEADS}
        return {kind.value: own for kind, own in found.items() if own}


@lru_cache(maxsize=256)
def definition_in(text: str, file: str) -> Definition:
    """What `read_definition` reads, kept: the same text is read again with every report. Raises DefinitionError."""
    return read_definition(text, file)


def templates_of(council: UUID, *, known_at: int | None = None) -> Templates:
    """The templates that count now, or counted when the record had come to a revision."""
    with council_scope(council):
        rows = ReportTemplate.objects.filter(council_id=council)
        if known_at is not None:
            with connection.cursor() as cursor:
                cursor.execute(_KNOWN, [known_at])
                rows = rows.filter(id__in=[row_id for (row_id,) in cursor.fetchall()])
        newest = rows.order_by("kind", "audience", "-number").distinct("kind", "audience")
        found = (adopted_from(row) for row in newest.select_related("file"))
        return Templates({(each.kind, each.audience): each for each in found})


def template_versions(council: UUID, kind: TemplateKind, audience: str = "") -> tuple[AdoptedTemplate, ...]:
    """Every version that was adopted, the newest first; ours, of number 0, is not among them."""
    with council_scope(council):
        rows = ReportTemplate.objects.filter(council_id=council, kind=kind.value, audience=audience)
        return tuple(adopted_from(row) for row in rows.order_by("-number").select_related("file"))


def adopted_from(row: ReportTemplate) -> AdoptedTemplate:
    """A row as what it says."""
    file = row.file
    return AdoptedTemplate(
        kind=TemplateKind(row.kind),
        audience=row.audience,
        number=row.number,
        reason=row.reason,
        adopted_on=row.adopted_on,
        adopted_by=row.adopted_by,
        text=row.text,
        sha256=file.sha256 if file else "",
        file_name=file.name if file else "",
        size=file.size if file else 0,
    )
