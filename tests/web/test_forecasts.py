"""Forecasts on pages: what is said of a promise, the list, the curve, and how good forecasts have been."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council
from support.web_council import council_with, person

from goldenthread.forecasting.plan_forecast import ItemForecast
from goldenthread.forecasting.promises import Known, Promise, PromiseKind
from goldenthread.forecasting.saying import by_words, chance_words
from goldenthread.plan.status import Status
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role, User
from goldenthread.web.presenting.forecasts import chance_cell, fan_of, forecast_words

ON = date(2022, 8, 1)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def main_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words(response.content.decode().partition("<main")[2].partition("</main>")[0])


def reader(council: UUID) -> Client:
    user = User.objects.filter(email="member@example.org").first() or person(council, Role.MEMBER)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "5% or less"),
        (0.04, "5% or less"),
        (0.08, "10%"),
        (0.334, "35%"),
        (0.5, "50%"),
        (1.0, "95% or more"),
    ],
)
def test_chances_come_in_steps_of_five_and_are_never_nought_or_certain(chance: float, said: str) -> None:
    assert chance_words(chance) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 10, 9), "mid-October 2022"),
        (date(2022, 10, 16), "the end of October 2022"),
        (date(2023, 4, 30), "the end of April 2023"),
        (date(2023, 6, 9), "June 2023"),
    ],
)
def test_days_are_no_more_precise_than_they_are_known(day: date, said: str) -> None:
    assert by_words(day, ON) == said


def _item(**fields: object) -> ItemForecast:
    known = Known(Promise("a", PromiseKind.ACTION), ON, Status.IN_PROGRESS, None)
    days = {name: ON + timedelta(days=int(name[1:])) for name in ("p10", "p25", "p50", "p75", "p80", "p90")}
    return ItemForecast(known=known, **{**days, **fields})  # type: ignore[arg-type]


def test_an_approved_date_that_has_passed_is_not_called_a_small_chance() -> None:
    item = _item(due=date(2022, 6, 30))
    assert forecast_words(item).chance == "Its approved date (30 June 2022) has passed."
    assert chance_cell(item) == "Date has passed"


def test_the_fan_keeps_its_order_and_its_table_says_the_same() -> None:
    fan = fan_of(_item(due=date(2022, 9, 30), chance=0.4))
    assert fan
    assert fan.wide[0] <= fan.inner[0] <= fan.middle <= fan.inner[1] <= fan.wide[1] <= 97
    assert [(row.chance, row.by) for row in fan.rows] == [
        ("10%", "Mid-August 2022"),
        ("50%", "The end of September 2022"),
        ("80%", "The end of October 2022"),
        ("90%", "The end of October 2022"),
    ]


def test_the_page_of_an_action_says_the_chance_both_days_why_and_by_what(council_db: TestDatabase) -> None:
    officer = new_council()
    slug = load_small_plan(officer).slug
    client = reader(officer.council)
    page = main_of(client, f"/plans/{slug}/actions/A1/?as-at=2022-08-01")
    said = re.search(
        r"The forecast (\d+%)(?: or less| or more)? chance of being done by its approved date \(30 September 2022\)\. "
        r"As likely as not done by [\w -]+ 20\d\d; an 80% chance by [\w -]+ 20\d\d\. Because: .+?\. By .+?; method 1; "
        r"0 own outcomes\.",
        page,
    )
    assert said, page
    assert int(said[1][:-1]) % 5 == 0
    assert "When it is likely to be done" in page
    assert "Chance of being done By 10%" in page
    undated = main_of(client, f"/plans/{slug}/actions/A2/?as-at=2022-08-01")
    assert "The forecast No forecast. No date by which it is to be done was ever stated." in undated


def test_the_list_is_sorted_filtered_and_paged_and_says_what_it_leaves_out(council_db: TestDatabase) -> None:
    council, slug = council_with(60)
    client = reader(council)
    page = main_of(client, f"/plans/{slug}/forecast/?as-at=2022-08-01")
    assert "60 actions with a forecast, 1 to 50 of 60" in page
    assert "Worked out as at 1 August 2022 by " in page
    last = main_of(client, f"/plans/{slug}/forecast/?as-at=2022-08-01&page=2&of=step&order=plan&theme=1")
    assert "60 steps with a forecast, 51 to 60 of 60" in last
    for wrong in ("of=risk", "order=lead", "theme=7", "page=9"):
        assert client.get(f"/plans/{slug}/forecast/?{wrong}").status_code == 404
    response = client.get(f"/plans/{slug}/forecast/?as-at=2022-08-01&order=slip").content.decode()
    assert "as-at=2022-08-01" in unescape(re.search(r'href="(\?[^"]*order=date[^"]*)"', response)[1])  # type: ignore[index]
    late = main_of(client, f"/plans/{slug}/forecast/?as-at=2025-01-01")
    assert "60 actions: Its date has passed and nothing was told of it for more than a year." in late


def test_a_longer_plan_costs_no_more_queries_and_looking_changes_nothing(council_db: TestDatabase) -> None:
    counted = set()
    for size in (10, 100):
        council, _ = council_with(size)
        user = User.objects.create_user(f"counter{size}@example.org", name="A counter")
        user.memberships.create(council_id=council, role=Role.MEMBER)
        client = Client()
        client.force_login(user)
        before = head_number(council)
        row = []
        for page in ("forecast/", "forecast/how-good/", "actions/A1/", "forecast/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/plans/counting/{page}?as-at=2022-09-30").status_code == 200
            row.append(len(queries))
        assert head_number(council) == before
        counted.add(tuple(row))
    assert len(counted) == 1, counted


def test_how_good_forecasts_are_is_not_said_of_a_plan_that_has_just_begun(council_db: TestDatabase) -> None:
    officer = new_council()
    slug = load_small_plan(officer).slug
    page = main_of(reader(officer.council), f"/plans/{slug}/forecast/how-good/?as-at={ADOPTED}")
    assert "No forecast of this plan is a month old yet" in page
