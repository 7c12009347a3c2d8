"""Words that people write: resolutions, reasons, implications; and what goes with a report."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from goldenthread.plan.days import day_words
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Column,
    Paragraph,
    Resolutions,
    Table,
    Text,
    ToWrite,
    said,
)
from goldenthread.reporting.matter import Comment, Matter
from goldenthread.reporting.sections.registry import Options, section


class Resolved(Options):
    """What a body is asked to resolve, in order; the definition's own words."""

    resolutions: tuple[str, ...] = Field(min_length=1)


class ByHand(Options):
    """A part that somebody of the council writes. `prompt` says who, and what; it stands there until it is written."""

    prompt: str = ""


@section("resolutions", Resolved)
def resolutions(matter: Matter, options: Resolved) -> Iterator[Block]:
    """What the body is asked to resolve, numbered, with the dates filled in."""
    yield Resolutions(tuple(filled(matter, words) for words in options.resolutions))


@section("words", ByHand)
def words(matter: Matter, options: ByHand) -> Iterator[Block]:
    """The definition's wording, with what people wrote for it or a marked place for what only they can write."""
    if own := matter.written.get(options.prompt, "").strip():
        yield from (Paragraph((" ".join(lines.split()),)) for lines in own.split("\n\n") if lines.strip())
    elif options.prompt:
        yield Paragraph((ToWrite(options.prompt),))


@section("comments", Options)
def comments(matter: Matter, _: Options) -> Iterator[Block]:
    """What other bodies said of earlier reports since the last one was issued, and what was answered."""
    if not matter.comments:
        yield Paragraph(("Since the last report, no comments of other bodies have been recorded.",))
        return
    columns = (Column("Body", 2), Column("Met on", 1.6), Column("Comment", 5), Column("Response", 5))
    rows = tuple(
        (
            (each.body,),
            (day_words(each.met_on),),
            (f"{_RECOMMENDED}{each.text}" if each.due else each.text,),
            (each.response,) if each.response else (ToWrite(_missing(each)),),
        )
        for each in matter.comments
    )
    count = matter.figure("comments.all", len(rows))
    yield Table(
        "Comments", "Comments of other bodies, with the response to each", columns, rows, counted=count
    )


_RECOMMENDED = "Recommendation to the executive: "


def _missing(comment: Comment) -> str:
    due = f", due by {day_words(comment.due)}" if comment.due else ""
    return f"response to {comment.body}{due}"


@section("background", Options)
def background(matter: Matter, _: Options) -> Iterator[Block]:
    """The documents on which the report rests: the plan as approved, the record, the reviews that it answers."""
    plan = matter.plan
    approved = f", approved by {plan.approving_body}" if plan.approving_body else ""
    on = f" on {day_words(plan.approved_on)}" if plan.approved_on else ""
    decision = f" ({plan.decision})" if plan.decision else ""
    items: list[Text] = [
        (f"{plan.title}{approved}{on}{decision}",),
        (f"The council’s record of the plan up to change {matter.known.revision}, hash {matter.known.hash}",),
    ]
    for review in plan.reviews:
        dated = f", {review.published.printed}" if review.published else ""
        items.append((f"{review.title}{dated}",))
    yield Bullets(tuple(items))


def filled(matter: Matter, sentence: str) -> Text:
    """Wording with its blanks filled."""
    return said(sentence, **matter.blanks)
