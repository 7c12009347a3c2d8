"""An Atom feed (RFC 4287) of what changed from publication to publication. A change has one identifier for ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from goldenthread.documents.writing.sheet import without_control_characters
from goldenthread.plan.days import day_words
from goldenthread.reporting.public.comparing import Difference
from goldenthread.reporting.public.reports import PublicReport

_SPACE = UUID("8f0f3f0a-5f6d-5c8e-9d55-6b1d6f0c7a11")
MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class About:
    """Whose feed it is: the council, the title of its plan, the newest day of which anything is told, and the page that
    tells the same.

    `name` tells this plan from every other for ever; identifiers are made from it. `address` is where the pages are
    published ("https://plan.northbury.gov.uk/"), or empty for links within the folder.
    """

    council: str
    title: str
    day: date
    page: str
    name: str
    address: str


def feed(
    about: About, changed: Sequence[tuple[date, Sequence[Difference]]], reports: Sequence[PublicReport] = ()
) -> bytes:
    """The feed, the newest publication first.

    Args:
        about: Whose it is.
        changed: The day of each publication with what it changed, oldest first.
        reports: The reports that are public.
    """
    name, address = about.name, about.address
    title = f"{about.title}, {about.council}: what changed"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        f"<id>{uuid5(_SPACE, name).urn}</id>",
        f"<title>{_safe(title)}</title>",
        f"<updated>{_moment(about.day)}</updated>",
        f"<author><name>{_safe(about.council)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_safe(address)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{_safe(address)}{about.page}"/>',
        "<rights>Open Government Licence v3.0</rights>",
    ]
    entries = [
        _Entry(
            f"{day.isoformat()}|{each.ref}|{each.kind}",
            f"{each.ref} {each.name}",
            day,
            page_of(each.ref),
            each.words,
        )
        for day, found in reversed(changed)
        for each in found
    ]
    entries += [_told(each) for each in reports]
    for entry in sorted(entries, key=lambda one: one.day, reverse=True)[:MOST_ENTRIES]:
        lines += [
            "<entry>",
            f"<id>{uuid5(_SPACE, f'{name}|{entry.mark}').urn}</id>",
            f"<title>{_safe(entry.title)}</title>",
            f"<updated>{_moment(entry.day)}</updated>",
            f'<link href="{_safe(address)}{entry.page}"/>',
            f"<summary>{_safe(entry.words)}</summary>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


class _Entry(NamedTuple):
    """One entry; `mark` tells it from every other of the plan for ever."""

    mark: str
    title: str
    day: date
    page: str
    words: str


def _told(report: PublicReport) -> _Entry:
    words = f"A report was made public. It says how things stood at the end of {day_words(report.cut_off)}."
    title = f"Report {report.number}: {report.title}"
    return _Entry(
        f"report|{report.number}", title, report.published_on or report.issued_on, report.path, words
    )


def page_of(ref: str) -> str:
    """The permanent address of a promise inside the folder. A step stands on the page of its action."""
    stem = ref.split(".", maxsplit=1)[0]
    folder = "milestones" if stem.startswith("M") else "actions"
    anchor = f"#{name_in_address(ref)}" if ref != stem else ""
    return f"{folder}/{name_in_address(stem)}/index.html{anchor}"


def name_in_address(ref: str) -> str:
    """A ref as a folder or a place on a page may be called: those that the record gives are so already."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", ref).strip(".-") or "x"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _safe(text: str) -> str:
    return escape(without_control_characters(text), {'"': "&quot;"})
