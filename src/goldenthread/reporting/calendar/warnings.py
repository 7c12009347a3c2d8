"""What does not work in a calendar, in words: days that are gone, comments too late, meetings that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.days import day_words
from goldenthread.plan.working_days import working_days_from
from goldenthread.reporting.calendar.bodies import Meeting, Part
from goldenthread.reporting.calendar.elections import PreElection
from goldenthread.reporting.calendar.letters import letters_ahead
from goldenthread.reporting.calendar.planning import BackPlan, Step, Terms, back_plan, earliest_meeting
from goldenthread.reporting.calendar.rounds import Commenting, same_cut_off

_USUAL_BODIES = {
    Part.CABINET: "Cabinet",
    Part.AUDIT: "an audit committee",
    Part.SCRUTINY: "a scrutiny committee",
}


@dataclass(frozen=True, slots=True)
class CalendarWarning:
    """Something that does not work. `day` is the day that it is about, by which warnings are put in order."""

    day: date
    text: str


def warnings_of(
    meetings: Sequence[Meeting],
    plans: Sequence[BackPlan],
    comments: Sequence[Commenting],
    *,
    on: date,
    terms: Terms,
    elections: Sequence[PreElection],
    cut_off: date | None,
) -> tuple[CalendarWarning, ...]:
    """Everything that somebody should know on a day about what is to come, the soonest first."""
    to_come = [plan for plan in plans if plan.meeting.held_on >= on]
    found = [
        *(warning for plan in to_come for warning in _passed(plan, on)),
        *(warning for plan in to_come for warning in _elected(plan, elections)),
        *_carried(comments, on),
        *_repeated(to_come),
        *_missing(meetings, on),
        *_unagreed(plans, on),
        *(_unreachable(to_come, cut_off, terms) if cut_off else ()),
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.text)))


def _name(meeting: Meeting) -> str:
    return f"{meeting.body} on {day_words(meeting.held_on)}"


def _ago(day: date, on: date, *, working: bool = True) -> str:
    number = working_days_from(day, on) if working else (on - day).days
    return f"{number} {'working ' if working else ''}{'day' if number == 1 else 'days'} ago"


def _passed(plan: BackPlan, on: date) -> Iterator[CalendarWarning]:
    """Days before a meeting that are gone. Whether what was due was done, the calendar cannot know."""
    meeting, draft, published = plan.meeting, plan.days[Step.DRAFT], plan.published
    if not meeting.part.is_formal:
        return
    if published < on:
        text = (
            f"{_name(meeting)}: the agenda had to be published by {day_words(published)}, {_ago(published, on)}. "
            "A report that was not out then can be taken only in the cases of urgency that the law allows: ask the "
            "Monitoring Officer."
        )
        yield CalendarWarning(meeting.held_on, text)
    elif draft < on:
        text = (
            f"{_name(meeting)}: the draft had to go to clearance by {day_words(draft)}, {_ago(draft, on)}. If it has "
            "not, this meeting cannot be met with full clearance and notice."
        )
        yield CalendarWarning(meeting.held_on, text)
    notice = plan.day(Step.NOTICE)
    if notice and notice < on:
        text = (
            f"{_name(meeting)}: notice of a key decision had to be given by {day_words(notice)}, "
            f"{_ago(notice, on, working=False)}. Without it a key decision can be taken there only under the general "
            "exception or special urgency (regulations 10 and 11 of SI 2012/2089)."
        )
        yield CalendarWarning(meeting.held_on, text)


def _elected(plan: BackPlan, elections: Sequence[PreElection]) -> Iterator[CalendarWarning]:
    meeting = plan.meeting
    for period in elections:
        inside = [
            words
            for words, day in (("publication", plan.published), ("the meeting", meeting.held_on))
            if meeting.part.is_formal and day in period
        ]
        if inside:
            text = (
                f"{_name(meeting)}: {' and '.join(inside)} {'fall' if len(inside) > 1 else 'falls'} in the "
                f"pre-election period, {period}. It restrains publicity. It does not forbid the meeting, or the report "
                "that the law requires: have the wording looked at, and leave press work until after polling day."
            )
            yield CalendarWarning(meeting.held_on, text)


def _carried(comments: Sequence[Commenting], on: date) -> Iterator[CalendarWarning]:
    """Committees that comment when Cabinet has decided, when its agenda is out, or not at all."""
    for each in comments:
        cabinet = each.cabinet.meeting
        if each.meeting is None:
            if cabinet.held_on >= on:
                text = (
                    f"{each.body} has no meeting entered that could take the report to {_name(cabinet)}, neither "
                    "before it nor before the Cabinet after it."
                )
                yield CalendarWarning(cabinet.held_on, text)
            continue
        meeting = each.meeting.meeting
        if meeting.held_on < on:
            continue
        if each.is_after:
            yield CalendarWarning(meeting.held_on, _after(each, meeting))
        elif each.is_supplement:
            text = (
                f"{_name(meeting)} comes before {_name(cabinet)}, but its agenda is out by "
                f"{day_words(each.cabinet.published)}: the comments reach Cabinet as a supplement."
            )
            yield CalendarWarning(meeting.held_on, text)


def _after(each: Commenting, meeting: Meeting) -> str:
    said = f"{_name(meeting)} comes after {_name(each.cabinet.meeting)}, which takes the same report."
    if each.heard is None:
        return f"{said} Its comments go to a later meeting, and no later meeting of Cabinet is entered."
    return f"{said} Its comments are carried to {_name(each.heard)}."


def _repeated(plans: Sequence[BackPlan]) -> Iterator[CalendarWarning]:
    for first, second in same_cut_off(plans):
        text = (
            f"{_name(second.meeting)} would take a report with the same cut-off, {day_words(second.cut_off)}, as "
            f"{_name(first.meeting)}: nothing in it would be newer."
        )
        yield CalendarWarning(second.meeting.held_on, text)


def _missing(meetings: Sequence[Meeting], on: date) -> Iterator[CalendarWarning]:
    to_come = {each.body for each in meetings if each.held_on >= on and not each.cancelled}
    for body in sorted({each.body for each in meetings if each.part in _USUAL_BODIES} - to_come):
        yield CalendarWarning(
            on, f"No meeting of {body} to come is entered. Enter its next days under Meetings."
        )
    known = {each.part for each in meetings}
    for part, name in _USUAL_BODIES.items():
        if part not in known:
            yield CalendarWarning(
                on, f"No meeting of {name} has been entered. Enter its days under Meetings."
            )


def _unagreed(plans: Sequence[BackPlan], on: date) -> Iterator[CalendarWarning]:
    letter = letters_ahead(on, plans)[0]
    if letter.cabinet is None:
        text = (
            f"The six-monthly letter of {letter.month_words}, where one is owed: no Cabinet is entered in that quarter "
            f"up to {day_words(letter.due_on)} that could agree it."
        )
        yield CalendarWarning(letter.due_on, text)


def _unreachable(plans: Sequence[BackPlan], cut_off: date, terms: Terms) -> Iterator[CalendarWarning]:
    """Meetings after a cut-off that its report would miss."""
    for plan in plans:
        meeting = plan.meeting
        wished = back_plan(meeting, terms, cut_off=cut_off)
        if meeting.part.is_formal and meeting.held_on > cut_off and wished.short_by:
            days = f"{wished.short_by} working {'day' if wished.short_by == 1 else 'days'}"
            text = (
                f"{_name(meeting)} cannot be met with a cut-off of {day_words(cut_off)}: the draft would come {days} "
                f"too late. It can go to a meeting on {day_words(earliest_meeting(cut_off, terms))} or later."
            )
            yield CalendarWarning(meeting.held_on, text)
