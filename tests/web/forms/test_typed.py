"""What people type: dates as vague as they are, exact days, and documents that are really text."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from goldenthread.web.forms.dates import CannotRead, typed_day, typed_days, typed_plan_date
from goldenthread.web.forms.uploads import typed_document


def test_a_date_is_as_vague_as_it_was_typed() -> None:
    read = typed_plan_date("Autumn 2022")
    assert read
    assert (read.printed, read.earliest, read.latest) == ("Autumn 2022", date(2022, 9, 1), date(2022, 11, 30))
    assert typed_plan_date("  ") is None


@pytest.mark.parametrize("typed", ["when we can", "Ongoing", "TBC", "31 February 2022"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(CannotRead, match="Enter a date such as"):
        typed_plan_date(typed)


@pytest.mark.parametrize(
    "typed", ["30 September 2022", "30 9 2022", "30/09/2022", "2022-09-30", "30 Sep 2022"]
)
def test_a_day_in_the_ways_people_write_it(typed: str) -> None:
    assert typed_day(typed, "the day") == date(2022, 9, 30)


@pytest.mark.parametrize("typed", ["", "September 2022", "31 2 2022", "tomorrow", "30 9"])
def test_what_is_not_one_day_is_refused(typed: str) -> None:
    with pytest.raises(CannotRead, match="Enter the day as one day"):
        typed_day(typed, "the day")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("plan.txt", b"Theme 1", None),
        ("plan.md", "Thème – 1".encode(), None),
        ("plan.txt", b"%PDF-1.7 a PDF by another name", None),
        ("plan.txt", b" \n ", "empty"),
    ],
)
def test_a_document_is_taken_as_it_is_unless_it_is_empty(
    name: str, content: bytes, error: str | None
) -> None:
    """What it is, and whether it can be read, is told from its bytes by those who read it."""
    request = RequestFactory().post("/import/", {"document": SimpleUploadedFile(name, content, "text/plain")})
    found = typed_document(request)
    assert (found.error is None) == (error is None)
    if error:
        assert error in (found.error or "")
    else:
        assert (found.name, found.content) == (name, content)


def test_a_path_in_a_files_name_is_dropped() -> None:
    request = RequestFactory().post(
        "/import/", {"document": SimpleUploadedFile("../../etc/plan.txt", b"Theme 1")}
    )
    assert typed_document(request).name == "plan.txt"


@override_settings(MAX_UPLOAD_BYTES=1024 * 1024)
def test_a_document_that_is_too_big_is_refused_however_it_is_sent() -> None:
    request = RequestFactory().post(
        "/import/", {"document": SimpleUploadedFile("plan.txt", b"x" * (3 * 1024 * 1024))}
    )
    assert "smaller than 1 MB" in (typed_document(request).error or "")
    assert typed_document(RequestFactory().post("/import/", {})).error == "Choose a document"


def test_a_pasted_list_of_days_is_read_line_by_line() -> None:
    pasted = "Wednesday 12 July 2023\n13/09/2023\n\n  Wed, 8 Nov 2023; 6 March 2024.\n"
    assert typed_days(pasted) == [date(2023, 7, 12), date(2023, 9, 13), date(2023, 11, 8), date(2024, 3, 6)]


def test_the_line_that_is_no_day_is_named() -> None:
    with pytest.raises(CannotRead, match="“Autumn 2023”"):
        typed_days("12 July 2023\nAutumn 2023")
