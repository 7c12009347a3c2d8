"""What a section is. A new one is a generator with `@section(...)` above it, in a module of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import Field, field_validator

from goldenthread.plan.values import Value
from goldenthread.reporting.content import Block
from goldenthread.reporting.matter import Matter


class Options(Value):
    """What a definition may set for any section: paragraphs of its own wording, which come first."""

    wording: tuple[str, ...] = ()

    @field_validator("wording", mode="before")
    @classmethod
    def _one_or_several(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given


class Listed(Options):
    """A list that may be cut: at most so many lines, with a sentence that says how many more there are."""

    most: int | None = Field(default=None, ge=1)


_O = TypeVar("_O", bound=Options)
Write = Callable[[Matter, _O], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of section: its name in definitions, what it says (the docstring), its options, and what writes it."""

    name: str
    summary: str
    options: type[Options]
    write: Callable[[Matter, Any], Iterator[Block]]


def section(name: str, options: type[_O]) -> Callable[[Write[_O]], Section]:
    """Make a kind of section of the generator below, whose docstring says to council officers what it holds."""

    def made(write: Write[_O]) -> Section:
        return Section(name, " ".join((write.__doc__ or "").split()), options, write)

    return made
