"""What a chapter says of the evidence: counts with what they are counted of and on which day, then by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Text, counted, said
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.letter.chapterful import Chapterful, Told
from goldenthread.reporting.letter.grounds import on_promises, on_record
from goldenthread.reporting.letter.saying import in_words, kinds


def evidence(told: Chapterful) -> Iterator[Told]:
    """How much is reported, checked and embedded, and what evidence is filed for it."""
    if told.actions:
        yield _how_far(told)
    yield from _fell_due(told)
    yield from _filed(told)


def _figure(told: Chapterful, name: str, value: int) -> Figure:
    return in_words(told.matter.figure(f"{told.group.within}actions.{name}", value))


def _how_far(told: Chapterful) -> Told:
    statuses = Counter(each.item.status for each in told.actions)
    all_ = _figure(told, "all", len(told.actions))
    text = said(
        "At {day}, of the {all} under this heading {claimed} stood as reported complete by those who lead them, "
        "{verified} as complete and checked by somebody else, and {embedded} as embedded.",
        day=day_words(told.matter.cut_off),
        all=counted(all_, "action"),
        claimed=_none(_figure(told, "complete", statuses[Status.COMPLETE])),
        verified=_none(_figure(told, "verified", statuses[Status.VERIFIED])),
        embedded=_none(_figure(told, "embedded", statuses[Status.EMBEDDED])),
    )
    return Told(text, (on_record(told.matter),))


def _none(figure: Figure) -> Figure:
    return figure if figure.value else Figure(figure.name, 0, "none")


def _fell_due(told: Chapterful) -> Iterator[Told]:
    due = [each.promise for each in told.due if each.promise.item.key in told.fell_due]
    if not due:
        return
    reached = sum(each.item.status.is_done for each in due)
    late = sum(told.is_late(each) for each in due)
    days = f"{day_words(told.since)} and {day_words(told.matter.cut_off)}"
    within = (
        f"{told.group.within if told.group.themes else 'theme.none.'}due.{told.since}.{told.matter.cut_off}"
    )
    text: Text = said(
        "Of the {due} that fell due between {days}, {reached} stood as reported complete and {late} as late.",
        due=kinds(due),
        days=days,
        reached=_none(in_words(told.matter.figure(f"{within}.done", reached))),
        late=_none(in_words(told.matter.figure(f"{within}.late", late))),
    )
    yield Told(text, on_promises(due))


def _filed(told: Chapterful) -> Iterator[Told]:
    filed = [each for each in told.mine if told.matter.evidence_for(each.item).offered]
    day = day_words(told.matter.cut_off)
    if not filed:
        yield Told((f"No evidence was on file under this heading at {day}.",), (on_record(told.matter),))
        return
    counts = [told.matter.evidence_for(each.item) for each in filed]
    offered, enough = sum(each.offered for each in counts), sum(each.sufficient for each in counts)
    pieces = f"{kinds_of(offered)}, of which {kinds_of(enough, noun='')} had been found sufficient"
    text = f"Evidence was on file at {day} for {kinds(filed)} of the {kinds(told.mine)}: {pieces}."
    yield Told((text,), on_promises(filed))
    proven = [each for each in filed if told.matter.evidence_for(each.item).sufficient]
    waiting = [each for each in filed if not told.matter.evidence_for(each.item).sufficient]
    if proven:
        yield from told.rows("Somebody other than the lead has found the evidence sufficient for", proven)
    if waiting:
        yield from told.rows("Nobody has yet found the evidence sufficient for", waiting)


def kinds_of(value: int, noun: str = "piece") -> str:
    """So many pieces: "one piece", "three pieces"; "none" of no noun."""
    words = str(in_words(Figure("", value)))
    if not noun:
        return words if value else "none"
    return f"{words} {noun}{'' if value == 1 else 's'}"
