"""Forecasts: as known then, censored, explained, abstaining in words, scored in the open; never the lead's date."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from html import unescape
from importlib.resources import files
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.records import ADOPTED, new_council, promised
from support.web_council import person

from goldenthread.forecasting.evening import shipped
from goldenthread.forecasting.plan_forecast import PlanForecast
from goldenthread.forecasting.pooling import pool
from goldenthread.forecasting.promises import Silence, promises_of
from goldenthread.plan import model
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.forecasts import forecasts, told_of
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

LATE, OPEN, NOW = 12, 6, date(2023, 3, 31)
DUE = date(2022, 9, 30)


class Council(NamedTuple):
    """A council whose promises of September 2022 were kept in January 2023, or are open still."""

    officer: Actor
    client: Client
    by_december: int

    def forecast(self, day: date, known_at: int | None = None) -> PlanForecast:
        plan = snapshot(council=self.officer.council, plan="plan", cut_off=day, known_at=known_at)
        return forecasts(council=self.officer.council, plan=plan, cut_off=day, known_at=known_at)

    def page(self, path: str, day: date = NOW) -> str:
        response = self.client.get(f"/plans/plan/{path}?as-at={day}")
        assert response.status_code == 200
        words = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])
        return " ".join(unescape(words).split())


def a_plan() -> model.Plan:
    """Milestones that will be late, some that stay open, and actions of every sort that must be said something of."""
    due = promised("2022-09-30", "30 September 2022")
    ahead = promised("2023-06", "June 2023")
    milestones = tuple(
        model.Milestone(key=f"m{n}", name=f"Milestone {n}", dates=due) for n in range(LATE + OPEN)
    )
    actions = (
        model.Action(
            key="waits",
            title="Bring the new rules in",
            dates=ahead,
            steps=(model.Action(key="step", title="Cabinet approves the rules", dates=promised("2023-09")),),
        ),
        model.Action(key="undated", title="Improve the culture", status=Status.IN_PROGRESS),
        model.Action(key="ongoing", title="Keep meeting", status=Status.ONGOING, dates=ahead),
        model.Action(key="vague", title="Sell the depot", dates=promised("2023/2026")),
        model.Action(key="plain", title="Publish the register", dates=ahead),
    )
    theme = model.Theme(key="t", number=1, name="Everything", milestones=milestones, actions=actions)
    return model.Plan(key="p", council=model.Council(name="Northbury"), title="Plan", themes=(theme,))


@pytest.fixture
def council(council_db: TestDatabase) -> Council:
    officer = new_council()
    load_plan(actor=officer, plan=a_plan(), effective_on=ADOPTED, reason="Approved", slug="plan")
    plan = snapshot(council=officer.council, plan="plan")
    ids = {item.key: item.id for item in (*plan.milestones(), *plan.actions()) if item.id}
    late, open_ = [f"m{n}" for n in range(LATE)], [f"m{n}" for n in range(LATE, LATE + OPEN)]

    def report(day: date, typed: Mapping[str, TypedUpdate]) -> None:
        submit_updates(
            actor=officer,
            plan="plan",
            updates={ids[key]: update for key, update in typed.items()},
            as_at=day,
            seen_revision=head_number(officer.council),
            door=Door.PAGE,
        )

    def expected(words: str) -> TypedUpdate:
        return TypedUpdate(forecast=read_date_phrase(words).date, rating=Rating.GREEN)

    for day, words in ((date(2022, 9, 30), "November 2022"), (date(2022, 11, 30), "December 2022")):
        report(day, {**{key: expected(words) for key in (*late, *open_)}, "plain": expected("August 2023")})
    by_december = head_number(officer.council)
    done = PlanDate.on(date(2023, 1, 20))
    report(date(2023, 1, 31), {key: TypedUpdate(status=Status.COMPLETE, actual=done) for key in late})
    report(NOW, {key: TypedUpdate(no_change=True) for key in open_})
    client = Client()
    client.force_login(person(officer.council, Role.MEMBER))
    return Council(officer, client, by_december)


def test_a_forecast_made_as_at_a_past_day_knows_nothing_of_what_came_later(council: Council) -> None:
    then = date(2022, 12, 15)
    now, known_then = council.forecast(then), council.forecast(then, council.by_december)
    assert now.items == known_then.items, "what was reported later changes nothing"
    assert now.sample.tobytes() == known_then.sample.tobytes()
    assert (now.pooled.outcomes, council.forecast(NOW).pooled.outcomes) == (0, LATE)
    again = council.forecast(then, council.by_december)
    assert again.items == known_then.items, "and it is the same whenever it is made"


def test_promises_still_open_are_counted_and_not_dropped(council: Council) -> None:
    pooled = council.forecast(NOW).pooled
    assert (pooled.outcomes, pooled.open) == (LATE, OPEN + 1), (
        "and the action of which one thing was reported"
    )
    plan = snapshot(council=council.officer.council, plan="plan", cut_off=NOW)
    told = told_of(council=council.officer.council, plan=plan, cut_off=NOW)
    closed = {
        key: each for key, each in told.items() if key not in {f"m{n}" for n in range(LATE, LATE + OPEN)}
    }
    without = pool(shipped(), promises_of(plan, closed), NOW)
    assert sum(pooled.effects.values()) > sum(without.effects.values()), (
        "they make the plan's past look slower"
    )


def test_the_plans_own_past_takes_over_from_the_prior(council: Council) -> None:
    before, after = council.forecast(date(2022, 12, 15)), council.forecast(NOW)
    assert after.pooled.median_slip == (date(2023, 1, 20) - DUE).days
    assert f"{LATE} own outcomes" in after.version
    assert "0 own outcomes" in before.version


def test_it_says_why_and_only_what_moved_the_number(council: Council) -> None:
    open_ = council.forecast(NOW).items[f"m{LATE}"]
    assert "2 earlier moves, 92 days later in all" in open_.because
    assert "90 days past its date" in open_.because
    sizes = [abs(reason.days) for reason in open_.reasons]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 7
    found = council.forecast(NOW)
    waits = found.items["waits"]
    assert "it waits for its steps" in waits.because
    assert waits.p50
    assert waits.p50 >= (found.items["step"].p50 or NOW)
    for item in found.forecast:
        days = [item.p10, item.p25, item.p50, item.p75, item.p80, item.p90]
        assert days == sorted(days, key=lambda day: day or NOW), "the chance never falls with more time"
        assert days[0]
        assert days[0] > NOW, "nothing that is open is done before tomorrow"
    page = council.page("forecast/").partition("with a forecast")[2].partition("Without a forecast")[0]
    assert not re.search(r"(?<!\d)(0|100)% ", page), "nothing is certain"


def test_where_too_little_is_known_it_abstains_and_says_so(council: Council) -> None:
    items = council.forecast(NOW).items
    assert {key: items[key].silence for key in ("undated", "ongoing", "vague", "plain", "m0")} == {
        "undated": Silence.NO_DATE,
        "ongoing": Silence.ONGOING,
        "vague": Silence.TOO_VAGUE,
        "plain": None,
        "m0": Silence.DONE,
    }
    assert "No forecast. No date by which it is to be done was ever stated." in council.page("actions/A2/")
    page = council.page("forecast/")
    assert "1 action: Its date covers more than a year, which is too vague to go on." in page
    untouched = council.page("milestones/M13/", NOW + timedelta(days=800))
    assert "Its date has passed and nothing was told of it for more than a year." in untouched


def test_it_never_takes_the_place_of_the_leads_date_and_each_page_says_by_what_it_was_made(
    council: Council,
) -> None:
    before, head = (
        snapshot(council=council.officer.council, plan="plan"),
        head_number(council.officer.council),
    )
    for path in ("actions/A5/", "forecast/", "forecast/how-good/"):
        council.page(path)
    assert head_number(council.officer.council) == head
    assert snapshot(council=council.officer.council, plan="plan") == before
    page = council.page("actions/A5/")
    dates = page.partition("Forecast date")[2]
    assert dates.startswith(" August 2023"), "the lead's own"
    assert "A forecast changes no date: the approved date and the lead’s stay as they are." in page
    version = council.forecast(NOW).version
    assert version == f"{shipped().version}; method 1; {LATE} own outcomes"
    for path in ("actions/A5/", "milestones/M14/", "forecast/", "forecast/how-good/"):
        assert version in council.page(path), path


def test_the_page_of_scores_shows_the_shipped_back_test_as_it_stands_and_the_plans_own(
    council: Council,
) -> None:
    page = council.page("forecast/how-good/")
    held = json.loads((files("goldenthread.forecasting.prior") / "scores.json").read_text())
    assert f"These are the scores of {held['prior']}." in page
    for kind in held["kinds"]:
        assert f"{kind['forecasts']:,} forecasts of {kind['projects']:,} projects" in page
        assert f"{round(100 * kind['covered'])}% of outcomes fell inside" in page
        for months in ("1", "3", "6"):
            assert f"{kind['brier'][months]:.3f} {kind['brier_of_dates'][months]:.3f}" in page
    own = page.partition("This plan’s own forecasts")[2].partition("Where the forecasts were learned")[0]
    counts = dict(re.findall(r"(\d) months? (\d+) of \d+ promises", own))
    assert int(counts["1"]) > int(counts["3"]) > 0, "only what is known to have come true or not is scored"
    assert "Chance given Forecasts Said on average Came true" in own
    early = council.page("forecast/how-good/", date(2022, 8, 15))
    own = early.partition("This plan’s own forecasts")[2].partition("Where the forecasts were learned")[0]
    assert "Fewer than 20, not shown" in own
    assert "Too few to say" in own


def test_the_shipped_scores_are_of_the_shipped_prior() -> None:
    held = json.loads((files("goldenthread.forecasting.prior") / "scores.json").read_text())
    assert held["prior"] == shipped().version, "run tools/score-prior after tools/fit-prior"


def test_each_state_is_forecast_once_and_with_one_query(council: Council) -> None:
    with CaptureQueriesContext(connection) as queries:
        council.page("actions/A5/")
        council.page("forecast/")
        council.page("milestones/M14/")
    assert len([each for each in queries if "f.value->'rating'" in each["sql"]]) == 1
