"""The English of drafted sentences: names, dates and numbers as a letter writes them, and lists that read on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from goldenthread.assurance.ratings import Kind, Promise
from goldenthread.plan.dates import Bound, PlanDate, Season
from goldenthread.plan.days import MONTH_NAMES, day_words
from goldenthread.plan.model import Action
from goldenthread.reporting.claims import phrases
from goldenthread.reporting.figures import Figure

_MONTH = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{2})~?$")
_RUN = re.compile(r"^\d{4}-\d{2}~?/\d{4}-\d{2}~?$")
_VAGUE = re.compile(r"^(?:by )?(?:early|mid|late)\b", re.IGNORECASE)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LONGEST_QUOTE = 300


def name_of(promise: Promise) -> str:
    """The promise by its own words, in quotation marks; one that the plan gives no words is called that."""
    if isinstance(promise.item, Action) and not promise.item.title:
        return "an action without a title"
    words = " ".join(promise.name.split()).strip(" .;:,")
    return f"“{words.translate(_SINGLE)}”"


_SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "’"})
"""Quotation marks inside quotation marks are single."""


def when(due: PlanDate) -> str:
    """A date with its preposition: "in September 2022", "by 7 June 2022"; other dates as printed."""
    printed = " ".join(due.printed.split())
    if _VAGUE.match(printed):
        return f"{'' if due.bound is Bound.BY else 'in '}{printed[0].lower()}{printed[1:]}"
    words = None if due.recurs or due.condition else _named(due) or _between(due)
    if words is None:
        return f"“{printed}”"
    if words.startswith("between"):
        return words
    exact = due.earliest == due.latest
    return f"{'by' if due.bound is Bound.BY else 'on' if exact else 'in'} {words}"


def _named(due: PlanDate) -> str | None:
    """The month, day, season or year of a date, in full."""
    about = "about " if due.approximate else ""
    if due.earliest == due.latest:
        return about + day_words(due.earliest)
    if due.edtf.rstrip("~") == str(due.earliest.year):
        return about + str(due.earliest.year)
    if found := _MONTH.match(due.edtf):
        number = int(found["month"])
        if 1 <= number <= len(MONTH_NAMES):
            return f"{about}{MONTH_NAMES[number - 1]} {found['year']}"
        season = next((one for one in Season if one.edtf_code == number), None)
        return f"{about}{season.value} {found['year']}" if season else None
    return None


def _between(due: PlanDate) -> str | None:
    """A run of whole months: "between August and December 2022"."""
    if due.bound or not _RUN.match(due.edtf):
        return None
    first, last = due.earliest, due.latest
    year = "" if first.year == last.year else f" {first.year}"
    return f"between {MONTH_NAMES[first.month - 1]}{year} and {MONTH_NAMES[last.month - 1]} {last.year}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def names_with_dates(due: Iterable[tuple[Promise, PlanDate | None]]) -> str:
    """Promises with their dates, those of one date together: "“A” and “B”, due in March 2023; “C”, due in May 2023"."""
    groups: dict[str, list[str]] = {}
    for promise, day in due:
        groups.setdefault(f", due {when(day)}" if day else "", []).append(name_of(promise))
    return "; ".join(f"{listed(names)}{words}" for words, names in groups.items())


def number(value: int) -> str:
    """A number as running text has it: words up to ten, then figures."""
    return _NUMBERS[value] if value < len(_NUMBERS) else f"{value:,}"


def in_words(figure: Figure, *, opening: bool = False) -> Figure:
    """The figure printed as running text has it, with a capital where it opens a sentence."""
    words = number(figure.value)
    return Figure(figure.name, figure.value, words.capitalize() if opening else words)


def kinds(promises: Sequence[Promise], *, opening: bool = False) -> str:
    """What they are, counted: "two milestones", "one milestone and three actions"."""
    milestones = sum(each.kind is Kind.MILESTONE for each in promises)
    told = ((milestones, "milestone"), (len(promises) - milestones, "action"))
    words = listed(
        [f"{number(count)} {noun}{'s' * (count > 1)}" for count, noun in told if count] or ["nothing"]
    )
    return words[0].upper() + words[1:] if opening else words


def quotable(words: str) -> str | None:
    """What a lead gave as a reason or next step, to be quoted; None for what is too long, or claims without a figure.

    A change without its figure, or a share without its period and its number of cases, is not repeated over the name of
    the Leader.
    """
    plain = " ".join(words.split()).strip(" .;:,").translate(_SINGLE)
    bare = phrases.IMPROVED.search(plain) and not phrases.has_figure(plain)
    partial = phrases.has_share(plain) and phrases.missing_from_share(plain)
    return None if not plain or len(plain) > _LONGEST_QUOTE or bare or partial else f"“{plain}”"
