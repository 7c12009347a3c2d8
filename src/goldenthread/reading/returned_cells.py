"""What was typed in the cells of one returned row, as an update; and for each cell that cannot be read, why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Rating
from goldenthread.plan.status import Status
from goldenthread.plan.tables.cells import CellError, status_cell
from goldenthread.plan.tables.update_sheet import NOT_KNOWN, RATINGS, STATUSES, YES, Answer
from goldenthread.plan.updates import REPORTABLE, EvidenceOffer, TypedUpdate

_YES = {"yes", "y", "x", "true", "1", "✓", "✔", "no change"}
_NO = {"no", "n", "false", "0", "-", "–"}
_NOT_KNOWN = {"not known", "not yet known", "unknown", "don’t know", "don't know", "tba", "tbc", "?"}
_STATUSES = {status_cell(status).casefold(): status for status in REPORTABLE} | {
    "completed": Status.COMPLETE,
    "done": Status.COMPLETE,
    "complete – claimed": Status.COMPLETE,
    "complete - claimed": Status.COMPLETE,
}
_RATINGS = {name.casefold(): rating for rating in Rating for name in (rating.value, rating.value[0])}
_LONGEST_DATE, _LONGEST_TEXT = 100, 2000
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def typed_update(said: Mapping[Answer, str]) -> tuple[TypedUpdate, dict[Answer, str]]:
    """The update that a row makes.

    Args:
        said: What stands in the cells that are not as they went out; an empty text where one was emptied.

    Returns:
        The update, and a message for each cell that cannot be read. With any message, the update is not whole.
    """
    fields: dict[str, Any] = {}
    wrong: dict[Answer, str] = {}
    for answer, words in said.items():
        try:
            fields |= _READERS[answer](words.strip())
        except CellError as error:
            wrong[answer] = str(error)
    if Answer.LINK not in wrong and Answer.SHOWS not in wrong:
        link, shows = said.get(Answer.LINK, "").strip(), said.get(Answer.SHOWS, "").strip()
        if link:
            fields["evidence"] = EvidenceOffer(url=link, shows=shows)
        elif shows:
            wrong[Answer.SHOWS] = (
                f"There is no “{Answer.LINK}” beside it: give the web address of the evidence."
            )
    if fields.get("no_change") and (len(fields) > 1 or wrong):
        others = ", ".join(f"“{answer}”" for answer in said if answer is not Answer.NO_CHANGE)
        wrong[Answer.NO_CHANGE] = (
            f"“{Answer.NO_CHANGE}” was chosen and a change was typed as well ({others}). Choose one of them."
        )
    return TypedUpdate(**fields), wrong


def _no_change(words: str) -> dict[str, Any]:
    if words.casefold() in _YES:
        return {"no_change": True}
    if words.casefold() in _NO or not words:
        return {}
    raise CellError(
        f"“{words}” is no answer here: choose {YES}, or leave it empty and say what has changed beside it."
    )


def _status(words: str) -> dict[str, Any]:
    if found := _STATUSES.get(" ".join(words.casefold().split())):
        return {"status": found}
    if not words:
        raise CellError(f"A status cannot be taken away: choose {_one_of(STATUSES)}.")
    raise CellError(f"“{words}” is no status that can be reported: choose {_one_of(STATUSES)}.")


def _rating(words: str) -> dict[str, Any]:
    if found := _RATINGS.get(words.casefold()):
        return {"rating": found}
    if not words:
        raise CellError(f"A rating cannot be taken away: choose {_one_of(RATINGS)}.")
    raise CellError(f"“{words}” is no rating: choose {_one_of(RATINGS)}.")


def _forecast(words: str) -> dict[str, Any]:
    """A date as vague as it is; an emptied cell takes the earlier one back, as nobody expects it then any more."""
    if not words or words.casefold() in _NOT_KNOWN:
        return {"forecast_unknown": True}
    if found := _date(words):
        return {"forecast": found}
    raise CellError(
        f"“{words}” cannot be read as a date: write such as 30 September 2026, Autumn 2026 or {NOT_KNOWN}."
    )


def _actual(words: str) -> dict[str, Any]:
    if not words:
        raise CellError("A date of completion cannot be taken away here: ask the programme office.")
    found = _date(words)
    if found is None:
        raise CellError(f"“{words}” cannot be read as a date: write such as 30 September 2026 or Sep 2026.")
    return {"actual": found}


def _date(words: str) -> PlanDate | None:
    """The date of a cell. A cell of dates comes as 2026-09-30, however it was shown."""
    if len(words) > _LONGEST_DATE:
        return None
    found = read_date_phrase(words).date
    return PlanDate.on(found.earliest) if found and words == found.earliest.isoformat() else found


def _link(words: str) -> dict[str, Any]:
    if len(words) > _LONGEST_TEXT:
        raise CellError(f"The address is longer than {_LONGEST_TEXT:,} characters: give a shorter one.")
    if words and not _WEB_ADDRESS.fullmatch(words):
        raise CellError(f"“{words}” is no web address: write one that begins with https://")
    return {}


def _text(field: str) -> Callable[[str], dict[str, Any]]:
    return lambda words: {field: words}


def _shows(words: str) -> dict[str, Any]:
    if len(words) > _LONGEST_TEXT:
        raise CellError(f"It is longer than {_LONGEST_TEXT:,} characters: shorten it.")
    return {}


_READERS: dict[Answer, Callable[[str], dict[str, Any]]] = {
    Answer.NO_CHANGE: _no_change,
    Answer.STATUS: _status,
    Answer.FORECAST: _forecast,
    Answer.ACTUAL: _actual,
    Answer.RATING: _rating,
    Answer.WHY: _text("why"),
    Answer.NEXT_STEP: _text("next_step"),
    Answer.HIGHLIGHT: _text("highlight"),
    Answer.LINK: _link,
    Answer.SHOWS: _shows,
}


def _one_of(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"
