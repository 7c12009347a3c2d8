"""What changed in the plan between two days, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.documents.writing import Sheet, csv_bytes
from goldenthread.plan.applying import STOPPED
from goldenthread.plan.days import day_words
from goldenthread.record.change_table import ChangeRow, changes_between, states_between
from goldenthread.record.errors import NotYetAdopted
from goldenthread.web.change_access import moves_words
from goldenthread.web.forms.dates import CannotRead, typed_day
from goldenthread.web.forms.errors import Errors
from goldenthread.web.presenting.proposals import item_words, rows_of
from goldenthread.web.viewing import Viewing, reading_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 200
REPORTED = frozenset({"status", "forecast", "actual", "report", "assessment"})
HEADINGS = (
    "No.", "Item", "What", "Original date", "Before", "After", "Reason", "Approved or changed by", "Decision", "Link",
    "Change request", "Re-baselines", "Change of the record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table in words."""

    ref: str
    item: str
    href: str | None
    what: str
    original: str
    before: str
    after: str
    row: ChangeRow

    @property
    def moves(self) -> str:
        """How often the date was re-baselined, where this line is about that date."""
        return moves_words(self.row.moves) if self.row.moves and self.row.change.field == "approved" else ""

    @property
    def is_reported(self) -> bool:
        """Whether it is progress that somebody reported, and not a change of what is promised."""
        change = self.row.change
        stopped = change.field == "status" and STOPPED & {str(change.before), str(change.after)}
        return change.field in REPORTED and not stopped


@dataclass
class Days:
    """The two days that were typed, and what is wrong with them. `known_then`: each as known at its end."""

    first: str
    second: str
    known_then: bool
    errors: Errors
    days: tuple[date, date] | None = None

    @classmethod
    def of(cls, request: HttpRequest, viewing: Viewing) -> Days:
        """What the address asks for; nothing yet where it names no day."""
        made = cls(
            request.GET.get("from", ""),
            request.GET.get("to", ""),
            request.GET.get("known", "then") != "now",
            Errors(),
        )
        if not (made.first or made.second):
            made.second = day_words(viewing.shown_day)
            return made
        found = [made._read(name, typed) for name, typed in (("from", made.first), ("to", made.second))]
        if found[0] and found[1]:
            made.days = (found[0], found[1])
            if found[0] > found[1]:
                made.errors["from"], made.days = "The first day must not be after the second", None
        return made

    def _read(self, name: str, typed: str) -> date | None:
        try:
            return typed_day(typed, "the first day" if name == "from" else "the second day")
        except CannotRead as error:
            self.errors[name] = str(error)
            return None


@reading_page
def changes_between_days(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The table of changes, what is promised apart from what was reported."""
    asked = Days.of(request, viewing)
    lines = _lines(viewing, asked)
    promised, reported = ([line for line in lines if line.is_reported is about] for about in (False, True))
    viewing.under(("Changes", "revisions", {}))
    context = {
        "asked": asked,
        "errors": asked.errors.listed(),
        "tables": [
            ("What is promised", promised[:ON_A_PAGE], len(promised)),
            ("What was reported", reported[:ON_A_PAGE], len(reported)),
        ],
        "total": len(lines),
        "first_day": day_words(asked.days[0]) if asked.days else "",
        "second_day": day_words(asked.days[1]) if asked.days else "",
        "file": f"{viewing.link('changes-between-file').partition('?')[0]}?{request.GET.urlencode()}",
    }
    return page(request, viewing, "changes_between", context)


@reading_page
def changes_between_file(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The whole table as CSV."""
    asked = Days.of(request, viewing)
    lines = _lines(viewing, asked)
    if asked.days is None:
        raise Http404("Name the two days, from and to.")
    sheet = Sheet("Changes", HEADINGS, tuple(_cells(line) for line in lines))
    answer = HttpResponse(csv_bytes(sheet), content_type="text/csv; charset=utf-8")
    first, second = asked.days
    answer["Content-Disposition"] = f'attachment; filename="changes-{first}-to-{second}.csv"'
    return answer


def _lines(viewing: Viewing, asked: Days) -> list[Line]:
    if asked.days is None:
        return []
    council = viewing.viewer.council_id
    states = states_between(council, viewing.slug, *asked.days, known_then=asked.known_then)
    if viewing.known_at is not None:
        states = (states[0].known_by(viewing.known_at), states[1].known_by(viewing.known_at))
    try:
        rows = viewing.index.keep(
            ("changes between", *states), lambda: changes_between(council, viewing.slug, *states)
        )
    except NotYetAdopted as error:
        asked.errors["from"], asked.days = str(error), None
        return []
    return [line for row in rows for line in _told(viewing, row)]


def _told(viewing: Viewing, row: ChangeRow) -> list[Line]:
    name, route, handle = item_words(viewing.index, row.change.key)
    href = viewing.link(route, handle=handle) if route else None
    return [
        Line(
            ref=row.change.ref or "",
            item=name if route else words.item,
            href=href,
            what=words.what,
            original=row.original.printed if row.original else "",
            before=words.before or "–",
            after=words.after or "–",
            row=row,
        )
        for words in rows_of(row.change, (viewing.index,))
    ]


def _cells(line: Line) -> tuple[str, ...]:
    request, revision = line.row.request, line.row.revision
    return (
        line.ref, line.item, line.what, line.original, line.before, line.after, line.row.reason, line.row.decided_by,
        request.decision_reference if request else "", request.decision_link if request else "",
        str(request.number) if request else "", str(line.row.moves or ""), str(revision.number) if revision else "",
    )  # fmt: skip
