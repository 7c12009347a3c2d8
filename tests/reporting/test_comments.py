"""Two months beginning with a day, by the corresponding date."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.reporting.comments import response_due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2022, 9, 22), date(2022, 11, 21)),
        (date(2022, 12, 31), date(2023, 2, 28)),
        (date(2023, 12, 30), date(2024, 2, 29)),
        (date(2023, 12, 29), date(2024, 2, 28)),
        (date(2022, 3, 1), date(2022, 4, 30)),
        (date(2022, 11, 1), date(2022, 12, 31)),
    ],
)
def test_the_executive_has_two_months_beginning_with_the_day(received: date, due: date) -> None:
    assert response_due(received) == due
