"""Whatever is done to a file, it is read or refused in a sentence; and every question about it can be answered."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.damage import damaged
from support.readings import ANY_PLAN, example_text, reading_of

from goldenthread.documents import DocumentError, document_from_bytes
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.edits import answer
from goldenthread.plan.flat import assemble, flatten
from goldenthread.plan.model import Plan
from goldenthread.reading import NoPlanError, read_plan

any_plan = pytest.mark.parametrize("text_of", ANY_PLAN)
Text = Callable[[], str]
LONGEST = 60
"""A guard against readings that never end, in seconds. How fast they are is for the benchmarks."""


def _too_long(*_: object) -> None:
    raise TimeoutError(f"This reading takes more than {LONGEST} seconds.")


def read(content: bytes, name: str = "plan.txt") -> Plan | None:
    """The plan in the file, or None when it is refused as it should be."""
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST)
    try:
        return read_plan(document_from_bytes(content, name))
    except (NoPlanError, DocumentError):
        return None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def dates_of(plan: Plan) -> Iterator[PlanDate]:
    for action in plan.actions():
        for promise in action.walk():
            yield from filter(None, (promise.start, promise.dates.approved, promise.dates.actual))
    for milestone in plan.milestones():
        yield from filter(None, (milestone.dates.approved, milestone.dates.actual))


def assert_sound(plan: Plan, text: str) -> None:
    """What has to be true of a reading, however bad the page."""
    items = [item.key for item in flatten(plan)]
    assert len(items) == len(set(items)), "every item has a key of its own"
    assert assemble(flatten(plan), plan.questions) == plan
    asked = [question.key for question in plan.questions]
    assert len(asked) == len(set(asked)), "every question has a key of its own"
    for question in plan.questions:
        assert question.item_key is None or question.item_key in items
        assert question.default is None or 0 <= question.default < len(question.candidates)
        assert all(edit.key in items for choice in question.candidates for edit in choice.edits)
    printed = " ".join(text.split())
    for date in dates_of(plan):
        assert date.inferred or date.printed in printed, "no date without words that are printed"


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    report_multiple_bugs=False,
    phases=[Phase.generate],
)
@given(seed=st.integers(0, 10**9))
@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
@any_plan
def test_a_damaged_plan_is_read_or_refused(text_of: Text, name: str, seed: int) -> None:
    text = damaged(text_of(), seed)
    plan = read(text.encode(), name)
    if plan is not None:
        assert_sound(plan, text)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from(["plan.txt", "plan.md", "plan"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    read(content, name)


@settings(max_examples=150, deadline=None)
@given(
    content=st.lists(
        st.sampled_from(
            ["Theme 1 – Culture", "Theme two: X", "Delivery Plan", "Key Milestones", "A\tB\tC", "- ▶ Item", "- Group:",
             "Workstream\tLead\tActions\tDue date", "\t\tDo <ul> it\tMay 2022", "", "Done\tTBC", "Key Risks", "\t\t"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_arrangement_of_a_plan_s_lines_is_read_or_refused(content: list[str]) -> None:
    text = "\n".join(content)
    plan = read(text.encode())
    if plan is not None:
        assert_sound(plan, text)


@pytest.mark.parametrize(
    "content",
    [
        "Theme 1 – Culture\n\n" + "- ▶ Item\n" * 20_000,
        "Theme 1 – Culture\n\nObjectives\n\n" + "".join(f"- ▶ Goal number {n}\n" for n in range(5_000)),
        "Theme 1 – Culture\n\nKey Milestones\n\n" + "".join(f"Plan {n}\tMay 2022\n" for n in range(2_000)),
        "Theme 1 – Culture\n\nDelivery Plan\n\nWorkstream\tLead\tActions\tDue date\n"
        "Culture\tChief Executive\tDo it <ul> " + "Strategy approved Plan agreed " * 3_000 + "\tMay 2022",
        "Theme 1 – Culture\n\nDelivery Plan\n\nWorkstream\tLead\tActions\tDue date\n"
        "Culture\tChief Executive\tDo it <ul> " + "▶ Strategy approved " * 3_000 + "\t" + "May 2022 " * 3_000,
        "Theme 1 – Culture\n\nDelivery Plan\n\nWorkstream\tLead\tActions\tDue date\n"
        "Culture\t" + "Director – Finance " * 2_000 + "\tDo it\tMay 2022",
        "Theme 1 – Culture\n\nDelivery Plan\n\nWorkstream\tReference\tActions\tDue date\n"
        "Culture\t" + "Auditor Rec 1, 2, " * 2_000 + "\tDo it\tMay 2022",
        "Theme 1 – " + "x" * 1_000_000,
        "Theme 1 – Culture\n\nDelivery Plan\n\n" + "\t" * 20_000 + "\nx",
        "Theme 1 – Culture\n\n" + "Actions agreed by the Board and " * 30_000,
        "Theme 1 – Culture\n\nDelivery Plan\n\nWorkstream\tLead\tActions\tDue date\n"
        "Culture\tChief Executive\tDo it" + " <ul> inner" * 1_000 + "\tMay 2022",
    ],
    ids=[
        "bullets", "objectives", "milestones", "run-on steps", "steps and dates", "leads", "references", "title",
        "tabs", "paragraph", "nesting",
    ],
)  # fmt: skip
def test_what_is_very_long_is_read_in_time(content: str) -> None:
    read(content.encode())


# --- questions --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@any_plan
def test_every_reading_that_a_question_offers_can_be_chosen(text_of: Text) -> None:
    plan = reading_of(text_of())
    before = {item.key for item in flatten(plan)}
    for question in plan.questions:
        for choice in question.candidates:
            after = answer(plan, question.key, choice.edits)
            assert question.key not in {left.key for left in after.questions}
            keys = Counter(item.key for item in flatten(after))
            assert max(keys.values()) == 1
            assert bool(choice.edits) or (keys.keys() == before and after.themes == plan.themes)


@pytest.mark.slow
@any_plan
@pytest.mark.parametrize("which", [0, 1, -1], ids=["first", "second", "last"])
@pytest.mark.parametrize("backwards", [False, True], ids=["from the top", "from the end"])
def test_all_questions_can_be_answered_one_after_the_other(
    text_of: Text, which: int, backwards: bool
) -> None:
    """An answer can settle others with it, but never leaves one that cannot be answered any more."""
    plan = reading_of(text_of())
    while plan.questions:
        question = plan.questions[-1 if backwards else 0]
        choices = question.candidates
        edits = choices[which if which < len(choices) else 0].edits if choices else ()
        left = len(plan.questions)
        plan = answer(plan, question.key, edits)
        assert len(plan.questions) < left


@any_plan
def test_no_candidate_dates_anything_by_words_that_are_nowhere_printed(text_of: Text) -> None:
    text = " ".join(text_of().split())
    for question in reading_of(text_of()).questions:
        for choice in question.candidates:
            for edit in choice.edits:
                for printed in _printed_in(edit.value):
                    assert printed in text


def _printed_in(value: object) -> Iterator[str]:
    """The printed words of every date in an edit's value."""
    if isinstance(value, dict):
        if isinstance(value.get("printed"), str) and "edtf" in value:
            yield value["printed"]
        for inner in value.values():
            yield from _printed_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _printed_in(inner)


def test_damage_is_the_same_for_the_same_seed() -> None:
    assert damaged(example_text(), 7) == damaged(example_text(), 7) != example_text()
