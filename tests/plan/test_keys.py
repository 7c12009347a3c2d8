"""Keys: the same text gives the same key, no key is given twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldenthread.plan.keys import KeyMint, slug


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Director – Law & Governance", "director-law-and-governance"),
        ("Sandwell’s plan", "sandwells-plan"),
        ("Café – 4-yearly cycle", "cafe-4-yearly-cycle"),
        ("  ▶ • ", "untitled"),
        ("", "untitled"),
        ("協議会", "untitled"),
        ("x" * 100, "x" * 60),
    ],
)
def test_slug(text: str, words: str) -> None:
    assert slug(text) == words


def test_a_slug_is_cut_at_a_word() -> None:
    assert slug("one two three four", longest=10) == "one-two"
    assert slug("one two three four", longest=13) == "one-two-three"


@given(st.text())
def test_a_slug_is_plain_short_and_never_empty(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 60
    assert slug(slug(text)) == slug(text)


WANTED = st.lists(
    st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b", ""]), min_size=1, max_size=2), max_size=30
)


@given(WANTED)
@example([["a"], ["a"], ["a-2"], ["a-2"], ["a"]])
def test_no_key_is_given_twice_and_the_same_wishes_get_the_same_keys(wanted: list[list[str]]) -> None:
    first, second = KeyMint(), KeyMint()
    given_out = [first.key(*parts) for parts in wanted]
    assert len(given_out) == len(set(given_out))
    assert given_out == [second.key(*parts) for parts in wanted]


def test_the_first_of_its_name_has_the_plain_key() -> None:
    mint = KeyMint()
    assert [mint.key("action", "culture", "review") for _ in range(3)] == [
        "action/culture/review", "action/culture/review-2", "action/culture/review-3",
    ]  # fmt: skip
    assert mint.key("step", "culture", "review") == "step/culture/review"
