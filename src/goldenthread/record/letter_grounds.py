"""What a sentence of a letter can rest on, by the identifier that people type: "A12", "E3", "CR2", "minute 31/22".

Promises and recommendations of the plan, evidence, change requests with their decisions, meetings and issued reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz, process, utils

from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action, Milestone, Plan
from goldenthread.record.change_requests import HeldRequest, change_requests
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.evidence import evidence_of
from goldenthread.record.models.change_control import RequestState
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.models.reports import ReportRecord, ReportState
from goldenthread.record.reports import promise_names, request_words
from goldenthread.record.scope import council_scope
from goldenthread.reporting.letter import Support
from goldenthread.reporting.sections.phrasing import STATUS_WORDS, date_text

MOST_FOUND = 20
_GOOD_ENOUGH = 60.0
_BETWEEN, _AND = re.compile(r"[,;\n]"), re.compile(r"\band\b")
_NUMBERS = """
SELECT row_id, row_number() OVER (ORDER BY min(id)) FROM change
WHERE council_id = current_council() AND table_name = 'evidence' AND op = 'INSERT' GROUP BY row_id
"""


@dataclass(frozen=True)
class Ground:
    """One thing that a sentence can rest on, and what else it may be called."""

    support: Support
    aliases: tuple[str, ...] = ()


class Grounds:
    """All that a sentence of one council's letter can rest on."""

    def __init__(self, found: Iterable[Ground]) -> None:
        self._all = tuple(ground.support for ground in found)
        self._named: dict[str, Support] = {}

    @classmethod
    def of(cls, found: Iterable[Ground]) -> Grounds:
        """The same, to be looked up by identifier and alias; the first of two with one name has it."""
        listed = tuple(found)
        grounds = cls(listed)
        for ground in listed:
            for name in (ground.support.identifier, *ground.aliases):
                grounds._named.setdefault(_plain(name), ground.support)
        return grounds

    def named(self, typed: str) -> tuple[Support, ...]:
        """What was typed, as what it stands for: identifiers with commas, semicolons, "and" or line ends between them.

        Raises:
            InvalidEdit: Naming every identifier that the record does not have.
        """
        parts = [name for part in _BETWEEN.split(typed) for name in self._apart(part)]
        unknown = [part for part in parts if _plain(part) not in self._named]
        if unknown:
            quoted = ", ".join(f"“{part}”" for part in unknown)
            raise InvalidEdit(
                f"The record has no {quoted}. Type identifiers such as A12, M4, E3 or CR2, with commas between them, "
                "or find them by their words."
            )
        found = (self._named[_plain(part)] for part in parts)
        return tuple({support.identifier: support for support in found}.values())

    def _apart(self, part: str) -> list[str]:
        """One name, or two with "and" between them where no one name has it."""
        names = [part] if _plain(part) in self._named else _AND.split(part)
        return [name.strip() for name in names if name.strip()]

    def like(self, words: str, most: int = MOST_FOUND) -> tuple[Support, ...]:
        """Those whose identifier or words are like these, the likeliest first."""
        if not words.strip():
            return ()
        if exact := self._named.get(_plain(words)):
            return (exact,)
        texts = [f"{support.identifier} {support.says}" for support in self._all]
        found = process.extract(
            words, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=most,
            score_cutoff=_GOOD_ENOUGH,
        )  # fmt: skip
        return tuple(self._all[place] for _, _, place in found)

    def known(self, identifier: str) -> Support | None:
        """What an identifier stands for."""
        return self._named.get(_plain(identifier))


def grounds_of(council: UUID, held: PlanRecord, plan: Plan, on: date) -> Grounds:
    """What sentences about a plan can rest on, as known now: evidence, decisions and meetings as at a day."""
    with council_scope(council):
        found = [*_promises(plan), *_recommendations(plan)]
        found += _evidence(council, held, on)
        found += _requests(change_requests(council, held.id), promise_names(plan))
        found += _meetings()
        found += _reports(held)
    return Grounds.of(found)


def evidence_numbers() -> Mapping[UUID, int]:
    """The number of each piece of evidence of the council in scope, in the order in which they were entered."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        return dict(cursor.fetchall())


def identifiers(supports: Sequence[Support]) -> str:
    """The identifiers of these, as they are typed."""
    return ", ".join(support.identifier for support in supports)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).casefold()


def _promises(plan: Plan) -> Iterator[Ground]:
    for action in plan.actions():
        for part in action.walk():
            if part.ref and not part.heading:
                yield Ground(Support(identifier=part.ref, says=promise_words(part), item=part.id))
    for milestone in plan.milestones():
        if milestone.ref:
            yield Ground(Support(identifier=milestone.ref, says=promise_words(milestone), item=milestone.id))


def promise_words(item: Action | Milestone) -> str:
    """What the plan says of a promise, in a line: "Review the constitution: complete, 30 March 2022"."""
    name = (item.title if isinstance(item, Action) else item.name) or "No title in the plan"
    due = item.dates.approved or item.dates.original
    done = f", done {date_text(item.dates.actual)}" if item.dates.actual else ""
    day = done or (f", due {date_text(due)}" if due else "")
    return f"{name}: {STATUS_WORDS[item.status].lower()}{day}"


def _recommendations(plan: Plan) -> Iterator[Ground]:
    for review in plan.reviews:
        for one in review.recommendations:
            label = one.reference.label()
            support = Support(identifier=one.reference.short_label(), says=one.text or label, item=one.id)
            yield Ground(support, (label,))


def _evidence(council: UUID, held: PlanRecord, on: date) -> Iterator[Ground]:
    numbers = evidence_numbers()
    for piece in evidence_of(council, held.id, as_at=on).pieces:
        if piece.counts and piece.id in numbers:
            says = f"{piece.title}: {piece.shows}" if piece.title else piece.shows
            support = Support(
                identifier=f"E{numbers[piece.id]}", says=f"{says} ({day_words(piece.dated_on)})"
            )
            yield Ground(support, (f"Evidence {numbers[piece.id]}", piece.title))


def _requests(requests: Iterable[HeldRequest], names: Mapping[str, str]) -> Iterator[Ground]:
    for each in requests:
        says = f"{request_words(each, names)}: {RequestState(each.state).label}"
        if each.decided_on:
            says += f" by {each.decided_by}, {day_words(each.decided_on)}"
        support = Support(identifier=f"Change request {each.number}", says=says)
        yield Ground(support, (f"CR{each.number}",))
        if each.decision_reference:
            yield Ground(Support(identifier=each.decision_reference, says=says))


def _meetings() -> Iterator[Ground]:
    for sitting in meetings_of():
        if not sitting.cancelled:
            day = day_words(sitting.held_on)
            yield Ground(
                Support(identifier=f"{sitting.name} {day}", says=f"The meeting of {sitting.name} on {day}")
            )


def _reports(held: PlanRecord) -> Iterator[Ground]:
    issued = ReportRecord.objects.filter(plan=held, state=ReportState.ISSUED).order_by("number")
    for number, title, cut_off in issued.values_list("number", "title", "cut_off"):
        says = f"{title or 'The report that was issued'}, as at {day_words(cut_off)}"
        yield Ground(Support(identifier=f"Report {number}", says=says))
