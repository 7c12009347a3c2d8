"""`goldenthread sample`: the same seed draws the same, and every sample is kept."""

from __future__ import annotations

from goldenthread.record.models import AuditSample
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import council_register

from .conftest import Invoke


def test_the_same_seed_draws_the_same_and_both_samples_are_kept(held: Invoke) -> None:
    asked = ("sample", "--all", "--size", "2", "--seed", "Audit 2022", "--as-at", "2022-06-07")
    first, again, other = held(*asked), held(*asked), held(*asked[:-3], "another seed", *asked[-2:])
    assert (first.status, again.status, other.status) == (0, 0, 0), (first.err, other.err)
    assert first.out == again.out
    assert len(first.out.splitlines()) == 2
    assert "2 actions, seed Audit 2022, as at 7 June 2022" in first.err
    with council_scope(council_register()[0].id):
        assert sorted(AuditSample.objects.values_list("seed", flat=True)) == [
            "Audit 2022",
            "Audit 2022",
            "another seed",
        ]


def test_where_nothing_is_said_to_be_done_there_is_nothing_to_draw(held: Invoke) -> None:
    done = held("sample", "--seed", "1", "--as-at", "2022-06-07")
    assert done.status == 2
    assert "nothing to draw from" in done.err
