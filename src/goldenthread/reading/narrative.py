"""The plan's narrative: its sections, its risks, its milestones of engagement, who approved it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import is_collective
from goldenthread.plan.model import Body, Milestone, Post, Risk, Section
from goldenthread.reading.context import Context
from goldenthread.reading.milestone_doubts import ask_about_milestones
from goldenthread.reading.milestones import read_milestones
from goldenthread.reading.outline import Outline, Part
from goldenthread.reading.same_promise import DeliveryPlan
from goldenthread.reading.themes import name_and_rest, without_lead_ins
from goldenthread.reading.vocabulary import PartKind

_PLAN_WORDS = re.compile(
    r"\b((corporate|governance|single|continuous)\s+)*(improvement|recovery|corporate|transformation)"
    r"(\s+and\s+\w+)?\s+plan\b.*$",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"\bapproved by (?:the )?(?P<body>(?:full )?council|cabinet|executive|policy committee)(?: on|:|,)?\s+"
    r"(?P<day>[^.;\n]+)",
    re.IGNORECASE,
)
_PHASE = re.compile(r"\bthis is (?P<phase>phase \w+)", re.IGNORECASE)
_REGISTER = re.compile(r"risk register[^.]*?\((?P<reference>[^()]*\d[^()]*)\)", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:[A-Z][\w'’]+(?:\s+(?:and|&|of|for)\s+|\s+)){1,6}(?:Board|Committees?|Panel|Partnership|Review Meeting)\b"
)
_ARTICLE = re.compile(r"^(The|These|This|Our|A|An|All)\s+")


def title_case(title: str) -> str:
    """A title in capitals as it would be written in a sentence's place: "SANDWELL PLAN" → "Sandwell Plan"."""
    return title.title() if title.isupper() else title


def council_name(title: str, default: str = "The council") -> str:
    """Whose plan it is, from the plan's title."""
    name = _PLAN_WORDS.sub("", title_case(title)).strip(" -–—:'’")
    return re.sub(r"['’]s$", "", name) or default


def approval(found: Outline) -> tuple[str, date] | None:
    """The body that approved the plan and the day, where the document says so in so many words."""
    for part in found.narrative:
        for text in (part.heading, *part.paragraphs):
            match = _APPROVED.search(text)
            read = read_date_phrase(match["day"].strip()).date if match else None
            if match and read and read.earliest == read.latest:
                return match["body"].capitalize(), read.latest
    return None


def phase(found: Outline) -> str | None:
    """The phase that the plan says it is ("Phase One")."""
    texts = (text for part in found.narrative for text in part.paragraphs)
    return next((match["phase"] for text in texts if (match := _PHASE.search(text))), None)


def read_sections(found: Outline, context: Context) -> Iterator[Section]:
    """The sections of the narrative with their paragraphs and lists; tables are read elsewhere.

    A section stands where its heading does, then where each of its paragraphs does, in their order.
    """
    for part in found.narrative:
        placed = (*part.placed_paragraphs, *((f"• {item.text}", item.anchor) for item in part.items))
        if part.heading and part.heading != found.title:
            yield Section(
                key=context.mint.key("section", slug(part.heading)),
                anchors=(part.anchor, *(anchor for _, anchor in placed)),
                heading=part.heading,
                level=part.level,
                paragraphs=tuple(text for text, _ in placed),
            )


def read_risks(parts: Iterable[Part], context: Context) -> Iterator[Risk]:
    """The risks under a heading of risks: a name, a dash, and what it is."""
    parts = list(parts)
    reference = next(
        (
            match["reference"]
            for part in parts
            for text in part.paragraphs
            if (match := _REGISTER.search(text))
        ),
        None,
    )
    for part in parts:
        if part.kind is PartKind.RISKS:
            for item in without_lead_ins(part.items):
                title, description = name_and_rest(item)
                yield Risk(
                    key=context.mint.key("risk", slug(title)),
                    anchors=(item.anchor,),
                    title=title,
                    description=description,
                    register_reference=reference,
                )


def read_engagement_milestones(parts: Iterable[Part], context: Context) -> tuple[Milestone, ...]:
    """The milestones that stand in the narrative, outside of any theme."""
    tables = [table for part in parts if part.kind is PartKind.MILESTONES for table in part.tables]
    rows = read_milestones(tables, "engagement", context)
    ask_about_milestones(rows, DeliveryPlan(), context)
    return tuple(row.milestone for row in rows)


def posts_and_bodies(
    leads: Iterable[str], parts: Iterable[Part], context: Context
) -> tuple[tuple[Post, ...], tuple[Body, ...]]:
    """Who acts in this plan: the posts and bodies that lead, and the boards and committees that the narrative names."""
    names = list(dict.fromkeys(leads))
    posts = [name for name in names if not is_collective(name)]
    bodies = [name for name in names if is_collective(name)]
    told = (text for part in parts for text in part.paragraphs)
    for text in told:
        for match in _BODY.finditer(text):
            name = _ARTICLE.sub("", " ".join(match.group().split()))
            if len(name.split()) > 1 and name not in bodies:
                bodies.append(name)
    return (
        tuple(Post(key=context.mint.key("post", slug(name)), name=name) for name in sorted(posts)),
        tuple(Body(key=context.mint.key("body", slug(name)), name=name) for name in sorted(bodies)),
    )
