"""The six-monthly update and the annual report hold what is owed in them, and list what goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.northbury import northbury_matter

from goldenthread.plan.status import Status
from goldenthread.reporting.composing import compose
from goldenthread.reporting.content import Block, tables_in, texts_in, words_of
from goldenthread.reporting.definitions import definition_for
from goldenthread.reporting.matter import IssuedReport, Matter
from goldenthread.reporting.sections import SECTIONS

OWED = {
    "key milestones achieved": "milestones-achieved",
    "evidence of impact": "evidence",
    "next steps": "due",
    "progress issues": "off-course",
    "risks": "risks",
    "resources": "words",
    "changes to the plan": "changes",
}
"""What annual, quarterly and half-yearly reports have to hold, and the section that says it."""
ISSUED = (
    IssuedReport(3, "cabinet", "Progress to September", date(2022, 9, 30), date(2022, 10, 12), "ab" * 32),
    IssuedReport(4, "reviewer-auditor", "For the Auditor", date(2022, 10, 15), date(2022, 10, 20), "cd" * 32),
)


def written(name: str, matter: Matter, **options: object) -> tuple[Block, ...]:
    kind = SECTIONS[name]
    return tuple(kind.write(matter, kind.options.model_validate(options)))


def words(blocks: tuple[Block, ...]) -> str:
    return "\n".join(words_of(text) for block in blocks for text in texts_in(block))


@pytest.mark.parametrize("audience", ["six-monthly", "annual"])
def test_what_is_owed_is_there_and_cannot_be_left_out(audience: str) -> None:
    definition = definition_for(audience)
    kept = {asked.kind.name for asked in definition.sections if asked.mandatory}
    assert set(OWED.values()) <= kept
    assert any("what was spent" in place for place in compose(northbury_matter(), definition).unfinished)


def test_milestones_achieved_are_those_newly_reached_with_their_evidence() -> None:
    matter = northbury_matter()
    assert "No milestones are said to have been reached since 31 July 2022" in words(
        written("milestones-achieved", matter)
    )
    first = matter.plan.themes[0]
    reached = first.milestones[0].model_copy(
        update={"key": "m9", "ref": "M9", "id": None, "status": Status.VERIFIED}
    )
    theme = first.model_copy(update={"milestones": (*first.milestones, reached)})
    plan = matter.plan.model_copy(update={"themes": (theme, *matter.plan.themes[1:])})
    blocks = written("milestones-achieved", replace(matter, plan=plan))
    (table,) = tables_in(blocks)
    assert [words_of(row[0]) for row in table.rows] == ["M9"], "M1 was reached before"
    assert [column.heading for column in table.columns][2:] == [
        "Status", "Original", "Approved", "Forecast", "Actual", "Evidence found enough"
    ]  # fmt: skip


def test_the_reports_of_the_period_are_listed_with_their_hashes() -> None:
    matter = replace(northbury_matter(), issued=ISSUED)
    blocks = written("issued-reports", matter, audiences=("cabinet", "letter"))
    (table,) = tables_in(blocks)
    assert [words_of(cell) for cell in table.rows[0]] == [
        "Progress to September", "3", "30 September 2022", "12 October 2022", "abababababab"
    ]  # fmt: skip
    assert "1 report was issued for a day after 31 July 2022" in words(blocks)
    assert len(next(tables_in(written("issued-reports", matter))).rows) == 2
    assert "No reports were issued" in words(written("issued-reports", northbury_matter()))
