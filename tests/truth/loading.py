"""From the keyed files to facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .facts import (
    Action,
    DateMeaning,
    Deliverable,
    Item,
    Milestone,
    Reference,
    Related,
    Review,
    Risk,
    Step,
    Text,
    Theme,
    Truth,
    Workstream,
)

HERE = Path(__file__).parent / "improvement_plan_2022"
_ABRIDGED = re.compile(r"(?P<starts>.+) … (?P<ends>.+) \[(?P<words>\d+) words\]")


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
    numbers = cited.get("numbers", [None])
    return tuple(
        Reference(cited["review"], cited.get("class"), number, cited.get("page")) for number in numbers
    )


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
