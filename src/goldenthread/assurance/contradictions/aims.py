"""What the plan says that there will be, against the work that would make it so: deliverables, objectives, aims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldenthread.assurance.contradictions.likeness import likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.saying import differ
from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.wording import Act
from goldenthread.plan.flat import ItemKind
from goldenthread.plan.model import LinkKind

_MOST_OFTEN = 60
_MENTIONED, _ABOUT = 0.35, 0.6
_BEST = 0.05
_SAME = 0.75
_PREPARING = frozenset({Act.EXPLORE, Act.ENGAGE})
_BEGINNING = frozenset({Act.EXPLORE, Act.ENGAGE, Act.DESIGN, Act.START})
_DOING = frozenset({Act.DELIVER, Act.PROCURE})
_ONLY_TOWARDS = re.compile(
    r"\b(asks?|bids?|requests?|business case|brief|proposals?|initial|first draft|terms of reference)\b",
    re.IGNORECASE,
)
_REVISES = re.compile(r"\b(revis|refresh|updat|renew)\w*", re.IGNORECASE)


def aim_contradictions(all_: Statements) -> Iterator[Contradiction]:
    """Every deliverable that nothing produces, and every aim that the actions do not share."""
    produced = {link.target for link in all_.plan.links if link.kind is LinkKind.PRODUCES}
    by_word: dict[str, list[Statement]] = {}
    for row in (*all_.promises, *all_.milestones):
        for word in row.core:
            by_word.setdefault(word, []).append(row)
    for deliverable in all_.deliverables:
        if deliverable.key not in produced:
            speaking = _speaking(all_, deliverable, by_word, _MENTIONED)
            yield from _only_prepared(all_, deliverable, speaking)
            yield from _achieved_elsewhere(all_, deliverable, speaking)
    for aim in all_.aims:
        yield from _further_or_less(all_, aim, by_word)


Speaking = list[tuple[float, Statement]]
"""Rows with the share of a statement's subject words that they hold, best first."""


def _speaking(
    all_: Statements, said: Statement, by_word: dict[str, list[Statement]], least: float
) -> Speaking:
    """The rows that hold most of the subject words of a statement."""
    whole = all_.whole(said.core)
    telling = [word for word in all_.telling(said.core, 3) if len(by_word.get(word, ())) <= _MOST_OFTEN]
    seen: dict[int, Statement] = {id(row): row for word in telling for row in by_word.get(word, ())}
    scored = [(all_.weight(said.core & row.core) / whole, row) for row in seen.values()] if whole else []
    return sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])


def _only_prepared(all_: Statements, deliverable: Statement, speaking: Speaking) -> Iterator[Contradiction]:
    """A deliverable towards which the plan only explores, asks or begins."""
    if deliverable.wording.acts & _BEGINNING:
        return
    whole = all_.whole(deliverable.core)
    speaking = [pair for pair in speaking if all_.weight(deliverable.core & pair[1].bag) >= _ABOUT * whole]
    best = [row for share, row in speaking if share >= speaking[0][0] - _BEST]
    if best and all(_prepares(row, deliverable) for row in best):
        row = min(best, key=lambda row: (row.kind is ItemKind.MILESTONE, len(row.text)))
        only = "explores it" if row.wording.first_act is Act.EXPLORE else f"goes as far as “{row.text}”"
        yield differ(
            all_,
            Kind.PRODUCER,
            (deliverable, row),
            likeness(all_, deliverable, row),
            ("to be produced", only),
        )


def _prepares(row: Statement, thing: Statement) -> bool:
    """Whether a row only leads up to the thing that it names."""
    revises = _REVISES.search(row.text)
    if row.wording.acts == {Act.REVIEW} and Act.REVIEW not in thing.wording.acts and not revises:
        return True
    acts = row.wording.acts
    begins = bool(acts & {Act.START, Act.EXPLORE}) and acts <= _BEGINNING
    return begins or row.wording.first_act is Act.EXPLORE or bool(_ONLY_TOWARDS.search(row.text))


def _achieved_elsewhere(
    all_: Statements, deliverable: Statement, speaking: Speaking
) -> Iterator[Contradiction]:
    """A deliverable that is still to come in one theme and has been achieved in another."""
    for share, row in speaking:
        elsewhere = row.kind is ItemKind.MILESTONE and row.theme is not deliverable.theme
        if share == 1 and elsewhere and row.is_done and len(deliverable.core) > 1:
            like = likeness(all_, deliverable, row)
            yield differ(all_, Kind.STATE, (deliverable, row), like, ("still to be produced", "achieved"))


def _further_or_less(
    all_: Statements, aim: Statement, by_word: dict[str, list[Statement]]
) -> Iterator[Contradiction]:
    """An aim that explores what an action of the theme implements, or the other way round."""
    acts = aim.wording.acts
    if not acts & (_PREPARING | _DOING):
        return
    for share, row in _speaking(all_, aim, by_word, _SAME):
        if row.kind is not ItemKind.ACTION or (aim.theme and row.theme is not aim.theme):
            continue
        does = row.wording.first_act in _DOING
        explores = row.wording.first_act is Act.EXPLORE
        if aim.theme and does and Act.EXPLORE in acts and acts <= _PREPARING:
            said = ("explore", "implement")
        elif explores and acts & _DOING:
            said = ("procure or implement", "explore")
        else:
            continue
        if share >= _SAME:
            yield differ(all_, Kind.STATE, (aim, row), likeness(all_, aim, row), said)
