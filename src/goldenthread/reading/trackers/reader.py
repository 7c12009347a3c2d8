"""A tracker, log, report or return as a plan: its groups are themes, its rows are actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goldenthread.documents import Document
from goldenthread.plan.keys import slug
from goldenthread.plan.leads import LeadVocabulary
from goldenthread.plan.model import Action, Council, Dates, Milestone, Plan, Theme
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.references import ReviewerVocabulary
from goldenthread.plan.status import Status
from goldenthread.reading import narrative
from goldenthread.reading.context import Context, ReadingRules
from goldenthread.reading.trackers.colours import key_of_colours
from goldenthread.reading.trackers.columns import Field
from goldenthread.reading.trackers.deadlines import month_name, read_deadline
from goldenthread.reading.trackers.faults import find_faults
from goldenthread.reading.trackers.promises import Source, read_promise, split_record
from goldenthread.reading.trackers.records import Record
from goldenthread.reading.trackers.risks import read_risks
from goldenthread.reading.trackers.survey import Survey, survey, usual_day


def read_tracker(document: Document, rules: ReadingRules) -> Plan | None:
    """The plan in a document that is no themed plan, or None when nothing in it is a list of promises."""
    found = survey(document, rules)
    if not found.records:
        return None
    context = Context(rules, ReviewerVocabulary(), LeadVocabulary())
    context.posts = LeadVocabulary.learn((record.text(Field.LEAD) for record in found.records), rules.leads)
    near = usual_day(found.records, found.dated, rules.seasons)
    key: Mapping[str, Status] = {**key_of_colours(document), **rules.said.statuses}
    themes = tuple(_themes(found, Source(found.dated, near, key), context))
    actions = [action for theme in themes for action in theme.actions]
    _ask_about_the_whole(found, actions, context)
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
        risks=tuple(read_risks(found.blocks, context)),
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


def _ask_about_the_whole(found: Survey, actions: list[Action], context: Context) -> None:
    """What concerns many rows alike is asked once."""
    inferred = [action for action in actions if action.dates.approved and action.dates.approved.inferred]
    if inferred:
        first = inferred[0].dates.approved
        assert first is not None
        context.doubts.ask(
            QuestionKind.SUSPECT_DATE,
            f"{len(inferred)} deadlines give no year (“{first.printed}”). We took the year that brings each nearest to "
            f"the day of the document, so that the first falls in {month_name(first.earliest)}. Is that right?",
            anchors=inferred[0].anchors,
        )
    unled = [action for action in actions if not action.leads]
    if unled and not any(record.has_lead_column for record in found.records):
        context.doubts.ask(
            QuestionKind.MISSING_LEAD,
            f"{len(unled)} of {len(actions)} actions name nobody who leads them, and there is no column of leads. "
            "Who leads them?",
            anchors=unled[0].anchors,
        )
