"""The calendar as a file that calendar programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from goldenthread.reporting.calendar.bodies import Meeting
from goldenthread.reporting.calendar.days import ReportingCalendar
from goldenthread.reporting.calendar.planning import Step

DOMAIN = "goldenthread.invalid"
"""Ends every identifier. It is nobody's, so that a feed says nothing of where it came from."""


def calendar_feed(calendar: ReportingCalendar, *, name: str) -> bytes:
    """Every day of the calendar as an event of a whole day, and each cancelled meeting as cancelled.

    The same calendar gives the same bytes. An event keeps its identifier when its day moves, so that a calendar program
    that reads the file again moves it.

    Args:
        calendar: What is due.
        name: What the calendar program calls it.
    """
    feed = Calendar()
    feed.add("prodid", "-//Golden Thread//Reporting calendar//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    for day in calendar.days:
        feed.add_component(_event(day.key, day.day, day.words, calendar.on))
    for meeting in calendar.cancelled:
        feed.add_component(_cancelled(meeting, calendar.on))
    return bytes(feed.to_ical())


def _event(key: str, day: date, words: str, on: date) -> Event:
    event = Event()
    event.add("uid", f"{key}@{DOMAIN}")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words)
    event.add("transp", "TRANSPARENT")
    return event


def _cancelled(meeting: Meeting, on: date) -> Event:
    said = f"Cancelled: {meeting.body}"
    event = _event(f"{Step.MEETING}-{meeting.key}", meeting.held_on, said, on)
    event.add("status", "CANCELLED")
    event.add("description", meeting.cancelled)
    return event
