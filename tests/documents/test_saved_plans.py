"""A plan reads the same from any file that it is saved in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.readings import ANY_PLAN, projection, reading_of
from support.saved import FORMATS, saved

from goldenthread.documents import SourceFormat, document_from_bytes, excerpt_at
from goldenthread.reading import read_plan


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("text_of", ANY_PLAN)
def test_a_plan_reads_the_same_from_any_file(text_of: Callable[[], str], ending: str) -> None:
    """In all but one place: a PDF does not say whether a space stood at the end of a line, after the dash here."""
    text = text_of().replace("–completed", "– completed")
    document = document_from_bytes(saved(text, ending), f"plan.{ending}")
    assert document.format is SourceFormat(ending)
    differences = projection(reading_of(text)).differences(projection(read_plan(document)))
    assert not differences, "\n".join(found[:500] for found in differences[:10])


@pytest.mark.parametrize("ending", FORMATS)
def test_every_action_can_be_found_in_its_file(ending: str) -> None:
    """Whatever an anchor names, the passage shows the row with the action's title."""
    text = next(iter(ANY_PLAN)).values[0]()
    document = document_from_bytes(saved(text.replace("–completed", "– completed"), ending), f"plan.{ending}")
    plan = read_plan(document)
    assert len(list(plan.actions())) > 50
    for action in plan.actions():
        shown = excerpt_at(document, action.anchors[0])
        (marked,) = [line for line in shown if line.marked]
        for word in (action.title or "").split()[:2]:
            assert word.strip("–,") in marked.text
        assert len(shown) > 1
