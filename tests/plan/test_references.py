"""Every reference cell that the plan prints, keyed by hand, and the general forms."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan.plan_cells import REFERENCE, column

from goldenthread.plan.references import Reference, ReviewerVocabulary, read_references

REVIEWERS = ReviewerVocabulary.learn(
    [
        "Grant Thornton Value for Money Governance Review (December 2021)",
        "CIPFA Review of Financial Management and Governance (January 2022)",
        "LGA Corporate Peer Challenge (February 2022)",
        "Statutory Notice – March 2022",
    ]
)

# cell | what it refers to. S, K, I: Grant Thornton's statutory, key and improvement recommendations;
# G: Grant Thornton's, of no class; C: CIPFA; L: LGA; D: Direction.
CELLS = """
Grant Thornton Statutory Rec 1 | S1
Grant Thornton Statutory Rec 2 | S2
Grant Thornton Statutory Rec 3 | S3
Grant Thornton Statutory Rec 3 Grant Thornton Improvement Rec 6, 20 | S3 I6 I20
Grant Thornton Statutory Rec 2 Grant Thornton Improvement Rec 15 CIPFA 1.5, 1.6 | S2 I15 C1.5 C1.6
Grant Thornton Statutory Rec 3 Grant Thornton Improvement Rec 33 | S3 I33
Grant Thornton Improvement Rec1, 5 | I1 I5
Grant Thornton Statutory Rec 3 Corporate Peer Challenge Rec 4 | S3 L4
Corporate Peer Challenge (pg 24) | Lp24
Grant Thornton Statutory Rec 3 Grant Thornton Improvement Rec 2, 7, 31, 32 | S3 I2 I7 I31 I32
Grant Thornton Key Rec 7 | K7
Grant Thornton Improvement Rec 29 | I29
Corporate Peer Challenge 2 | L2
Grant Thornton Improvement Rec 11 | I11
Grant Thornton Key Rec 5 Grant Thornton Improvement Rec 30 | K5 I30
Grant Thornton Statutory Rec 1 Grant Thornton Improvement Rec 28 | S1 I28
Grant Thornton Improvement Rec 35 Grant Thornton Key Rec 4, 8 Corporate Peer Challenge Rec 9 CIPFA Rec all \
| I35 K4 K8 L9 Call
Statutory Direction SN5 | DSN5
Grant Thornton Statutory Rec 2,3 Grant Thornton Improvement Rec 3, 8, 9, 22, 36 \
Grant Thornton Key Rec 6 CIPFA Rec 3.3 Rec 4.1 | S2 S3 I3 I8 I9 I22 I36 K6 C3.3 C4.1
Grant Thornton Improvement Rec 36 CIPFA Rec 3.3 Rec 3.1 | I36 C3.3 C3.1
Corporate Peer Challenge Rec 8, 19 | L8 L19
CIPFA Rec 1.1 Rec 1.3 Rec 1.4 Rec 1.6 | C1.1 C1.3 C1.4 C1.6
CIPFA Rec 3.1 Rec 3.4 | C3.1 C3.4
CIPFA Rec 3.2 Grant Thornton Improvement Rec 37 | C3.2 I37
Grant Thornton Statutory Rec 2 Grant Thornton Improvement Rec 28 | S2 I28
Grant Thornton Statutory Rec 2 Grant Thornton Improvement Rec 15, 16 | S2 I15 I16
Grant Thornton Key Rec 5 Grant Thornton Improvement Rec 11 Corporate Peer Challenge Rec 21 | K5 I11 L21
Corporate Peer Challenge Rec12 | L12
Corporate Peer Challenge Rec 18 | L18
CIPFA 4.3 | C4.3
CIPFA 4.4 | C4.4
Corporate Peer Challenge 5, Grant Thornton Key Rec 6 | L5 K6
Statutory Direction | D
Grant Thornton Statutory Rec 1, 2, Grant Thornton Improvement Rec 15,19, 21, 27 \
CIPFA 4.2, Corporate Peer Challenge Rec 6 | S1 S2 I15 I19 I21 I27 C4.2 L6
Grant Thornton Improvement Rec 19, 20 | I19 I20
Grant Thornton Statutory Rec 1 Grant Thornton Improvement Rec 4, 12, 17, 22 | S1 I4 I12 I17 I22
Grant Thornton Improvement Rec 17, 22 | I17 I22
Grant Thornton Improvement Rec 34 | I34
Grant Thornton Improvement Rec 4, 17, 34 | I4 I17 I34
Grant Thornton Improvement Rec 23 | I23
Grant Thornton Improvement Rec 22 | I22
Grant Thornton Improvement Rec 24 | I24
Grant Thornton Improvement Rec 17, 18 | I17 I18
Grant Thornton Improvement Rec 17 | I17
Grant Thornton Key Rec 6 | K6
Grant Thornton Statutory Rec 2 CIPFA Ref 2.1 | S2 C2.1
Grant Thornton Statutory Rec 1 Grant Thornton Improvement Rec 25, 26 | S1 I25 I26
Grant Thornton Statutory Rec 1 Grant Thornton Improvement Rec 14 | S1 I14
Grant Thornton Statutory Rec 1 Grant Thornton Improvement Rec 13 | S1 I13
Grant Thornton Improvement Rec 10 Corporate Peer Challenge pg13 | I10 Lp13
Corporate Peer Challenge Rec 3 | L3
Corporate Peer Challenge Rec 14 | L14
Corporate Peer Challenge Rec 11 | L11
Grant Thornton Recs 1–3 | G1 G2 G3
Grant Thornton Key 4-8 | K4 K5 K6 K7 K8
GT KR3, SR1 | K3 S1
GT-I6 | I6
CIPFA Recommendation 7 | C7
CIPFA R12 | C12
CIPFA 3.1-3.4 | C3.1 C3.2 C3.3 C3.4
CIPFA all recommendations | Call
LGA Rec 3 and 4 | L3 L4
LGA para 4.2 | Lpara_4.2
Peer Challenge page 7 | Lp7
Grant Thornton Statutory Rec 3; Improvement Rec 6 | S3 I6
Statutory Directions | D
"""
KEYED = [
    tuple(part.strip() for part in line.split("|")) for line in CELLS.replace("\\\n", "").strip().splitlines()
]
PRINTED_IN_THE_PLAN = 53  # the first of them; the 54th string is "n/a"


def reference(key: str) -> Reference:
    """From the short form of the table above."""
    reviews = dict.fromkeys("SKIG", "Grant Thornton") | {
        "C": "CIPFA",
        "L": "LGA Corporate Peer Challenge",
        "D": "Statutory Direction",
    }
    class_ = {"S": "statutory", "K": "key", "I": "improvement"}.get(key[0])
    rest = key[1:].replace("_", " ")
    if rest.startswith("p") and rest[1:].isdigit():
        return Reference.model_validate({"review": reviews[key[0]], "page": rest[1:]})
    return Reference.model_validate({"review": reviews[key[0]], "class": class_, "number": rest or None})


@pytest.mark.parametrize(("cell", "keys"), KEYED)
def test_cells(cell: str, keys: str) -> None:
    reading = read_references(cell, REVIEWERS)
    assert reading.references == tuple(reference(key) for key in keys.split())
    assert reading.unread == reading.new_reviewers == ()
    assert not reading.not_applicable


@pytest.mark.parametrize("cell", ["n/a", "N/A", " n/a ", "None", "-"])
def test_not_applicable_differs_from_blank(cell: str) -> None:
    assert read_references(cell, REVIEWERS).not_applicable
    assert not read_references("", REVIEWERS).not_applicable


@pytest.mark.parametrize(
    ("cell", "unread"),
    [
        ("Rec 4", ("Rec 4",)),
        ("Recs 1–3", ("Recs 1–3",)),
        ("1.5", ("1.5",)),
        ("Staff survey", ("Staff survey",)),
        ("see CIPFA 2.1 for more", ("see", "for more")),
    ],
)
def test_unread_text_is_kept(cell: str, unread: tuple[str, ...]) -> None:
    assert read_references(cell, REVIEWERS).unread == unread


def test_an_unknown_reviewer_is_taken_from_the_cell_and_reported() -> None:
    reading = read_references("Ofsted ILACS Rec 7, 9 CIPFA 2.1", REVIEWERS)
    assert reading.new_reviewers == ("Ofsted ILACS",)
    assert [found.label() for found in reading.references] == [
        "Ofsted ILACS recommendation 7",
        "Ofsted ILACS recommendation 9",
        "CIPFA recommendation 2.1",
    ]


def test_a_name_within_two_reviews_is_nobodys() -> None:
    reviewers = ReviewerVocabulary.learn(["LGA Corporate Peer Challenge", "SOLACE Corporate Peer Challenge"])
    reading = read_references("Corporate Peer Challenge Rec 4", reviewers)
    assert reading.new_reviewers == ("Corporate Peer Challenge",)


def test_nothing_is_known_of_any_council() -> None:
    reading = read_references("Grant Thornton Improvement Rec 6")
    assert reading.references == (reference("I6"),)
    assert reading.new_reviewers == ("Grant Thornton",)


@pytest.mark.parametrize(
    ("key", "label", "short"),
    [
        ("I6", "Grant Thornton improvement recommendation 6", "GT-I6"),
        ("K4", "Grant Thornton key recommendation 4", "GT-K4"),
        ("C1.5", "CIPFA recommendation 1.5", "CIPFA-1.5"),
        ("Call", "CIPFA, all recommendations", "CIPFA-all"),
        ("Lp24", "LGA Corporate Peer Challenge, page 24", "LGA-p24"),
        ("D", "Statutory Direction", "SD"),
        ("DSN5", "Statutory Direction SN5", "SD-SN5"),
    ],
)
def test_labels(key: str, label: str, short: str) -> None:
    assert (reference(key).label(), reference(key).short_label()) == (label, short)


def test_json_calls_the_class_class() -> None:
    found = reference("K4")
    assert found.model_dump(mode="json") == {
        "review": "Grant Thornton",
        "class": "key",
        "number": "4",
        "page": None,
    }
    assert Reference.model_validate_json(found.model_dump_json()) == found


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                "Grant Thornton CIPFA LGA Rec Recs Key Statutory 1 2-4 3.1 , & all pg 13 SN5 n/a foo (".split()
            )
        ).map(" ".join),
    )
)
def test_nothing_raises_and_no_number_is_made_up(cell: str) -> None:
    for found in read_references(cell, REVIEWERS).references:
        if found.number and "-" not in cell:
            assert found.number.removeprefix("para ") in cell.lower() or found.number in cell


def test_every_reference_cell_of_the_plan() -> None:
    cells = column(REFERENCE)
    assert {cell for _, cell in cells if cell} == {cell for cell, _ in KEYED[:PRINTED_IN_THE_PLAN]} | {"n/a"}
    links = {
        (action, found) for action, cell in cells for found in read_references(cell, REVIEWERS).references
    }
    actions = Counter(found for _, found in links)
    assert len(actions) == 77
    assert len(links) == 129
    assert sum(times == 1 for times in actions.values()) == 58
    assert (actions[reference("S1")], actions[reference("S2")], actions[reference("I22")]) == (13, 10, 6)
    assert {int(found.number or 0) for found in actions if found.class_ == "improvement"} == set(range(1, 38))
