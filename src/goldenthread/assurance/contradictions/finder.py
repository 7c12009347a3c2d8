"""Finding the contradictions of a plan: candidates by the rare words they share, then what they say is compared."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.assurance.contradictions.aims import aim_contradictions
from goldenthread.assurance.contradictions.likeness import Index
from goldenthread.assurance.contradictions.milestones import milestone_contradictions
from goldenthread.assurance.contradictions.model import Contradiction
from goldenthread.assurance.contradictions.narrative import narrative_contradictions
from goldenthread.assurance.contradictions.sequence import order_contradictions
from goldenthread.assurance.contradictions.taking_apart import statements_of
from goldenthread.assurance.contradictions.twins import twin_contradictions
from goldenthread.assurance.contradictions.within import undated_contradictions
from goldenthread.assurance.kept import kept_for_plans
from goldenthread.plan.model import Plan


@kept_for_plans
def contradictions(plan: Plan) -> tuple[Contradiction, ...]:
    """Every two places of a plan that do not agree, the surest first.

    Nothing is known here of any one council: places are paired by the rare words they share (inverse document
    frequency; Spärck Jones 1972) and by how alike their words are, and then their dates, leads, scope, state and order
    are compared. A date that is in doubt counts with every reading that it may have.
    """
    all_ = statements_of(plan)
    index = Index(all_)
    found = (
        *milestone_contradictions(all_, index),
        *twin_contradictions(all_, index),
        *aim_contradictions(all_),
        *order_contradictions(all_),
        *undated_contradictions(all_),
        *narrative_contradictions(all_),
    )
    return ranked(found)


def ranked(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Each contradiction once, the surest first; of equals in the order of the document."""
    once: dict[tuple[str, str, str], Contradiction] = {}
    for each in found:
        known = once.get(each.identity)
        if known is None or known.strength < each.strength:
            once[each.identity] = each
    return tuple(
        sorted(once.values(), key=lambda each: (-each.strength, each.first.line or 0, each.second.line or 0))
    )
