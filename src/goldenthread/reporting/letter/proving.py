"""What a chapter says of the evidence: counts with what they are counted of and on which day, then by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Text, being, counted, said
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.letter.chapterful import Chapterful, Told
from goldenthread.reporting.letter.grounds import on_promises, on_record
from goldenthread.reporting.letter.saying import in_words, kinds, listed, number
from goldenthread.reporting.matter import Matter


def evidence(told: Chapterful) -> Iterator[Told]:
    """How much is reported, checked and embedded, and what evidence is filed for it."""
    if told.actions:
        text = how_far(told.matter, told.actions, f"{told.group.within}actions.", " under this heading")
        yield Told(text, (on_record(told.matter),))
    yield from _fell_due(told)
    yield from _filed(told)


def how_far(matter: Matter, actions: Sequence[Promise], within: str, where: str) -> Text:
    """How many of these actions are reported complete, checked and embedded, of how many, on which day.

    `within` stands before the names of the figures, `where` says which actions they are (" under this heading").
    """
    statuses = Counter(each.item.status for each in actions)
    told = (Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED)
    figures = {each.value: in_words(matter.figure(f"{within}{each}", statuses[each])) for each in told}
    all_ = counted(in_words(matter.figure(f"{within.removesuffix('status.')}all", len(actions))), "action")
    if not any(statuses[each] for each in told):
        none = Figure(figures["complete"].name, 0, "none")
        words = (
            "At {day}, {none} of the {all}{where} is reported complete, and so none is checked or embedded."
        )
        return said(words, day=day_words(matter.cut_off), none=none, all=all_, where=where)
    return said(
        "At {day}, of the {all}{where} {complete} reported complete by those who lead them, {verified} complete and "
        "checked by somebody else, and {embedded} embedded.",
        day=day_words(matter.cut_off),
        all=all_,
        where=where,
        **{name: being(figure) for name, figure in figures.items()},
    )


def _fell_due(told: Chapterful) -> Iterator[Told]:
    due = [each.promise for each in told.due if each.promise.item.key in told.fell_due]
    if len(due) < 2:
        return
    reached = sum(each.item.status.is_done for each in due)
    late = sum(told.is_late(each) for each in due)
    days = f"{day_words(told.since)} and {day_words(told.matter.cut_off)}"
    within = (
        f"{told.group.within if told.group.themes else 'theme.none.'}due.{told.since}.{told.matter.cut_off}"
    )
    text: Text = said(
        "Of the {due} that fell due between {days}, {reached} reported complete and {late} late.",
        due=kinds(due),
        days=days,
        reached=being(in_words(told.matter.figure(f"{within}.done", reached))),
        late=being(in_words(told.matter.figure(f"{within}.late", late))),
    )
    yield Told(text, on_promises(due))


def _filed(told: Chapterful) -> Iterator[Told]:
    filed = [each for each in told.mine if told.matter.evidence_for(each.item).offered]
    day = day_words(told.matter.cut_off)
    if not filed:
        yield Told((f"No evidence is on file under this heading at {day}.",), (on_record(told.matter),))
        return
    counts = [told.matter.evidence_for(each.item) for each in filed]
    offered, enough = sum(each.offered for each in counts), sum(each.sufficient for each in counts)
    pieces = "one piece" if offered == 1 else f"{number(offered)} pieces"
    of_them = (
        f"{number(enough) if enough else 'none'} of them found sufficient by somebody other than the lead"
    )
    text = f"Evidence is on file at {day} for {_of_all(told, filed)}: {pieces}, {of_them}."
    yield Told((text,), on_promises(filed))
    proven = [each for each in filed if told.matter.evidence_for(each.item).sufficient]
    waiting = [each for each in filed if not told.matter.evidence_for(each.item).sufficient]
    if proven:
        yield from told.rows("Such evidence stands behind", proven, dated=False)
    if waiting:
        yield from told.rows("Still to be judged is what is filed for", waiting, dated=False)


def _of_all(told: Chapterful, filed: Sequence[Promise]) -> str:
    """ "two of the three actions", "one of the two milestones and two of the three actions"."""
    words = []
    for kind in (Kind.MILESTONE, Kind.ACTION):
        mine, some = ([each for each in all_ if each.kind is kind] for all_ in (told.mine, filed))
        if some:
            noun = kind.value if len(mine) == 1 else f"{kind.value}s"
            words.append(f"{number(len(some))} of the {number(len(mine))} {noun}")
    return listed(words)
