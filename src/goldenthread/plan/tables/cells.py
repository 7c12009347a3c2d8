"""Values of a plan as the words of a cell, and back. What stands beside each other here undoes each other.

A date is the printed words alone wherever they say all of it. Where they do not (a date that somebody else filled in,
another council's seasons), brackets say the rest: "Autumn 2022 [2022-09-15; by; if linked to MTFP]" gives the EDTF
value and what else belongs to it. Where a date column printed words that are not the date, they stand in quotes
before it: “Sep 2022 Nov 2022” Nov 2022.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import Bound, PlanDate, edtf_days
from goldenthread.plan.model import StatedTotal
from goldenthread.plan.references import Reference, ReferenceClass
from goldenthread.plan.status import Status

_EXACT = re.compile(r"^(?P<printed>.*\S) \[(?P<edtf>[^][;]+)(?P<rest>(?:; [^][;]+)*)\]$")
_QUOTED = re.compile(r"^“(?P<printed>.*?)”\s*(?P<date>.*)$")
_DAYS = re.compile(r"^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$")
_CLASSES: tuple[ReferenceClass, ...] = ("statutory", "key", "improvement")


class CellError(ValueError):
    """Words that a column cannot have. The message gives them and says what the column takes."""


# --- dates ------------------------------------------------------------------------------------------------------------


def date_cell(value: PlanDate | None) -> str:
    """A date in words."""
    if value is None:
        return ""
    return value.printed if _plain(value.printed) == value else _exactly(value)


def _exactly(value: PlanDate) -> str:
    named = PlanDate.from_edtf(value.edtf, value.printed)
    more = []
    if (value.earliest, value.latest) != (named.earliest, named.latest):
        more.append(f"{value.earliest} to {value.latest}")
    if value.approximate and not named.approximate:
        more.append("approximate")
    if value.bound:
        more.append(value.bound.value)
    if value.recurs:
        more.append(f"recurs {value.recurs}")
    if value.condition:
        more.append(f"if {value.condition}")
    if value.inferred:
        more.append("inferred")
    return f"{value.printed} [{'; '.join((value.edtf, *more))}]"


def date_of(cell: str) -> PlanDate | None:
    """The date that `date_cell` wrote.

    Raises:
        CellError: when the words are no date.
    """
    if not cell:
        return None
    if exact := _EXACT.match(cell):
        return _exact_date(cell, exact["printed"], exact["edtf"], exact["rest"].split("; ")[1:])
    if found := _plain(cell):
        return found
    raise CellError(f"“{cell}” is no date: write a day, month, season or year, such as “7 June 2022”")


def _exact_date(cell: str, printed: str, edtf: str, more: list[str]) -> PlanDate:
    try:
        earliest, latest = edtf_days(edtf)
        fields: dict[str, object] = {"approximate": "~" in edtf}
        for word in more:
            if days := _DAYS.match(word):
                earliest, latest = date.fromisoformat(days[1]), date.fromisoformat(days[2])
            elif word in ("approximate", "inferred"):
                fields[word] = True
            elif word in list(Bound):
                fields["bound"] = Bound(word)
            else:
                name, _, value = word.partition(" ")
                fields[{"recurs": "recurs", "if": "condition"}[name]] = value
        return PlanDate.model_validate(
            {"printed": printed, "edtf": edtf, "earliest": earliest, "latest": latest, **fields}
        )
    except (ValueError, KeyError) as error:
        raise CellError(f"“{cell}”: what stands in brackets is no date in EDTF (2022-09, 2022-23)") from error


@lru_cache(maxsize=4096)  # a plan says the same dates many times
def _plain(words: str) -> PlanDate | None:
    """The date that the words alone say; a claim that something was achieved then is not the date it was due."""
    reading = read_date_phrase(words)
    return None if reading.achieved or _EXACT.match(words) or words.startswith("“") else reading.date


def printed_date_cell(printed: str | None, value: PlanDate | None) -> str:
    """What a date column printed, and the date that it stands for, which may be none ("Ongoing")."""
    if printed and not _EXACT.match(printed) and not printed.startswith("“") and _plain(printed) == value:
        return printed
    if value is None:
        return f"“{printed}”" if printed else ""
    exact = date_cell(value)
    return exact if printed == value.printed else f"“{printed or ''}” {exact}"


def printed_date_of(cell: str) -> tuple[str | None, PlanDate | None]:
    """The printed words and the date that `printed_date_cell` wrote; words that are no date are printed words."""
    if quoted := _QUOTED.match(cell):
        return quoted["printed"] or None, date_of(quoted["date"])
    if exact := _EXACT.match(cell):
        return exact["printed"], date_of(cell)
    return cell or None, _plain(cell) if cell else None


# --- lists of words ---------------------------------------------------------------------------------------------------


def list_cell(words: Iterable[str]) -> str:
    """Several names in a cell."""
    return "; ".join(words)


def list_of(cell: str) -> tuple[str, ...]:
    """The names in a cell."""
    return tuple(word for part in cell.split(";") if (word := part.strip()))


def status_cell(status: Status) -> str:
    """A status in words: "In progress"."""
    return status.value.replace("_", " ").capitalize()


def status_of(cell: str) -> Status:
    """The status of a cell; an empty one says that it is unknown."""
    try:
        return Status(cell.lower().replace(" ", "_") or Status.UNKNOWN)
    except ValueError as error:
        known = ", ".join(map(status_cell, Status))
        raise CellError(f"“{cell}” is no status: write one of {known}") from error


def reference_cell(references: Iterable[Reference]) -> str:
    """Recommendations: "Grant Thornton, improvement, 6; LGA Corporate Peer Challenge, page 24"."""
    return list_cell(map(_reference, references))


def _reference(one: Reference) -> str:
    page = f"page {one.page}" if one.page else None
    return ", ".join(part for part in (one.review, one.class_, one.number, page) if part)


def references_of(cell: str) -> tuple[Reference, ...]:
    """The recommendations that `reference_cell` wrote."""
    return tuple(map(_reference_of, list_of(cell)))


def _reference_of(words: str) -> Reference:
    parts = words.split(", ")
    fields: dict[str, str] = {}
    if len(parts) > 1 and parts[-1].startswith("page "):
        fields["page"] = parts.pop().removeprefix("page ")
    if len(parts) > 1 and parts[-1] not in _CLASSES and (parts[-2] in _CLASSES or _is_number(parts[-1])):
        fields["number"] = parts.pop()
    if len(parts) > 1 and parts[-1] in _CLASSES:
        fields["class"] = parts.pop()
    return Reference.model_validate({"review": ", ".join(parts), **fields})


def _is_number(words: str) -> bool:
    return words == "all" or any(character.isdigit() for character in words)


def totals_cell(totals: Iterable[StatedTotal]) -> str:
    """How many recommendations a review made: "3 statutory; 5 key; 37"."""
    return list_cell(f"{total.count} {total.class_ or ''}".strip() for total in totals)


def totals_of(cell: str) -> tuple[StatedTotal, ...]:
    """The totals that `totals_cell` wrote."""
    found = []
    for words in list_of(cell):
        count, _, class_ = words.partition(" ")
        if not count.isdigit() or class_ not in (*_CLASSES, ""):
            raise CellError(f"“{words}” is no number of recommendations: write “5 key” or “14”")
        found.append(StatedTotal.model_validate({"class": class_ or None, "count": int(count)}))
    return tuple(found)
