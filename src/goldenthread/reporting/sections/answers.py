"""What reviewers asked for and what answers it: coverage, one reviewer's recommendations, governance issues, ending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.assurance.coverage import EXIT_FACTORS, Row, RowKind, Source
from goldenthread.plan.days import day_words
from goldenthread.reporting.content import (
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
    Text,
    being,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import DATES, NO_REF, RULE, STATUS, PromiseList, listed
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
            answered=being(matter.figure("recommendations.answered", found.answered)),
            addressed=being(matter.figure("recommendations.addressed", found.addressed)),
            references=counted(matter.figure("references.cited", len(found.references)), "reference"),
            single=being(matter.figure("references.single", found.resting_on_one)),
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
        yield from _asked_and_answered(matter, source.name, source.rows, count)


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
            settled=opened(being(settled)),
        )
    )
    if rows:
        yield from _asked_and_answered(matter, "Governance issues", rows, count)


@section("exit-factors", Options)
def exit_factors(matter: Matter, _: Options) -> Iterator[Block]:
    """What has to be so before an intervention ends, and what answers each."""
    rows = [row for row in matter.coverage.rows if row.kind is RowKind.EXIT_FACTOR]
    if not rows:
        yield Paragraph(("The plan names no factor on which the end of an intervention depends.",))
        return
    count = matter.figure("exit.factors", len(rows))
    yield from _asked_and_answered(matter, "Exit factors", rows, count)


def _asked_and_answered(matter: Matter, name: str, rows: Sequence[Row], count: Figure) -> Iterator[Block]:
    """What was asked, a row each, then the actions that answer any of it, a row each with all four dates."""
    headings = (
        ("What was asked", 4.0), ("Coverage", 2), ("Verified", 1.6), ("Addressed", 1.9), ("Stands with its source", 2),
        ("Answered by", 3.4),
    )  # fmt: skip
    cells = tuple(tuple((words,) for words in _told(row)) for row in rows)
    columns = tuple(Column(*heading) for heading in headings)
    yield Table(name, f"What was asked: {name}", columns, cells, counted=count)
    citing = {action.key for row in rows for action in row.actions}
    answering = [each for each in matter.actions if each.item.key in citing]
    many = Figure(f"{count.name}.actions", len(answering))
    caption = f"The actions that answer: {name}"
    yield from listed(
        matter, PromiseList(f"{name}, actions", caption, answering, many, (STATUS, *DATES, RULE))
    )


def _told(row: Row) -> tuple[str, ...]:
    return (
        f"{row.name}: {row.text}" if row.text and row.text != row.name else row.name,
        row.state.title,
        f"{row.verified} of {len(row.answering)}" if row.answering else "None answers",
        "Yes" if row.is_addressed else "No",
        f"Lifted on {day_words(row.lifted_on)}" if row.lifted_on else "Open",
        ", ".join(action.ref or action.title or NO_REF for action in row.actions) or "None",
    )
