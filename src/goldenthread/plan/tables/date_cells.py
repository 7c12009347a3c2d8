"""Dates as the words of a cell, and back.

A date is the printed words alone wherever they say all of it. Where they do not (a date that somebody else filled in,
another council's seasons), brackets say the rest: "Autumn 2022 [2022-09-15; by; if linked to MTFP]" gives the EDTF
value and what else belongs to it. Where a date column printed words that are not the date, they stand in quotes
before it: “Sep 2022 Nov 2022” Nov 2022.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import USUAL_SEASONS, Bound, PlanDate, SeasonRules, edtf_days
from goldenthread.plan.tables.cells import CellError

_EXACT = re.compile(r"^(?P<printed>.*\S) \[(?P<edtf>[^][;]+)(?P<rest>(?:; [^][;]+)*)\]$")
_QUOTED = re.compile(r"^“(?P<printed>.*?)”\s*(?P<date>.*)$")
_DAYS = re.compile(r"^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$")


@dataclass(frozen=True)
class DateCells:
    """Writes dates as words and reads them, as a council with these season rules uses the words.

    Brackets mean the same to every council: the EDTF value has the usual seasons, and other days are given.
    """

    seasons: SeasonRules = USUAL_SEASONS

    def cell(self, value: PlanDate | None) -> str:
        """A date in words."""
        if value is None:
            return ""
        return value.printed if _plain(value.printed, self.seasons) == value else _exactly(value)

    def date_of(self, cell: str) -> PlanDate | None:
        """The date that `cell` wrote.

        Raises:
            CellError: when the words are no date.
        """
        if not cell:
            return None
        if exact := _EXACT.match(cell):
            return _exact_date(cell, exact["printed"], exact["edtf"], exact["rest"].split("; ")[1:])
        if found := _plain(cell, self.seasons):
            return found
        raise CellError(f"“{cell}” is no date: write a day, month, season or year, such as “7 June 2022”")

    def printed_cell(self, printed: str | None, value: PlanDate | None) -> str:
        """What a date column printed, and the date that it stands for, which may be none ("Ongoing")."""
        if printed and not _is_marked(printed) and _plain(printed, self.seasons) == value:
            return printed
        if value is None:
            return f"“{printed}”" if printed else ""
        exact = self.cell(value)
        return exact if printed == value.printed else f"“{printed or ''}” {exact}"

    def printed_date_of(self, cell: str) -> tuple[str | None, PlanDate | None]:
        """The printed words and the date that `printed_cell` wrote; words that are no date are printed words."""
        if quoted := _QUOTED.match(cell):
            return quoted["printed"] or None, self.date_of(quoted["date"])
        if exact := _EXACT.match(cell):
            return exact["printed"], self.date_of(cell)
        return cell or None, _plain(cell, self.seasons) if cell else None

    def understands(self, cell: str) -> bool:
        """Whether the words say a date, or why there is none ("Ongoing")."""
        return cell.startswith("“") or read_date_phrase(cell, self.seasons).understood


def _is_marked(words: str) -> bool:
    return bool(_EXACT.match(words)) or words.startswith("“")


@lru_cache(maxsize=4096)  # a plan says the same dates many times
def _plain(words: str, seasons: SeasonRules) -> PlanDate | None:
    """The date that the words alone say; a claim that something was achieved then is not the date it was due."""
    reading = read_date_phrase(words, seasons)
    return None if reading.achieved or _is_marked(words) else reading.date


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
