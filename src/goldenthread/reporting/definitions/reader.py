"""Reading a definition from its TOML file. Every error names the file, the line and what to do.

The definitions that come with Golden Thread lie beside this module. One of a council's own that is for the same
audience, or says that it is based on one, keeps the sections that are mandatory there, under their titles and in order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from goldenthread.plan.keys import slug
from goldenthread.plan.values import Value
from goldenthread.reporting.definitions.blanks import FIXED_BLANKS, blanks_in, texts_of
from goldenthread.reporting.definitions.definition import (
    Asked,
    Definition,
    DefinitionError,
    Orientation,
    Period,
)
from goldenthread.reporting.letter.model import Head
from goldenthread.reporting.sections import SECTIONS

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
BlankName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_SECTION = re.compile(r"^\s*\[\[\s*section\s*\]\]")
_LINE = re.compile(r"line (\d+)")
_KINDS = {"missing": "is missing", "extra_forbidden": "is not known here"}
CLEARED = frozenset({"cabinet", "six-monthly", "annual", "exit", "letter"})
"""Whose reports are published or certify something, so that somebody has to clear each before it is issued."""


LONGEST_STAGE = 80
"""In characters, of the name of a stage of clearance."""


class _Group(Value):
    """Themes under one heading."""

    title: Words
    themes: tuple[int, ...] = Field(min_length=1)


class _Given(Value):
    """A file as TOML has it, without the options of its sections."""

    audience: Name
    based_on: Name | None = Field(default=None, alias="based-on")
    title: Words
    for_: Words = Field(alias="for")
    covers: Period
    orientation: Orientation = Orientation.PORTRAIT
    bodies: Mapping[BlankName, Words] = Field(default_factory=dict)
    blanks: Mapping[BlankName, str] = Field(default_factory=dict)
    group: tuple[_Group, ...] = ()
    clearance: tuple[Words, ...] | None = None
    letter: Head | None = None
    section: tuple[Mapping[str, Any], ...] = Field(min_length=1)


class _Placed(Value):
    """What every section may say of itself, whatever its kind."""

    section: Name
    title: Words | None = None
    level: int = Field(default=1, ge=1, le=3)
    mandatory: bool = False


def audiences() -> tuple[str, ...]:
    """The audiences that have a definition, by name."""
    found = (file.name for file in files(__package__).iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in found))


def definition_text(audience: str) -> str:
    """The definition of an audience as a file to copy. Raises DefinitionError when there is none."""
    if audience not in audiences():
        raise DefinitionError(f"No report is defined for {audience}: there are {', '.join(audiences())}.")
    return (files(__package__) / f"{audience}.toml").read_text(encoding="utf-8")


def definition_for(audience: str) -> Definition:
    """The definition of an audience that comes with Golden Thread. Raises DefinitionError when there is none."""
    return read_definition(definition_text(audience), f"{audience}.toml")


def read_definition(text: str, file: str) -> Definition:
    """The definition in a TOML text; `file` is its name, for messages.

    Raises:
        DefinitionError: it is no TOML, or says something that a definition cannot.
    """
    return _Reader(text, file).definition()


class _Reader:
    """Reads one file, and knows on which line each part of it stands."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = text.splitlines()
        self._text, self._file = text, file

    def definition(self) -> Definition:
        try:
            content = tomllib.loads(self._text)
        except ValueError as error:  # no TOML, or a number of more digits than are read
            raise self._unreadable(str(error)) from error
        except RecursionError as error:
            raise DefinitionError(f"{self._file}: its lists are nested too deep. Write them flat.") from error
        try:
            given = _Given.model_validate(content)
        except ValidationError as error:
            raise self._refused(error) from error
        sections = tuple(self._section(place, each) for place, each in enumerate(given.section))
        read = Definition(
            audience=given.audience,
            title=given.title,
            for_=given.for_,
            covers=given.covers,
            orientation=given.orientation,
            bodies=given.bodies,
            blanks=given.blanks,
            groups=tuple((group.title, group.themes) for group in given.group),
            sections=sections,
            clearance=self._clearance(given),
            based_on=given.based_on,
            head=given.letter,
        )
        self._check_groups(read)
        self._check_blanks(content, read)
        self._check_mandatory(given, read)
        return read

    def _section(self, place: int, given: Mapping[str, Any]) -> Asked:
        own = {name: value for name, value in given.items() if name in _Placed.model_fields}
        try:
            placed = _Placed.model_validate(own)
        except ValidationError as error:
            raise self._refused(error, place) from error
        kind = SECTIONS.get(placed.section)
        if kind is None:
            known = ", ".join(SECTIONS)
            raise self._error(
                self._section_line(place), f"there is no section “{placed.section}”: there are {known}."
            )
        try:
            options = kind.options.model_validate(
                {name: value for name, value in given.items() if name not in own}
            )
        except ValidationError as error:
            raise self._refused(error, place) from error
        return Asked(kind, placed.title, placed.level, placed.mandatory, options)

    def _clearance(self, given: _Given) -> tuple[str, ...]:
        """Its stages; where it names none, those of the definition that it is based on or that is for its audience."""
        ours = given.based_on or given.audience
        if given.clearance is None:
            known = ours in audiences() and not self._is_ours(ours)
            return definition_for(ours).clearance if known else ()
        if not given.clearance and ours in CLEARED:
            raise self._error(
                self._line_in(None, "clearance"),
                f"somebody has to clear every report for {ours} before it is issued. Name at least one stage, "
                "or leave “clearance” out to keep the usual ones.",
            )
        handles = [slug(stage) for stage in given.clearance]
        for stage, handle in zip(given.clearance, handles, strict=True):
            if len(stage) > LONGEST_STAGE or handles.count(handle) > 1:
                why = (
                    "is named twice"
                    if handles.count(handle) > 1
                    else f"is longer than {LONGEST_STAGE} characters"
                )
                raise self._error(
                    self._line_in(None, "clearance"),
                    f"the stage “{stage}” {why}. Give each stage a short name of its own.",
                )
        return given.clearance

    def _is_ours(self, audience: str) -> bool:
        """Whether this is the definition of the audience that comes with Golden Thread, word for word."""
        return f"{audience}.toml" == self._file and definition_text(audience) == self._text

    def _check_groups(self, read: Definition) -> None:
        numbers = [number for _, themes in read.groups for number in themes]
        if twice := next((number for number in numbers if numbers.count(number) > 1), None):
            raise self._error(
                self._line_with("[[group]]"), f"theme {twice} is in two groups. Put it in one of them."
            )

    def _check_blanks(self, content: Mapping[str, Any], read: Definition) -> None:
        if taken := FIXED_BLANKS.keys() & {*read.bodies, *read.blanks}:
            name = min(taken)
            raise self._error(
                self._line_in(None, name),
                f"the record itself fills {{{name}}} with {FIXED_BLANKS[name]}. Give yours another name.",
            )
        for words in texts_of({name: part for name, part in content.items() if name != "blanks"}):
            line = self._line_with(words.splitlines()[0] if words else "")
            try:
                names = blanks_in(words)
            except ValueError as error:
                raise self._error(line, f"{error}.") from error
            for name in names:
                if name not in read.may_be_filled:
                    known = ", ".join(sorted(read.may_be_filled))
                    raise self._error(
                        self._line_with(f"{{{name}") or line,
                        f"nothing fills the blank {{{name}}}: there are {known}. "
                        "Add a body under [bodies] or a blank of your own under [blanks].",
                    )

    def _check_mandatory(self, given: _Given, read: Definition) -> None:
        """What is mandatory in the definition that this one is based on (or is for the same audience as) stays."""
        based_on = given.based_on or given.audience
        if based_on not in audiences():
            if given.based_on:
                raise self._error(
                    self._line_with("based-on"),
                    f"there is no definition “{based_on}” to be based on: there are {', '.join(audiences())}.",
                )
            return
        if self._is_ours(based_on):
            return
        wanted = [each for each in definition_for(based_on).sections if each.mandatory]
        places = [self._place_of(each, wanted, read, based_on) for each in wanted]
        for (one, before), (other, after) in pairwise(zip(wanted, places, strict=True)):
            if before > after:
                raise self._error(
                    self._section_line(after),
                    f"the section “{_called(other)}” stands before “{_called(one)}”. Both are mandatory for "
                    f"{based_on}: put them in the order “{_called(one)}”, “{_called(other)}”.",
                )

    def _place_of(self, wanted: Asked, mandatory: Sequence[Asked], read: Definition, based_on: str) -> int:
        """Where a mandatory section stands. Raises DefinitionError where it does not, naming what stands there."""
        if wanted.title is None:
            return self._place_of_kind(wanted, read, based_on)
        there = [each.title for each in read.sections]
        if wanted.title in there:
            place = there.index(wanted.title)
            if read.sections[place].kind is wanted.kind:
                return place
            raise self._error(
                self._section_line(place),
                f"the section “{wanted.title}” is mandatory for {based_on} and must be of the kind "
                f"“{wanted.kind.name}”, not “{read.sections[place].kind.name}”.",
            )
        titles = [each.title for each in mandatory]
        before = [there.index(title) for title in titles[: titles.index(wanted.title)] if title in there]
        after = [there.index(title) for title in titles[titles.index(wanted.title) + 1 :] if title in there]
        first, last = max(before, default=-1) + 1, min(after, default=len(there))
        for place in range(first, last):
            if read.sections[place].kind is wanted.kind and there[place]:
                raise self._error(
                    self._line_in(place, "title"),
                    f"the section “{there[place]}” stands where “{wanted.title}” is mandatory for {based_on}. "
                    f"Call it “{wanted.title}” again, or put a section of that title beside it.",
                )
        raise self._error(
            self._section_line(last),
            f"the section “{wanted.title}” is missing, which is mandatory for {based_on}. Put it back before this.",
        )

    def _place_of_kind(self, wanted: Asked, read: Definition, based_on: str) -> int:
        """Where a mandatory section without a title stands: the first of its kind."""
        kinds = [each.kind for each in read.sections]
        if wanted.kind in kinds:
            return kinds.index(wanted.kind)
        raise self._error(
            self._section_line(len(kinds) - 1),
            f"no section is of the kind “{wanted.kind.name}”, which is mandatory for {based_on}. Put one back.",
        )

    # --- where something stands -----------------------------------------------------------------------------------

    def _unreadable(self, said: str) -> DefinitionError:
        """What the reader of TOML says, with its line at the place where every message has it."""
        words, _, place = said.partition(" (at ")
        found = _LINE.match(place)
        line = int(found[1]) if found else len(self._lines) if place else 1
        advice = "A line is a name, “=” and a value; words stand in quotation marks."
        return self._error(line, f"this cannot be read ({words[:1].lower()}{words[1:]}). {advice}")

    def _refused(self, error: ValidationError, section: int | None = None) -> DefinitionError:
        first = error.errors()[0]
        path = [part for part in first["loc"] if isinstance(part, str)]
        place = section
        if first["loc"][:1] == ("section",) and len(first["loc"]) > 1:
            place = int(first["loc"][1])
        name = path[-1] if path else ""
        line = self._line_in(place, name)
        said = _KINDS.get(first["type"], f"cannot be so: {first['msg']}")
        return self._error(line, f"“{name}” {said}.")

    def _error(self, line: int | None, message: str) -> DefinitionError:
        return DefinitionError(f"{self._file}, line {line or 1}: {message}")

    def _line_in(self, section: int | None, name: str) -> int:
        """The line on which a name is set, in a section or at the head of the file; else the line where they begin."""
        start = 1 if section is None else self._section_line(section)
        setting = re.compile(rf"\s*(\[+\s*)?{re.escape(name)}\b")
        lines = enumerate(self._lines[start - 1 :], start)
        return next((number for number, words in lines if name and setting.match(words)), start)

    def _section_line(self, place: int) -> int:
        found = list(self._section_lines())
        return found[place] if place < len(found) else len(self._lines)

    def _section_lines(self) -> Iterator[int]:
        return (number for number, words in enumerate(self._lines, 1) if _SECTION.match(words))

    def _line_with(self, words: str) -> int | None:
        return next((number for number, line in enumerate(self._lines, 1) if words and words in line), None)


def _called(asked: Asked) -> str:
    """A section by its title, or else by its kind."""
    return asked.title or asked.kind.name
