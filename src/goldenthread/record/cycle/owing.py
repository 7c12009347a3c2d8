"""Who still owes an update in a reporting period, of which promises, and for which of them nobody can be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from goldenthread.plan.flat import ItemKind, Series
from goldenthread.plan.keys import slug
from goldenthread.plan.status import Status
from goldenthread.record.cycle.calendar import Month, Round, round_of
from goldenthread.record.cycle.people import People, Post, people_at
from goldenthread.record.cycle.settings import CycleSettings, settings_of
from goldenthread.record.models.cycle import ReportingPeriod
from goldenthread.record.promises import HeldPromise, Place, places_of, with_facts

ASKED_OF = (ItemKind.ACTION, ItemKind.MILESTONE, ItemKind.ENGAGEMENT_MILESTONE)
"""What leads are asked about. A step is reported when it changes and otherwise goes with its action: asking about each
would triple the questions, and people who are asked too much stop answering."""


class AskingGapKind(StrEnum):
    """Why nobody can be asked, or not the person who should be."""

    NO_LEAD = "no lead is named"
    NO_POST = "it is not known which post this is"
    NO_ACCOUNTABLE = "the group has not said which post answers for it"
    NO_PERSON = "nobody holds the post"
    NO_ADDRESS = "whoever holds the post has no e-mail address"

    @property
    def nobody_is_asked(self) -> bool:
        """Whether the promises go unasked; otherwise the next in line is asked."""
        return self in {AskingGapKind.NO_LEAD, AskingGapKind.NO_POST, AskingGapKind.NO_ACCOUNTABLE}


@dataclass(frozen=True)
class AskingGap:
    """Promises of one lead for whom somebody is missing. `lead` is empty where none is named."""

    kind: AskingGapKind
    lead: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Owing:
    """What one post was to report in the period, and what of it it still owes."""

    post: Post
    promises: tuple[HeldPromise, ...]
    owed: tuple[HeldPromise, ...]


@dataclass(frozen=True)
class Owed:
    """All of a period: every post that has something to report under its slug, the gaps, and the people of the day."""

    posts: Mapping[str, Owing]
    gaps: tuple[AskingGap, ...]
    people: People
    settings: CycleSettings
    open: tuple[HeldPromise, ...]
    round: Round

    @cached_property
    def owing(self) -> tuple[Owing, ...]:
        """The posts that still owe something."""
        return tuple(each for each in self.posts.values() if each.owed)

    @cached_property
    def reported(self) -> int:
        """How many of the open promises were reported."""
        return sum(is_reported(promise, self.round) for promise in self.open)

    def owes(self, post: str) -> bool:
        """Whether the post of this slug still owes something."""
        return post in self.posts and bool(self.posts[post].owed)


def owed(period: ReportingPeriod, today: date) -> Owed:
    """Who owes what in a period of the council in scope, in eleven queries whatever the size of the plan.

    A promise is owed by each post that answers for one of its leads, until one of them reports of it as at a day within
    the round that the period belongs to. What is closed or deferred by decision needs no report.

    Args:
        today: The day as at which people hold posts. What the plan says is as at the period's end.
    """
    settings, people = settings_of(period.council_id), people_at(period.council_id, today)
    asked = [place for place in places_of(period.plan_id, as_at=period.ends_on) if place.kind in ASKED_OF]
    held = with_facts(
        period.plan_id, asked, as_at=period.ends_on, series=(Series.STATUS, Series.REPORT)
    ).values()
    round_ = round_of(Month.of(period.starts_on), settings.frequency, settings.year_starts)
    open_ = tuple(promise for promise in held if needs_report(promise, round_))
    return Owed(
        posts=_posts(open_, people, round_),
        gaps=tuple(_gaps(open_, people)),
        people=people,
        settings=settings,
        open=open_,
        round=round_,
    )


def reporting_day(period: ReportingPeriod, today: date) -> date:
    """The day of which an update that is given today for a period speaks: today, or its cut-off once that is past."""
    return min(today, period.ends_on)


def needs_report(promise: HeldPromise, round_: Round) -> bool:
    """Whether it is to be reported, or was: what was closed by a report of the round counts as answered."""
    if promise.status.is_closed or promise.status is Status.DEFERRED:
        return is_reported(promise, round_)
    return True


def is_reported(promise: HeldPromise, round_: Round) -> bool:
    """Whether it was reported as at a day of the round, or since."""
    return promise.report is not None and promise.report.as_at >= round_.starts_on


def _posts(promises: Iterable[HeldPromise], people: People, round_: Round) -> dict[str, Owing]:
    found: dict[str, list[HeldPromise]] = defaultdict(list)
    for promise in promises:
        answering = (people.answering(slug(lead)) for lead in promise.place.leads)
        for post in dict.fromkeys(post.slug for post in answering if post):
            found[post].append(promise)
    return {
        name: Owing(
            post=people.posts[name],
            promises=tuple(theirs),
            owed=tuple(promise for promise in theirs if not is_reported(promise, round_)),
        )
        for name, theirs in sorted(found.items(), key=lambda pair: people.posts[pair[0]].name)
    }


def _gaps(promises: Iterable[HeldPromise], people: People) -> Iterator[AskingGap]:
    found: dict[tuple[AskingGapKind, str], list[Place]] = defaultdict(list)
    for promise in promises:
        if not promise.place.leads:
            found[AskingGapKind.NO_LEAD, ""].append(promise.place)
        for lead in promise.place.leads:
            if kind := _missing(slug(lead), people):
                found[kind, lead].append(promise.place)
    for (kind, lead), places in sorted(found.items()):
        yield AskingGap(kind, lead, tuple(places))


def _missing(lead: str, people: People) -> AskingGapKind | None:
    post = people.answering(lead)
    if post is None:
        return AskingGapKind.NO_ACCOUNTABLE if lead in people.bodies else AskingGapKind.NO_POST
    if post.holder is None:
        return AskingGapKind.NO_PERSON
    return None if post.holder.person.email else AskingGapKind.NO_ADDRESS
