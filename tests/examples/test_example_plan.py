"""The example plan has the published plan's structure, facts and untidiness, and none of its sentences."""

import re
from dataclasses import dataclass, field

import pytest
from support.needs import require_data

from goldenthread.examples import example_plan_path

# The rows that were shifted left begin with their reference.
ACTION_COLUMN = {"Corporate Peer Challenge (pg 24)": 2, "Grant Thornton Improvement Rec 24": 2}
LISTS = ["Objectives", "Workstreams and Aims", "Key Milestones", "Key Deliverables", "Evidence of Success"]


@dataclass
class Theme:
    """One theme as printed: its bullets and milestone lines by heading, and its table rows as cells."""

    heading: str
    lines: dict[str, list[str]] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)


def themes(text: str) -> list[Theme]:
    """The printed themes of a plan text."""
    found: list[Theme] = []
    section = ""
    for line in text.splitlines():
        name = line.strip().rstrip(":")
        if re.match(r"Theme \d – ", line):
            found.append(Theme(line))
            section = ""
        elif name in LISTS or re.search(r"Delivery [Pp]lan$", name):
            section = name if name in LISTS else "table"
        elif found and section == "table" and line.strip():
            found[-1].rows.append(line.split("\t"))
        elif found and section and ("\t" in line or line.lstrip().startswith("- ")):
            found[-1].lines.setdefault(section, []).append(line)
    return found


def facts(row: list[str]) -> list[str]:
    """A row without its action cell, in place of which stand the marks of lists and italics in that cell."""
    shifted_right = row[0] == "" and row[1] in ("", "Effective Local Structures") and len(row) == 7
    column = ACTION_COLUMN.get(row[0], 4 if shifted_right else 3)
    marks = re.findall(r"<[^>]+>|▶|•|(?<= )o(?= [A-Z])", row[column])
    return row if row[0] == "Workstream" else [*row[:column], " ".join(marks), *row[column + 1 :]]


@pytest.fixture(scope="module")
def example() -> list[Theme]:
    return themes(example_plan_path().read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def published() -> list[Theme]:
    path = require_data("plans/sandwell-improvement-plan-2022.txt")
    return themes(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("Objectives", [3, 4, 3, 3, 5, 3]),
        ("Workstreams and Aims", [7, 5, 4, 3, 6, 4]),
        ("Key Milestones", [15, 6, 15, 12, 15, 11]),
        ("Key Deliverables", [7, 5, 15, 8, 7, 7]),  # theme 3: fourteen and the group "Strategies:"
        ("Evidence of Success", [8, 4, 4, 5, 4, 5]),  # themes 4 and 5: a lead-in printed as a bullet
    ],
)
def test_each_theme_lists_as_many_items_as_were_published(
    example: list[Theme], heading: str, counts: list[int]
) -> None:
    assert [len(theme.lines[heading]) for theme in example] == counts


def test_the_tables_have_the_published_rows(example: list[Theme]) -> None:
    rows = [[row for row in theme.rows if row[0] != "Workstream"] for theme in example]
    assert [len(theme) for theme in rows] == [18, 10, 13, 7, 16, 7]


def test_names_leads_references_dates_and_row_shapes_are_as_printed(
    example: list[Theme], published: list[Theme]
) -> None:
    for ours, theirs in zip(example, published, strict=True):
        assert ours.heading == theirs.heading
        assert ours.lines["Key Milestones"] == theirs.lines["Key Milestones"]
        assert [facts(row) for row in ours.rows] == [facts(row) for row in theirs.rows]


def test_no_objective_aim_or_success_statement_is_the_councils_sentence(
    example: list[Theme], published: list[Theme]
) -> None:
    reworded = ["Objectives", "Workstreams and Aims", "Evidence of Success"]
    for ours, theirs in zip(example, published, strict=True):
        for heading in reworded:
            assert not set(ours.lines[heading]) & set(theirs.lines[heading])


def test_the_first_lines_say_what_it_is_and_when_council_approved_it() -> None:
    opening = example_plan_path().read_text(encoding="utf-8")[:500]
    assert "abridged example" in opening
    assert "not the council's text" in opening
    assert "Approved by Council: 7 June 2022" in opening
