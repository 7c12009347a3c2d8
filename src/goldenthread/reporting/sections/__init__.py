"""The sections that a report can have. Each is a pure function of the matter and a definition's options, to blocks."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType, ModuleType

from goldenthread.reporting.sections import (
    answers,
    changes,
    checks,
    closing,
    curve,
    letter,
    periodic,
    position,
    promises,
    risks,
    themes,
    words,
)
from goldenthread.reporting.sections.registry import Options, Section


def _sections_of(modules: Iterable[ModuleType]) -> Mapping[str, Section]:
    """The sections of these modules by name. Raises ValueError when two have the same name."""
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Section)]
    by_name = {each.name: each for each in found}
    if len(by_name) != len(found):
        raise ValueError("Two sections have the same name.")
    return MappingProxyType(by_name)


SECTIONS = _sections_of(
    [words, position, themes, curve, promises, changes, risks, answers, checks, periodic, closing, letter]
)
"""Every kind of section by its name."""

__all__ = ["SECTIONS", "Options", "Section"]
