"""Which words mark a text as not for the public. Keyed by hand before the patterns were tried."""

from __future__ import annotations

import pytest

from goldenthread.reporting.public.marking import marking_in, person_in

CERTAIN = (
    "OFFICIAL-SENSITIVE", "Official – Sensitive: commercial", "official_sensitive", "OFFICIAL\u200b-\u00adSENSITIVE",
    "Not for publication", "NOT  FOR\nPUBLICATION", "Schedule 12A", "paragraph 3 of Sch. 12A", "schedule 12 A",
    "Exempt information", "exempt by virtue of paragraph 3", "Private and confidential", "Commercial in confidence",
    "Part 2 item", "the press and public be excluded", "SECRET", "ＯＦＦＩＣＩＡＬ-ＳＥＮＳＩＴＩＶＥ",
)  # fmt: skip
POSSIBLE = (
    "EXEMPT",
    "Restricted",
    "Confidential",
    "Part 2",
    "part II",
    "Engagement part 2",
    "A confidential matter",
)
ORDINARY = (
    "Official opening", "A sensitive matter", "Publish the plan", "Schedule 12", "Part 1", "part 21", "apart 2",
    "Review the secretariat", "Confidence of residents", "Unrestrictedly good",
)  # fmt: skip


@pytest.mark.parametrize("text", CERTAIN)
def test_a_certain_marking_is_one_however_it_is_written(text: str) -> None:
    found = marking_in(f"Sell the site ({text}) to the bidder")
    assert found
    assert found.certain


@pytest.mark.parametrize("text", POSSIBLE)
def test_words_that_may_be_a_marking_count_as_one_and_can_be_let_go(text: str) -> None:
    found = marking_in(text)
    assert found
    assert not found.certain


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_no_marking(text: str) -> None:
    assert marking_in(text) is None


def test_a_person_is_found_by_the_whole_name_alone() -> None:
    assert (
        person_in("Agreed with José  Álvarez-Smith, who leads", ["Jose Alvarez-Smith"])
        == "Jose Alvarez-Smith"
    )
    assert person_in("The May Smithson report", ["May Smith"]) is None
