"""What a reader changed in a report, on a page: each place with its words marked, and what of it needs somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from markupsafe import Markup

from goldenthread.record.edited_reports import Edited
from goldenthread.record.issued import HeldReport
from goldenthread.reporting.edits import Difference, FigureChange, Kind, Offer, Piece, Unchanged, Where
from goldenthread.web.presenting.index import PlacedAction, PlacedMilestone, PlanIndex

LONGEST = 300
"""How many characters of a long cell are quoted beside what the file says; the whole of it follows in the text."""
_ITEM = re.compile(r"[A-Z]+\d+(?:\.\d+)*\b")
_KINDS = {Kind.ADDED: "Added", Kind.REMOVED: "Taken out", Kind.CHANGED: "Changed"}
_MARKS = {Kind.REMOVED: ("del", "taken out"), Kind.ADDED: ("ins", "added")}
_HIDDEN = '<span class="govuk-visually-hidden">'
_MARK = Markup(f"<{{tag}}>{_HIDDEN}[{{what}}: </span>{{words}}{_HIDDEN}]</span></{{tag}}>")
Link = Callable[..., str]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One place that differs, or a stretch that does not: then `what` is empty and `words` say how long it is."""

    what: str
    where: str
    words: Markup


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure, a day or a cell that a reader changed, with the page where the record has it."""

    said: str
    sent: str
    within: str
    where: str
    item: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """Words for a place, by their number, paragraph by paragraph; `now` is what the draft had there."""

    number: int
    asks: str
    paragraphs: tuple[str, ...]
    now: str


@dataclass(frozen=True, slots=True)
class ShownEdits:
    """A file that came back, as its page shows it. `figures` and `offers` need somebody; `parts` are all in order."""

    edited: Edited
    from_version: str
    summary: str
    figures: tuple[ShownFigure, ...]
    offers: tuple[ShownOffer, ...]
    parts: tuple[ShownPart, ...]


def shown_edits(held: HeldReport, edited: Edited, index: PlanIndex, link: Link) -> ShownEdits:
    """What the page of one file shows.

    Args:
        link: Gives the address of a page of the plan by its route and arguments.
    """
    found = edited.comparison
    return ShownEdits(
        edited=edited,
        from_version=version_words(held, edited),
        summary=_summary(edited),
        figures=tuple(_figure(each, index, link) for each in found.figures),
        offers=tuple(_offer(number, each) for number, each in enumerate(found.offers)),
        parts=tuple(map(_part, found.parts)),
    )


def version_words(held: HeldReport, edited: Edited) -> str:
    """From which version the file was edited, and what that means now."""
    stamp, version = edited.notes.stamp, edited.file.version
    if stamp is None:
        return (
            "The file has lost the stamp in its footer, so nobody can tell from which version it was edited. "
            f"It is compared with version {version}, the newest when it came."
        )
    known = f"Its footer says that it is version {version}, known at change {stamp.revision}."
    if version == held.version:
        return f"{known} That is the report as it is now."
    return (
        f"{known} The report is version {held.version} now. The file is compared with version {version}, so that what "
        "was changed here since is not taken for the reader’s."
    )


def _summary(edited: Edited) -> str:
    found = edited.comparison
    if not found.differences:
        return "The file says word for word what the report says."
    counted = [
        _counted(len(found.differences), "place differs", "places differ"),
        _counted(len(found.figures), "of them is the record’s to say", "of them are the record’s to say"),
        _counted(len(found.offers), "text is offered for the draft", "texts are offered for the draft"),
    ]
    return ", ".join(words for words in counted if words) + "."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""


def where_words(where: Where) -> str:
    """Where something stands: "Late actions, Table 5: Late actions, row “A6”, column “Approved”"."""
    parts = [where.section, where.table]
    parts += [f"row “{where.row}”"] if where.row else []
    parts += [f"column “{where.column}”"] if where.column else []
    return ", ".join(part for part in parts if part)


def _part(part: Difference | Unchanged) -> ShownPart:
    if isinstance(part, Unchanged):
        return ShownPart("", "", Markup("{}").format(_unchanged(part)))
    return ShownPart(_KINDS[part.kind], where_words(part.where), _marked(part.pieces))


def _unchanged(part: Unchanged) -> str:
    counted = (
        _counted(part.paragraphs, "paragraph", "paragraphs"),
        _counted(part.rows, "row of a table", "rows of tables"),
    )
    return f"{' and '.join(words for words in counted if words)} unchanged"


def _marked(pieces: Iterable[Piece]) -> Markup:
    """The words with <del> and <ins>, which say in hidden words too what they are. Spaces stay outside of the marks."""
    made = Markup("")
    for piece in pieces:
        words = piece.words.strip()
        if piece.kind is Kind.SAME or not words:
            made += piece.words
            continue
        tag, what = _MARKS[piece.kind]
        before, after = (" " if sign.isspace() else "" for sign in (piece.words[:1], piece.words[-1:]))
        made += (
            (before or " " * made.endswith("</del>"))
            + _MARK.format(tag=Markup(tag), what=what, words=words)
            + after
        )
    return made


def _figure(each: FigureChange, index: PlanIndex, link: Link) -> ShownFigure:
    item, href = _item(each.where, index, link)
    return ShownFigure(
        said=shorten(each.said, LONGEST, placeholder=" …"),
        sent=shorten(each.sent, LONGEST, placeholder=" …"),
        within="" if each.where.column else shorten(each.within, LONGEST, placeholder=" …"),
        where=where_words(each.where),
        item=item,
        href=href,
    )


def _item(where: Where, index: PlanIndex, link: Link) -> tuple[str, str]:
    """The action or milestone that a row is about, and its page; both empty where it is about none."""
    found = _ITEM.match(where.row)
    placed: Any = index.by_handle.get(found[0]) if found else None
    match placed:
        case PlacedAction() if found:
            return found[0], link("action", handle=found[0])
        case PlacedMilestone() if found:
            return found[0], link("milestone", handle=found[0])
        case _:
            return "", ""


def _offer(number: int, offer: Offer) -> ShownOffer:
    asks = f"{offer.slot.asks[:1].upper()}{offer.slot.asks[1:]}"
    return ShownOffer(number, asks, tuple(offer.words.split("\n\n")), offer.now)
