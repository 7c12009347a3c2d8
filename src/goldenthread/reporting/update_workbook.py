"""The workbook in which leads answer: what they owe, a row each, to be filled in anywhere and sent back.

What comes back is read by `reading/returned_workbook.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from goldenthread.documents.writing import FormColumn, FormSheet, ods_form_bytes, xlsx_form_bytes
from goldenthread.plan.days import day_words
from goldenthread.plan.judgements import Report
from goldenthread.plan.model import Dates
from goldenthread.plan.status import Status
from goldenthread.plan.tables.cells import status_cell
from goldenthread.plan.tables.update_sheet import (
    IDENTITY,
    ITEM,
    NOT_KNOWN,
    RATINGS,
    REF,
    STAMP_SHEET,
    STATUSES,
    UPDATES_SHEET,
    YES,
    Answer,
    Stamp,
    answers_given,
    stamp_rows,
)

LONGEST_TEXT = 2000
_WIDTHS = {
    REF: 9,
    "What is promised": 44,
    "Lead": 20,
    "Approved date": 14,
    "Status now": 14,
    "Last confirmed": 15,
}


_INSTRUCTIONS = f"""\
{{council}}: {{plan}}
The sheet “{UPDATES_SHEET}” shows what the record said on {{day}}{{whose}}. Each row is one action, step or milestone.
1. If nothing has changed, choose {YES} under “{Answer.NO_CHANGE}”. That is all you need to do for that row.
2. If something has changed, change only what is different, and leave “{Answer.NO_CHANGE}” empty.
3. Write dates as exactly as you honestly can: 30 September 2026, Sep 2026 or Autumn 2026.
4. Write “{NOT_KNOWN}” if nobody can tell yet. A new expected date does not change the approved date.
5. If it is done, choose Complete and give the date under “{Answer.ACTUAL}”.
6. “{Answer.RATING}” is your own view: {", ".join(RATINGS)}. The council's rule gives its rating separately.
7. “{Answer.LINK}” takes the web address of evidence, “{Answer.SHOWS}” what it proves. Somebody else checks it.
8. “{Answer.HIGHLIGHT}” is for good news that reports may quote.
Rows that you do not touch say nothing. You may delete rows, sort them, or add columns of your own.
The grey cells are locked, so that answers stay with their row.
Save the file as an Excel or OpenDocument workbook and upload it on the page that it came from.
If somebody else reported of the same row meanwhile, both answers are kept and shown side by side."""


@dataclass(frozen=True)
class WorkbookItem:
    """One action, step or milestone as it stands. `within` names what it is part of."""

    id: UUID
    ref: str | None
    title: str
    within: tuple[str, ...]
    leads: tuple[str, ...]
    dates: Dates
    status: Status
    report: Report | None


@dataclass(frozen=True)
class UpdateWorkbook:
    """What goes out: whose plan, for whom, and the items in printed order."""

    council: str
    plan: str
    stamp: Stamp
    items: tuple[WorkbookItem, ...]
    lead: str | None = None

    @property
    def title(self) -> str:
        """What the file calls itself."""
        return f"{self.plan}: updates for {self.lead}" if self.lead else f"{self.plan}: updates"


class WorkbookFormat(Enum):
    """A kind of workbook: its ending, its media type, and what writes it."""

    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_form_bytes
    ODS = "ods", "application/vnd.oasis.opendocument.spreadsheet", ods_form_bytes

    def __init__(
        self, ending: str, media_type: str, write: Callable[[Iterable[FormSheet], str, str], bytes]
    ) -> None:
        self.ending, self.media_type, self.write = ending, media_type, write


def update_workbook(book: UpdateWorkbook, format_: WorkbookFormat) -> bytes:
    """The workbook as a file. The same content gives the same bytes."""
    given = {item.id: answers_given(item.status, item.dates, item.report) for item in book.items}
    sheets = (_instructions(book), _answers(book, given), _stamp(book, given))
    return format_.write(sheets, book.title, UPDATES_SHEET)


def _instructions(book: UpdateWorkbook) -> FormSheet:
    lines = _INSTRUCTIONS.format(
        council=book.council,
        plan=book.plan,
        day=day_words(book.stamp.as_at),
        whose=f" of what {book.lead} leads" if book.lead else "",
    ).splitlines()
    return FormSheet("How to answer", (FormColumn("How to answer", 110),), tuple((line,) for line in lines))


def _answers(book: UpdateWorkbook, given: dict[UUID, dict[Answer, str]]) -> FormSheet:
    identity = tuple(FormColumn(name, _WIDTHS[name]) for name in IDENTITY)
    rows = tuple((str(item.id), *_identity(item), *given[item.id].values()) for item in book.items)
    columns = (FormColumn(ITEM, 38, hidden=True), *identity, *ANSWER_COLUMNS)
    return FormSheet(UPDATES_SHEET, columns, rows, frozen=3)


ANSWER_COLUMNS = (
    FormColumn(Answer.NO_CHANGE, 9, open=True, choices=(YES,), hint="Choose Yes if nothing has changed."),
    FormColumn(Answer.STATUS, 13, open=True, choices=STATUSES, hint="Choose from the list."),
    FormColumn(
        Answer.FORECAST,
        16,
        open=True,
        hint=f"When it is now expected, such as 30 September 2026, Sep 2026, Autumn 2026 or {NOT_KNOWN}.",
    ),
    FormColumn(Answer.ACTUAL, 16, open=True, hint="The day on which it was finished, if it is."),
    FormColumn(Answer.RATING, 9, open=True, choices=RATINGS, hint="Your own view. Choose from the list."),
    FormColumn(
        Answer.WHY, 40, open=True, longest=LONGEST_TEXT, hint="Why it stands as it does, in one line."
    ),
    FormColumn(Answer.NEXT_STEP, 30, open=True, longest=LONGEST_TEXT, hint="What will be done next."),
    FormColumn(Answer.HIGHLIGHT, 30, open=True, longest=LONGEST_TEXT, hint="News that reports may quote."),
    FormColumn(Answer.LINK, 24, open=True, hint="A web address that begins with https://"),
    FormColumn(Answer.SHOWS, 24, open=True, longest=LONGEST_TEXT, hint="What the evidence proves."),
)


def _identity(item: WorkbookItem) -> tuple[str, ...]:
    promised = "\n".join((item.title, f"({' › '.join(item.within)})")) if item.within else item.title
    confirmed = day_words(item.report.as_at) if item.report else "Never"
    approved = item.dates.approved.printed if item.dates.approved else "None"
    status = "Not known" if item.status is Status.UNKNOWN else status_cell(item.status)
    return (item.ref or "", promised, "; ".join(item.leads), approved, status, confirmed)


def _stamp(book: UpdateWorkbook, given: dict[UUID, dict[Answer, str]]) -> FormSheet:
    """Out of sight: what the workbook was made from, and what each row said, so that only what was typed is taken."""
    columns = tuple(FormColumn(name, 20) for name in (ITEM, REF, *Answer))
    stamp = tuple((*pair, *("" for _ in Answer)) for pair in stamp_rows(book.stamp))
    rows = tuple((str(item.id), item.ref or "", *given[item.id].values()) for item in book.items)
    return FormSheet(STAMP_SHEET, columns, (*stamp, *rows), hidden=True)
