"""A definition and what there is to say, made into a report: sections in order, tables numbered, figures collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from goldenthread.plan.days import day_words
from goldenthread.reporting.content import (
    Block,
    Chart,
    Paragraph,
    Part,
    Strong,
    Table,
    Text,
    ToWrite,
    said,
    tables_in,
    texts_in,
    words_of,
)
from goldenthread.reporting.definitions import (
    Asked,
    Definition,
    DefinitionError,
    Orientation,
    audiences,
    definition_for,
)
from goldenthread.reporting.figures import Disagreement, Figure, Placed, cross_foot
from goldenthread.reporting.letter.drafting import draft_letter, figures_of
from goldenthread.reporting.letter.model import Head
from goldenthread.reporting.matter import Matter, ThemeGroup
from goldenthread.reporting.sections.words import filled

DEEPEST = 4


@dataclass(frozen=True)
class Stamp:
    """What every page of every format says of where its content comes from; `held_as` says what the record calls it."""

    as_at: date
    revision: int
    hash: str
    release: str
    held_as: str = ""

    def __str__(self) -> str:
        return (
            f"{self.held_as}{' · ' if self.held_as else ''}"
            f"As at {day_words(self.as_at)} · Known at change {self.revision} · Record {self.hash} · "
            f"Golden Thread {self.release}"
        )


@dataclass(frozen=True)
class Composed:
    """A section as it came out: its heading (None: it continues the one before), and what stands under it."""

    title: str | None
    level: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Place:
    """A place that waits for somebody's words: the heading above it, what is asked, and its blank where it is one."""

    heading: str
    words: str
    blank: str = ""


@dataclass(frozen=True)
class Letterhead:
    """What a letter has on every page beside its stamp: whose letter it is, from where, and its marking."""

    sender: str
    address: tuple[str, ...]
    marking: str

    @property
    def block(self) -> str:
        """The sender and the address in a line."""
        return " · ".join(part for part in (self.sender, *self.address) if part)


@dataclass(frozen=True)
class Report:
    """A report, whatever its format. Tables and charts are numbered in their captions. A letter has a `letterhead`."""

    audience: str
    title: str
    council: str
    opening: Text
    orientation: Orientation
    stamp: Stamp
    sections: tuple[Composed, ...]
    letterhead: Letterhead | None = None

    @property
    def titles(self) -> tuple[str, str]:
        """What stands at the top, and below it: title and council; on a letter the council and who writes."""
        if self.letterhead is None:
            return self.title, self.council
        return self.council, self.letterhead.sender

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table, those of charts too, in order."""
        return tuple(table for section in self.sections for table in tables_in(section.blocks))

    @cached_property
    def figures(self) -> tuple[Placed, ...]:
        """Every figure with where it was printed."""
        found = []
        for section in self._headed:
            place = f"“{section[0]}” of {self.audience}"
            for block in section[1]:
                parts = (part for text in texts_in(block) for part in text)
                found += [Placed(part, place) for part in parts if isinstance(part, Figure)]
        return tuple(found)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What people have still to write, with the section that it is in."""
        found = [words_of((part,)) for part in self.opening if isinstance(part, ToWrite)]
        for title, blocks in self._headed:
            for block in blocks:
                parts = (part for text in texts_in(block) for part in text)
                found += [f"{title}: {part.words}" for part in parts if isinstance(part, ToWrite)]
        return tuple(found)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that waits for somebody's words, once, in order."""
        opening = ((self.title, self.opening),)
        headed = (
            (title, text) for title, blocks in self._headed for block in blocks for text in texts_in(block)
        )
        found: dict[tuple[str, str], Place] = {}
        for heading, text in (*opening, *headed):
            for part in text:
                if isinstance(part, ToWrite):
                    found.setdefault((part.words, part.blank), Place(heading, part.words, part.blank))
        return tuple(found.values())

    @property
    def _headed(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        title = self.title
        for section in self.sections:
            title = section.title or title
            yield title, section.blocks


def compose(
    matter: Matter,
    definition: Definition,
    *,
    meeting: date | None = None,
    fill: Mapping[str, str] | None = None,
    written: Mapping[str, str] | None = None,
    held_as: str = "",
) -> Report:
    """The report that a definition asks for.

    Args:
        matter: What there is to say.
        definition: Who it is for, and what of it.
        meeting: The day of the meeting that it goes to, where the record does not hold it.
        fill: Words for blanks by their names, before all others.
        written: What people wrote for the places that wait for them, by the prompt of each.
        held_as: What the record calls it, for the stamp: "Report 12", or that it is a draft.

    Raises:
        DefinitionError: a blank to be filled is none of the definition's, or its groups do not fit the plan's themes.
    """
    told = matter.told(
        groups=_groups(matter, definition),
        blanks=_blanks(matter, definition, meeting, fill or {}),
        written=written or matter.written,
    )
    if definition.is_letter:
        told = _with_letter(told, definition)
    numbers = _Numbers()
    sections = tuple(_composed(told, asked, numbers) for asked in definition.sections)
    return Report(
        audience=matter.scope or definition.audience,
        title=words_of(filled(told, definition.title)),
        council=matter.plan.council.name,
        opening=() if definition.is_letter else _opening(told, definition),
        orientation=definition.orientation,
        stamp=Stamp(matter.cut_off, matter.known.revision, matter.known.short_hash, matter.release, held_as),
        sections=sections,
        letterhead=_letterhead(told) if definition.is_letter else None,
    )


def _with_letter(matter: Matter, definition: Definition) -> Matter:
    """The letter that people have worked on, else as the record drafts it; and the figures of what is drafted."""
    letter = matter.letter or draft_letter(matter, groups=matter.groups, head=definition.head or Head())
    return matter.told(letter=letter, drafted=figures_of(matter, matter.groups, letter.since))


def _letterhead(matter: Matter) -> Letterhead:
    letter = matter.letter
    assert letter is not None
    head = letter.head
    who = " ".join(part for part in (head.role, f"– {head.signatory}" if head.signatory else "") if part)
    return Letterhead(
        who, (*head.address,), " · ".join(part for part in (head.marking, "DRAFT" * letter.is_draft) if part)
    )


def standard_reports(matter: Matter) -> tuple[Report, ...]:
    """The report of every audience that comes with Golden Thread, for the cross-foot; no reviewer's own."""
    return tuple(compose(matter, definition_for(name)) for name in audiences() if name != "reviewer")


def disagreements(report: Report, matter: Matter) -> tuple[Disagreement, ...]:
    """Every figure of the report that is another in any other report from the same matter."""
    return cross_foot((report, *standard_reports(matter)))


def _composed(matter: Matter, asked: Asked, numbers: _Numbers) -> Composed:
    wording = (Paragraph(filled(matter, words)) for words in asked.options.wording)
    blocks = (*wording, *asked.kind.write(matter, asked.options))
    title = words_of(filled(matter, asked.title)) if asked.title else None
    return Composed(title, asked.level, tuple(numbers.numbered(blocks)))


class _Numbers:
    """Counts tables and charts through a report."""

    def __init__(self) -> None:
        self._tables = self._charts = 0

    def numbered(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, Chart):
                self._charts += 1
                yield replace(
                    block, caption=f"Figure {self._charts}: {block.caption}", table=self._table(block.table)
                )
            else:
                yield block

    def _table(self, table: Table) -> Table:
        self._tables += 1
        return replace(table, caption=f"Table {self._tables}: {table.caption}")


def _opening(matter: Matter, definition: Definition) -> Text:
    """Both dates that every report has, what it compares with, and from what it was made."""
    before = matter.before
    compared = (
        f"It compares with how the plan stood at the end of {day_words(before.cut_off)}. "
        if before
        else "There is no earlier position to compare with. "
    )
    meets = (
        " It goes to the meeting of {meeting} on {meeting_date}." if "meeting" in definition.bodies else ""
    )
    own: dict[str, Part | Text] = {
        "whom": words_of(filled(matter, definition.for_)),
        "until": Strong(day_words(matter.cut_off)),
        "compared": compared,
    }
    return said(
        f"This report is for {{whom}}.{meets} It says how the plan stood at the end of {{until}}, the cut-off. "
        "{compared}All of it comes from the council’s record as known at change {revision}, hash {hash}.",
        **{**matter.blanks, **own},
    )


def _groups(matter: Matter, definition: Definition) -> tuple[ThemeGroup, ...]:
    there = {theme.number: theme.name for theme in matter.plan.themes}
    named = [number for _, themes in definition.groups for number in themes]
    if not named:
        return ()
    left = [number for number in there if number not in named]
    if left and not matter.scope:
        raise DefinitionError(
            f"The groups of {definition.audience} leave out theme {left[0]}, “{there[left[0]]}”. Put it in a group."
        )
    if unknown := [number for number in named if number not in there and not matter.scope]:
        raise DefinitionError(
            f"The groups of {definition.audience} name theme {unknown[0]}; the plan has themes "
            f"{', '.join(map(str, there))}."
        )
    return tuple(ThemeGroup(title, themes) for title, themes in definition.groups)


def _blanks(
    matter: Matter, definition: Definition, meeting: date | None, fill: Mapping[str, str]
) -> dict[str, Part]:
    if strange := [name for name in fill if name not in definition.own_blanks]:
        known = ", ".join(sorted(definition.own_blanks))
        raise DefinitionError(f"{definition.audience} has no blank {{{strange[0]}}} to fill: it has {known}.")
    before = matter.before.cut_off if matter.before else matter.began_on
    found: dict[str, Part] = {
        "council": matter.plan.council.name,
        "plan": matter.plan.title,
        "cut_off": day_words(matter.cut_off),
        "previous_cut_off": day_words(before),
        "revision": f"{matter.known.revision}",
        "hash": matter.known.short_hash,
        "rule": matter.rule_label,
        "release": matter.release,
        "reviewer": matter.scope.partition(":")[2] or "the reviewer",
    }
    found |= {
        name: words or ToWrite(name.replace("_", " "), name) for name, words in definition.blanks.items()
    }
    for name, body in definition.bodies.items():
        found[name] = body
        day = _meets(matter, body, meeting if name == "meeting" else None)
        found[f"{name}_date"] = day or ToWrite(f"date of the meeting of {body}", f"{name}_date")
    return found | dict(fill)


def _meets(matter: Matter, body: str, meeting: date | None) -> str | None:
    """The day of a body's next meeting after the cut-off; None where nobody has entered it."""
    ahead = sorted(
        each.held_on
        for each in matter.meetings
        if each.body.casefold() == body.casefold() and each.held_on > matter.cut_off
    )
    day = meeting or next(iter(ahead), None)
    return day_words(day) if day else None
