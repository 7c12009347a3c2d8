"""Reading a whole document: what it is first learned from, then read as, and what has to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.documents import Document
from goldenthread.documents.blocks import Cell, ListItem, Paragraph, Table, blocks
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import LeadVocabulary
from goldenthread.plan.model import Council, Plan
from goldenthread.plan.references import ReviewerVocabulary
from goldenthread.reading import narrative, register
from goldenthread.reading.columns import header
from goldenthread.reading.context import Context, ReadingRules
from goldenthread.reading.outline import Outline, outline
from goldenthread.reading.themes import is_lead_in, name_and_rest, read_theme
from goldenthread.reading.vocabulary import Column, PartKind, Vocabulary

_LISTS_OF_NAMES = frozenset({PartKind.MILESTONES, PartKind.DELIVERABLES})


class NoPlanError(Exception):
    """A document in which no plan was found. The message says what was looked for."""


def read_plan(document: Document, rules: ReadingRules | None = None) -> Plan:
    """The plan in a document, with a question for everything in it that is in doubt.

    Raises:
        NoPlanError: when the document has no theme and no delivery plan.
    """
    rules = rules or ReadingRules()
    found = outline(blocks(document), rules.vocabulary)
    if not found.themes:
        raise NoPlanError(
            f"{document.name} has no heading such as “Theme 1 – …”, so no improvement plan was found in it."
        )
    context, reviews = _learn(found, rules)
    themes = tuple(read_theme(chapter, context) for chapter in found.themes)
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
    """First pass: who reviews, who leads, and how the document words what is certain."""
    reviews = register.find_reviews(found.narrative)
    leads = [cell.text for cell in _cells(found, Column.LEAD, rules.vocabulary)]
    posts = LeadVocabulary.learn(leads, rules.leads)
    context = Context(rules, ReviewerVocabulary.learn(register.reviewer_names(reviews)), posts)
    _learn_wording(found, context)
    context.book.learn_agents(lead for cell in leads for lead in context.leads(cell).leads)
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
    for cell in _cells(found, Column.ACTION, context.rules.vocabulary):
        for number, part_ in enumerate(cell.parts):
            followed = number + 1 < len(cell.parts) and cell.parts[number + 1].depth > part_.depth
            certain = part_.marker is None or (part_.marker and not followed)
            (book.learn_item if certain else _nothing)(part_.text)


def _learn_item(item: ListItem, kind: PartKind, context: Context) -> None:
    if kind in _LISTS_OF_NAMES and not is_lead_in(item):
        context.book.learn_item(item.text)
    elif kind is PartKind.WORKSTREAMS:
        name, aim = name_and_rest(item)
        context.book.learn_words(name)
        context.book.learn_words(aim)
    else:
        context.book.learn_words(item.text)


def _nothing(_: str) -> None:
    """What is learned from a text whose limits are not certain."""


def _cells(found: Outline, wanted: Column, vocabulary: Vocabulary) -> Iterator[Cell]:
    """The cells under one heading of the delivery plans, as printed; shifted rows put some strangers among them."""
    for table in _tables(found):
        columns: tuple[Column, ...] | None = None
        for row in table.rows:
            if named := header(row, vocabulary):
                columns = named
            elif columns and wanted in columns and columns.index(wanted) < len(row):
                yield row[columns.index(wanted)]


def _tables(found: Outline) -> Iterable[Table]:
    return (table for chapter in found.themes for part in chapter.parts for table in part.tables)
