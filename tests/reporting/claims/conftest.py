"""The published plan and letter, read once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from support.needs import require_data

from goldenthread.documents import document_from_bytes, read_document
from goldenthread.plan.model import Plan
from goldenthread.reading import read_plan
from goldenthread.reporting.claims import ClaimCheck, check_claims

Check = Callable[[str], ClaimCheck]


@pytest.fixture(scope="session")
def published_plan() -> Plan:
    return read_plan(read_document(require_data("plans/sandwell-improvement-plan-2022.txt")))


@pytest.fixture(scope="session")
def letter_text() -> str:
    return require_data("plans/sandwell-letter-june-2023.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checked(published_plan: Plan) -> Check:
    """What the published plan makes of a text for the seven months that the letter reports on."""

    def check(text: str) -> ClaimCheck:
        letter = document_from_bytes(text.encode(), "letter.txt")
        return check_claims(letter, published_plan, since=date(2022, 12, 1), until=date(2023, 6, 30))

    return check


@pytest.fixture(scope="session")
def real(checked: Check, letter_text: str) -> ClaimCheck:
    return checked(letter_text)
