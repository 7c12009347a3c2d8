"""What reviewers asked for and what answers it: coverage, one reviewer's recommendations, governance issues, ending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.assurance.coverage import EXIT_FACTORS, Row, RowKind, Source
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action
from goldenthread.reporting.content import (
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import STATUS_WORDS, four_dates, leads_text
from goldenthread.reporting.sections.registry import Options, section

_GRAVE = frozenset({"statutory", "key"})
_NOTHING = "The plan names no review, direction or exit factor, so there is nothing to answer."


@section("coverage", Options)
def coverage(matter: Matter, _: Options) -> Iterator[Block]:
    """The certificate of coverage: what was asked, what answers it, what is verified, and every flag that is open."""
    found = matter.coverage
    if not found.sources:
        yield Paragraph((_NOTHING,))
        return
    flags = matter.figure("coverage.flags", found.flags)
    if found.flags:
        open_ = counted(flags, "flag is open", "flags are open")
        yield Paragraph(said("Coverage is not shown: {open}.", open=open_))
    else:
        yield Paragraph(("No flag is open: some action answers everything that the plan says was asked.",))
    made = matter.figure("recommendations.made", found.made)
    yield Paragraph(
        said(
            "Of {made}, {answered} cited by an action other than the plan’s own approval, and {addressed} addressed, "
            "which means that every action that answers has evidence that somebody else has checked. Of {references} "
            "that actions cite, {single} cited by one action alone.",
            made=counted(made, "recommendation"),
            answered=counted(matter.figure("recommendations.answered", found.answered), "is", "are"),
            addressed=counted(matter.figure("recommendations.addressed", found.addressed), "is", "are"),
            references=counted(matter.figure("references.cited", len(found.references)), "reference"),
            single=counted(matter.figure("references.single", found.resting_on_one), "is", "are"),
        )
    )
    yield _sources(matter, found.sources)
    flagged = [row for source in found.sources for row in source.flagged]
    if flagged:
        yield _flags(flagged)


def _sources(matter: Matter, sources: Sequence[Source]) -> Table:
    columns = (Column("Source", 4), Column("Said to be made"), Column("Known by number"), Column("Answered"),
               Column("Addressed"), Column("Flags open"))  # fmt: skip
    return Table(
        "Coverage",
        "What was asked and what answers it",
        columns,
        tuple(_source(matter, one) for one in sources),
    )


def _source(matter: Matter, source: Source) -> tuple[Text, ...]:
    within = f"source.{source.slug}"
    stated = matter.figure(f"{within}.stated", source.stated) if source.stated is not None else "Not said"
    rows = source.recommendations
    return (
        (source.title,),
        (stated,),
        (matter.figure(f"{within}.known", source.found),),
        (matter.figure(f"{within}.answered", sum(bool(row.answering) for row in rows)),),
        (matter.figure(f"{within}.addressed", sum(row.is_addressed for row in rows)),),
        (matter.figure(f"{within}.flags", source.flag_count),),
    )


def _flags(flagged: Sequence[Row]) -> Table:
    rows = tuple(
        ((row.source,), (row.name,), (row.state.title,), (row.because or row.state.meaning,))
        for row in flagged
    )
    columns = (Column("Source", 2.4), Column("What was asked", 3), Column("Flag", 2), Column("Because", 5))
    return Table("Flags", "What stands in the way of saying that all is answered", columns, rows)


@section("recommendations", Options)
def recommendations(matter: Matter, _: Options) -> Iterator[Block]:
    """Each recommendation with the actions that answer it, their four dates, and whether it is addressed."""
    sources = [source for source in matter.coverage.sources if source.name != EXIT_FACTORS]
    if not sources:
        yield Paragraph((_NOTHING,))
    for source in sources:
        yield Heading(source.title)
        count = matter.figure(f"source.{source.slug}.rows", len(source.rows))
        addressed = matter.figure(
            f"source.{source.slug}.addressed", sum(row.is_addressed for row in source.recommendations)
        )
        rows = counted(count, "thing that this review asked, or that an action cites of it, is", "things that this "
                       "review asked, or that actions cite of it, are")  # fmt: skip
        yield Paragraph(
            said(
                "{rows} listed here; {addressed} addressed.",
                rows=opened(rows),
                addressed=counted(addressed, "recommendation is", "recommendations are"),
            )
        )
        yield _asked_and_answered(f"{source.name}", source.rows, f"What {source.name} asked", count=count)


@section("governance-issues", Options)
def governance_issues(matter: Matter, _: Options) -> Iterator[Block]:
    """Statutory and key recommendations as governance issues: what is done about each, and how it was resolved."""
    rows = [
        row
        for source in matter.coverage.sources
        for row in source.rows
        if row.kind is RowKind.ELEMENT or (row.reference and row.reference.class_ in _GRAVE)
    ]
    count = matter.figure("issues.all", len(rows))
    settled = matter.figure("issues.resolved", sum(row.is_addressed or row.is_lifted for row in rows))
    yield Paragraph(
        said(
            "{issues} on the record: what a direction requires, and what auditors class as statutory or key. {settled} "
            "resolved, by verified evidence or because the reviewer lifted it.",
            issues=opened(
                counted(count, "significant governance issue is", "significant governance issues are")
            ),
            settled=opened(counted(settled, "is", "are")),
        )
    )
    if rows:
        yield _asked_and_answered("Governance issues", rows, "Significant governance issues", count=count)


@section("exit-factors", Options)
def exit_factors(matter: Matter, _: Options) -> Iterator[Block]:
    """What has to be so before an intervention ends, and what answers each."""
    rows = [row for row in matter.coverage.rows if row.kind is RowKind.EXIT_FACTOR]
    if not rows:
        yield Paragraph(("The plan names no factor on which the end of an intervention depends.",))
        return
    count = matter.figure("exit.factors", len(rows))
    yield _asked_and_answered("Exit factors", rows, "What has to be so before intervention ends", count=count)


def _asked_and_answered(name: str, rows: Sequence[Row], caption: str, *, count: Figure) -> Table:
    columns = (Column("What was asked", 3.2), Column("Coverage", 2), Column("Verified", 1.6), Column("Stands with the "
               "source", 1.8), Column("Actions that answer, with their dates", 6))  # fmt: skip
    return Table(
        name,
        caption,
        columns,
        tuple(
            (
                (f"{row.name}: {row.text}" if row.text and row.text != row.name else row.name,),
                (row.state.title,),
                (f"{row.verified} of {len(row.answering)}" if row.answering else "None answers",),
                (f"Lifted on {day_words(row.lifted_on)}" if row.lifted_on else "Open",),
                (_answers(row.actions),),
            )
            for row in rows
        ),
        counted=count,
    )


def _answers(actions: Sequence[Action]) -> str:
    told = (
        f"{action.ref or ''} {action.title or 'An action without a title'} ({leads_text(action)}). "
        f"{STATUS_WORDS[action.status]}; {four_dates(action.dates)}."
        for action in actions
    )
    return " ".join(each.strip() for each in told) or "None"
