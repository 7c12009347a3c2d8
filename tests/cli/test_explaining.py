"""`goldenthread explain-ratings`: what moved between two days, in words and as JSON."""

from __future__ import annotations

import json

from .conftest import Invoke


def test_what_moved_is_told_in_words_and_as_json(held: Invoke) -> None:
    told = held("explain-ratings", "--from", "7 June 2022", "--to", "1 January 2023")
    assert told.status == 0, told.err
    assert told.out.startswith("Green stayed the same, from 0% (0 of ")
    assert "Rated by the usual rule, as the council has adopted none of its own." in told.out
    assert "late by up to 31 days (one month)" in told.out
    assert "moved." in told.err

    days = ("--from", "7 June 2022", "--to", "1 January 2023")
    content = json.loads(held("explain-ratings", *days, "--of", "milestone", "--json").out)
    assert content["from"] == "2022-06-07"
    assert content["to"] == "2023-01-01"
    for side in ("from", "to"):
        assert sum(count[side] for count in content["counts"].values()) == content["totals"][side]
    assert content["rule"]["version"] == 0
    assert content["moved"] == []


def test_days_the_wrong_way_round_and_before_the_plan_are_refused(held: Invoke) -> None:
    turned = held("explain-ratings", "--from", "2023-01-01", "--to", "2022-06-07")
    assert turned.status == 2
    assert "Give the earlier day first" in turned.err
    early = held("explain-ratings", "--from", "2020-01-01", "--to", "2022-06-07")
    assert early.status == 2
    assert "took effect on 7 June 2022" in early.err
