"""What the letter of June 2023 says, against the plan of June 2022, as keyed by hand; README.md says how."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Keyed:
    """A sentence: its line, words that no other there has, its verdict, what else could be defended, where to look."""

    line: int
    hint: str
    verdict: str
    also: frozenset[str]
    sure: bool
    plan_lines: frozenset[str]


@dataclass(frozen=True)
class Edit:
    """A change to a copy of the letter, and the verdict of its sentence before and after."""

    line: int
    old: str
    new: str
    was: str
    verdict: str


@dataclass(frozen=True)
class Probe:
    """A sentence on another part of the plan, with its verdict."""

    sentence: str
    verdict: str
    also: frozenset[str]
    plan_lines: frozenset[str]


@dataclass(frozen=True)
class Due:
    """A milestone that fell due, and the lines of the letter that touch on it."""

    plan_line: str
    name: str
    due: str
    mentioned: bool


@cache
def sentences() -> tuple[Keyed, ...]:
    """Every sentence of the letter."""
    return tuple(
        Keyed(
            int(r["line"]),
            r["hint"],
            r["verdict"],
            _set(r["also"]),
            r["sure"] == "yes",
            _places(r["plan_lines"]),
        )
        for r in _rows("sentences")
    )


@cache
def edits() -> tuple[Edit, ...]:
    """The changes to the copy."""
    return tuple(Edit(int(r["line"]), r["old"], r["new"], r["was"], r["verdict"]) for r in _rows("edits"))


@cache
def single_edits() -> tuple[Edit, ...]:
    """Changes that are tried one at a time; `was` has what else could be defended."""
    return tuple(
        Edit(int(r["line"]), r["old"], r["new"], r["also"], r["verdict"]) for r in _rows("single_edits")
    )


@cache
def probes() -> tuple[Probe, ...]:
    """Sentences that the check was not made with."""
    return tuple(
        Probe(r["sentence"], r["verdict"], _set(r["also"]), _places(r["plan_lines"]))
        for r in (*_rows("probes"), *_rows("more_probes"))
    )


@cache
def milestones() -> tuple[Due, ...]:
    """What fell due from 1 December 2022 to 30 June 2023."""
    return tuple(
        Due(f"P{r['plan_line']}", r["name"], r["due"], bool(r["mentioned"])) for r in _rows("milestones")
    )


def edited(letter: str) -> str:
    """The letter with every change made. A change whose words are not there once is an error."""
    lines = letter.split("\n")
    for edit in edits():
        assert lines[edit.line - 1].count(edit.old) == 1, edit
        lines[edit.line - 1] = lines[edit.line - 1].replace(edit.old, edit.new)
    return "\n".join(lines)


@dataclass(frozen=True)
class Batch:
    """A letter with some of the single changes made, no two of them on one line."""

    letter: str
    edits: tuple[Edit, ...]


def batches(letter: str) -> list[Batch]:
    """The single changes, made in as few copies of the letter as can be."""
    waiting, made = list(single_edits()), []
    while waiting:
        now: dict[int, Edit] = {}
        for edit in waiting:
            now.setdefault(edit.line, edit)
        lines = letter.split("\n")
        for edit in now.values():
            assert lines[edit.line - 1].count(edit.old) == 1, edit
            lines[edit.line - 1] = lines[edit.line - 1].replace(edit.old, edit.new)
        made.append(Batch("\n".join(lines), tuple(now.values())))
        waiting = [edit for edit in waiting if edit not in now.values()]
    return made


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _set(printed: str) -> frozenset[str]:
    return frozenset(printed.split())


def _places(printed: str) -> frozenset[str]:
    return frozenset(f"P{line}" for line in printed.split())
