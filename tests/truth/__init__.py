"""What a careful person reads in the published improvement plan, keyed by hand before any reader was written.

The files in `improvement_plan_2022/` hold short facts, one theme to a file, each with the line of the source text
that it was read on. A text of more than about eight words is kept as its first and last few words and its length
("Establish the … of success [9 words]"), so that the plan itself is not copied here; `matches` compares it with
what a reader found. Where the page leaves it open which date belongs to which step, no date is keyed to either:
the tokens stand in their printed order and `start_ambiguous` or `due_ambiguous` says why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "improvement_plan_2022"
_ABRIDGED = re.compile(r"(?P<starts>.+) … (?P<ends>.+) \[(?P<words>\d+) words\]")


@dataclass(frozen=True)
class Text:
    """A printed text: whole, or only its first words, its last words and how many words it has."""

    starts: str
    ends: str
    words: int

    @property
    def whole(self) -> str | None:
        return self.starts if self.starts == self.ends else None

    def __str__(self) -> str:
        return self.whole or f"{self.starts} … {self.ends} [{self.words} words]"


@dataclass(frozen=True)
class DateMeaning:
    """What a printed date token means. `status` (complete, ongoing, tbc) stands where there is no date."""

    printed: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    approximate: bool = False
    bound: str | None = None
    recurs: str | None = None
    condition: str | None = None
    status: str | None = None
    achieved: bool = False


@dataclass(frozen=True)
class Item:
    """An objective, a success statement, a direction element or an exit factor."""

    line: int
    text: Text


@dataclass(frozen=True)
class Workstream:
    """`name` is the theme's own list's, `name_in_table` the delivery plan's; `aim` is None if only in the table."""

    line: int
    name: str
    name_in_table: str
    aim: Text | None


@dataclass(frozen=True)
class Related:
    """Where else the plan speaks of a milestone: the first line of that action or step, and its date."""

    line: int
    where: str
    date: DateMeaning | None
    ambiguous: bool


@dataclass(frozen=True)
class Milestone:
    """`dates` is empty where the cell is blank; `above` and `below` are then the nearest printed dates."""

    line: int
    name: Text
    dates: tuple[DateMeaning, ...]
    parts: tuple[str, ...]
    above: DateMeaning | None
    below: DateMeaning | None
    related: tuple[Related, ...]
    cut_short: bool

    @property
    def achieved(self) -> bool:
        return any(date.achieved for date in self.dates)


@dataclass(frozen=True)
class Deliverable:
    line: int
    name: Text
    group: str | None


@dataclass(frozen=True, order=True)
class Reference:
    """A reviewer's recommendation as cited: by number ("3", "1.5", "all"), by page, or the source as a whole."""

    review: str
    grade: str = ""
    number: str = ""
    page: str = ""


@dataclass(frozen=True)
class Step:
    """A step, or a heading among steps. `start` and `due` are None where not printed or ambiguous."""

    text: Text
    level: int
    level_asked: bool
    heading: bool
    italic: bool
    start: DateMeaning | None
    due: DateMeaning | None


@dataclass(frozen=True)
class Action:
    """An action of the delivery plan; `asked` says that a person must be asked what it is."""

    theme: int
    lines: tuple[int, ...]
    workstream: str
    workstream_printed: str
    title: Text | None
    leads: tuple[str, ...]
    references: tuple[Reference, ...]
    steps: tuple[Step, ...]
    start_tokens: tuple[DateMeaning, ...]
    due_tokens: tuple[DateMeaning, ...]
    start: DateMeaning | None
    due: DateMeaning | None
    start_ambiguous: str | None
    due_ambiguous: str | None
    shifted: str | None
    asked: bool

    @property
    def leaf_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.heading)


@dataclass(frozen=True)
class Theme:
    number: int
    name: str
    line: int
    objectives: tuple[Item, ...]
    workstreams: tuple[Workstream, ...]
    workstreams_only_in_table: tuple[Workstream, ...]
    milestones: tuple[Milestone, ...]
    deliverables: tuple[Deliverable, ...]
    success_statements: tuple[Item, ...]
    success_lead_in_lines: tuple[int, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Review:
    """An external review; `totals` are the numbers of recommendations that the plan states, by class."""

    line: int
    author: str
    title: str
    date: str
    totals: Mapping[str, int]
    rating: str | None


@dataclass(frozen=True)
class Risk:
    line: int
    name: str
    text: Text


@dataclass(frozen=True)
class Truth:
    title: str
    phase: str
    themes: tuple[Theme, ...]
    theme_names_in_list: tuple[str, ...]
    reviews: tuple[Review, ...]
    direction_elements: tuple[Item, ...]
    engagement_milestones: tuple[Milestone, ...]
    exit_factors: tuple[Item, ...]
    risks: tuple[Risk, ...]
    strategic_risk_reference: str
    dates: Mapping[str, DateMeaning]

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for theme in self.themes for action in theme.actions)


def matches(fact: Text, text: str) -> bool:
    """Whether a reader's text is the printed one, white space apart."""
    words = text.split()
    plain = " ".join(words)
    if fact.whole is not None:
        return plain == fact.whole
    return plain.startswith(fact.starts) and plain.endswith(fact.ends) and len(words) == fact.words


@cache
def load_truth() -> Truth:
    """Everything that was keyed; a token without a meaning in `dates.toml` is an error."""
    dates = {token: DateMeaning(token, **meaning) for token, meaning in _file("dates")["tokens"].items()}
    plan = _file("plan")
    return Truth(
        title=plan["title"],
        phase=plan["phase"],
        themes=tuple(_theme(_file(f"theme_{number}"), dates) for number in range(1, 7)),
        theme_names_in_list=tuple(theme["name"] for theme in plan["themes_in_list"]),
        reviews=tuple(
            Review(r["line"], r["author"], r["title"], r["date"], r["totals"], r.get("rating"))
            for r in plan["reviews"]
        ),
        direction_elements=_items(plan["direction_elements"]),
        engagement_milestones=tuple(_milestone(m, dates) for m in plan["engagement_milestones"]),
        exit_factors=_items(plan["exit_factors"]),
        risks=tuple(Risk(r["line"], r["name"], _text(r["text"])) for r in plan["risks"]),
        strategic_risk_reference=plan["strategic_risk_register_reference"]["reference"],
        dates=dates,
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _text(printed: str) -> Text:
    if parts := _ABRIDGED.fullmatch(printed):
        return Text(parts["starts"], parts["ends"], int(parts["words"]))
    return Text(printed, printed, len(printed.split()))


def _items(rows: Iterable[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(row["line"], _text(row["text"])) for row in rows)


def _theme(theme: dict[str, Any], dates: Mapping[str, DateMeaning]) -> Theme:
    listed = tuple(_workstream(row) for row in theme["workstreams"])
    only_in_table = tuple(_workstream(row) for row in theme.get("workstreams_only_in_table", ()))
    printed = {workstream.name: workstream.name_in_table for workstream in (*listed, *only_in_table)}
    return Theme(
        number=theme["number"],
        name=theme["name"],
        line=theme["line"],
        objectives=_items(theme["objectives"]),
        workstreams=listed,
        workstreams_only_in_table=only_in_table,
        milestones=tuple(_milestone(row, dates) for row in theme["milestones"]),
        deliverables=tuple(
            Deliverable(row["line"], _text(row["name"]), row.get("group")) for row in theme["deliverables"]
        ),
        success_statements=_items(theme["success_statements"]),
        success_lead_in_lines=tuple(theme.get("success_lead_in_lines", ())),
        actions=tuple(_action(row, theme["number"], printed, dates) for row in theme["actions"]),
    )


def _workstream(row: dict[str, Any]) -> Workstream:
    aim = _text(row["aim"]) if "aim" in row else None
    return Workstream(row["line"], row["name"], row.get("name_in_table", row["name"]), aim)


def _milestone(row: dict[str, Any], dates: Mapping[str, DateMeaning]) -> Milestone:
    tokens = row.get("dates") or ([row["date"]] if "date" in row else [])
    return Milestone(
        line=row["line"],
        name=_text(row["name"]),
        dates=tuple(dates[token] for token in tokens),
        parts=tuple(row.get("parts", ())),
        above=_date(row, "above", dates),
        below=_date(row, "below", dates),
        related=tuple(
            Related(r["line"], r["where"], _date(r, "date", dates), r.get("ambiguous", False))
            for r in row.get("related", ())
        ),
        cut_short=row.get("cut_short", False),
    )


def _action(
    row: dict[str, Any], theme: int, printed: Mapping[str, str], dates: Mapping[str, DateMeaning]
) -> Action:
    return Action(
        theme=theme,
        lines=tuple(row["lines"]),
        workstream=row["workstream"],
        workstream_printed=printed[row["workstream"]],
        title=_text(row["title"]) if "title" in row else None,
        leads=tuple(row["leads"]),
        references=tuple(reference for cited in row["references"] for reference in _references(cited)),
        steps=tuple(_step(step, dates) for step in row.get("steps", ())),
        start_tokens=tuple(dates[token] for token in row["start_tokens"]),
        due_tokens=tuple(dates[token] for token in row["due_tokens"]),
        start=_date(row, "start", dates),
        due=_date(row, "due", dates),
        start_ambiguous=row.get("start_ambiguous"),
        due_ambiguous=row.get("due_ambiguous"),
        shifted=row.get("shifted"),
        asked=row.get("asked", False),
    )


def _references(cited: dict[str, Any]) -> tuple[Reference, ...]:
    grade, page = cited.get("class", ""), cited.get("page", "")
    return tuple(Reference(cited["review"], grade, number, page) for number in cited.get("numbers", [""]))


def _step(row: dict[str, Any], dates: Mapping[str, DateMeaning]) -> Step:
    return Step(
        text=_text(row["text"]),
        level=row.get("level", 1),
        level_asked=row.get("level_asked", False),
        heading=row.get("heading", False),
        italic=row.get("italic", False),
        start=_date(row, "start", dates),
        due=_date(row, "due", dates),
    )


def _date(row: dict[str, Any], key: str, dates: Mapping[str, DateMeaning]) -> DateMeaning | None:
    return dates[row[key]] if key in row else None
