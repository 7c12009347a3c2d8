"""What concerns many rows of a document alike is asked once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.plan.model import Action, PlanKind, Theme
from goldenthread.plan.questions import Candidate, QuestionKind
from goldenthread.plan.values import Anchor
from goldenthread.reading.context import Context
from goldenthread.reading.doubles import ask_about_doubles
from goldenthread.reading.fields import Field
from goldenthread.reading.trackers.colours import contradicted
from goldenthread.reading.trackers.columns import field_of
from goldenthread.reading.trackers.deadlines import month_name
from goldenthread.reading.trackers.periods import day_of, financial_year
from goldenthread.reading.trackers.records import HeadedTable, Record, UnreadColumn
from goldenthread.reading.trackers.remarks import CommonDeadline, changes_in_colour, overall_ratings
from goldenthread.reading.trackers.risks import registers, unread_of_register
from goldenthread.reading.trackers.survey import Survey

_RATED = (Field.STATUS, Field.RAG)
_ARROWS = frozenset("éêèçñòðï↑↓→←")
_UNITS = re.compile(r"^(?:direction|objective|theme|priority|work ?stream)s?\b", re.IGNORECASE)
_YES = Candidate(label="Yes", reason="That is how it is printed.")


@dataclass
class _Column:
    heading: str
    anchor: Anchor
    field: Field
    texts: list[str]
    rows: int = 0
    is_period: bool = False
    coloured: int = 0


def ask_about_the_whole(
    found: Survey, themes: Sequence[Theme], common: Sequence[CommonDeadline], context: Context
) -> None:
    """Every question about a document as a whole."""
    actions = [action for theme in themes for action in theme.actions]
    columns = _columns(found.tables)
    _ask_about_years(found, actions, common, context)
    _ask_about_common(actions, common, context)
    _ask_about_leads(found, actions, context)
    _ask_about_unread(found, columns, context)
    _ask_about_remarks(found, context)
    _ask_about_blank(columns, context)
    _ask_about_colours(found, actions, context)
    _ask_about_units(found.tables, context)
    if found.kind is not PlanKind.COMMITMENTS:
        ask_about_doubles(themes, context)


def _ask_about_schedules(scheduled: Sequence[Record], year: int | None, context: Context) -> None:
    """Actions that have marks under months or quarters."""
    seasons = context.rules.seasons
    read: list[Record] = []
    unread: list[Record] = []
    for record in scheduled:
        is_read = not record.marked_apart and day_of(record.marked[-1], year, seasons)
        (read if is_read else unread).append(record)
    if read:
        context.doubts.ask(
            QuestionKind.SUSPECT_DATE,
            f"{_count(len(read), 'action')} under months or quarters with marks (“{', '.join(read[0].marked)}”): "
            "we took the first as the start and the last as the deadline, where no others are printed. Is that right?",
            anchors=read[0].anchors[:1],
            candidates=(_YES,),
            default=0,
        )
    if unread:
        context.doubts.ask(
            QuestionKind.UNREAD_DATE,
            f"{_count(len(unread), 'action')} under months or quarters with marks (“{', '.join(unread[0].marked)}”) "
            "that stand apart, or of which no year is printed. By when is each due?",
            anchors=unread[0].anchors[:1],
        )


def _ask_about_years(
    found: Survey, actions: Sequence[Action], common: Sequence[CommonDeadline], context: Context
) -> None:
    """Deadlines without a year; those that are marks, or are stated for all rows, are asked about by themselves."""
    scheduled = [record for record in found.records if record.marked]
    _ask_about_schedules(scheduled, financial_year(found.title), context)
    other = {", ".join(record.marked) for record in scheduled} | {deadline.printed for deadline in common}
    inferred = [
        action
        for action in actions
        if action.dates.approved and action.dates.approved.inferred and action.due_printed not in other
    ]
    if inferred:
        first = inferred[0].dates.approved
        assert first is not None
        context.doubts.ask(
            QuestionKind.SUSPECT_DATE,
            f"{len(inferred)} deadlines give no year (“{first.printed}”). We took the year that brings each nearest to "
            f"the day of the document, so that the first falls in {month_name(first.earliest)}. Is that right?",
            anchors=inferred[0].anchors,
        )


def _ask_about_common(actions: Sequence[Action], common: Sequence[CommonDeadline], context: Context) -> None:
    if len({deadline.date.edtf for deadline in common}) > 1:
        context.doubts.ask(
            QuestionKind.SUSPECT_DATE,
            "The document states more than one deadline for all actions: "
            + ", ".join(f"“{deadline.printed}”" for deadline in common)
            + ". Which of them holds for those without a date of their own?",
            anchors=[deadline.anchor for deadline in common],
        )
    elif common and (count := sum(action.due_printed == common[0].printed for action in actions)):
        context.doubts.ask(
            QuestionKind.SUSPECT_DATE,
            f"{_count(count, 'action')} without a date of its own. We took “{common[0].printed}”. Is that right?",
            anchors=[common[0].anchor],
            candidates=(_YES,),
            default=0,
        )


def _ask_about_leads(found: Survey, actions: Sequence[Action], context: Context) -> None:
    unled = [action for action in actions if not action.leads]
    if unled and not any(record.has_lead_column for record in found.records):
        context.doubts.ask(
            QuestionKind.MISSING_LEAD,
            f"{len(unled)} of {len(actions)} actions name nobody who leads them, and there is no column of leads. "
            "Who leads them?",
            anchors=unled[0].anchors,
        )


def _columns(tables: Iterable[HeadedTable]) -> list[_Column]:
    """Each column once, under whatever number of tables its heading stands."""
    columns: dict[str, _Column] = {}
    for table in tables:
        for part in table.printed:
            for number, cell in enumerate(part.headings):
                if not cell.text or number >= len(part.fields):
                    continue
                is_period = number in part.periods
                column = columns.setdefault(
                    cell.text.casefold(),
                    _Column(cell.text, cell.anchor, part.fields[number], [], 0, is_period),
                )
                column.rows += len(part.rows)
                if part.fields[number] in _RATED or is_period:
                    column.coloured += sum(
                        bool(row[number].fill and not row[number].text)
                        for row in part.rows
                        if number < len(row)
                    )
                column.texts += [
                    row[number].text for row in part.rows if number < len(row) and row[number].text
                ]
    return list(columns.values())


def _ask_about_unread(found: Survey, columns: Sequence[_Column], context: Context) -> None:
    """What stands in a column that nothing is read from is not dropped in silence."""
    said = context.rules.said
    unread = [
        UnreadColumn(column.heading, column.anchor, column.texts)
        for column in columns
        if column.field is Field.OTHER and not column.is_period and column.texts
    ]
    unread += found.beside
    unread += [held for register in registers(found.blocks) for held in unread_of_register(register)]
    listed: dict[str, UnreadColumn] = {}
    for held in unread:
        if said.of_tracker(held.heading) is None:
            first = listed.setdefault(held.heading.casefold(), UnreadColumn(held.heading, held.anchor, []))
            first.texts.extend(held.texts)
    if listed:
        named = ", ".join(
            f"“{held.heading}” ({_count(len(held.texts), 'row')}){_as_arrows(held.texts)}"
            for held in listed.values()
        )
        context.doubts.ask(
            QuestionKind.OTHER,
            f"Nothing was read from {'these columns' if len(listed) > 1 else 'this column'}: {named}. "
            "Do they say anything that the plan should hold?",
            anchors=[held.anchor for held in listed.values()],
        )


def _ask_about_remarks(found: Survey, context: Context) -> None:
    """Lines that say of rows what the rows themselves do not."""
    told = [
        *(
            (block, "The colour and the style of type are not read.")
            for block in changes_in_colour(found.blocks)
        ),
        *(
            (block, "The rating of a group as a whole is not held.")
            for block in overall_ratings(found.blocks)
        ),
    ]
    for block, why in told:
        context.doubts.ask(
            QuestionKind.OTHER,
            f"“{block.text}” {why} What does it mean for the rows?",
            anchors=[block.anchor],
        )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _as_arrows(texts: Sequence[str]) -> str:
    arrows = all(text.strip() in _ARROWS for text in texts)
    return ", which look like the arrows of a symbol font" if arrows else ""


def _ask_about_blank(columns: Sequence[_Column], context: Context) -> None:
    """A column of statuses without a word in it: its cells may be coloured."""
    blank = [
        column
        for column in columns
        if (column.field in _RATED or column.is_period)
        and column.rows
        and not (column.texts or column.coloured)
    ]
    every_period = all(column in blank for column in columns if column.is_period)
    blank = [column for column in blank if not column.is_period or every_period]
    if blank:
        named = ", ".join(f"“{column.heading}”" for column in blank)
        context.doubts.ask(
            QuestionKind.STATUS,
            f"Nothing is written in any row under {named}. If the cells are coloured: a colour without a word is not "
            "read. What is the status of these actions?",
            anchors=[column.anchor for column in blank],
        )
    coloured = [column for column in columns if column.coloured]
    if coloured:
        named = ", ".join(f"“{column.heading}”" for column in coloured)
        context.doubts.ask(
            QuestionKind.STATUS,
            f"{_count(sum(column.coloured for column in coloured), 'cell')} under {named} with a colour and no word. "
            "We took the colour as the rating. Is that right?",
            anchors=[column.anchor for column in coloured],
            candidates=(_YES,),
            default=0,
        )


def _ask_about_colours(found: Survey, actions: Iterable[Action], context: Context) -> None:
    """A colour for which the document gives two meanings."""
    used = {(update.rag_printed or "").lower() for action in actions for update in action.updates}
    told = {colour: said for colour, said in contradicted(found.blocks).items() if colour in used}
    if told:
        meanings = "; ".join(
            f"{colour.capitalize()} is " + " and ".join(f"“{meaning}”" for meaning in said)
            for colour, said in told.items()
        )
        context.doubts.ask(
            QuestionKind.STATUS,
            f"The document gives more than one meaning to a colour: {meanings}. Which holds for the actions?",
            anchors=[found.blocks[0].anchor],
        )


def _ask_about_units(tables: Iterable[HeadedTable], context: Context) -> None:
    """Rows that are something larger than an action."""
    for table in tables:
        for part in table.printed:
            cell = part.headings[part.fields.index(Field.ACTION)]
            if field_of(cell.text) is Field.GROUP and _UNITS.match(cell.text) and part.rows:
                context.doubts.ask(
                    QuestionKind.OTHER,
                    f"Each row is a “{cell.text}”, and no action is named below it. We held each as one action, so "
                    "that its status is that of the whole. Should they be held as actions?",
                    anchors=[cell.anchor],
                    candidates=(_YES,),
                    default=0,
                )
                return
