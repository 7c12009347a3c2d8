"""An Atom feed (RFC 4287) of what changed from publication to publication. A change has one identifier for ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from goldenthread.documents.writing.sheet import without_control_characters
from goldenthread.reporting.public.comparing import Difference
from goldenthread.reporting.public.picking import State

_SPACE = UUID("8f0f3f0a-5f6d-5c8e-9d55-6b1d6f0c7a11")
MOST_ENTRIES = 200


def feed(
    state: State, changed: Sequence[tuple[date, Sequence[Difference]]], name: str, address: str
) -> bytes:
    """The feed, the newest publication first.

    Args:
        state: The state that is published now.
        changed: The day of each publication with what it changed, oldest first.
        name: What tells this plan from every other for ever; identifiers are made from it.
        address: Where the pages are published ("https://plan.northbury.gov.uk/"), or empty for links within the folder.
    """
    title = f"{state.plan.title}, {state.plan.council.name}: what changed"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        f"<id>{uuid5(_SPACE, name).urn}</id>",
        f"<title>{_safe(title)}</title>",
        f"<updated>{_moment(state.day)}</updated>",
        f"<author><name>{_safe(state.plan.council.name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_safe(address)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{_safe(address)}changes/index.html"/>',
        "<rights>Open Government Licence v3.0</rights>",
    ]
    entries = [(day, each) for day, found in reversed(changed) for each in found][:MOST_ENTRIES]
    for day, each in entries:
        mark = uuid5(_SPACE, f"{name}|{day.isoformat()}|{each.ref}|{each.kind}").urn
        lines += [
            "<entry>",
            f"<id>{mark}</id>",
            f"<title>{_safe(f'{each.ref} {each.name}')}</title>",
            f"<updated>{_moment(day)}</updated>",
            f'<link href="{_safe(address)}{page_of(each.ref)}"/>',
            f"<summary>{_safe(each.words)}</summary>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


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
