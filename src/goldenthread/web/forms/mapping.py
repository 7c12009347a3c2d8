"""The form that says what columns hold and what status words mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from goldenthread.plan.status import Status
from goldenthread.reading import DocumentMapping, Field
from goldenthread.reading.council_words import normal
from goldenthread.web.forms.errors import Errors
from goldenthread.web.presenting.mapping import field_words


@dataclass
class MappingForm:
    """What was chosen, by the name of each select; what of it is new, by the words as printed; and what is wrong."""

    chosen: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Field] = field(default_factory=dict)
    values: dict[str, Status] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def typed(cls, data: QueryDict, mapping: DocumentMapping) -> MappingForm:
        """The form as it was sent. A choice counts as made only where it is not what the page showed."""
        form = cls()
        sent: dict[tuple[str, str], str] = {}
        for name, choice in data.items():
            kind, shown, printed = name.split(":", 2) if name.count(":") > 1 else (name, "", "")
            if kind in {"column", "value"}:
                form.chosen[name] = str(choice)
                sent |= {(kind, printed): str(choice)} if choice != shown else {}
        for number, column in enumerate(mapping.columns):
            field_ = sent.get(("column", column.heading))
            if field_ in list(mapping.fields):
                form.columns[column.heading] = Field(field_)
            elif field_ is not None:
                form.errors[f"column-{number}"] = f"Choose what “{column.heading}” holds from the list"
        for number, value in enumerate(mapping.values):
            status = sent.get(("value", value.printed))
            if status in list(mapping.statuses):
                form.values[value.printed] = Status(status)
            elif status is not None:
                form.errors[f"value-{number}"] = f"Choose what “{value.printed}” means from the list"
        form._refuse_clashes(mapping)
        return form

    def _refuse_clashes(self, mapping: DocumentMapping) -> None:
        """Two columns of a table cannot both be when it is due."""
        numbers = {column.heading: number for number, column in enumerate(mapping.columns)}
        said = {normal(heading): chosen for heading, chosen in self.columns.items()}
        for pair in mapping.clashes(said):
            changed = next((column for column in pair if column.heading in self.columns), None)
            if changed:
                names = " and ".join(f"“{column.heading}”" for column in pair)
                both = field_words(self.columns[changed.heading])
                self.errors[f"column-{numbers[changed.heading]}"] = (
                    f"{names} cannot both be “{both}”. Choose something else for one of them"
                )
