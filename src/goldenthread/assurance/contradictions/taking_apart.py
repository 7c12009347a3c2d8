"""Taking a plan apart into statements, with every date that a question leaves open."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.wording import Language, Wording
from goldenthread.assurance.kept import kept_for_plans
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import Action, Dates, Item, Milestone, Plan, Section, Theme
from goldenthread.plan.questions import Question, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor

_EXACT = 1_000_000
_TBC = re.compile(r"\b(TBC|TBA|TBD|to be (confirmed|agreed|decided|determined))\b", re.IGNORECASE)
_DATED = frozenset({QuestionKind.DATE_ALIGNMENT, QuestionKind.BLANK_DATE, QuestionKind.UNREAD_DATE})


@kept_for_plans
def statements_of(plan: Plan) -> Statements:
    """Take a plan apart."""
    return _Reading(plan).statements()


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a promise stands: its theme, its action, what is above it and what they are about."""

    theme: Theme
    root: Action
    above: tuple[Action, ...] = ()
    words: frozenset[str] = frozenset()

    def below(self, action: Action, words: frozenset[str]) -> _Around:
        """For the steps of an action; a heading lends its words only."""
        above = self.above if action.heading else (*self.above, action)
        return _Around(self.theme, self.root, above, self.words | words)


class _Reading:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.language = Language.learn(_texts(plan))
        self.doubts = _doubts(plan.questions)
        self.splits = {
            q.item_key: q for q in plan.questions if q.kind is QuestionKind.COMPOUND and q.item_key
        }

    def statements(self) -> Statements:
        milestones = tuple(
            chain.from_iterable(
                self._milestone(milestone, theme) for milestone, theme in _milestones(self.plan)
            )
        )
        promises = tuple(
            promise
            for theme in self.plan.themes
            for action in theme.actions
            for promise in self._action(action, theme)
        )
        deliverables = tuple(
            self._plain(item, ItemKind.DELIVERABLE, item.name, theme)
            for theme in self.plan.themes
            for item in theme.deliverables
        )
        counted = Counter(word for said in (*milestones, *promises) for word in said.core)
        every = len(milestones) + len(promises) + 1
        weights = {word: round(_EXACT * math.log(every / count)) for word, count in counted.items()}
        return Statements(
            self.plan, self.language, milestones, promises, deliverables, tuple(self._aims()), tuple(self._sentences()),
            weights,
        )  # fmt: skip

    def _plain(self, item: Item, kind: ItemKind, text: str, theme: Theme | None) -> Statement:
        return Statement(item, kind, text, self.language.read(text), theme, anchors=item.anchors)

    def _aims(self) -> Iterator[Statement]:
        for theme in self.plan.themes:
            for objective in theme.objectives:
                yield self._plain(objective, ItemKind.OBJECTIVE, objective.text, theme)
            for stream in theme.workstreams:
                if stream.aim:
                    text = f"{stream.name}: {stream.aim}"
                    about = replace(self.language.read(text), core=self.language.read(stream.name).core)
                    yield Statement(stream, ItemKind.WORKSTREAM, text, about, theme, anchors=stream.anchors)
        for factor in self.plan.exit_factors:
            yield self._plain(factor, ItemKind.EXIT_FACTOR, factor.text, None)

    def _sentences(self) -> Iterator[Statement]:
        for section in self.plan.sections:
            for text, anchors in _paragraphs(section):
                for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z])", text):
                    said = sentence.strip()
                    mark = "#" + "-".join(self.language.read(said).text.lower().split()[:8])
                    yield Statement(
                        section,
                        ItemKind.SECTION,
                        said,
                        self.language.read(said),
                        anchors=anchors,
                        key_suffix=mark,
                    )

    def _milestone(self, milestone: Milestone, theme: Theme | None) -> Iterator[Statement]:
        kind = ItemKind.MILESTONE if theme else ItemKind.ENGAGEMENT_MILESTONE
        if question := self.splits.get(milestone.key):
            yield from self._parts(milestone, question, kind, theme)
            return
        doubtful = _dates_of(milestone.key, self.doubts)
        dates = (milestone.dates.approved,) if milestone.dates.approved else doubtful
        yield Statement(
            milestone, kind, milestone.name, self.language.read(milestone.name), theme,
            dates=tuple(filter(None, dates)), status=milestone.status, leads=milestone.leads, anchors=milestone.anchors,
            tbc=bool(_TBC.search(milestone.printed or "")), settled=milestone.dates.approved is not None,
            start=milestone.dates.actual,
        )  # fmt: skip

    def _parts(
        self, milestone: Milestone, question: Question, kind: ItemKind, theme: Theme | None
    ) -> Iterator[Statement]:
        """A milestone that may be two, as its two parts."""
        for candidate in question.candidates[:1]:
            for edit in candidate.edits:
                for part in edit.value if isinstance(edit.value, list) else ():
                    read = Milestone.model_validate(part)
                    dates = (read.dates.approved,) if read.dates.approved else ()
                    yield Statement(
                        milestone, kind, read.name, self.language.read(read.name), theme, dates=dates,
                        status=read.status, leads=milestone.leads, anchors=milestone.anchors, settled=False,
                    )  # fmt: skip

    def _action(self, action: Action, theme: Theme) -> Iterator[Statement]:
        stream = theme.workstream(action.workstream)
        around = self.language.read(stream.name).core if stream else frozenset()
        if not action.title:  # what its steps are about is then all that says what it is about
            around = around.union(
                *(self.language.read(part.title).core for part in action.walk() if part.title)
            )
        yield from self._promise(action, _Around(theme, action, (), around))

    def _promise(self, action: Action, around: _Around) -> Iterator[Statement]:
        wording = self.language.read(action.title) if action.title else self.language.nothing
        if not action.heading:
            yield self._one(action, around, wording)
        for step in action.steps:
            yield from self._promise(step, around.below(action, wording.core))

    def _one(self, action: Action, around: _Around, wording: Wording) -> Statement:
        above, root = around.above, around.root
        due = action.dates.approved
        doubtful = _dates_of(action.key, self.doubts)
        stated = self.doubts.get((action.key, "status"), ())
        return Statement(
            action,
            ItemKind.STEP if above else ItemKind.ACTION,
            action.title or "(no title)",
            wording,
            around.theme,
            root,
            above,
            around.words,
            dates=(due,) if due else doubtful,
            start=action.start,
            status=action.status,
            statuses=frozenset(Status(value) for value in stated),
            tbc=bool(_TBC.search(action.due_printed or "")),
            leads=action.leads or next((part.leads for part in reversed(above) if part.leads), ()),
            anchors=action.anchors or next((part.anchors for part in reversed(above) if part.anchors), ()),
            settled=not doubtful,
            row=None if due else self._printed_of(root),
        )

    def _printed_of(self, root: Action) -> str | None:
        """All dates of an action and its steps, where it is not known which is whose."""
        if (root.key, "dates") not in self.doubts:
            return None
        parts = (date.printed for part in root.walk() for date in _dates_of(part.key, self.doubts))
        return " or ".join(dict.fromkeys(parts)) or None


def _doubts(questions: Iterable[Question]) -> Mapping[tuple[str, str], tuple[Any, ...]]:
    """For each item and field, the values that the readings of the open questions about dates would give it."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for question in questions:
        if question.kind in _DATED:
            for candidate in question.candidates:
                for edit in candidate.edits:
                    found[edit.key, edit.field].append(edit.value)
    return {place: tuple(values) for place, values in found.items()}


def _dates_of(key: str, doubts: Mapping[tuple[str, str], tuple[Any, ...]]) -> tuple[PlanDate, ...]:
    whole = [Dates.model_validate(value).approved for value in doubts.get((key, "dates"), ())]
    single = [PlanDate.model_validate(value) for value in doubts.get((key, "dates.approved"), ()) if value]
    found: dict[str, PlanDate] = {date.edtf: date for date in (*whole, *single) if date}
    return tuple(found.values())


def _milestones(plan: Plan) -> Iterator[tuple[Milestone, Theme | None]]:
    for theme in plan.themes:
        for milestone in theme.milestones:
            yield milestone, theme
    for milestone in plan.engagement_milestones:
        yield milestone, None


def _paragraphs(section: Section) -> Iterator[tuple[str, tuple[Anchor, ...]]]:
    """The paragraphs of a section with where each stands, or where the section does if that is all that is known."""
    own = section.anchors[1:] if len(section.anchors) == len(section.paragraphs) + 1 else ()
    for number, text in enumerate(section.paragraphs):
        yield text.removeprefix("• "), own[number : number + 1] or section.anchors[:1]


def _texts(plan: Plan) -> Iterator[str]:
    for theme in plan.themes:
        yield theme.name
        yield from (stream.name for stream in theme.workstreams)
        yield from (milestone.name for milestone in theme.milestones)
        for action in theme.actions:
            yield from (part.title for part in action.walk() if part.title)
    for section in plan.sections:
        yield from section.paragraphs
