"""Drafting the letter from the record alone: plain sentences, each with what it rests on, and nothing invented."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Text, counted, said, words_of
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.letter.achieved import achieved
from goldenthread.reporting.letter.ahead import ahead
from goldenthread.reporting.letter.chapterful import Chapterful, Told
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.letter.grounds import on_decision, on_plan, on_record, on_report
from goldenthread.reporting.letter.model import Chapter, Head, Letter, Sentence
from goldenthread.reporting.letter.proving import evidence, how_far
from goldenthread.reporting.letter.saying import in_words, number
from goldenthread.reporting.matter import IssuedReport, Matter, ThemeGroup

MONTHS_AHEAD = 6
ENGAGEMENT = "Communication and engagement"
"""The heading of milestones that belong to no theme."""
_ATTACHED = {
    "annual": ("the annual report on the plan", "annual reports on the plan"),
    "cabinet": ("the report to Cabinet of this time", "reports to Cabinet of this time"),
}
"""The audiences whose issued reports go with a letter: one of each kind in words, and several."""
_EMPTY = Head()


@dataclass(frozen=True)
class Outline:
    """The parts of a drafted letter, before its sentences have numbers."""

    since: date
    opening: tuple[Told, ...]
    chapters: tuple[tuple[ThemeGroup, tuple[Told, ...], tuple[Told, ...], tuple[Told, ...]], ...]
    closing: tuple[Told, ...]
    attachments: tuple[str, ...]

    @property
    def told(self) -> Iterator[Told]:
        """Every sentence in the order of the letter."""
        yield from self.opening
        for _, *parts in self.chapters:
            for part in parts:
                yield from part
        yield from self.closing


def draft_letter(
    matter: Matter,
    *,
    groups: Sequence[ThemeGroup] = (),
    head: Head = _EMPTY,
    since: date | None = None,
) -> Letter:
    """A letter drafted from the record: what was achieved, the evidence, and what comes next, heading by heading.

    Args:
        matter: What there is to say.
        groups: Under which headings themes are told; a theme in none gets one of its own, after them.
        head: References, date, marking and signature.
        since: The first day that it reports on; without it the day after the cut-off that `matter` compares with, or
            the day on which the plan took effect.

    Every milestone that fell due in the period is told, the missed ones as missed. Nothing is said that does not rest
    on a promise, a decision or a count of the record.
    """
    outline = outline_of(matter, groups, since)
    numbers = iter(range(1, 1 + sum(1 for _ in outline.told)))

    def part(told: Sequence[Told]) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(number=next(numbers), text=words_of(text), supports=supports) for text, supports in told
        )

    opening = part(outline.opening)
    chapters = tuple(
        Chapter(
            heading=group.title,
            themes=group.themes,
            achieved=part(done),
            evidence=part(shown),
            ahead=part(next_),
        )
        for group, done, shown, next_ in outline.chapters
    )
    return Letter(
        head=head,
        since=outline.since,
        until=matter.cut_off,
        opening=opening,
        chapters=chapters,
        closing=part(outline.closing),
        attachments=outline.attachments,
    )


def figures_of(matter: Matter, groups: Sequence[ThemeGroup], since: date) -> Mapping[str, Text]:
    """Drafted sentences with their figures under names, by their words, so that a letter can be cross-footed."""
    return {words_of(told.text): told.text for told in outline_of(matter, groups, since).told}


def outline_of(matter: Matter, groups: Sequence[ThemeGroup], since: date | None) -> Outline:
    """What the record has to say in a letter."""
    first = since or (matter.before.cut_off + timedelta(days=1) if matter.before else matter.began_on)
    due = milestones_due(matter.plan, first, matter.cut_off)
    until = months_after(matter.cut_off, MONTHS_AHEAD)
    chapters = []
    for group in _headings(matter, groups):
        told = Chapterful(matter, group, first, until, due)
        if told.mine:
            chapters.append((group, tuple(achieved(told)), tuple(evidence(told)), tuple(ahead(told))))
    attached = attachments_for(matter)
    return Outline(first, tuple(_opening(matter, first)), tuple(chapters), tuple(_closing(matter)), attached)


def _headings(matter: Matter, groups: Sequence[ThemeGroup]) -> Iterator[ThemeGroup]:
    asked = tuple(groups) or matter.theme_groups
    placed = {number for group in asked for number in group.themes}
    yield from asked
    for theme in matter.plan.themes:
        if theme.number not in placed:
            yield ThemeGroup(theme.name, (theme.number,))
    yield ThemeGroup(ENGAGEMENT, ())


def _opening(matter: Matter, since: date) -> Iterator[Told]:
    plan, record = on_plan(matter), on_record(matter)
    days = f"{day_words(since)} to {day_words(matter.cut_off)}"
    yield Told((f"This letter is our report on the {matter.plan.title} for {days}.",), (plan,))
    yield Told(_size(matter), (plan, record))
    yield Told(_late(matter), (record,))
    if matter.actions:
        yield Told(how_far(matter, matter.actions, "actions.status.", ""), (record,))
    unknown = sum(each.item.status is Status.UNKNOWN for each in matter.actions)
    if unknown:
        figure = in_words(matter.figure("actions.status.unknown", unknown))
        words = said(
            "For {of} nobody says how things stand, and we count that as not known.",
            of=counted(figure, "action"),
        )
        yield Told(words, (record,))
    yield from _decided(matter, since)


def _size(matter: Matter) -> Text:
    figure = matter.figure
    return said(
        "The plan has {actions} and {milestones} in {themes}.",
        actions=_counted(figure("actions.all", len(matter.actions)), "action"),
        milestones=_counted(figure("milestones.all", len(matter.milestones)), "milestone"),
        themes=_counted(figure("themes.all", len(matter.plan.themes)), "theme"),
    )


def _late(matter: Matter) -> Text:
    actions = matter.figure("actions.late", sum(matter.is_late(each.item) for each in matter.actions))
    milestones = matter.figure(
        "milestones.late", sum(matter.is_late(each.item) for each in matter.milestones)
    )
    day = day_words(matter.cut_off)
    if not actions.value + milestones.value:
        return (f"At {day} nothing in the plan is past its approved date and still open.",)
    return said(
        "I should say at once that {actions} and {milestones} are late at {day}: their approved dates are past, and "
        "nobody reports them complete.",
        actions=_counted(actions, "action"),
        milestones=_counted(milestones, "milestone"),
        day=day,
    )


def _decided(matter: Matter, since: date) -> Iterator[Told]:
    """What became of proposed changes to the plan."""
    decided = [each for each in matter.decisions if each.decided_on >= since]
    if not decided:
        return
    outcomes = Counter(each.outcome.lower() for each in decided)
    words = ", ".join(f"{number(count)} {outcome}" for outcome, count in outcomes.items())
    noun = "change" if len(decided) == 1 else "changes"
    text = f"{number(len(decided)).capitalize()} {noun} to the plan came to a decision in this time: {words}."
    yield Told((text,), tuple(on_decision(each) for each in decided))


def _closing(matter: Matter) -> Iterator[Told]:
    record, day = on_record(matter), day_words(matter.cut_off)
    if attached := _attached(matter):
        yield _enclosing(attached)
    known = f"up to change {matter.known.revision}"
    yield Told(
        (f"What this letter says of the plan is what the council’s record holds at {day}, {known}.",),
        (record,),
    )


def attachments_for(matter: Matter) -> tuple[str, ...]:
    """What goes with it: the annual report and the reports to Cabinet of the period, as far as they are issued."""
    return tuple(f"{each.title} (report {each.number})" for each in _attached(matter))


def _attached(matter: Matter) -> list[IssuedReport]:
    return [each for each in matter.issued if each.audience in _ATTACHED]


def _enclosing(attached: Sequence[IssuedReport]) -> Told:
    """That reports are attached, which rests on each of them."""
    many = Counter(each.audience for each in attached)
    kinds = [
        words if many[audience] == 1 else f"{number(many[audience])} {several}"
        for audience, (words, several) in _ATTACHED.items()
        if many[audience]
    ]
    verb = "is" if len(attached) == 1 else "are"
    text = f"{' and '.join(kinds)} {verb} attached."
    return Told((text[:1].upper() + text[1:],), tuple(on_report(each) for each in attached))


def months_after(day: date, months: int) -> date:
    """The cut-off so many months later: the last day of a month from a last day, else the same day or the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    closes = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if closes else min(day.day, last))


def _counted(figure: Figure, noun: str) -> Text:
    return counted(in_words(figure), noun)
