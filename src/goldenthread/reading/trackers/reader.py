"""A tracker, log, report or return as a plan: its groups are themes, its rows are actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from goldenthread.documents import Document
from goldenthread.documents.blocks import Table, blocks
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import LeadVocabulary
from goldenthread.plan.model import Council, Dates, Milestone, Plan, Theme
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.references import ReviewerVocabulary
from goldenthread.plan.status import Status
from goldenthread.reading import narrative
from goldenthread.reading.context import Context, ReadingRules
from goldenthread.reading.trackers.cards import is_card, read_cards
from goldenthread.reading.trackers.colours import key_of_colours
from goldenthread.reading.trackers.columns import Field
from goldenthread.reading.trackers.deadlines import read_deadline
from goldenthread.reading.trackers.faults import find_faults
from goldenthread.reading.trackers.periods import financial_year
from goldenthread.reading.trackers.progress import Source
from goldenthread.reading.trackers.promises import read_promise, split_record
from goldenthread.reading.trackers.records import Record
from goldenthread.reading.trackers.remarks import common_deadlines
from goldenthread.reading.trackers.risks import read_risks, registers
from goldenthread.reading.trackers.survey import Survey, is_contract_register, survey, usual_day
from goldenthread.reading.trackers.whole import ask_about_the_whole

_RISKS = re.compile(r"\brisks?\b", re.IGNORECASE)


def read_tracker(document: Document, rules: ReadingRules) -> Plan | None:
    """The plan in a document that is no themed plan, or None when nothing in it is a list of promises."""
    found = survey(document, rules)
    if not found.records and not (_RISKS.search(found.title) and _has_risks(found)):
        return None
    context = Context(rules, ReviewerVocabulary(), LeadVocabulary())
    context.posts = LeadVocabulary.learn((record.text(Field.LEAD) for record in found.records), rules.leads)
    near = usual_day(found.records, found.dated, rules.seasons)
    key: Mapping[str, Status] = {**key_of_colours(document), **rules.said.statuses}
    common = common_deadlines(found.blocks, rules.seasons)
    one = common[0] if len({deadline.date.edtf for deadline in common}) == 1 else None
    source = Source(found.dated, near, key, financial_year(found.title), one)
    themes = tuple(_themes(found, source, context))
    actions = [action for theme in themes for action in theme.actions]
    ask_about_the_whole(found, themes, common, context)
    for fault in find_faults(document):
        context.doubts.ask(QuestionKind.OTHER, fault.wrong, anchors=(fault.anchor,))
    posts, bodies = narrative.posts_and_bodies(
        (lead for action in actions for lead in action.leads), [], context
    )
    return Plan(
        key=f"plan/{slug(found.title)}",
        anchors=(found.title_anchor,) if found.title_anchor else (),
        council=Council(name=narrative.council_name(found.title)),
        title=found.title,
        kind=found.kind,
        version=found.dated.printed if found.dated else None,
        themes=themes,
        risks=(*read_risks(found.blocks, context), *read_cards(found.blocks, context)),
        posts=posts,
        bodies=bodies,
        questions=context.doubts.questions,
    )


def _themes(found: Survey, source: Source, context: Context) -> Iterable[Theme]:
    grouped: dict[str, list[Record]] = {}
    for record in found.records:
        for one in split_record(record):
            grouped.setdefault(one.group, []).append(one)
    for number, (group, records) in enumerate(grouped.items(), start=1):
        name = group or found.title
        key = context.mint.key("theme", slug(name))
        yield Theme(
            key=key,
            number=number,
            name=name,
            anchors=tuple(records[0].anchors[:1]),
            actions=tuple(read_promise(record, slug(name), source, context) for record in records),
            milestones=tuple(_milestones(records, slug(name), source, context)),
        )


def _milestones(
    records: Iterable[Record], theme: str, source: Source, context: Context
) -> Iterable[Milestone]:
    """The next milestone of each row that has a column for it."""
    for record in records:
        name, printed = record.text(Field.MILESTONE), record.text(Field.MILESTONE_DATE)
        if name:
            due = read_deadline(printed, source.near, context.rules.seasons) if printed else None
            yield Milestone(
                key=context.mint.key("milestone", theme, slug(f"{record.text(Field.ACTION)} {name}")),
                name=name,
                anchors=tuple(record.anchors[:1]),
                printed=printed or None,
                dates=Dates(approved=due.date if due else None),
            )


def _has_risks(found: Survey) -> bool:
    """Whether a document is a register of risks, or has a card for each of them."""
    named = any(register.name_of(row) for register in registers(found.blocks) for row in register.rows)
    return named or any(isinstance(block, Table) and is_card(block) for block in found.blocks)


def lists_contracts(document: Document) -> bool:
    """Whether a document is a register of contracts."""
    return any(isinstance(block, Table) and is_contract_register(block) for block in blocks(document))
