"""The reporting cycle in words: the months of a plan, one month with who owes what, and the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.plan.flat import ItemKind
from goldenthread.record.cycle.calendar import Month
from goldenthread.record.cycle.owing import AskingGap, Owed, Owing
from goldenthread.record.models.cycle import OutgoingMail, PeriodState, ReportingPeriod, UpdateRequest
from goldenthread.record.promises import Place
from goldenthread.web.presenting.staleness import freshness_counts, staleness
from goldenthread.web.presenting.statuses import count_words

STATE_WORDS = {
    PeriodState.OPEN: ("Open for updates", "govuk-tag--blue"),
    PeriodState.CHALLENGE: ("Being challenged", "govuk-tag--yellow"),
    PeriodState.CLOSED: ("Closed", "govuk-tag--grey"),
}


@dataclass(frozen=True)
class ItemLink:
    """One promise in a list: its number, title, and the page that shows it (none without a number)."""

    ref: str
    title: str
    route: str | None


@dataclass(frozen=True)
class PostLine:
    """What one post was asked for and still owes."""

    name: str
    slug: str
    asked: str
    standing: str
    answered: bool
    reminded: str
    owed: tuple[ItemLink, ...]


@dataclass(frozen=True)
class GapLine:
    """Promises for whom somebody is missing."""

    lead: str
    why: str
    unasked: bool
    items: tuple[ItemLink, ...]


@dataclass(frozen=True)
class MonthLine:
    """One month in the list of a plan's months."""

    name: str
    year: int
    month: int
    state: str
    tag: str
    due: str
    closed: int | None


@dataclass(frozen=True)
class PeriodPage:
    """All that the page of a month says of who was asked and who owes."""

    posts: tuple[PostLine, ...]
    gaps: tuple[GapLine, ...]
    summary: str
    freshness: tuple[tuple[str, int], ...]
    intervals: str
    round_words: str


def month_line(period: ReportingPeriod) -> MonthLine:
    """A month as a line of the list."""
    month, (state, tag) = Month.of(period.starts_on), STATE_WORDS[PeriodState(period.state)]
    return MonthLine(
        str(month), month.year, month.number, state, tag, day_words(period.due_on), period.closed_revision
    )


def period_page(
    who: Owed,
    period: ReportingPeriod,
    *,
    requests: Iterable[UpdateRequest],
    mailed: Mapping[UUID, tuple[int, date]],
    effective_on: date,
    today: date,
) -> PeriodPage:
    """A month's page. `mailed` is, for each request, how many mails were written and the day of the last."""
    asked = {request.post.slug: request for request in requests}
    posts = [_post_line(each, asked.get(slug), mailed) for slug, each in who.posts.items()]
    day, settings = min(today, period.ends_on), who.settings
    return PeriodPage(
        posts=tuple(sorted(posts, key=lambda line: (line.answered, line.name))),
        gaps=tuple(_gap_line(gap) for gap in who.gaps),
        summary=_summary(who, posts),
        freshness=freshness_counts(staleness(held.report, effective_on, day, settings) for held in who.open),
        intervals=(
            f"As at {day_words(day)}. The target is {settings.fresh_days} days; "
            f"the longest that is acceptable is {settings.stale_days}."
        ),
        round_words=_round_words(who, period),
    )


def mail_state(mail: OutgoingMail, example: bool = False) -> str:
    """What became of a mail. That of an example stays where it is."""
    if example:
        return "Not sent: this is an example"
    if mail.sent_at:
        return "Sent"
    if mail.dropped:
        return f"Not sent: {mail.dropped[0].lower()}{mail.dropped[1:]}"
    return f"Could not be sent yet: {mail.failure}" if mail.failure else "Waiting"


def next_month(latest: Sequence[ReportingPeriod], effective_on: date, today: date) -> Month | None:
    """The month that may be opened next: the one after the last, not later than the month after today's."""
    if not latest:
        return max(Month.of(effective_on), Month.of(today))
    following = Month.of(latest[0].starts_on).later(1)
    return following if following <= Month.of(today).later(1) else None


def _summary(who: Owed, posts: Sequence[PostLine]) -> str:
    answered = sum(line.answered for line in posts)
    return (
        f"{who.reported:,} of {count_words(len(who.open), 'promise')} that are due a report have one. Of "
        f"{count_words(len(posts), 'post')}, {answered:,} {'has' if answered == 1 else 'have'} reported on everything."
    )


def _round_words(who: Owed, period: ReportingPeriod) -> str:
    months = who.round.months
    if len(months) == 1:
        return ""
    words = f"It belongs to the round {months[0]} to {months[-1]}, and a report of any of its months answers."
    if not who.round.ends_with(Month.of(period.starts_on)):
        words += f" Leads are asked in {months[-1]}."
    return words


def _post_line(
    owing: Owing, request: UpdateRequest | None, mailed: Mapping[UUID, tuple[int, date]]
) -> PostLine:
    count, last = mailed.get(request.id, (0, None)) if request else (0, None)
    answered = not owing.owed
    total = len(owing.promises)
    return PostLine(
        name=owing.post.name,
        slug=owing.post.slug,
        asked=f"Asked on {day_words(request.asked_on)}" if request else "Not asked",
        standing=f"Answered all {total}" if answered else f"Owes {len(owing.owed)} of {total}",
        answered=answered,
        reminded=f"{count_words(count, 'mail')}, the last on {day_words(last)}" if last else "No mail",
        owed=tuple(_link(held.place) for held in owing.owed),
    )


def _gap_line(gap: AskingGap) -> GapLine:
    return GapLine(
        lead=gap.lead or "No lead",
        why=f"{gap.kind[0].upper()}{gap.kind[1:]}",
        unasked=gap.kind.nobody_is_asked,
        items=tuple(_link(place) for place in gap.places),
    )


def _link(place: Place) -> ItemLink:
    route = "action" if place.kind in {ItemKind.ACTION, ItemKind.STEP} else "milestone"
    return ItemLink(place.ref or "", place.title or "No title in the plan", route if place.ref else None)
