"""How a letter is cut into sentences, whatever file it comes in."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.documents import SourceFormat, document_from_bytes
from goldenthread.documents.writing import office_bytes
from goldenthread.reporting.claims.dating import dates_in
from goldenthread.reporting.claims.sentences import sentences_of

UNTIL = date(2023, 6, 30)


def cut(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in sentences_of(document_from_bytes(text.encode(), "letter.txt"))]


def test_a_page_break_with_its_header_and_marking_does_not_cut_a_sentence() -> None:
    text = (
        "We have opened the centre and the [OFFICIAL]\n\nCLLR A B LEADER\n\nTown Hall, Northbury N1 1AA\n\n"
        "library. It is full.\n\nCLLR A B LEADER\n\nTown Hall, Northbury N1 1AA\n\nWe thank all.\n"
    )
    assert cut(text) == [
        (1, "We have opened the centre and the library."),
        (7, "It is full."),
        (13, "We thank all."),
    ]


def test_lines_that_were_wrapped_are_one_sentence_with_the_line_on_which_it_begins() -> None:
    assert cut("We have opened\nthe centre. The library\nis open.\n\nWe thank all.") == [
        (1, "We have opened the centre."),
        (2, "The library is open."),
        (5, "We thank all."),
    ]


def test_short_forms_and_decimals_end_no_sentence() -> None:
    assert len(cut("Cllr. Smith and Dr. Jones, e.g. The Mayor, saw 3.5 per cent more. They left.")) == 2


def test_an_item_is_read_with_the_words_that_lead_in_to_it() -> None:
    document = document_from_bytes(
        b"We made decisions such as approval of:\n\n- the plan in March. It is new\n- the scheme",
        "letter.txt",
    )
    found = sentences_of(document)
    assert [one.text for one in found][1:] == ["the plan in March.", "It is new", "the scheme"]
    assert [one.whole for one in found][1] == "We made decisions such as approval of: the plan in March."
    assert found[2].lead_in == ""
    assert found[3].lead_in.endswith("approval of:")


@pytest.mark.parametrize("format_", [SourceFormat.DOCX, SourceFormat.ODT])
def test_in_an_office_file_paragraphs_are_counted(format_: SourceFormat) -> None:
    text = "# Letter\n\nWe have opened the centre. It is full.\n\nWe thank all."
    content = office_bytes(document_from_bytes(text.encode(), "letter.md").tree, format_)
    found = sentences_of(document_from_bytes(content, f"letter.{format_.value}"))
    assert [(one.line, one.text) for one in found] == [
        (2, "We have opened the centre."),
        (2, "It is full."),
        (3, "We thank all."),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("approved in February", date(2023, 2, 1), date(2023, 2, 28)),
        ("approved in December", date(2022, 12, 1), date(2022, 12, 31)),
        ("launched this Spring", date(2023, 3, 1), date(2023, 5, 31)),
        ("in place since December", date(2022, 12, 1), UNTIL),
        ("approved on 7 March 2023", date(2023, 3, 7), date(2023, 3, 7)),
        ("done in 2022/23", date(2022, 4, 1), date(2023, 3, 31)),
    ],
)
def test_a_date_without_a_year_is_the_latest_before_the_period_ends(
    text: str, first: date, last: date
) -> None:
    [told] = dates_in(text, UNTIL)
    assert (told.earliest, told.latest) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "As we reported to you in December, it is done",
        "Since our letter to you in December 2022, it is done",
        "You may march with us",
    ],
)
def test_the_date_of_an_earlier_letter_is_no_date_of_what_was_done(text: str) -> None:
    assert dates_in(text, UNTIL) == ()
