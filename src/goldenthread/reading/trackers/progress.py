"""What has been said of a promise: its status, its rating and its account, and the dated updates in one cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.documents.blocks import CellPart
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate, SeasonRules
from goldenthread.plan.model import Update
from goldenthread.plan.status import Status
from goldenthread.reading.context import ReadingRules
from goldenthread.reading.council_words import CouncilWords
from goldenthread.reading.trackers.columns import Field
from goldenthread.reading.trackers.deadlines import read_deadline
from goldenthread.reading.trackers.periods import day_of
from goldenthread.reading.trackers.records import Record
from goldenthread.reading.trackers.remarks import CommonDeadline
from goldenthread.reading.trackers.statuses import StatusWords, is_status, rating_words, status_words

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATED = re.compile(
    rf"(?:^\s*|(?<=[.;!?)])\s+|\s+(?=update\b))(?:update\s*(?:\(|:|-|–|at|as at|as of)?\s*)?"
    rf"(?P<day>\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{2,4}})?|{_MONTH}\s+(?:20)?\d{{2}})"
    r"\s*\)?\s*(?:[:–—]|-\s|\.\s(?=[A-Z]))[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)


_AFTER_COLOUR = re.compile(r"\s+(?:\d{1,3}|[éêèç↑↓→←])$")
"""The code or the arrow that may stand beside a colour."""
_STATE = re.compile(
    r"^(?:table \w+\s*[:.–-]\s*)?(?P<words>completed|closed|implemented)\b(?!\s+by\b)", re.IGNORECASE
)
"""A group whose name says that all in it is done ("Table B: Completed recommendations")."""


@dataclass(frozen=True)
class Source:
    """What the document as a whole gives to each of its promises: its day, a year to go by, its key of colours.

    `year` is the one in which its financial year begins, `common` the deadline of whatever has none of its own.
    """

    dated: PlanDate | None
    near: date | None
    key: Mapping[str, Status]
    year: int | None = None
    common: CommonDeadline | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The updates of a promise, oldest first, and what the newest that its lead gives means; audits come after it."""

    updates: tuple[Update, ...] = ()
    status: Status = Status.UNKNOWN
    misprint: StatusWords | None = None
    newest: Update | None = None


def read_progress(record: Record, source: Source, rules: ReadingRules) -> Progress:
    """What a record says of its progress."""
    as_at, key = source.dated, source.key
    said = rules.said
    status_text = record.text(Field.STATUS)
    account = record.parts(Field.PROGRESS)
    words = status_words(status_text, said)
    rating = _rating(record, status_text)
    updates = [
        _update(day or as_at, text, said) for day, text in dated_parts(account, source.near, rules.seasons)
    ]
    more = record.period or _more(status_text, words, rating, said)
    if status_text or rating:
        last = updates.pop() if updates else Update(as_at=as_at)
        text = " ".join(filter(None, (more, last.text)))
        meaning = words.status if words else last.status
        printed = words.printed if words else last.status_printed
        updates.append(
            Update(as_at=last.as_at, text=text, status_printed=printed, status=meaning, rag_printed=rating)
        )
    updates = _with_series(updates, record, source, rules.seasons)
    updates = [_with_key(update, key) for update in updates]
    newest = updates[-1] if updates else Update()
    if (
        newest.status is Status.UNKNOWN
        and not newest.status_printed
        and (state := _STATE.match(record.group))
    ):
        newest = newest.model_copy(update={"status_printed": state["words"], "status": Status.COMPLETE})
        updates[-1:] = [newest]
    updates += [Update(text=f"{heading}: {text}") for heading, text in record.audits]
    misprint = words if words and words.misprint_of else None
    return Progress(tuple(updates), newest.status, misprint, newest)


def dated_parts(
    parts: Sequence[CellPart], near: date | None, seasons: SeasonRules
) -> list[tuple[PlanDate | None, str]]:
    """An account cut where a new dated update begins, oldest first; what stands before the first date has none."""
    text = "\n".join(part.text for part in parts if part.text)
    if not text:
        return []
    marks = [
        (match.start(), match.end(), day)
        for match in _DATED.finditer(text)
        for day in [_day(match["day"], near, seasons)]
        if day
    ]
    if not marks:
        return [(None, " ".join(text.split()))]
    opening = " ".join(text[: marks[0][0]].split())
    found: list[tuple[PlanDate | None, str]] = [(None, opening)] if opening else []
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    cut = [(day, " ".join(text[begin:end].split())) for (_, begin, day), end in zip(marks, ends, strict=True)]
    return [*found, *sorted(cut, key=lambda pair: pair[0].sort_key())]


def _day(printed: str, near: date | None, seasons: SeasonRules) -> PlanDate | None:
    return read_date_phrase(printed, seasons).date or read_deadline(printed, near, seasons).date


def _update(as_at: PlanDate | None, text: str, said: CouncilWords) -> Update:
    words = status_words(text, said)
    return Update(
        as_at=as_at,
        text=text,
        status_printed=words.printed if words else None,
        status=words.status if words else Status.UNKNOWN,
        rag_printed=rating_words(text),
    )


def _rating(record: Record, status_text: str) -> str | None:
    """The ratings as printed: "Amber", or "Delivery 4, Spend 5" where there are several."""
    if record.ratings:
        named = [f"{_short(heading)} {text}".strip() for heading, text in record.ratings]
        return ", ".join(named)
    return rating_words(status_text)


def _short(heading: str) -> str:
    return re.sub(r"\s*\(?\bb?rag\b\)?(?:\s+(?:rating|status))?", "", heading, flags=re.IGNORECASE).strip()


def _more(status_text: str, words: StatusWords | None, rating: str | None, said: CouncilWords) -> str:
    """What a status cell says beyond its status; all of it, where it has none."""
    if not status_text or is_status(status_text, said) or status_text == rating:
        return ""
    return "" if words and words.misprint_of else status_text


def _with_key(update: Update, key: Mapping[str, Status]) -> Update:
    if update.status is not Status.UNKNOWN or update.status_printed or not update.rag_printed:
        return update
    colour = _AFTER_COLOUR.sub("", update.rag_printed.lower())
    return update.model_copy(update={"status": key.get(colour, Status.UNKNOWN)})


def _with_series(updates: list[Update], record: Record, source: Source, seasons: SeasonRules) -> list[Update]:
    """The updates with those that are ratings by quarter; the last of them is what the account speaks of."""
    if not record.series:
        return updates
    series = [
        Update(as_at=day, text="" if day else period, rag_printed=rating)
        for period, rating in record.series
        for day in [day_of(period, source.year, seasons)]
    ]
    if not updates:
        return series
    last = updates[-1]
    if last.rag_printed or last.as_at not in (None, source.dated):
        return [*series, *updates]
    rated = last.model_copy(
        update={"rag_printed": series[-1].rag_printed, "as_at": series[-1].as_at or last.as_at}
    )
    return [*series[:-1], *updates[:-1], rated]
