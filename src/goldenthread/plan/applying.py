"""The plan that a proposed change would make. Nothing leaves a plan: what ends stays in it, and says what went on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goldenthread.plan.changes import Change, compare
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.destinations import DECIDED, Destination
from goldenthread.plan.edits import EditError, apply_edits
from goldenthread.plan.flat import flatten
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Dates, Link, LinkKind, Milestone, Plan
from goldenthread.plan.proposals import (
    Closure,
    Deferral,
    Division,
    Merger,
    NewAction,
    NewDate,
    NewMeasure,
    NewWording,
    Part,
    ProposalError,
    ProposedChange,
    Resumption,
    Supersession,
    Transfer,
    action_above,
    find,
    find_statement,
    find_theme,
)
from goldenthread.plan.questions import Edit
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status

STOPPED = frozenset({Status.DEFERRED, Status.CANCELLED, Status.SUPERSEDED})
"""The statuses that only a decision gives, and only a decision takes away."""
_ENDED = frozenset({Status.CANCELLED, Status.SUPERSEDED})
_CARRIED = frozenset({LinkKind.CONTRIBUTES, LinkKind.PRODUCES, LinkKind.MITIGATES})
"""What a promise does for others, and its successor does after it."""


def apply_change(plan: Plan, change: ProposedChange) -> Plan:
    """The plan with the change made.

    Recommendations that a promise answers go to what takes its place, so that none is left without an answer. Steps of
    a promise that stops and that are still open stop with it.

    Raises:
        ProposalError: The plan has no such item, or it does not allow the change; the message says why.
    """
    try:
        new = apply_edits(plan, _edits(plan, change))
    except EditError as error:
        raise ProposalError(str(error)) from error
    if new == plan:
        raise ProposalError("The plan says so already: there is nothing to change.")
    return new


def effect_of(plan: Plan, change: ProposedChange) -> tuple[Change, ...]:
    """What the change would alter, item by item and field by field; raises as `apply_change` does."""
    return compare(plan, apply_change(plan, change))


def _edits(plan: Plan, change: ProposedChange) -> list[Edit]:
    match change:
        case NewDate():
            return _dated(find(plan, change.item), change.date)
        case NewMeasure():
            find_statement(plan, change.item)
            return _set(change.item, measure=change.measure, text=change.text)
        case NewWording():
            return _reworded(find(plan, change.item), change.title, change.leads)
        case NewAction():
            return _added(plan, change)
        case Closure():
            return _stopped(plan, change.item, Status.CANCELLED)
        case Deferral():
            return _deferred(plan, change)
        case Resumption():
            return _resumed(plan, change)
        case Merger():
            return _merged(plan, change)
        case Division():
            return _divided(plan, change)
        case Supersession():
            return _superseded(plan, (change.item,), change.by, "Superseded")
        case Transfer():
            return _transferred(plan, change)


def _set(key: str, **fields: Any) -> list[Edit]:
    return [
        Edit(key=key, field=name.replace("__", "."), value=value)
        for name, value in fields.items()
        if value is not None
    ]


def _dated(item: Action | Milestone, to: PlanDate | None) -> list[Edit]:
    """What is approved for the first time is the original too."""
    if to is None:
        return []
    value = to.model_dump(mode="json")
    first = value if item.dates.original is None and item.dates.approved is None else None
    return _set(item.key, dates__approved=value, dates__original=first)


def _reworded(item: Action | Milestone, title: str | None, leads: tuple[str, ...] | None) -> list[Edit]:
    named = {"title" if isinstance(item, Action) else "name": title}
    return _set(item.key, **named, leads=None if leads is None else list(leads))


def _stopped(plan: Plan, key: str, status: Status) -> list[Edit]:
    item = find(plan, key)
    if item.status in _ENDED or item.status is status:
        raise ProposalError(f"“{_title(item)}” is {item.status} already.")
    below = list(item.all_steps()) if isinstance(item, Action) else []
    stopping = [item, *(step for step in below if not step.status.is_closed)]
    return [Edit(key=each.key, field="status", value=status.value) for each in stopping]


def _deferred(plan: Plan, change: Deferral) -> list[Edit]:
    return [
        *_stopped(plan, change.item, Status.DEFERRED),
        *_dated(find(plan, change.item), change.until),
    ]


def _resumed(plan: Plan, change: Resumption) -> list[Edit]:
    item = find(plan, change.item)
    if item.status not in STOPPED:
        raise ProposalError(
            f"“{_title(item)}” was not stopped by a decision, so it need not be taken up again."
        )
    return [*_set(item.key, status=Status.IN_PROGRESS.value), *_dated(item, change.date)]


def _merged(plan: Plan, change: Merger) -> list[Edit]:
    stays = find(plan, change.item)
    return [
        *_superseded(plan, change.others, change.item, "Merged"),
        *_reworded(stays, change.title, None),
        *_dated(stays, change.date),
    ]


def _superseded(plan: Plan, ended: Sequence[str], by: str, note: str) -> list[Edit]:
    if by in ended:
        raise ProposalError("An item cannot take its own place. Choose another.")
    if len(set(ended)) != len(ended):
        raise ProposalError("An item is named twice. Name each once.")
    heir, closing = find(plan, by), [find(plan, key) for key in ended]
    if any(by == part.key for item in closing if isinstance(item, Action) for part in item.walk()):
        raise ProposalError(f"“{_title(heir)}” is a step of what is to end. Choose a promise that stays.")
    if not isinstance(heir, Action) and any(_cited((), closing)):
        raise ProposalError(
            f"“{_title(heir)}” is a milestone and answers no recommendation. Choose an action."
        )
    if heir.status in STOPPED:
        raise ProposalError(f"“{_title(heir)}” is {heir.status}, so nothing can go on in it.")
    edits = [edit for key in ended for edit in _stopped(plan, key, Status.SUPERSEDED)]
    if isinstance(heir, Action):
        cited = _cited(heir.references, closing)
        edits += _set(by, references=[each.model_dump(mode="json", by_alias=True) for each in cited])
    return [*edits, _linked(plan, _thread(plan, ended, [by], note))]


def _divided(plan: Plan, change: Division) -> list[Edit]:
    item = find(plan, change.item)
    taken = {flat.key for flat in flatten(plan)}
    parts = [_child(item, part, taken) for part in change.parts]
    stopped = apply_edits(plan, _stopped(plan, change.item, Status.SUPERSEDED))
    family = [find(stopped, change.item), *parts]
    replaced = [each.model_dump(mode="json", by_alias=True) for each in family]
    return [
        Edit(key=item.key, field="replaced_by", value=replaced),
        _linked(plan, _thread(plan, [item.key], [part.key for part in parts], "Split")),
    ]


def _transferred(plan: Plan, change: Transfer) -> list[Edit]:
    link = Link(
        key=_free(f"{DECIDED}{change.item}/{slug(change.to)}", {each.key for each in plan.links}),
        kind=LinkKind.TRANSFERRED_TO,
        source=change.item,
        target=change.to,
        note=Destination(change.to, change.action or "", change.link or "").note,
    )
    return [*_stopped(plan, change.item, Status.SUPERSEDED), _linked(plan, [link])]


def _added(plan: Plan, change: NewAction) -> list[Edit]:
    theme, action = find_theme(plan, change.item), action_above(plan, change.item)
    taken = {flat.key for flat in flatten(plan)}
    if theme:
        if change.workstream and theme.workstream(change.workstream) is None:
            raise ProposalError(f"The theme “{theme.name}” has no workstream “{change.workstream}”.")
        field, held = "actions", theme.actions
    elif action:
        field, held = "steps", action.steps
    else:
        raise ProposalError(f"The plan has no theme and no action “{change.item}” any more.")
    made = _action(change.item, change.part, taken, leads=(), workstream=change.workstream)
    listed = [each.model_dump(mode="json", by_alias=True) for each in (*held, made)]
    return [Edit(key=change.item, field=field, value=listed)]


def _child(item: Action | Milestone, part: Part, taken: set[str]) -> Action | Milestone:
    """One of the promises into which an item is split: as it was, unless the part says otherwise."""
    if isinstance(item, Action):
        cited = tuple(_cited((), [item]))
        return _action(item.key, part, taken, leads=item.leads, workstream=item.workstream, references=cited)
    leads = item.leads if part.leads is None else part.leads
    key = _free(f"{item.key}/added/{slug(part.title)}", taken)
    return Milestone(key=key, name=part.title, leads=leads, dates=_first(part.date))


def _action(above: str, part: Part, taken: set[str], *, leads: tuple[str, ...], **more: Any) -> Action:
    return Action(
        key=_free(f"{above}/added/{slug(part.title)}", taken),
        title=part.title,
        leads=leads if part.leads is None else part.leads,
        dates=_first(part.date),
        status=Status.NOT_STARTED,
        **more,
    )


def _first(on: PlanDate | None) -> Dates:
    return Dates(original=on, approved=on)


def _free(wanted: str, taken: set[str]) -> str:
    """The key, numbered if it is taken; it is taken from now on."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key)
    return key


def _cited(own: Iterable[Reference], ended: Iterable[Action | Milestone]) -> Iterator[Reference]:
    """The references of a successor: its own, then those of what ends and of its steps, each once."""
    inherited = (
        reference
        for item in ended
        if isinstance(item, Action)
        for part in item.walk()
        for reference in part.references
    )
    yield from dict.fromkeys((*own, *inherited))


def _thread(plan: Plan, ended: Sequence[str], heirs: Sequence[str], note: str) -> Iterator[Link]:
    """From what ends to what goes on; and what each that ends did for others, as done by its heirs."""
    taken = {link.key for link in plan.links}
    done = {(link.kind, link.source, link.target) for link in plan.links}

    def link(kind: LinkKind, source: str, target: str, said: str | None) -> Iterator[Link]:
        if (kind, source, target) not in done:
            done.add((kind, source, target))
            key = _free(f"link/{kind.value.replace('_', '-')}/{source}/{target}", taken)
            yield Link(key=key, kind=kind, source=source, target=target, note=said)

    for heir in heirs:
        for each in ended:
            yield from link(LinkKind.SUPERSEDES, heir, each, note)
            carried = (held for held in plan.links if held.kind in _CARRIED and held.source == each)
            for held in carried:
                yield from link(held.kind, heir, held.target, held.note)


def _linked(plan: Plan, links: Iterable[Link]) -> Edit:
    listed = [link.model_dump(mode="json") for link in (*plan.links, *links)]
    return Edit(key=plan.key, field="links", value=listed)


def _title(item: Action | Milestone) -> str:
    words = item.title if isinstance(item, Action) else item.name
    return words or item.ref or item.key
