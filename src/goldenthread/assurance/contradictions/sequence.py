"""Steps in an order that cannot be: something is settled, repeated or put to use before what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from goldenthread.assurance.contradictions.likeness import likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ, says
from goldenthread.assurance.contradictions.statements import Statement, Statements, comes_before
from goldenthread.assurance.contradictions.wording import Act
from goldenthread.plan.flat import ItemKind

_GOVERNING = re.compile(r"\b(strategy|policy|framework|plan|programme)\b", re.IGNORECASE)
_USING = re.compile(
    r"\b(business cases?|projects?|pipeline|workstreams|delivered|delivery|implemented)\b", re.IGNORECASE
)
_CURRENT = re.compile(r"\b(current|existing|old|present)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(new|replacement|successor)\b", re.IGNORECASE)
_RECOMMENDATIONS = "recommend"
_SHARE = 0.3


def order_contradictions(all_: Statements) -> Iterator[Contradiction]:
    """Every two steps of an action in an order that cannot be; and recommendations that are carried out too soon."""
    for promises in all_.by_root.values():
        steps = [promise for promise in promises if promise.kind is ItemKind.STEP and promise.dates]
        for later in steps:
            for earlier in steps:
                if earlier is not later and any(rule(all_, later, earlier) for rule in _RULES):
                    like = likeness(all_, later, earlier)
                    yield differ(all_, Kind.ORDER, (later, earlier), like, (says(later), says(earlier)))
    yield from _recommendations_too_soon(all_)


Rule = Callable[[Statements, Statement, Statement], bool]
"""Whether the first comes before the second although it rests on it."""


def _share(all_: Statements, one: Statement, other: Statement) -> bool:
    shared = all_.weight(one.core & other.core)
    return bool(shared) and shared >= _SHARE * min(all_.weight(one.core), all_.weight(other.core))


def _repeated_first(all_: Statements, later: Statement, earlier: Statement) -> bool:
    """A refresher before the first delivery has ended. Whichever way a doubtful row is read."""
    if Act.REFRESH not in later.wording.acts or Act.DELIVER not in earlier.wording.acts:
        return False
    if Act.REFRESH in earlier.wording.acts or later.root is not earlier.root:
        return False
    titled = all_.language.read(later.root.title or "").core if later.root else frozenset()
    about = _share(all_, later, earlier) or bool(titled & earlier.core)
    return about and max(d.latest for d in later.dates) < max(d.latest for d in earlier.dates)


def _approved_before_engagement(all_: Statements, later: Statement, earlier: Statement) -> bool:
    """What is approved before those who are to determine it have been heard."""
    approves = Act.APPROVE in later.wording.acts and Act.ENGAGE in earlier.wording.acts
    return approves and _share(all_, later, earlier) and comes_before(later, earlier)


def _used_before_approved(all_: Statements, later: Statement, earlier: Statement) -> bool:
    """Business cases, or delivery, under a strategy that is approved only later."""
    governs = Act.APPROVE in earlier.wording.acts and _GOVERNING.search(earlier.text)
    uses = _USING.search(later.text) and not later.wording.acts & {Act.APPROVE, Act.EXPLORE, Act.DESIGN}
    return bool(governs and uses) and bool(later.core & earlier.core) and comes_before(later, earlier)


def _gap_between_contracts(_all: Statements, later: Statement, earlier: Statement) -> bool:
    """A new arrangement that begins in a month after the old one has ended: nothing runs in between."""
    ends = Act.END in later.wording.acts and _CURRENT.search(later.text)
    begins = earlier.wording.acts & {Act.DELIVER, Act.START} and _NEW.search(earlier.text)
    return bool(ends and begins) and comes_before(later, earlier)


_RULES: tuple[Rule, ...] = (
    _repeated_first, _approved_before_engagement, _used_before_approved, _gap_between_contracts,
)  # fmt: skip


def _recommendations_too_soon(all_: Statements) -> Iterator[Contradiction]:
    """Recommendations that are carried out no later than the report that makes them is completed."""
    speaking = [promise for promise in all_.promises if _RECOMMENDATIONS in promise.core and promise.dates]
    made = [
        p
        for p in speaking
        if {Act.REPORT, Act.COMPLETE} <= p.wording.acts and Act.DELIVER not in p.wording.acts
    ]
    done = [p for p in speaking if Act.DELIVER in p.wording.acts and p.kind is ItemKind.STEP]
    for report in made:
        for use in done:
            shared = (use.core & report.bag) - {_RECOMMENDATIONS}
            if (
                use.root is report.root
                or not shared
                or all_.weight(shared) < 0.5 * all_.weight(use.core - {_RECOMMENDATIONS})
            ):
                continue
            if max(d.latest for d in use.dates) <= max(d.latest for d in report.dates):
                yield differ(
                    all_, Kind.ORDER, (use, report), likeness(all_, use, report), (says(use), says(report))
                )
