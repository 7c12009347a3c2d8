"""The form that proposes a change: one for each kind, all drawn from one table of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.proposals import PROPOSED, ProposedChange
from goldenthread.web.forms.dates import CannotRead, typed_plan_date
from goldenthread.web.forms.errors import Errors
from goldenthread.web.presenting.index import PlacedAction, PlanIndex

PARTS = range(1, 5)
NUMBERS = "Its number, for example A12, A12.3 or M4"
DATES = "In the words of the decision, for example: Autumn 2022, 30 September 2022, by March 2023"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form: its name, what it asks for, a hint, and whether it takes several lines or a choice."""

    name: str
    label: str
    hint: str = ""
    sort: str = "text"
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of change as people choose it: its address, kind, name, what it is for, and what it asks."""

    slug: str
    kind: str
    title: str
    explained: str
    fields: tuple[Asked, ...]


_ITEM = Asked("item", "Which action, step or milestone", NUMBERS)
_LEADS = Asked("leads", "Leads", "One post or body on each line", "lines", needed=False)
_PARTS = tuple(
    asked
    for n in PARTS
    for asked in (
        Asked(f"title_{n}", f"Part {n}: title", needed=n < 3),
        Asked(f"date_{n}", f"Part {n}: approved date", DATES if n == 1 else "", needed=False),
    )
)
SORTS = (
    Sort("new-date", "new_date", "Move its date", "Another approved date. The original date stays.",
         (_ITEM, Asked("date", "New approved date", DATES))),
    Sort("measure", "measure", "Change a measure of success", "How it will be seen that a theme has succeeded.",
         (Asked("item", "Which statement of success", sort="statement"),
          Asked("measure", "New measure", "What is counted, and the figure to reach", needed=False),
          Asked("text", "New words of the statement", sort="lines", needed=False))),
    Sort("wording", "wording", "Change its words or its leads", "What was promised stays.",
         (_ITEM, Asked("title", "New title", sort="lines", needed=False), _LEADS)),
    Sort("new-action", "new_action", "Add an action or a step", "Something that the plan does not promise yet.",
         (Asked("under", "Where", "A workstream of a theme", "place", needed=False),
          Asked("item", "Or, for a step, the action it belongs to", NUMBERS, needed=False),
          Asked("title", "Title", sort="lines"), _LEADS, Asked("date", "Approved date", DATES, needed=False))),
    Sort("closure", "closure", "Close it", "It will not be finished. It stays in the plan as cancelled.", (_ITEM,)),
    Sort("deferral", "deferral", "Defer it", "It is put off, with its open steps.",
         (_ITEM, Asked("until", "Until when", f"{DATES}. Leave empty if nobody can say", needed=False))),
    Sort("resumption", "resumption", "Take it up again", "It was deferred, cancelled or superseded.",
         (_ITEM, Asked("date", "New approved date", DATES, needed=False))),
    Sort("merger", "merger", "Merge others into it", "Several promises go on as one, with all their recommendations.",
         (Asked("item", "Which one stays", NUMBERS),
          Asked("others", "Which end in it", "Their numbers, for example A3, A4"),
          Asked("title", "New title of the one that stays", sort="lines", needed=False),
          Asked("date", "Its new approved date", DATES, needed=False))),
    Sort("split", "split", "Split it", "One promise goes on as several. Each gets its recommendations and leads.",
         (_ITEM, *_PARTS)),
    Sort("supersession", "supersession", "Let another take its place", "One that the plan has already.",
         (_ITEM, Asked("by", "Which takes its place", NUMBERS))),
    Sort("transfer", "transfer", "Transfer it to another plan", "It goes on there, for example in the Corporate Plan.",
         (_ITEM, Asked("to", "Name of the other plan"),
          Asked("action", "What it is called there", "The number of the action in that plan, for example CP 4.2",
                needed=False),
          Asked("link", "Where it can be read there", "An address that begins with https://", needed=False))),
)  # fmt: skip
BY_SLUG = {sort.slug: sort for sort in SORTS}


@dataclass
class ProposalForm:
    """What was typed, as typed, and what is wrong with it."""

    sort: Sort
    index: PlanIndex
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def sent(cls, sort: Sort, index: PlanIndex, data: QueryDict) -> ProposalForm:
        """The form as it was sent."""
        names = (*(asked.name for asked in sort.fields), "reason")
        return cls(sort, index, {name: data.get(name, "").replace("\r\n", "\n").strip() for name in names})

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return self.typed.get(name, "")

    def choices(self, asked: Asked) -> list[dict[str, Any]]:
        """What a field that is a choice offers."""
        offered = {"": "Choose one"}
        for theme in self.index.plan.themes:
            if asked.sort == "statement":
                offered |= {each.key: f"{theme.number}. {each.text}" for each in theme.success_statements}
            else:
                offered[theme.key] = f"Theme {theme.number}: {theme.name}"
                offered |= {
                    f"{theme.key}|{each.key}": f"Theme {theme.number}, {each.name}"
                    for each in theme.workstreams
                }
        now = self.value(asked.name)
        return [{"value": value, "text": text, "selected": value == now} for value, text in offered.items()]

    def check(self) -> ProposedChange | None:
        """The change that was typed; None if something is wrong, which `errors` then says."""
        for asked in self.sort.fields:
            if asked.needed and not self.value(asked.name):
                self.errors[asked.name] = (
                    f"{'Choose from' if asked.sort == 'statement' else 'Fill in'} “{asked.label}”"
                )
        if not self.value("reason"):
            self.errors["reason"] = "Enter a reason for the change"
        content = {"kind": self.sort.kind, **self._content()}
        if self.errors:
            return None
        try:
            return PROPOSED.validate_python(content)
        except ValidationError as error:
            place = error.errors()[0]["loc"]
            name = next(
                (str(part) for part in reversed(place) if str(part) in self.typed), self.sort.fields[0].name
            )
            self.errors[name] = "This cannot be right. Check what you typed, and that it is not too long"
            return None

    def _content(self) -> dict[str, Any]:
        if self.sort.kind == "new_action":
            return self._new_action()
        readers: dict[str, Callable[[str], Any]] = {
            "item": self.value if self.sort.kind == "measure" else self._key,
            "by": self._key,
            "others": self._keys,
            "date": self._date,
            "until": self._date,
            "leads": self._leads,
        }
        read = {
            asked.name: readers.get(asked.name, lambda name: self.value(name) or None)(asked.name)
            for asked in self.sort.fields
            if asked not in _PARTS
        }
        if self.sort.kind == "split":
            read["parts"] = self._parts()
        return read

    def _new_action(self) -> dict[str, Any]:
        under, _, stream = self.value("under").partition("|")
        if bool(under) == bool(self.value("item")):
            self.errors["under"] = (
                "Choose a workstream for an action, or enter an action for a step, not both"
            )
        part = {"title": self.value("title"), "leads": self._leads("leads") or (), "date": self._date("date")}
        return {"item": under or self._key("item"), "workstream": stream or None, "part": part}

    def _parts(self) -> list[dict[str, Any]]:
        return [
            {"title": self.value(f"title_{n}"), "date": self._date(f"date_{n}")}
            for n in PARTS
            if self.value(f"title_{n}")
        ]

    def _key(self, name: str) -> str:
        typed = self.value(name)
        return self._found(typed, name) if typed else ""

    def _keys(self, name: str) -> tuple[str, ...]:
        return tuple(self._found(typed, name) for typed in self.value(name).replace(",", " ").split())

    def _found(self, typed: str, name: str) -> str:
        placed = self.index.by_handle.get(typed) or self.index.by_handle.get(typed.upper())
        if placed is None:
            self.errors[name] = (
                f"The plan has no action, step or milestone {typed}. Enter a number such as A12"
            )
            return ""
        return (placed.action if isinstance(placed, PlacedAction) else placed.milestone).key

    def _date(self, name: str) -> PlanDate | None:
        try:
            return typed_plan_date(self.value(name))
        except CannotRead as error:
            self.errors[name] = str(error)
            return None

    def _leads(self, name: str) -> tuple[str, ...] | None:
        lines = tuple(line.strip() for line in self.value(name).splitlines() if line.strip())
        return lines or None
