"""Reading a whole document: what it is first learned from, then read as, and what has to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from goldenthread.documents import Document
from goldenthread.documents.blocks import ListItem, Paragraph, Table, blocks
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import LeadVocabulary
from goldenthread.plan.model import Council, Plan
from goldenthread.plan.references import ReviewerVocabulary
from goldenthread.reading import narrative, register
from goldenthread.reading.columns import PlacedRow, header
from goldenthread.reading.context import Context, ReadingRules
from goldenthread.reading.doubles import ask_about_doubles
from goldenthread.reading.exported import is_exported, read_exported
from goldenthread.reading.outline import Chapter, Outline, outline
from goldenthread.reading.rows import placed_rows
from goldenthread.reading.themes import is_lead_in, name_and_rest, read_theme
from goldenthread.reading.trackers import lists_contracts, read_tracker
from goldenthread.reading.vocabulary import Column, PartKind, Vocabulary

_LISTS_OF_NAMES = frozenset({PartKind.MILESTONES, PartKind.DELIVERABLES})


class NoPlanError(Exception):
    """A document in which no plan was found. The message says what was looked for."""


def read_plan(document: Document, rules: ReadingRules | None = None) -> Plan:
    """The plan in a document, with a question for everything in it that is in doubt.

    A document without themes may be a log, a report on commitments, a return or another tracker: see `trackers`.

    Raises:
        NoPlanError: when the document has neither a theme nor a list of actions.
    """
    rules = rules or ReadingRules()
    content = blocks(document)
    if is_exported(content):
        return read_exported(document, content, Context(rules, ReviewerVocabulary(), LeadVocabulary()))
    found = outline(content, rules.vocabulary)
    if not found.themes:
        if tracker := read_tracker(document, rules):
            return tracker
        if lists_contracts(document):
            raise NoPlanError(
                f"{document.name} is a register of contracts, and says of none what is to be done."
            )
        raise NoPlanError(
            f"{document.name} has no heading such as “Theme 1 – …” and no list of actions, so no improvement plan and "
            "no tracker was found in it."
        )
    context, reviews = _learn(found, rules)
    themes = tuple(read_theme(chapter, context) for chapter in found.themes)
    ask_about_doubles(themes, context)
    approved = narrative.approval(found)
    actions = [action for theme in themes for action in theme.actions]
    posts, bodies = narrative.posts_and_bodies(
        (lead for action in actions for lead in action.leads), found.narrative, context
    )
    cited = (reference for action in actions for reference in action.references)
    title = narrative.title_case(found.title) or document.name
    return Plan(
        key=f"plan/{slug(title)}",
        anchors=(found.title_anchor,) if found.title_anchor else (),
        council=Council(name=narrative.council_name(title)),
        title=title,
        phase=narrative.phase(found),
        approving_body=approved[0] if approved else None,
        approved_on=approved[1] if approved else None,
        sections=tuple(narrative.read_sections(found, context)),
        themes=themes,
        engagement_milestones=narrative.read_engagement_milestones(found.narrative, context),
        risks=tuple(narrative.read_risks(found.all_parts, context)),
        reviews=tuple(register.read_reviews(reviews, cited, context)),
        exit_factors=tuple(register.read_exit_factors(found.narrative, context)),
        posts=posts,
        bodies=bodies,
        questions=context.doubts.questions,
    )


def _learn(found: Outline, rules: ReadingRules) -> tuple[Context, list[register.ReviewDraft]]:
    """First pass: who reviews, who leads, and how the document words what is certain.

    Rows are put in their places with the leads as printed; then leads and wording are learned from the rows so placed.
    """
    reviews = register.find_reviews(found.narrative)
    posts = LeadVocabulary.learn(_printed_leads(found, rules.vocabulary), rules.leads)
    context = Context(rules, ReviewerVocabulary.learn(register.reviewer_names(reviews)), posts)
    rows = [
        row
        for chapter in found.themes
        for row in placed_rows(_tables(chapter), context, _workstream_names(chapter))
    ]
    context.learn_leads(row.text(Column.LEAD) for row in rows)
    _learn_wording(found, context)
    for row in rows:
        _learn_action(row, context)
    return context, reviews


def _learn_wording(found: Outline, context: Context) -> None:
    book = context.book
    for part in found.all_parts:
        for block in part.blocks:
            if isinstance(block, Paragraph):
                book.learn_words(block.text)
            elif isinstance(block, ListItem):
                _learn_item(block, part.kind, context)
            elif isinstance(block, Table) and part.kind is PartKind.MILESTONES:
                for row in block.rows:
                    book.learn_item(row[0].text)


def _learn_action(row: PlacedRow, context: Context) -> None:
    """The title of an action, and those of its steps that a bullet begins and another ends."""
    cell = row.cells.get(Column.ACTION)
    parts = cell.parts if cell else ()
    for part, following in zip_longest(parts, parts[1:]):
        followed = following is not None and following.depth > part.depth
        if part.marker is None or (part.marker and not followed):
            context.book.learn_item(part.text)


def _learn_item(item: ListItem, kind: PartKind, context: Context) -> None:
    if kind in _LISTS_OF_NAMES and not is_lead_in(item):
        context.book.learn_item(item.text)
    elif kind is PartKind.WORKSTREAMS:
        name, aim = name_and_rest(item)
        context.book.learn_words(name)
        context.book.learn_words(aim)
    else:
        context.book.learn_words(item.text)


def _printed_leads(found: Outline, vocabulary: Vocabulary) -> Iterator[str]:
    """The cells under the heading of leads, as printed; shifted rows put some strangers among them."""
    for chapter in found.themes:
        columns: tuple[Column, ...] = ()
        for row in (row for table in _tables(chapter) for row in table.rows):
            if named := header(row, vocabulary):
                columns = named
                continue
            cell = row[columns.index(Column.LEAD)] if Column.LEAD in columns[: len(row)] else None
            if cell and not cell.has_list:
                yield cell.text


def _workstream_names(chapter: Chapter) -> frozenset[str]:
    items = (item for part in chapter.parts if part.kind is PartKind.WORKSTREAMS for item in part.items)
    return frozenset(name_and_rest(item)[0].lower() for item in items)


def _tables(chapter: Chapter) -> list[Table]:
    return [table for part in chapter.parts for table in part.tables]
