"""Milestone trends: original line, diagonal, table beside, sliding called out, the movement explained in a click."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.records import ADOPTED, new_council, promised
from support.web_council import person

from goldenthread.plan import model
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.services.change_control import Decision, propose_change, record_decision
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

SAID = {
    date(2022, 7, 31): {"M1": "October 2022", "M2": None},
    date(2022, 8, 31): {"M1": "November 2022", "M2": None},
    date(2022, 9, 30): {"M1": "December 2022", "M2": "October 2022"},
}
"""What was reported of three milestones promised for September 2022: one slides, one moves once, one is silent."""


class Council(NamedTuple):
    """A council with three milestones, and a member's browser; `second` is the second report's revision."""

    officer: Actor
    client: Client
    second: int

    def page(self, path: str) -> str:
        response = self.client.get(f"/plans/plan/{path}")
        assert response.status_code == 200
        return str(response.content.decode())


@pytest.fixture
def council(council_db: TestDatabase) -> Council:
    officer = new_council()
    milestones = tuple(
        model.Milestone(key=f"m-{n}", name=f"Milestone {n}", dates=promised("2022-09")) for n in (1, 2, 3)
    )
    theme = model.Theme(key="t", number=1, name="Everything", milestones=milestones)
    plan = model.Plan(key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,))
    load_plan(actor=officer, plan=plan, effective_on=ADOPTED, reason="Approved", slug="plan")
    ids = {
        milestone.ref: milestone.id
        for milestone in snapshot(council=officer.council, plan="plan").milestones()
    }
    revisions = []
    for day, said in SAID.items():
        typed = {
            ids[ref]: TypedUpdate(forecast=read_date_phrase(words).date)
            if words
            else TypedUpdate(no_change=True)
            for ref, words in said.items()
        }
        submit_updates(
            actor=officer,
            plan="plan",
            updates=typed,  # type: ignore[arg-type]  # all are on the record
            as_at=day,
            seen_revision=head_number(officer.council),
            door=Door.PAGE,
        )
        revisions.append(head_number(officer.council))
    client = Client()
    client.force_login(person(officer.council, Role.MEMBER))
    return Council(officer, client, revisions[1])


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def points(page: str) -> list[list[tuple[float, float]]]:
    """The corners of each line of the chart."""
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in drawn.split())]
        for drawn in re.findall(r'<polyline [^>]*points="([^"]+)"', page)
    ]


def test_the_chart_has_the_original_line_the_diagonal_and_its_table_beside_it(council: Council) -> None:
    page = council.page("milestones/M2/?as-at=2022-10-15")
    (line,) = points(page)
    assert len(line) == 4, "the day of approval and three reports"
    (original,) = re.findall(r'gt-trend__original"[^>]* y1="([\d.]+)" y2="([\d.]+)"', page)
    assert original[0] == original[1], "level"
    assert float(original[0]) == line[0][1], "it was first expected on its original date"
    left, bottom, right, top = map(
        float,
        re.findall(r'gt-trend__diagonal" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', page)[0],
    )
    assert right - left == bottom - top, "45 degrees"
    assert [y for _, y in line[:3]] == [line[0][1]] * 3, "level while it holds"
    assert line[3][1] < line[2][1], "up when it slips"
    assert '<title id="trend-title">' in page
    assert '<desc id="trend-desc">' in page
    rows = text(page.partition("The date expected on each day of a report")[2])
    for row in (
        "7 June 2022 2022-09 As approved First date",
        "31 August 2022 2022-09 As approved Held",
        "30 September 2022 October 2022 The lead 31 days later",
    ):
        assert row in rows


def test_rising_at_45_degrees_is_called_out(council: Council) -> None:
    page = council.page("milestones/M1/?as-at=2022-10-15")
    (line,) = points(page)
    (x, y), *_, (last_x, last_y) = line[1:]
    assert y - last_y == pytest.approx(last_x - x, abs=0.2), "61 days later in 61 days"
    called = "Sliding day for day: since 31 July 2022 its date has moved 61 days in 61 days."
    assert called in text(page)
    assert "Sliding" not in text(council.page("milestones/M2/?as-at=2022-10-15"))
    together = text(council.page("trends/?as-at=2022-10-15"))
    assert f"M1 Milestone 1. {called}" in together


def test_many_are_read_together_by_their_numbers_with_one_query_more_or_less(council: Council) -> None:
    page = council.page("trends/?as-at=2022-10-15")
    assert len(points(page)) == 3
    assert re.findall(r'gt-trend__label"[^>]*>(\w+)<', page) == ["M1", "M2", "M3"]
    heights = [float(y) for y in re.findall(r'gt-trend__label" x="[\d.]+" y="([\d.]+)"', page)]
    assert min(abs(a - b) for a in heights for b in heights if a is not b) >= 15, "no label covers another"
    with CaptureQueriesContext(connection) as queries:
        council.page("trends/?as-at=2022-10-15")
    assert len([each for each in queries if "FROM dated_fact" in each["sql"]]) == 1


def test_the_chart_is_as_known_at_a_revision(council: Council) -> None:
    known_then = council.page(f"milestones/M1/?as-at=2022-10-15&known-at={council.second}")
    assert len(points(known_then)[0]) == 3
    assert "December 2022" not in text(known_then.partition("The date expected")[2].partition("History")[0])
    assert len(points(council.page("milestones/M1/?as-at=2022-08-15"))[0]) == 2


def test_the_movement_is_explained_in_one_click(council: Council) -> None:
    for page in ("milestones/M1/?as-at=2022-10-15", "trends/?as-at=2022-10-15"):
        (link, *_) = re.findall(r'href="([^"]*ratings/explain/[^"]*)"', council.page(page))
        told = council.client.get(unescape(link))
        assert told.status_code == 200
        words = text(told.content.decode())
        assert "M1 Milestone 1: forecast date from Not set to December 2022" in words
    both = "from=30+June+2022&to=31+August+2022"
    words = text(council.page(f"ratings/explain/?of=milestone&{both}"))
    assert "M1 Milestone 1: forecast date from Not set to November 2022" in words


def drawn(page: str, pattern: str) -> list[tuple[float, ...]]:
    """The numbers that a pattern finds in the drawing, in its order."""
    return [tuple(map(float, found)) for found in re.findall(pattern, page)]


def test_the_original_line_stays_when_the_date_is_rebaselined_and_what_is_done_lies_on_the_diagonal(
    council: Council,
) -> None:
    original = r'gt-trend__original" x1="[\d.]+" x2="[\d.]+" y1="([\d.]+)" y2="([\d.]+)"'
    change = NewDate(item="m-2", date=PlanDate.from_edtf("2022-12", "December 2022"))
    officer = council.officer
    number = propose_change(
        actor=officer, plan="plan", change=change, reason="Staff left", proposed_on=date(2022, 10, 3)
    )
    decision = Decision(approved=True, body="Cabinet", reference="12/22", decided_on=date(2022, 10, 10))
    seen = head_number(officer.council)
    record_decision(actor=officer, plan="plan", number=number, decision=decision, seen_revision=seen)
    (before,), (after,) = (
        drawn(council.page(f"milestones/M2/?as-at={day}"), original) for day in ("2022-10-09", "2022-10-15")
    )
    page = council.page("milestones/M2/?as-at=2022-10-15")
    (line,) = points(page)
    assert len(line) == 5, "the decision is a reading of its own"
    assert line[0][1] == after[0] == after[1], "the first date expected is the original still"
    assert before[0] == before[1]
    assert "Original date 2022-09" in text(page), "in words too"
    done = TypedUpdate(status=Status.COMPLETE, actual=PlanDate.on(date(2022, 10, 12)))
    ids = {each.ref: each.id for each in snapshot(council=officer.council, plan="plan").milestones()}
    submit_updates(
        actor=officer,
        plan="plan",
        updates={ids["M3"]: done},  # type: ignore[dict-item]  # it is on the record
        as_at=date(2022, 10, 13),
        seen_revision=head_number(officer.council),
        door=Door.PAGE,
    )
    kept = council.page("milestones/M3/?as-at=2022-10-15")
    diagonal = r'gt-trend__diagonal" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"'
    ((left, bottom, _, _),) = drawn(kept, diagonal)
    ((x, y),) = drawn(kept, r'<circle class="gt-actual" cx="([\d.]+)" cy="([\d.]+)"')
    assert x - left == pytest.approx(bottom - y, abs=0.2)
