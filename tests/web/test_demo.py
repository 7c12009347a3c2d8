"""The example signs its officer in on this machine alone, on example data alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, override_settings
from plugins.database import TestDatabase
from support.web_council import Example, council_with, person

from goldenthread.record.models import Role


def lands(client: Client, **headers: str) -> str:
    """Where a visitor to the first page is sent."""
    return str(client.get("/", **headers).url)


@override_settings(DEMO=True)
@override_settings(DEMO_TODAY=date(2022, 6, 7))
def test_on_this_machine_the_example_opens_as_at_its_approval(example: Example) -> None:
    client = Client()
    address = lands(client, HTTP_HOST="localhost:8000")
    assert address == f"/plans/{example.slug}/"
    assert "today is taken to be 7 June 2022" in client.get(address).content.decode()


@override_settings(DEMO=True)
@pytest.mark.parametrize(
    "visit",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_from_elsewhere_or_through_a_proxy_it_asks_to_sign_in(
    example: Example, visit: dict[str, str]
) -> None:
    assert lands(Client(), HTTP_HOST="localhost:8000", **visit).startswith("/accounts/login/")


@override_settings(DEMO=True, ALLOWED_HOSTS=["plans.example.org"])
def test_by_a_public_name_it_asks_to_sign_in(example: Example) -> None:
    assert lands(Client(), HTTP_HOST="plans.example.org").startswith("/accounts/login/")


def test_without_the_setting_it_asks_to_sign_in(example: Example) -> None:
    assert lands(Client(), HTTP_HOST="localhost").startswith("/accounts/login/")


@override_settings(DEMO=True)
def test_a_councils_own_data_is_never_opened_by_itself(council_db: TestDatabase) -> None:
    council, _ = council_with(1)
    person(council, Role.PMO)
    assert lands(Client(), HTTP_HOST="localhost").startswith("/accounts/login/")
