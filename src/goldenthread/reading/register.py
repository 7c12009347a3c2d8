"""The reviews and directions that the plan answers: who, when, how many recommendations, what is required."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldenthread.documents.blocks import Paragraph
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Recommendation, Requirement, Review, StatedTotal
from goldenthread.plan.references import Reference
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.outline import Part
from goldenthread.reading.themes import without_lead_ins
from goldenthread.reading.vocabulary import number_in_words

_ENTRY = re.compile(
    r"^(?P<title>[A-Z].+?)\s*(?:\((?P<bracket>[^()]*\d{4})\)|[-–—]\s+(?P<dash>[A-Z][a-z]+ \d{4}))$"
)
_TITLE_WORDS = re.compile(
    r"\b(review|challenge|inspection|audit|report|direction|notice|assessment)s?\b", re.IGNORECASE
)
_DIRECTION = re.compile(r"\b(statutory )?directions?\b", re.IGNORECASE)
_REQUIRES = re.compile(
    r"\b(require(s|d|ment|ments)?|must|asks?(ed)? for|direct(s|ed)? the council)\b", re.IGNORECASE
)
_EXIT = re.compile(r"\b(end|exit|leave|lift)\w*\b.*\bintervention\b", re.IGNORECASE)
_NUMBER = r"(?P<number>\d+|[a-z]+)"
_TOTAL = re.compile(
    rf"\b{_NUMBER}\s+(?:further\s+|other\s+|additional\s+)?(?:(?P<class>statutory|key|improvement)\s+)?"
    r"(?=(?:and\s|,\s?)?(?:[\w\s]{0,30}?)recommendations?\b)",
    re.IGNORECASE,
)


@dataclass
class ReviewDraft:
    """A review as the narrative names it, before its recommendations are known."""

    title: str
    printed_date: str
    anchors: list[Anchor] = field(default_factory=list)
    part: Part | None = None


def find_reviews(parts: Iterable[Part]) -> list[ReviewDraft]:
    """The reviews that the narrative lists ("... Review (January 2022)") or has a section on ("... – January 2022")."""
    drafts: dict[str, ReviewDraft] = {}
    for part in parts:
        if (entry := _entry(part.heading)) is not None:
            draft = drafts.setdefault(entry[0], ReviewDraft(*entry))
            draft.anchors.append(part.anchor)
            draft.part = part
        for item in part.items:
            if (entry := _entry(item.text)) is not None:
                drafts.setdefault(entry[0], ReviewDraft(*entry)).anchors.append(item.anchor)
    return list(drafts.values())


def _entry(text: str) -> tuple[str, str] | None:
    match = _ENTRY.match(text.strip())
    if not match or not _TITLE_WORDS.search(match["title"]):
        return None
    return match["title"].strip(), match["bracket"] or match["dash"]


def reviewer_names(drafts: Iterable[ReviewDraft]) -> list[str]:
    """The names by which references may cite these reviews; directions are also cited as "Statutory Direction"."""
    names = []
    for draft in drafts:
        names.append(draft.title)
        if draft.part and (direction := _direction_in(draft.part)):
            names.append(direction)
    return names


def _direction_in(part: Part) -> str | None:
    """The words by which a section names a direction ("Statutory Directions" → "Statutory Direction")."""
    for text in (part.heading, *part.paragraphs):
        if match := _DIRECTION.search(text):
            return "Statutory Direction" if match[1] else "Direction"
    return None


def read_reviews(
    drafts: Iterable[ReviewDraft], cited: Iterable[Reference], context: Context
) -> Iterator[Review]:
    """The register of reviews, each with the recommendations that the plan cites from it."""
    left = list(dict.fromkeys(cited))
    for draft in drafts:
        direction = _direction_in(draft.part) if draft.part and not _is_report(draft.title) else None
        name = direction or _name_among(left, draft.title)
        mine = [reference for reference in left if reference.review == name]
        left = [reference for reference in left if reference.review != name]
        yield _review(name, draft, mine, context)
    for name in dict.fromkeys(reference.review for reference in left):
        mine = [reference for reference in left if reference.review == name]
        yield _review(name, ReviewDraft(name, ""), mine, context)


def _is_report(title: str) -> bool:
    return not re.search(r"\b(notice|direction)s?\b", title, re.IGNORECASE)


def _name_among(cited: Iterable[Reference], title: str) -> str:
    """The reviewer of this title as references cite it: the longest cited name that the title contains."""
    fitting = {reference.review for reference in cited if reference.review.lower() in title.lower()}
    return max(fitting, key=len, default=title)


def _review(name: str, draft: ReviewDraft, cited: Iterable[Reference], context: Context) -> Review:
    key = context.mint.key("review", slug(name))
    return Review(
        key=key,
        anchors=tuple(draft.anchors),
        name=name,
        title=draft.title,
        published=_published(draft.printed_date, context),
        totals=tuple(_totals(draft.part)) if draft.part else (),
        recommendations=tuple(
            Recommendation(
                key=context.mint.key("recommendation", slug(reference.label())), reference=reference
            )
            for reference in sorted(cited, key=_in_order)
        ),
        requirements=tuple(_requirements(draft.part, context)) if draft.part else (),
    )


def _published(printed: str, context: Context) -> PlanDate | None:
    return read_date_phrase(printed, context.rules.seasons).date if printed else None


def _in_order(reference: Reference) -> tuple[int, tuple[float, ...], str]:
    classes = ("statutory", "key", "improvement")
    number = reference.number or ""
    places = tuple(float(part) for part in re.findall(r"\d+", number)) or (float("inf"),)
    return (
        classes.index(reference.class_) if reference.class_ else len(classes),
        places,
        number + (reference.page or ""),
    )


def _totals(part: Part) -> Iterator[StatedTotal]:
    """How many recommendations the section says that the review made, by class where it says so."""
    seen: set[str | None] = set()
    for text in part.paragraphs:
        for match in _TOTAL.finditer(text):
            count = number_in_words(match["number"])
            class_ = match["class"].lower() if match["class"] else None
            if count is None or class_ in seen:
                continue
            seen.add(class_)
            yield StatedTotal.model_validate({"class": class_, "count": count})


def _requirements(part: Part, context: Context) -> Iterator[Requirement]:
    """What a direction requires: the list after a paragraph that speaks of a direction and of what is required."""
    if _direction_in(part) is None or not any(_REQUIRES.search(text) for text in part.paragraphs):
        return
    for item in without_lead_ins(part.items):
        key = context.mint.key("requirement", slug(item.text))
        yield Requirement(key=key, anchors=(item.anchor,), text=item.text)


def read_exit_factors(parts: Iterable[Part], context: Context) -> Iterator[Requirement]:
    """What will decide the end of an intervention: the list after a paragraph that speaks of ending it."""
    for part in parts:
        after = False
        for block in part.blocks:
            if isinstance(block, Paragraph):
                after = bool(_EXIT.search(block.text)) and bool(re.search(r"factors|criteria", block.text))
            elif after:
                for item in without_lead_ins(part.items):
                    if item is block:
                        key = context.mint.key("exit-factor", slug(item.text))
                        yield Requirement(key=key, anchors=(item.anchor,), text=item.text)
