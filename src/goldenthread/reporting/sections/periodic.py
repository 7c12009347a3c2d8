"""What half-yearly and yearly reports add: milestones reached in the period, and the reports that go with this one."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.plan.days import day_words
from goldenthread.reporting.content import Block, Column, Paragraph, Table, Text, counted, opened, said
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import DATES, EVIDENCE, STATUS, PromiseList, listed
from goldenthread.reporting.sections.registry import Listed, Options, section


@section("milestones-achieved", Listed)
def milestones_achieved(matter: Matter, options: Listed) -> Iterator[Block]:
    """Milestones newly said to be reached since the previous cut-off, with their dates and the evidence for each."""
    before = matter.statuses_before
    found = [each for each in matter.milestones if each.item.status.is_done]
    found = [each for each in found if not (was := before.get(each.identity)) or not was.is_done]
    since = f"since.{matter.before.cut_off}" if matter.before else "ever"
    count = matter.figure(f"milestones.achieved.{since}", len(found))
    when = f" since {day_words(matter.before.cut_off)}" if matter.before else " so far"
    yield Paragraph(
        said(
            "{reached} said to have been reached{when}. Claimed means that nobody but the lead has said so.",
            reached=opened(counted(count, "milestone is", "milestones are")),
            when=when,
        )
    )
    told = (STATUS, *DATES, EVIDENCE)
    asked = PromiseList("Milestones achieved", "Milestones achieved", found, count, told)
    yield from listed(matter, asked, most=options.most)


class OfAudiences(Options):
    """Reports to which audiences are listed, by their names; all where none is named."""

    audiences: tuple[str, ...] = ()


@section("issued-reports", OfAudiences)
def issued_reports(matter: Matter, options: OfAudiences) -> Iterator[Block]:
    """The reports on the plan that were issued for a cut-off in the period, with the hash that is printed on each."""
    wanted = options.audiences
    found = [each for each in matter.issued if not wanted or each.audience in wanted]
    since = matter.before.cut_off if matter.before else matter.began_on
    count = matter.figure(f"issued.{'.'.join(wanted) or 'all'}.since.{since}", len(found))
    yield Paragraph(
        said(
            "{reports} issued for a day after {since}, as far as the record knew at change {revision}.",
            reports=opened(counted(count, "report was", "reports were")),
            since=day_words(since),
            revision=f"{matter.known.revision}",
        )
    )
    if not found:
        return
    columns = (
        Column("Report", 5),
        Column("Number", 1.2),
        Column("Cut-off", 2.4),
        Column("Issued", 2.4),
        Column("Record", 2.4),
    )
    rows: list[tuple[Text, ...]] = [
        (
            (each.title or each.audience,),
            (f"{each.number}",),
            (day_words(each.cut_off),),
            (day_words(each.issued_on),),
            (each.hash[:12],),
        )
        for each in found
    ]
    yield Table("Issued reports", "Reports that go with this one", columns, tuple(rows), counted=count)
