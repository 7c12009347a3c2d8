"""The sample for internal audit: by chance, repeatable by hand, and fair to themes where that is asked."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.needs import require_tool

from goldenthread.assurance.sampling import Candidate, draw_sample

NINE = [Candidate(f"id-{number}", "ABC"[number % 3]) for number in range(9)]
candidates = st.lists(
    st.builds(Candidate, st.text(min_size=1, max_size=8), st.sampled_from("ABCD")),
    min_size=1,
    max_size=40,
    unique_by=lambda candidate: candidate.id,
)


def test_it_can_be_drawn_by_hand() -> None:
    """As the documentation says: the smallest SHA-256 of the seed and the id, by a program that is not ours."""
    program = require_tool("sha256sum")
    hashes = {
        each.id: subprocess.run(
            [str(program)], input=f"audit 2022{each.id}".encode(), capture_output=True, check=True
        ).stdout.split()[0]
        for each in NINE
    }
    by_hand = sorted(hashes, key=lambda id_: hashes[id_])[:4]
    assert [each.id for each in draw_sample(NINE, 4, "audit 2022")] == by_hand


@given(candidates, st.integers(1, 50), st.text(max_size=8), st.booleans(), st.randoms())
def test_the_order_of_the_candidates_does_not_matter(
    pool: list[Candidate], size: int, seed: str, stratified: bool, random: object
) -> None:
    shuffled = list(pool)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    drawn = draw_sample(pool, size, seed, stratified=stratified)
    assert drawn == draw_sample(shuffled, size, seed, stratified=stratified)
    assert len(drawn) == len(set(drawn)) == min(size, len(pool))
    assert set(drawn) <= set(pool)


@given(candidates, st.integers(1, 40), st.text(max_size=8))
def test_each_stratum_gets_its_share_to_the_nearest_whole_number(
    pool: list[Candidate], size: int, seed: str
) -> None:
    size = min(size, len(pool))
    drawn = Counter(each.stratum for each in draw_sample(pool, size, seed, stratified=True))
    for stratum, count in Counter(each.stratum for each in pool).items():
        assert abs(drawn[stratum] - size * count / len(pool)) < 1


def test_more_drawn_begins_with_what_less_would_draw() -> None:
    assert draw_sample(NINE, 8, "s")[:3] == draw_sample(NINE, 3, "s")


def test_every_candidate_is_drawn_about_as_often() -> None:
    drawn = Counter(each.id for seed in range(900) for each in draw_sample(NINE, 3, str(seed)))
    assert all(240 < drawn[each.id] < 360 for each in NINE), drawn  # 300 expected; four deviations are 57


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        draw_sample(NINE, 0, "s")
