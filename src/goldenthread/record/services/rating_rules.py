"""The council's rating rule: adopting another version, and the versions there are. None is ever replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from goldenthread.assurance.ratings import USUAL_RULE, RatingRule
from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.models.council import Council
from goldenthread.record.models.rating_rules import RatingRuleRecord
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import council_scope, writing


@dataclass(frozen=True)
class AdoptedRule:
    """One version of a council's rule. Number 0 is the usual rule, where the council has adopted none."""

    number: int
    rule: RatingRule
    adopted_on: date | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """By which rule something is rated: "by the rule of version 2, adopted on 7 June 2022"."""
        if self.adopted_on is None:
            return "by the usual rule, as the council has adopted none of its own"
        return f"by the rule of version {self.number}, adopted on {day_words(self.adopted_on)}"


def adopt_rating_rule(
    *, actor: Actor, rule: RatingRule, adopted_on: date, note: str, reason: str
) -> AdoptedRule:
    """Make this the council's rule, as its next version. From now on it rates the past too, and pages say so.

    Raises:
        NotAllowed: The actor may not run the reporting cycle.
        InvalidEdit: It is the rule that counts already, or no reason is given.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, reason):
        Council.objects.select_for_update().get(pk=actor.council)
        held = _versions(actor.council)[0]
        if held.number and held.rule == rule:
            raise InvalidEdit(
                f"This is the rule that counts already, as version {held.number}. Change it first."
            )
        RatingRuleRecord.objects.create(
            council_id=actor.council,
            number=held.number + 1,
            body=rule.model_dump(mode="json"),
            adopted_on=adopted_on,
            note=note.strip(),
        )
        return AdoptedRule(held.number + 1, rule, adopted_on, note.strip())


def rating_rule(council: UUID) -> AdoptedRule:
    """The rule that counts: the newest version."""
    return rating_rules(council)[0]


def rating_rules(council: UUID) -> tuple[AdoptedRule, ...]:
    """Every version, the newest first; never empty, since the usual rule comes before any that is adopted."""
    with council_scope(council):
        return _versions(council)


@lru_cache(maxsize=256)
def rating_rule_at(council: UUID, head: int) -> AdoptedRule:
    """The rule that counts while this is the council's newest revision: adopting another would make a newer one."""
    return rating_rule(council)


def _versions(council: UUID) -> tuple[AdoptedRule, ...]:
    held = RatingRuleRecord.objects.filter(council_id=council).order_by("-number")
    adopted = (
        AdoptedRule(row.number, RatingRule.model_validate(row.body), row.adopted_on, row.note) for row in held
    )
    return (*adopted, AdoptedRule(0, USUAL_RULE))
