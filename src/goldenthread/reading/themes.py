"""A theme's chapter: its objectives, workstreams, milestones, deliverables, statements of success and delivery plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from goldenthread.documents.blocks import ListItem
from goldenthread.plan.keys import slug
from goldenthread.plan.model import (
    Action,
    Deliverable,
    Objective,
    SuccessStatement,
    Theme,
    Workstream,
)
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.values import Anchor
from goldenthread.reading.actions import Place, read_action
from goldenthread.reading.columns import header
from goldenthread.reading.context import Context
from goldenthread.reading.milestone_doubts import ask_about_milestones
from goldenthread.reading.milestones import read_milestones
from goldenthread.reading.outline import Chapter, Part
from goldenthread.reading.phrasebook import words_of
from goldenthread.reading.rows import logical_rows
from goldenthread.reading.same_promise import DeliveryPlan
from goldenthread.reading.vocabulary import PartKind

_SAME_WORKSTREAM = 88
_LITTLE_WORDS = frozenset({"a", "an", "the", "and", "of", "to", "for", "in"})
_LEADING_DASH = re.compile(r"^\s*[-–—:]\s*")
_LONGEST_GROUP_NAME = 4


def read_theme(chapter: Chapter, context: Context) -> Theme:
    """The theme of a chapter. Its doubts are put in the order of the page."""
    return _ThemeReader(chapter, context).read()


class _ThemeReader:
    def __init__(self, chapter: Chapter, context: Context) -> None:
        self._chapter = chapter
        self._context = context
        self._slug = slug(chapter.name)

    def read(self) -> Theme:
        workstreams = list(self._workstreams())
        rows = read_milestones(
            (table for part in self._parts(PartKind.MILESTONES) for table in part.tables),
            self._slug,
            self._context,
        )
        actions = tuple(self._actions(workstreams))
        names = {stream.key: stream.name for stream in workstreams}
        ask_about_milestones(rows, DeliveryPlan(actions, names), self._context)
        return Theme(
            key=self._context.mint.key("theme", self._slug),
            anchors=(self._chapter.anchor,),
            number=self._chapter.number or 1,
            name=self._chapter.name,
            introduction=tuple(
                text for part in self._parts(PartKind.INTRODUCTION) for text in part.paragraphs
            ),
            objectives=tuple(self._objectives()),
            workstreams=tuple(workstreams),
            milestones=tuple(row.milestone for row in rows),
            deliverables=tuple(self._deliverables()),
            success_statements=tuple(self._statements()),
            actions=actions,
        )

    def _parts(self, kind: PartKind) -> list[Part]:
        return [part for part in self._chapter.parts if part.kind is kind]

    def _items(self, kind: PartKind) -> list[ListItem]:
        return [item for part in self._parts(kind) for item in part.items]

    def _key(self, kind: str, text: str) -> str:
        return self._context.mint.key(kind, self._slug, slug(text))

    def _objectives(self) -> Iterator[Objective]:
        for item in without_lead_ins(self._items(PartKind.OBJECTIVES)):
            yield Objective(key=self._key("objective", item.text), anchors=(item.anchor,), text=item.text)

    def _statements(self) -> Iterator[SuccessStatement]:
        for item in without_lead_ins(self._items(PartKind.SUCCESS)):
            yield SuccessStatement(
                key=self._key("success", item.text), anchors=(item.anchor,), text=item.text
            )

    def _deliverables(self) -> Iterator[Deliverable]:
        group: ListItem | None = None
        for item in self._items(PartKind.DELIVERABLES):
            if is_lead_in(item):
                group = item if len(item.text.split()) <= _LONGEST_GROUP_NAME else None
                continue
            inside = group is not None and item.depth > group.depth
            yield Deliverable(
                key=self._key("deliverable", item.text),
                anchors=(item.anchor,),
                name=item.text,
                group=group.text.rstrip(": ") if group and inside else None,
            )

    # --- workstreams ----------------------------------------------------------------------------------------

    def _workstreams(self) -> Iterator[Workstream]:
        for item in without_lead_ins(self._items(PartKind.WORKSTREAMS)):
            name, aim = name_and_rest(item)
            yield Workstream(
                key=self._key("workstream", name), anchors=(item.anchor,), name=name, aim=aim or None
            )

    def _actions(self, workstreams: list[Workstream]) -> Iterator[Action]:
        """The actions of the delivery plan; workstreams that only its table names are added to the list."""
        listed = list(workstreams)
        tables = [
            table
            for part in self._chapter.parts
            for table in part.tables
            if any(header(row, self._context.rules.vocabulary) for row in table.rows)
            or part.kind is PartKind.DELIVERY_PLAN
        ]
        used = set()
        above: Action | None = None
        for row in logical_rows(tables, self._context, [stream.name for stream in listed]):
            stream = self._workstream(row.workstream, row.anchors[0], workstreams)
            used.add(stream.key if stream else None)
            place = Place(self._slug, stream.key if stream else None, above)
            yield (above := read_action(row, place, self._context))
        if tables:
            self._ask_about_unused(stream for stream in listed if stream.key not in used)

    def _workstream(self, printed: str, anchor: Anchor, streams: list[Workstream]) -> Workstream | None:
        if not printed:
            return None
        for place, stream in enumerate(streams):
            if same_workstream(printed, stream.name) or printed in stream.aliases:
                if printed not in (stream.name, *stream.aliases):
                    aliases = (*stream.aliases, printed)
                    streams[place] = stream.model_copy(update={"aliases": aliases})
                return streams[place]
        new = Workstream(key=self._key("workstream", printed), anchors=(anchor,), name=printed, listed=False)
        streams.append(new)
        self._context.doubts.ask(
            QuestionKind.UNLISTED_WORKSTREAM,
            f"The delivery plan has a workstream “{printed}” that the theme's list of workstreams does not name. "
            "Is it one of those in the list under another name?",
            anchors=(anchor,),
            item=new.key,
        )
        return new

    def _ask_about_unused(self, unused: Iterable[Workstream]) -> None:
        for stream in unused:
            self._context.doubts.ask(
                QuestionKind.UNLISTED_WORKSTREAM,
                f"The theme lists a workstream “{stream.name}” for which the delivery plan has no action. "
                "Is it there under another name?",
                anchors=stream.anchors,
                item=stream.key,
            )


def name_and_rest(item: ListItem) -> tuple[str, str]:
    """The name that opens a list item, in bold or before a spaced dash or a colon, and what is said of it."""
    if item.strong:
        return item.strong.strip(" :"), _LEADING_DASH.sub("", item.rest)
    found = re.match(r"(?P<name>.+?)(?:\s+[-–—]\s+|:\s+)(?P<rest>.+)$", item.text)
    return (found["name"].strip(), found["rest"].strip()) if found else (item.text, "")


def is_lead_in(item: ListItem) -> bool:
    """Whether an item only introduces those that follow: it ends with a colon."""
    return item.text.rstrip().endswith(":")


def without_lead_ins(items: Iterable[ListItem]) -> Iterator[ListItem]:
    """The items that say something themselves."""
    return (item for item in items if not is_lead_in(item))


def same_workstream(one: str, other: str) -> bool:
    """Whether two names are the same workstream, give or take little words and abbreviations ("MTFP")."""
    first, second = _weighty(one), _weighty(other)
    if fuzz.ratio(" ".join(first), " ".join(second)) >= _SAME_WORKSTREAM:
        return True
    return _abbreviates(first, second) or _abbreviates(second, first)


def _weighty(name: str) -> list[str]:
    return [word for word in words_of(name) if word not in _LITTLE_WORDS]


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Whether the first word of one name is made of the initials of the other's first words, and the rest agrees."""
    if not short or len(short[0]) < 2:
        return False
    letters = len(short[0])
    return "".join(word[0] for word in full[:letters]) == short[0] and full[letters:] == short[1:]
