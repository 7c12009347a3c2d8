"""The end of a plan: where what is still open goes on, and what can be certified when the plan is closed."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance.coverage import Row, RowKind
from goldenthread.assurance.ratings import Promise
from goldenthread.plan.days import day_words
from goldenthread.plan.model import Action
from goldenthread.plan.status import CHECKED
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Paragraph,
    Strong,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.onward import Onward
from goldenthread.reporting.sections.phrasing import (
    BY_ASSURER,
    DATES,
    EVIDENCE,
    STATUS_WORDS,
    PromiseList,
    Told,
    answers_text,
    listed,
    named,
)
from goldenthread.reporting.sections.registry import Options, section

NOWHERE = "Nowhere yet"
_MANY = 10
"""Actions that are named one by one; with more, their numbers stand in one line."""
_REQUIRED = {RowKind.ELEMENT, RowKind.EXIT_FACTOR}


@section("exit-map", Options)
def exit_map(matter: Matter, _: Options) -> Iterator[Block]:
    """Every open action with the plan in which it goes on, how far it is assured, and what it answers."""
    onward = _onward(matter)
    count = matter.figure("exit.unfinished", len(onward.unfinished))
    yield Paragraph(
        said(
            "{all} not finished: {open} still open here, and {left} passed on to another plan by decision. "
            "Of {bare} nobody has decided where they go on; for {waiting} of these a place is proposed.",
            all=opened(counted(count, "action is", "actions are")),
            open=counted(_open_figure(matter, onward), "is", "are"),
            left=counted(matter.figure("exit.left", len(onward.left)), "was", "were"),
            bare=counted(matter.figure("exit.unmapped", len(onward.unmapped)), "action"),
            waiting=(matter.figure("exit.waiting", len(onward.waiting)),),
        )
    )
    caption = "Where open actions go on"
    places = (
        Told("Goes on in", 3.4, lambda _, each: (_place(onward, each),)),
        Told("Decided by, and why", 3.4, lambda _, each: (_decision(onward, each),)),
        Told("Answers", 3.0, lambda _, each: (answers_text(each),)),
    )
    yield from listed(matter, PromiseList(caption, caption, onward.unfinished, count, places))
    how = (
        Told("Status", 1.9, lambda _, each: (STATUS_WORDS[onward.stood(each)],)),
        *DATES,
        Told("Moved", 1.3, _moved),
        Told("Steps done and checked", 2.2, _steps),
        EVIDENCE,
        BY_ASSURER,
    )
    if onward.unfinished:
        yield Paragraph(
            said(
                "What goes on takes this with it: its dates, how often the approved one was moved, how it stood, "
                "and what was checked. What was passed on has the status that it had before the decision."
            )
        )
    asked = PromiseList(
        "How far open actions are", "How far each of these has come", onward.unfinished, count, how
    )
    yield from listed(matter, asked)


@section("closing-certificate", Options)
def closing_certificate(matter: Matter, _: Options) -> Iterator[Block]:
    """What can be certified on the day: that every open action has a place and no recommendation is unassigned; or
    what stands in the way."""
    onward, rows = _onward(matter), matter.coverage.rows
    unassigned = [row for row in matter.coverage.recommendations if not row.answering and not row.is_lifted]
    required = [row for row in rows if row.kind in _REQUIRED and not row.answering and not row.is_lifted]
    stands = not (onward.unmapped or unassigned or required)
    day = day_words(matter.cut_off)
    opening = (
        f"It is certified that as at {day}:" if stands else f"This certificate cannot be given as at {day}."
    )
    yield Paragraph((Strong(opening),))
    yield Bullets(tuple(_findings(matter, onward, unassigned, required)))
    if not stands:
        yield Paragraph(("What stands in the way:",))
        yield Bullets(tuple(_obstacles(onward, [*unassigned, *required])))
    yield Paragraph(
        said(
            "It can be drawn up again at any time, from change {revision} of the record, whose hash is {hash}.",
            revision=f"{matter.known.revision}",
            hash=matter.known.hash,
        )
    )


def _findings(matter: Matter, onward: Onward, unassigned: list[Row], required: list[Row]) -> Iterator[Text]:
    bare = matter.figure("exit.unassigned", sum(row.count for row in unassigned))
    needs = matter.figure("exit.required", sum(row.count for row in required))
    left = matter.figure("exit.unmapped", len(onward.unmapped))
    flags = matter.figure("coverage.flags", matter.coverage.flags)
    yield (
        *opened(counted(bare, "recommendation is", "recommendations are")),
        " without an action that answers;",
    )
    yield (
        *opened(counted(needs, "requirement of a direction or exit factor is",
                        "requirements of directions or exit factors are")),
        " without an action that answers;",
    )  # fmt: skip
    yield *opened(counted(left, "open action is", "open actions are")), " without another plan to go on in;"
    yield *opened(counted(flags, "flag is open", "flags are open")), " on the certificate of coverage."


def _obstacles(onward: Onward, rows: list[Row]) -> Iterator[Text]:
    """Each thing that somebody has to settle before the certificate can be given."""
    for row in rows:
        yield (
            f"{row.source}, {row.name}: no action answers it{f', since {row.because}' if row.because else ''}.",
        )
    yield from ((f"{words}.",) for words in _placeless(onward))


def _placeless(onward: Onward) -> Iterator[str]:
    """Each action without a place; where there are many of whom nobody has said anything, all of those together."""
    unsaid = [each for each in onward.unmapped if onward.proposed(each) is None]
    for each in onward.waiting:
        passing = onward.passing[each.item.key]
        where = (
            f"proposed to go on in {passing.to} (change request {passing.request}), and nobody has decided"
        )
        yield f"{named(each)}: {where}"
    if len(unsaid) > _MANY:
        refs = ", ".join(each.item.ref or each.name for each in unsaid)
        yield f"Nobody has said where these go on: {refs}"
    else:
        yield from (f"{named(each)}: nobody has said where it goes on" for each in unsaid)


def _onward(matter: Matter) -> Onward:
    return Onward(matter.plan, matter.actions, matter.passing)


def _open_figure(matter: Matter, onward: Onward) -> Figure:
    return matter.figure("actions.open", len(onward.unfinished) - len(onward.left))


def _place(onward: Onward, promise: Promise) -> str:
    place, proposed = onward.places.get(promise.item.key), onward.proposed(promise)
    if place:
        return f"{place} ({place.address})" if place.address else str(place)
    return f"{NOWHERE}. Proposed: {proposed.to}" if proposed else NOWHERE


def _decision(onward: Onward, promise: Promise) -> str:
    passing = onward.passing.get(promise.item.key)
    if passing and passing.decided_on and promise.item.key in onward.places:
        decided = f"{passing.decided_by}, {passing.reference}, {day_words(passing.decided_on)}"
        return f"{decided} (change request {passing.request}). {passing.reason}"
    if proposed := onward.proposed(promise):
        return f"Not decided (change request {proposed.request}). {proposed.reason}"
    return "The plan says so" if promise.item.key in onward.places else "Not decided"


def _moved(matter: Matter, promise: Promise) -> Text:
    moves = matter.moves.get(promise.item.id, 0) if promise.item.id else 0
    return ("Never" if not moves else "Once" if moves == 1 else f"{moves} times",)


def _steps(_: Matter, promise: Promise) -> Text:
    steps = promise.item.all_steps() if isinstance(promise.item, Action) else ()
    found = [step.status for step in steps]
    if not found:
        return ("No steps",)
    done, checked = sum(each.is_done for each in found), sum(each in CHECKED for each in found)
    return (f"{done} of {len(found)} done, {checked} checked",)
