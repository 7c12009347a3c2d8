"""What the narrative says, against itself and against the delivery plan: who approves, which meeting, which names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from goldenthread.assurance.contradictions.likeness import likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ, says
from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.wording import Act
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Theme

_APPROVER = (
    r"(?P<body>(?:full )?council|cabinet|executive|leadership team|commissioners?|"
    r"[A-Z][\w&]*(?: [A-Z][\w&]*)* (?:Board|Committee))"
)
_APPROVED_BY = re.compile(
    rf"\b(?:approved|agreed|adopted|signed off|endorsed)\b(?: \w+){{0,3}}? by (?:the )?{_APPROVER}\b",
    re.IGNORECASE,
)
_BODY_APPROVES = re.compile(
    rf"(?:^|\b(?:subject to|following|requires?|after) (?:the )?){_APPROVER}(?:['’]s)? (?:approval|approves|agrees)\b",
    re.IGNORECASE,
)
_THIS_PLAN = re.compile(r"\b(?:the|this) (?:\w+ )?plan\b", re.IGNORECASE)
_CADENCE = re.compile(r"\b(daily|weekly|fortnightly|monthly|quarterly|annually|six-monthly)\b", re.IGNORECASE)
_OVERSIGHT = re.compile(r"\b(?:progress|risks?|register|performance|monitor\w*|reports?)\b", re.IGNORECASE)
_MEASURES = re.compile(
    r"\b(?:measures? of success|success measures?|outcome measures? for each)\b", re.IGNORECASE
)
_SAID_DONE = re.compile(
    r"\b(?:has|have) (?:now |already )?been (?:\w+ly )?(?:completed|concluded|established|approved|agreed|delivered|"
    r"implemented|procured|put in place)\b",
    re.IGNORECASE,
)
_NEARLY = 90
_SHARE = 0.4
_FEWEST_SHARED = 3


def narrative_contradictions(all_: Statements) -> Iterator[Contradiction]:
    """Every place where the narrative does not agree with itself or with the delivery plan."""
    yield from _approvers(all_)
    yield from _meetings(all_)
    yield from _names(all_)
    yield from _measures(all_)
    yield from _said_done(all_)


def _approvers(all_: Statements) -> Iterator[Contradiction]:
    """One thing, or changes to it, approved by two bodies."""
    rows = (*all_.promises, *all_.milestones)
    told = [found for said in (*all_.sentences, *rows) if (found := _approval_in(all_, said))]
    for (one, body, core), (other, second, core2) in combinations(told, 2):
        narrated = one.kind is ItemKind.SECTION or other.kind is ItemKind.SECTION
        if not narrated or body == second:
            continue
        if len(core & core2) > 1 and all_.weight(core & core2) >= 0.9 * min(
            all_.weight(core), all_.weight(core2)
        ):
            yield differ(all_, Kind.BODY, (one, other), likeness(all_, one, other), (body, second))
            return


def _approval_in(all_: Statements, said: Statement) -> tuple[Statement, str, frozenset[str]] | None:
    """Who approves and what, where a text says so."""
    if Act.APPROVE not in said.wording.acts:
        return None
    match = _APPROVED_BY.search(said.text) or _BODY_APPROVES.search(said.text)
    if match is None:
        return None
    before = said.text[: match.start()] if match.re is _APPROVED_BY else said.text[match.end() :]
    subject = re.split(r"\b(?:will|is|are|be|would|must)\b", before)[0]
    body = match["body"].strip()
    title = all_.plan.title if _THIS_PLAN.search(subject) else ""
    return said, body[0].upper() + body[1:], all_.language.read(f"{subject} {title}").core


def _meetings(all_: Statements) -> Iterator[Contradiction]:
    """The same oversight, as often, by two meetings of which one is named nowhere else."""
    names = {name for body in all_.plan.bodies for name in (body.name, *body.aliases)}
    times = Counter(
        name
        for name in names
        for said in (*all_.sentences, *all_.promises, *all_.milestones)
        if name in said.text
    )
    told = []
    for said in all_.sentences:
        cadence, oversight = _CADENCE.search(said.text), _OVERSIGHT.search(said.text)
        if not (cadence and oversight):
            continue
        there = sorted((said.text.find(name), -len(name), name) for name in names if name in said.text)
        told += [
            (said, cadence[0].lower(), name) for *_, name in there[:1] if name not in {"Cabinet", "Council"}
        ]
    for (one, often, name), (other, also, second) in combinations(told, 2):
        if often == also and name != second and 1 in (times[name], times[second]):
            yield differ(all_, Kind.BODY, (one, other), None, (f"{name}, {often}", f"{second}, {also}"))


def _names(all_: Statements) -> Iterator[Contradiction]:
    """A theme that the narrative lists under a name that differs in a letter or two."""
    for theme in all_.plan.themes:
        for said in all_.sentences:
            words = said.text.strip(" .;:")
            near = (
                abs(len(words) - len(theme.name)) < 4
                and fuzz.ratio(words.lower(), theme.name.lower()) >= _NEARLY
            )
            if near and words.lower() != theme.name.lower():
                title = _of_theme(all_, theme)
                yield differ(all_, Kind.NAME, (said, title), None, (f"“{words}”", f"“{theme.name}”"))


def _of_theme(all_: Statements, theme: Theme) -> Statement:
    wording = all_.language.read(theme.name)
    return Statement(theme, ItemKind.THEME, theme.name, wording, theme, anchors=theme.anchors)


def _measures(all_: Statements) -> Iterator[Contradiction]:
    """A promise of measures, where no statement of success has one."""
    statements = [said for theme in all_.plan.themes for said in theme.success_statements]
    promised = next((said for said in all_.sentences if _MEASURES.search(said.text)), None)
    if promised and statements and not any((said.measure or "").strip() for said in statements):
        none = f"no measure for any of its {len(statements)} statements of success"
        yield differ(all_, Kind.MEASURE, (promised, promised), None, ("measures of success", none))


def _said_done(all_: Statements) -> Iterator[Contradiction]:
    """A sentence that says a thing has been done, and a step that still has to do it."""
    for said in all_.sentences:
        match = _SAID_DONE.search(said.text)
        if not match:
            continue
        acts = all_.language.read(match[0]).acts - {Act.REPORT}
        near = all_.language.read(_clause(said.text, match.start(), match.end())).core
        for step in all_.promises:
            shared = step.core & near
            ends = {Act.COMPLETE, Act.DELIVER}
            same = acts & step.wording.acts or (acts & ends and step.wording.acts & ends)
            if len(shared) < _FEWEST_SHARED or not same or step.is_done or not step.dates or not step.settled:
                continue
            if all_.weight(shared) >= _SHARE * min(all_.weight(step.core), all_.weight(near)):
                yield differ(
                    all_, Kind.STATE, (said, step), likeness(all_, said, step), (match[0], says(step))
                )


def _clause(text: str, start: int, end: int) -> str:
    """The part of a sentence around these places, between its commas."""
    before = max(text.rfind(mark, 0, start) for mark in (",", ";", ":")) + 1
    ends = [found for mark in (",", ";", ":") if (found := text.find(mark, end)) >= 0]
    return text[before : min(ends, default=len(text))]
