"""The council's rating rule in versions: none is replaced, and the newest rates the past too."""

from __future__ import annotations

from datetime import date

import pytest
from plugins.database import TestDatabase
from support.records import new_council

from goldenthread.assurance.ratings import PRESETS, USUAL_RULE
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role
from goldenthread.record.services.rating_rules import adopt_rating_rule, rating_rule, rating_rules

JUNE = date(2022, 6, 7)


def test_versions_are_only_added(council_db: TestDatabase) -> None:
    officer = new_council()
    usual = rating_rule(officer.council)
    assert (usual.number, usual.rule, usual.adopted_on) == (0, USUAL_RULE, None)
    assert usual.label == "by the usual rule, as the council has adopted none of its own"
    for name in ("reading", "rotherham"):
        adopt_rating_rule(
            actor=officer,
            rule=PRESETS[name],
            adopted_on=JUNE,
            note="Audit committee, minute 12",
            reason="Agreed",
        )
    held = rating_rules(officer.council)
    assert [(each.number, each.rule) for each in held] == [
        (2, PRESETS["rotherham"]),
        (1, PRESETS["reading"]),
        (0, USUAL_RULE),
    ]
    assert held[0].label == "by the rule of version 2, adopted on 7 June 2022"
    assert held[0].note == "Audit committee, minute 12"
    with pytest.raises(InvalidEdit, match="counts already"):
        adopt_rating_rule(actor=officer, rule=PRESETS["rotherham"], adopted_on=JUNE, note="", reason="Again")
    assert verify(officer.council).ok


def test_only_the_programme_office_adopts_a_rule(council_db: TestDatabase) -> None:
    officer = new_council()
    for role in set(Role) - {Role.PMO}:
        with pytest.raises(NotAllowed):
            adopt_rating_rule(
                actor=Actor(council=officer.council, role=role, name="test"),
                rule=USUAL_RULE,
                adopted_on=JUNE,
                note="",
                reason="Agreed",
            )
