"""Ratings: the rule is printed and recomputed, stated ratings are held against it, and a fall in green is explained.

The question that members of a council asked its officers: explain the fall from 70% to 58% green.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import unescape
from typing import NamedTuple

import pytest
from django.test import Client
from plugins.database import TestDatabase
from support.records import ADOPTED, new_council, promised
from support.web_council import person

from goldenthread.assurance.ratings import (
    Cause,
    RatingClass,
    Reperformance,
    explain_movement,
    rate,
    reperform,
    tally,
)
from goldenthread.plan import model
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.rating_rules import rating_rule
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

THEN, NOW = date(2022, 9, 15), date(2022, 10, 15)
STAYS, LAPSES, FINISHES, LATE, SILENT = 28, 4, 3, 5, 10
"""Of fifty actions: 28 stay green, 4 pass their date, 3 are finished, 5 are long late, and of 10 nothing is known."""


class Council(NamedTuple):
    """The council of the question, somebody of its programme office, and that person's browser."""

    officer: Actor
    client: Client

    def plan(self, day: date, known_at: int | None = None) -> model.Plan:
        return snapshot(council=self.officer.council, plan="plan", cut_off=day, known_at=known_at)

    def page(self, path: str) -> str:
        response = self.client.get(f"/plans/plan/{path}")
        assert response.status_code == 200, response.content.decode()[-2000:]
        return words_of(response.content.decode())


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def council(council_db: TestDatabase) -> Council:
    officer = new_council()
    load_plan(actor=officer, plan=fifty_actions(), effective_on=ADOPTED, reason="Approved", slug="plan")
    held = Council(officer, Client())
    report(held, {f"late-{n}": TypedUpdate(rating=Rating.GREEN) for n in range(2)}, date(2022, 9, 1))
    report(held, {"late-2": TypedUpdate(rating=Rating.RED)}, date(2022, 9, 1))
    finished = {f"finishes-{n}": TypedUpdate(status=Status.COMPLETE) for n in range(FINISHES)}
    begun = {"silent-0": TypedUpdate(status=Status.IN_PROGRESS)}
    report(held, {**finished, **begun}, date(2022, 10, 10))
    held.client.force_login(person(officer.council, Role.PMO))
    return held


def fifty_actions() -> model.Plan:
    def some(name: str, count: int, due: str, status: Status = Status.IN_PROGRESS) -> Iterable[model.Action]:
        for number in range(count):
            key = f"{name}-{number}"
            yield model.Action(key=key, title=key, status=status, dates=promised(due))

    actions = (
        *some("stays", STAYS, "2023-03"),
        *some("lapses", LAPSES, "2022-09"),
        *some("finishes", FINISHES, "2023-03"),
        *some("late", LATE, "2022-07"),
        *some("silent", SILENT, "2023-03", Status.UNKNOWN),
    )
    theme = model.Theme(key="t", number=1, name="Everything", actions=actions)
    return model.Plan(key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,))


def report(council: Council, said: dict[str, TypedUpdate], on: date) -> None:
    ids = {action.key: action.id for action in council.plan(on).actions()}
    submit_updates(
        actor=council.officer,
        plan="plan",
        updates={ids[key]: typed for key, typed in said.items()},  # type: ignore[misc]  # all are on the record
        as_at=on,
        seen_revision=head_number(council.officer.council),
        door=Door.PAGE,
    )


def test_a_fall_from_70_to_58_percent_green_is_explained_by_the_exact_items(council: Council) -> None:
    rule = rating_rule(council.officer.council).rule
    told = explain_movement(council.plan(THEN), council.plan(NOW), rule, THEN, NOW)
    assert told.sentence() == "Green fell from 70% (35 of 50) to 58% (29 of 50): 7 left it and 1 joined it."
    moved = {each.key: (each.before, each.after, each.causes) for each in told.moved}
    assert moved == {
        **{f"lapses-{n}": (RatingClass.GREEN, RatingClass.AMBER, (Cause.TIME,)) for n in range(LAPSES)},
        **{
            f"finishes-{n}": (RatingClass.GREEN, RatingClass.COMPLETE, (Cause.STATUS,))
            for n in range(FINISHES)
        },
        "silent-0": (RatingClass.NOT_RATED, RatingClass.GREEN, (Cause.STATUS,)),
    }
    page = council.page("ratings/explain/?from=15+September+2022&to=15+October+2022")
    assert told.sentence() in page
    assert "The promises that moved: 1 to 8 of 8" in page
    for each in told.moved:
        assert f"{each.ref} {each.name}" in page
        assert each.sentence in page


def test_complete_is_not_green_and_unknown_is_counted_and_shown(council: Council) -> None:
    plan, rule = council.plan(NOW), rating_rule(council.officer.council).rule
    counted = tally(plan, rule, NOW)
    assert counted.total == 50
    assert counted.counts[RatingClass.COMPLETE] == FINISHES
    assert counted.counts[RatingClass.NOT_RATED] == SILENT - 1
    silent = rate(plan, rule, NOW)["silent-1"]
    assert silent.reason == (
        "Nobody has said how it stands; its approved date, 2023-03 (to 31 March 2023), has not passed."
    )
    page = council.page("ratings/?as-at=2022-10-15")
    for share in ("58% (29 of 50)", "6% (3 of 50)", "18% (9 of 50)", "10% (5 of 50)", "8% (4 of 50)"):
        assert share in page
    listed = council.page("ratings/?as-at=2022-10-15&show=not_rated")
    assert "Not rated: 1 to 9 of 9" in listed
    assert silent.reason in listed


def test_every_stated_rating_that_disagrees_with_the_rule_is_listed(council: Council) -> None:
    found = reperform(council.plan(NOW), rating_rule(council.officer.council).rule, NOW)
    assert {(each.key, each.stated, each.rule) for each in found.disagreements} == {
        ("late-0", "Green", RatingClass.RED),
        ("late-1", "Green", RatingClass.RED),
    }
    assert found == Reperformance(stated=3, agreed=1, cannot_tell=0, disagreements=found.disagreements)
    page = council.page("ratings/?as-at=2022-10-15")
    assert "Of 3 stated ratings, 1 agree, 2 disagree" in page
    for each in found.disagreements:
        assert f"{each.ref} {each.name} Green by the lead Red Better than the rule. {each.reason}" in page


def test_changing_the_rule_recomputes_the_past_and_labels_it(council: Council) -> None:
    before = council.page("ratings/?as-at=2022-09-15")
    assert "by the usual rule" in before
    assert "late by up to 31 days (one month)" in before
    assert "10% (5 of 50) Red" in before

    refused = council.client.post("/plans/plan/ratings/rule/", {"basis": "date", "amber_days": "soon"})
    assert refused.status_code == 400
    assert "enter a whole number" in words_of(refused.content.decode())
    typed = {
        "name": "Two months of grace",
        "basis": "date",
        "against": "approved",
        "amber_days": "62",
        "adopted_on": "1 November 2022",
        "reason": "Audit committee, minute 12",
    }
    assert council.client.post("/plans/plan/ratings/rule/", typed).status_code == 302

    after = council.page("ratings/?as-at=2022-09-15")
    assert "by the rule of version 1, adopted on 1 November 2022" in after
    assert "late by up to 62 days (two months)" in after
    assert "10% (5 of 50) Amber" in after
    explained = council.page("ratings/explain/?from=15+September+2022&to=15+October+2022")
    assert "Both days are rated by the rule of version 1, adopted on 1 November 2022" in explained
    assert "late-0" in explained, "77 days late is red now and was amber"
    on_lists = council.page("themes/1/?as-at=2022-09-15")
    assert "late by up to 62 days (two months)" in on_lists, "the rule's text stands wherever its colour does"
    versions = council.page("ratings/rule/")
    assert "Version 1, adopted on 1 November 2022" in versions
    assert "Before any was adopted: By the approved date" in versions
