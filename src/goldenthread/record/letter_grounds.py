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
from goldenthread.plan.model import Plan
from goldenthread.record.change_requests import HeldRequest, change_requests
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.evidence import evidence_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.issued import HeldReport
from goldenthread.record.models.change_control import RequestState
from goldenthread.record.models.reports import ReportRecord, ReportState
from goldenthread.record.reports import promise_names, request_words
from goldenthread.record.scope import council_scope
from goldenthread.record.snapshot_cache import snapshot_cached
from goldenthread.reporting.letter import Support
from goldenthread.reporting.letter.grounds import says_of
from goldenthread.reporting.letter.model import PLAN, RECORD

MOST_FOUND = 20
_GOOD_ENOUGH, _SHORT = 70.0, 4
_BETWEEN, _LEADING_AND = re.compile(r"[,;\n]|\band\b"), re.compile(r"^and\b")
_EDGES = " \t\r\n,;"
_NUMBERS = """
SELECT row_id, row_number() OVER (ORDER BY min(id)) FROM change
WHERE council_id = current_council() AND table_name = 'evidence' AND op = 'INSERT' GROUP BY row_id
"""


class UnknownGround(InvalidEdit):
    """A sentence is said to rest on something that the record does not have; the message names it."""


@dataclass(frozen=True)
class Ground:
    """One thing that a sentence can rest on, and what else it may be called."""

    support: Support
    aliases: tuple[str, ...] = ()


class Grounds:
    """All that a sentence of one council's letter can rest on."""

    def __init__(self, found: Iterable[Ground]) -> None:
        grounds = tuple(found)
        self._all = tuple(ground.support for ground in grounds)
        self._named: dict[str, Support] = {}
        for ground in grounds:  # the first of two with one name has it
            for name in (ground.support.identifier, *ground.aliases):
                self._named.setdefault(_plain(name), ground.support)

    def named(self, typed: str, also: Iterable[Support] = ()) -> tuple[Support, ...]:
        """What was typed, as what it stands for: identifiers with commas, semicolons, "and" or line ends between them.

        `also` is what may be named although the record offers it no longer, such as what a sentence rests on already.

        Raises:
            UnknownGround: Naming every identifier that the record does not have.
        """
        known = {_plain(one.identifier): one for one in also} | self._named
        parts = list(_apart(typed, known))
        if unknown := [part for part in parts if _plain(part) not in known]:
            quoted = ", ".join(f"“{part}”" for part in unknown)
            raise UnknownGround(
                f"The record has no {quoted}. Type identifiers such as A12, M4, E3 or CR2, with commas between them, "
                "or find them by their words."
            )
        found = (known[_plain(part)] for part in parts)
        return tuple({support.identifier: support for support in found}.values())

    def like(self, words: str, most: int = MOST_FOUND) -> tuple[Support, ...]:
        """Those whose identifier or words are like these, the likeliest first."""
        if not words.strip():
            return ()
        if exact := self._named.get(_plain(words)):
            return (exact,)
        texts = [f"{support.identifier} {support.says}" for support in self._all]
        found = process.extract(
            words, texts, scorer=_likeness, processor=utils.default_process, limit=most,
            score_cutoff=_GOOD_ENOUGH,
        )  # fmt: skip
        return tuple(self._all[place] for _, _, place in found)


def letter_grounds(report: HeldReport, on: date) -> Grounds:
    """What the sentences of a letter can rest on: the plan as at its cut-off and the rest as at a day."""
    with council_scope(report.council):
        plan = snapshot_cached(
            council=report.council,
            plan=report.plan,
            cut_off=report.cut_off,
            known_at=head_number(report.council),
        )
        return grounds_of(report.council, report.plan, plan, on)


def grounds_of(council: UUID, plan_id: UUID, plan: Plan, on: date) -> Grounds:
    """What sentences about a plan can rest on, as known now: evidence as at a day, decisions, meetings, reports."""
    with council_scope(council):
        found = [*_whole(plan), *_promises(plan), *_recommendations(plan)]
        found += _evidence(council, plan_id, on)
        found += _requests(change_requests(council, plan_id), promise_names(plan))
        found += _meetings()
        found += _reports(plan_id)
    return Grounds(found)


def _likeness(one: str, other: str, **_: object) -> float:
    """How alike two texts are: the same words in any order, or one a part of the other."""
    return max(fuzz.token_set_ratio(one, other), fuzz.partial_ratio(one, other) if len(one) > _SHORT else 0.0)


def evidence_numbers() -> Mapping[UUID, int]:
    """The number of each piece of evidence of the council in scope, in the order in which they were entered."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        return dict(cursor.fetchall())


def identifiers(supports: Sequence[Support]) -> str:
    """The identifiers of these, as they are typed."""
    return ", ".join(support.identifier for support in supports)


def _apart(typed: str, known: Mapping[str, Support]) -> Iterator[str]:
    """The names in a text, the longest known one first: a reference may have a comma or an "and" in it."""
    rest = _after(typed)
    while rest:
        ends = [len(rest), *(match.start() for match in reversed(list(_BETWEEN.finditer(rest))))]
        end = next((end for end in ends if _plain(rest[:end]) in known), ends[-1])
        yield rest[:end].strip()
        rest = _after(rest[end:])


def _after(rest: str) -> str:
    """What follows a name, without what stands between it and the next."""
    return _LEADING_AND.sub("", rest.strip(_EDGES)).strip(_EDGES)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).casefold()


def _whole(plan: Plan) -> Iterator[Ground]:
    """The plan itself, and the record of it, on which counts rest."""
    yield Ground(Support(identifier=PLAN, says=plan.title))
    yield Ground(Support(identifier=RECORD, says=f"All that the record holds of {plan.title}"))


def _promises(plan: Plan) -> Iterator[Ground]:
    for action in plan.actions():
        for part in action.walk():
            if part.ref and not part.heading:
                yield Ground(
                    Support(
                        identifier=part.ref,
                        says=f"{part.title or 'No title in the plan'}: {says_of(part)}",
                        item=part.id,
                    )
                )
    for milestone in plan.milestones():
        if milestone.ref:
            yield Ground(
                Support(
                    identifier=milestone.ref,
                    says=f"{milestone.name}: {says_of(milestone)}",
                    item=milestone.id,
                )
            )


def _recommendations(plan: Plan) -> Iterator[Ground]:
    for review in plan.reviews:
        for one in review.recommendations:
            label = one.reference.label()
            support = Support(identifier=one.reference.short_label(), says=one.text or label, item=one.id)
            yield Ground(support, (label,))


def _evidence(council: UUID, plan_id: UUID, on: date) -> Iterator[Ground]:
    numbers = evidence_numbers()
    for piece in evidence_of(council, plan_id, as_at=on).pieces:
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


def _reports(plan_id: UUID) -> Iterator[Ground]:
    issued = ReportRecord.objects.filter(plan=plan_id, state=ReportState.ISSUED).order_by("number")
    for number, title, cut_off in issued.values_list("number", "title", "cut_off"):
        says = f"{title or 'The report that was issued'}, as at {day_words(cut_off)}"
        yield Ground(Support(identifier=f"Report {number}", says=says))
