"""By what one definition differs from another: sections added, taken out, moved or reworded, and its settings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.reporting.definitions.definition import Asked, Definition


@dataclass(frozen=True)
class Changed:
    """One thing that is said otherwise: what it is, and both in words (empty where there is nothing)."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class SectionLine:
    """A section of the new definition, what became of it, and what it says otherwise."""

    section: Asked
    marks: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The sections of the new definition in order, those that were taken out, and what is set otherwise."""

    sections: tuple[SectionLine, ...]
    removed: tuple[Asked, ...]
    settings: tuple[Changed, ...]

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.removed or self.settings or any(line.marks for line in self.sections))


def definition_difference(old: Definition | None, new: Definition) -> Difference:
    """By what a definition differs from the one before it; all of it is new where there is none before."""
    if old is None:
        return Difference(tuple(SectionLine(each) for each in new.sections), (), ())
    before = _matched(old.sections, new.sections)
    stayed = _in_order([place for place in before if place is not None])
    lines = []
    for section, place in zip(new.sections, before, strict=True):
        was = None if place is None else old.sections[place]
        lines.append(_line(section, was, moved=place is not None and place not in stayed))
    kept = set(before)
    removed = tuple(each for place, each in enumerate(old.sections) if place not in kept)
    return Difference(tuple(lines), removed, tuple(_settings(old, new)))


def _line(section: Asked, was: Asked | None, *, moved: bool) -> SectionLine:
    if was is None:
        return SectionLine(section, ("Added",))
    changed = tuple(_changed(was, section))
    marks = [word for word, holds in (("Moved", moved), ("Wording changed", changed)) if holds]
    return SectionLine(section, tuple(marks), changed)


def _matched(old: Sequence[Asked], new: Sequence[Asked]) -> list[int | None]:
    """For each new section the place of the one that it was: the same title and kind, or else title, or else kind."""
    found: list[int | None] = [None] * len(new)
    left = list(range(len(old)))
    likenesses: tuple[Callable[[Asked], Any], ...] = (
        lambda each: (each.kind.name, each.title),
        lambda each: each.title,
        lambda each: each.kind.name if each.title and each.kind.name != "words" else None,
    )
    for likeness in likenesses:
        for place, section in enumerate(new):
            wanted = likeness(section)
            if found[place] is None and wanted is not None:
                found[place] = next((other for other in left if likeness(old[other]) == wanted), None)
                left = [other for other in left if other != found[place]]
    return found


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest run of places that follow each other as before (by patience sorting); all others have moved."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        before[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    run: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _changed(was: Asked, now: Asked) -> Iterator[Changed]:
    heads = (
        ("Title", was.title, now.title),
        ("Kind", was.kind.name, now.kind.name),
        ("Level of the heading", was.level, now.level),
        ("Mandatory", was.mandatory, now.mandatory),
    )
    yield from _differing(heads)
    before, after = was.options.model_dump(), now.options.model_dump()
    named = sorted(before.keys() | after.keys())
    yield from _differing((_words_of(name), before.get(name), after.get(name)) for name in named)


def _settings(old: Definition, new: Definition) -> Iterator[Changed]:
    yield from _differing(
        (
            ("Title", old.title, new.title),
            ("For", old.for_, new.for_),
            ("Looks back", old.covers.value, new.covers.value),
            ("Pages", old.orientation.value, new.orientation.value),
            ("Who has to clear it", old.clearance, new.clearance),
            ("Based on", old.based_on, new.based_on),
            ("Bodies", old.bodies, new.bodies),
            ("Blanks", old.blanks, new.blanks),
            ("Groups of themes", dict(old.groups), dict(new.groups)),
        )
    )


def _differing(given: Any) -> Iterator[Changed]:
    return (Changed(what, _said(was), _said(now)) for what, was, now in given if was != now)


def _words_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "; ".join(f"{name}: {_said(words)}" for name, words in value.items())
        case list() | tuple():
            return "; ".join(map(_said, value))
        case _:
            return str(value)
