"""A plan laid out, named or worded for headings in another way is the same plan.

Each transformation is made on the text of the file, and the plan read from it is held against the plan read from the
untouched text. What may differ is said in the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support.layouts import (
    as_markdown,
    in_other_order,
    is_row,
    shifted,
    themes_reordered,
    unshifted,
    with_blank_lines,
)
from support.readings import ANY_PLAN, Projection, projection, read_text_of, reading_of

from goldenthread.plan.questions import QuestionKind

any_plan = pytest.mark.parametrize("text_of", ANY_PLAN)
Text = Callable[[], str]


def assert_same(original: Projection, changed: Projection) -> None:
    """Fails with the first places where they differ."""
    if found := original.differences(changed):
        pytest.fail(f"{len(found)} differences:\n" + "\n".join(text[:700] for text in found[:12]))


# --- other names ----------------------------------------------------------------------------------------------

COUNCIL = {"Sandwell": "Northbury", "SANDWELL": "NORTHBURY"}
POSTS = {
    "Law": "Legal",
    "Business Strategy": "Corporate Planning",
    "Children": "Families",
    "Borough Economy": "Town Economy",
    "Regeneration": "Development",
    "Finance": "Resources",
    "Housing": "Homes",
    "Public Health": "Wellbeing",
}
RANKS = {"Director": "Strategic Director"}
REVIEWERS = {"Grant Thornton": "Ernst Hollis", "CIPFA": "SOLGA"}
PEERS = {"Corporate Peer Challenge": "Regional Peer Review"}
CHALLENGE = {"Peer Challenge": "Assurance Challenge"}


def renamer(names: dict[str, str]) -> Callable[[str], str]:
    """A function that puts other names in the place of these, whole words only."""
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")
    return lambda text: pattern.sub(lambda match: names[match.group()], text)


@any_plan
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(COUNCIL, id="council"),
        pytest.param(POSTS, id="posts"),
        pytest.param(RANKS, id="ranks"),
        pytest.param(REVIEWERS, id="reviewers"),
        pytest.param(PEERS, id="peer review"),
        pytest.param(CHALLENGE, id="assurance challenge"),
        pytest.param(COUNCIL | POSTS | REVIEWERS | PEERS, id="all"),
    ],
)
def test_other_names(text_of: Text, names: dict[str, str]) -> None:
    text, rename = text_of(), renamer(names)
    renamed = projection(read_text_of(rename(text)))
    original = projection(reading_of(text)).renamed(rename)
    for found in (original, renamed):
        found.rest["posts"].sort()
        found.rest["reviews"].sort()
    assert_same(original, renamed)


# --- another layout -------------------------------------------------------------------------------------------

ORDERS = [
    pytest.param((0, 1, 2, 3, 5, 4), id="due before start"),
    pytest.param((0, 3, 2, 4, 5, 1), id="reference last"),
    pytest.param((3, 0, 1, 2, 4, 5), id="action first"),
    pytest.param((5, 4, 3, 2, 1, 0), id="backwards"),
    pytest.param((1, 2, 3, 4, 5, 0), id="workstream last"),
]


@any_plan
@pytest.mark.parametrize("order", ORDERS)
def test_columns_in_another_order(text_of: Text, order: tuple[int, ...]) -> None:
    """The four rows that were shifted are first put back by hand: moved columns would cover their traces."""
    text = unshifted(text_of())
    original = projection(reading_of(text))
    assert original.questions[QuestionKind.SHIFTED_ROW] == 0
    assert_same(original, projection(read_text_of(in_other_order(text, order))))


@any_plan
def test_rows_put_back_by_hand_say_what_the_reader_makes_of_shifted_ones(text_of: Text) -> None:
    by_hand = projection(read_text_of(unshifted(text_of())))
    by_reader = projection(reading_of(text_of())).without(QuestionKind.SHIFTED_ROW)
    assert_same(by_reader, by_hand)


@any_plan
@pytest.mark.parametrize("renumbered", [False, True])
@pytest.mark.parametrize("order", [(5, 4, 3, 2, 1, 0), (2, 0, 1, 5, 3, 4)])
def test_themes_in_another_order(text_of: Text, order: tuple[int, ...], renumbered: bool) -> None:
    text = text_of()
    original = projection(reading_of(text))
    names = [theme["name"] for theme in original.themes]
    moved = projection(read_text_of(themes_reordered(text, order, renumbered=renumbered))).in_order_of(names)
    if renumbered:
        assert [theme["number"] for theme in moved.themes] == [order.index(old) + 1 for old in range(6)]
        for theme, same in zip(moved.themes, original.themes, strict=True):
            theme["number"] = same["number"]
    assert_same(original, moved)


HEADERS = [
    {
        "Workstream": "Strand", "Reference": "Ref", "Lead": "Responsible officer", "Actions": "Activity",
        "Start Date": "From", "Due date": "Deadline",
    },
    {
        "Workstream": "Work stream", "Reference": "Recommendations", "Lead": "Owner", "Actions": "Key actions",
        "Start Date": "Start", "Due date": "By when",
    },
    {
        "Workstream": "Area of work", "Reference": "Source", "Lead": "Accountable officer", "Actions": "Task",
        "Start Date": "Commencement date", "Due date": "Target completion date",
    },
]  # fmt: skip
PARTS = [
    {
        "Evidence of Success": "Measures of success", "Key Deliverables": "Outputs", "Delivery Plan": "Action Plan",
        "Delivery plan": "Action Plan", "Workstreams and Aims": "Our workstreams", "Key Milestones": "Milestones",
        "Objectives": "Our aims",
    },
    {
        "Evidence of Success": "How we will know we have succeeded", "Key Deliverables": "Deliverables",
        "Delivery Plan": "Implementation Plan", "Delivery plan": "Implementation Plan", "Key Milestones": "Key dates",
        "Workstreams and Aims": "Areas of work", "Objectives": "What we want to achieve",
    },
]  # fmt: skip


@any_plan
@pytest.mark.parametrize("words", HEADERS, ids=lambda words: str(words["Due date"]))
def test_other_words_in_the_header_row(text_of: Text, words: dict[str, str]) -> None:
    text = text_of()

    def reword(line: str) -> str:
        if not line.startswith("Workstream\t"):
            return line
        cells = (re.sub(r" \(.*\)$", "", cell) for cell in line.split("\t"))
        return "\t".join(words.get(cell, cell) for cell in cells)

    reworded = "\n".join(map(reword, text.split("\n")))
    assert reworded.count(words["Due date"] + "\n") + reworded.count(words["Due date"] + "\t\n") > 6
    assert_same(projection(reading_of(text)), projection(read_text_of(reworded)))


@any_plan
@pytest.mark.parametrize("words", PARTS, ids=lambda words: str(words["Delivery Plan"]))
def test_other_words_in_the_headings_of_parts(text_of: Text, words: dict[str, str]) -> None:
    text = text_of()
    pattern = re.compile(rf"^(?P<before>.*?)(?P<name>{'|'.join(words)})(?P<after>:?\s*)$", re.MULTILINE)
    reworded, count = pattern.subn(
        lambda match: (
            match["before"] + words[match["name"]] + match["after"]
            if len(match["before"].split()) < 6 and "\t" not in match["before"]
            else match.group()
        ),
        text,
    )
    assert count >= 36
    assert_same(projection(reading_of(text)), projection(read_text_of(reworded)))


# --- other accidents ------------------------------------------------------------------------------------------


def a_row_of_each_theme(text: str, place: int, side: str) -> list[int]:
    """A row of each theme's delivery plan, leaving out those that are shifted as printed.

    A row can lose its first cell only when that is empty, as it is where a merged cell was. A row that holds
    nothing but dates could stand anywhere.
    """
    lines, straight = text.split("\n"), unshifted(text).split("\n")
    themes = [number for number, line in enumerate(lines) if line.startswith("Theme ")]
    chosen = []
    for start, end in zip(themes, [*themes[1:], len(lines)], strict=True):
        fitting = [
            number
            for number in range(start, end)
            if is_row(line := lines[number])
            and line == straight[number]
            and any(line.split("\t")[:4])
            and (side == "right" or line.startswith("\t"))
        ]
        chosen += fitting[place : place + 1]
    return chosen


@any_plan
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("place", range(5))
def test_another_row_shifted_is_put_back(text_of: Text, side: str, place: int) -> None:
    text = text_of()
    rows = a_row_of_each_theme(text, place, side)
    assert len(rows) > 2
    original = projection(reading_of(text))
    moved = projection(read_text_of(shifted(text, rows, side)))
    kind = QuestionKind.SHIFTED_ROW
    assert_same(original.without(kind), moved.without(kind))
    assert moved.questions[kind] == original.questions[kind] + len(rows)


ACCIDENTS = {
    "blank lines": with_blank_lines,
    "trailing spaces": lambda text: text.replace("\n", "   \n"),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "a mark at the beginning": lambda text: "\ufeff" + text,
    "no-break spaces": lambda text: text.replace(" – ", "\u00a0–\u00a0"),
}


@any_plan
@pytest.mark.parametrize("accident", ACCIDENTS.values(), ids=ACCIDENTS.keys())
def test_blank_lines_trailing_spaces_and_other_line_ends(
    text_of: Text, accident: Callable[[str], str]
) -> None:
    text = text_of()
    original = projection(reading_of(text))
    assert_same(original, projection(read_text_of(accident(text))))


@any_plan
def test_the_same_plan_in_markdown(text_of: Text) -> None:
    text = text_of()
    original = projection(reading_of(text))
    assert_same(original, projection(read_text_of(as_markdown(text), "plan.md")))
