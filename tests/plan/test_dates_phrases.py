"""Every form of date that the plan prints, and the general ones, with their readings keyed by hand."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.date_phrases import DateReading, DateWord, read_date_phrase, split_date_cell
from goldenthread.plan.dates import Bound, SeasonRules

# words | EDTF value | first day | last day
PLAIN = """
18 May 2022           | 2022-05-18            | 2022-05-18 | 2022-05-18
7 Jun 2022            | 2022-06-07            | 2022-06-07 | 2022-06-07
26th May 2022         | 2022-05-26            | 2022-05-26 | 2022-05-26
June 22nd 2022        | 2022-06-22            | 2022-06-22 | 2022-06-22
1st April, 2023       | 2023-04-01            | 2023-04-01 | 2023-04-01
2022-06-07            | 2022-06-07            | 2022-06-07 | 2022-06-07
07/06/2022            | 2022-06-07            | 2022-06-07 | 2022-06-07
7.6.22                | 2022-06-07            | 2022-06-07 | 2022-06-07
12-05-2022            | 2022-05-12            | 2022-05-12 | 2022-05-12
22-Jun-22             | 2022-06-22            | 2022-06-22 | 2022-06-22
Jun 2021              | 2021-06               | 2021-06-01 | 2021-06-30
Dec 2021              | 2021-12               | 2021-12-01 | 2021-12-31
Jan 2022              | 2022-01               | 2022-01-01 | 2022-01-31
Feb 2022              | 2022-02               | 2022-02-01 | 2022-02-28
February 2022         | 2022-02               | 2022-02-01 | 2022-02-28
Mar 2022              | 2022-03               | 2022-03-01 | 2022-03-31
March 2022            | 2022-03               | 2022-03-01 | 2022-03-31
Apr 2022              | 2022-04               | 2022-04-01 | 2022-04-30
April 2022            | 2022-04               | 2022-04-01 | 2022-04-30
May 2022              | 2022-05               | 2022-05-01 | 2022-05-31
Jun 2022              | 2022-06               | 2022-06-01 | 2022-06-30
June 2022             | 2022-06               | 2022-06-01 | 2022-06-30
Jul 2022              | 2022-07               | 2022-07-01 | 2022-07-31
July 2022             | 2022-07               | 2022-07-01 | 2022-07-31
Aug 2022              | 2022-08               | 2022-08-01 | 2022-08-31
August 2022           | 2022-08               | 2022-08-01 | 2022-08-31
Sep 2022              | 2022-09               | 2022-09-01 | 2022-09-30
Sept 2022             | 2022-09               | 2022-09-01 | 2022-09-30
September 2022        | 2022-09               | 2022-09-01 | 2022-09-30
Oct 2022              | 2022-10               | 2022-10-01 | 2022-10-31
October 2022          | 2022-10               | 2022-10-01 | 2022-10-31
Dec 2022              | 2022-12               | 2022-12-01 | 2022-12-31
December 2022         | 2022-12               | 2022-12-01 | 2022-12-31
Jan 2023              | 2023-01               | 2023-01-01 | 2023-01-31
Mar 2023              | 2023-03               | 2023-03-01 | 2023-03-31
March 2023            | 2023-03               | 2023-03-01 | 2023-03-31
Apr 2023              | 2023-04               | 2023-04-01 | 2023-04-30
April 2023            | 2023-04               | 2023-04-01 | 2023-04-30
May 2023              | 2023-05               | 2023-05-01 | 2023-05-31
Sep 2023              | 2023-09               | 2023-09-01 | 2023-09-30
Feb 2024              | 2024-02               | 2024-02-01 | 2024-02-29
Jun-22                | 2022-06               | 2022-06-01 | 2022-06-30
Sept. 2022            | 2022-09               | 2022-09-01 | 2022-09-30
06/2022               | 2022-06               | 2022-06-01 | 2022-06-30
2022-06               | 2022-06               | 2022-06-01 | 2022-06-30
in June 2022          | 2022-06               | 2022-06-01 | 2022-06-30
Spring 2023           | 2023-21               | 2023-03-01 | 2023-05-31
Summer 2022           | 2022-22               | 2022-06-01 | 2022-08-31
Autumn 2021           | 2021-23               | 2021-09-01 | 2021-11-30
Autumn 2022           | 2022-23               | 2022-09-01 | 2022-11-30
Autumn '22            | 2022-23               | 2022-09-01 | 2022-11-30
Winter 2022           | 2022-24               | 2022-12-01 | 2023-02-28
Winter 2022/23        | 2022-24               | 2022-12-01 | 2023-02-28
Summer/Autumn 2022    | 2022-22/2022-23       | 2022-06-01 | 2022-11-30
Winter/Spring 2023    | 2022-24/2023-21       | 2022-12-01 | 2023-05-31
2021                  | 2021                  | 2021-01-01 | 2021-12-31
2023                  | 2023                  | 2023-01-01 | 2023-12-31
2027                  | 2027                  | 2027-01-01 | 2027-12-31
2023/24               | 2023-04/2024-03       | 2023-04-01 | 2024-03-31
2023-24               | 2023-04/2024-03       | 2023-04-01 | 2024-03-31
FY 2023/24            | 2023-04/2024-03       | 2023-04-01 | 2024-03-31
financial year 23/24  | 2023-04/2024-03       | 2023-04-01 | 2024-03-31
academic year 2022/23 | 2022-09/2023-08       | 2022-09-01 | 2023-08-31
Q1 2023/24            | 2023-04/2023-06       | 2023-04-01 | 2023-06-30
Q3 2023/24            | 2023-10/2023-12       | 2023-10-01 | 2023-12-31
Q3 23/24              | 2023-10/2023-12       | 2023-10-01 | 2023-12-31
Quarter 3 2023-24     | 2023-10/2023-12       | 2023-10-01 | 2023-12-31
Q4 2023/24            | 2024-01/2024-03       | 2024-01-01 | 2024-03-31
2023/24 Q4            | 2024-01/2024-03       | 2024-01-01 | 2024-03-31
H1 2023/24            | 2023-04/2023-09       | 2023-04-01 | 2023-09-30
Mar 2022 - Jun 2022   | 2022-03/2022-06       | 2022-03-01 | 2022-06-30
June – July 2022      | 2022-06/2022-07       | 2022-06-01 | 2022-07-31
June-July 2022        | 2022-06/2022-07       | 2022-06-01 | 2022-07-31
August – December 2022 | 2022-08/2022-12      | 2022-08-01 | 2022-12-31
July-Sept 2022        | 2022-07/2022-09       | 2022-07-01 | 2022-09-30
May and June 2022     | 2022-05/2022-06       | 2022-05-01 | 2022-06-30
between May and July 2023 | 2023-05/2023-07   | 2023-05-01 | 2023-07-31
from May to July 2023 | 2023-05/2023-07       | 2023-05-01 | 2023-07-31
Dec - Feb 2023        | 2022-12/2023-02       | 2022-12-01 | 2023-02-28
1-5 June 2022         | 2022-06-01/2022-06-05 | 2022-06-01 | 2022-06-05
26 May – 3 June 2022  | 2022-05-26/2022-06-03 | 2022-05-26 | 2022-06-03
1 April to 30 June 2023 | 2023-04-01/2023-06-30 | 2023-04-01 | 2023-06-30
week commencing 6 June 2022 | 2022-06-06/2022-06-12 | 2022-06-06 | 2022-06-12
w/e 12 June 2022      | 2022-06-06/2022-06-12 | 2022-06-06 | 2022-06-12
end of March 2023     | 2023-03-31            | 2023-03-31 | 2023-03-31
end March 2023        | 2023-03-31            | 2023-03-31 | 2023-03-31
"""

APPROXIMATE = """
Early 2022            | 2022-01/2022-03       | 2022-01-01 | 2022-03-31
Early 2023            | 2023-01/2023-03       | 2023-01-01 | 2023-03-31
Mid 2023              | 2023-05/2023-08       | 2023-05-01 | 2023-08-31
mid-2023              | 2023-05/2023-08       | 2023-05-01 | 2023-08-31
Late 2022             | 2022-10/2022-12       | 2022-10-01 | 2022-12-31
End 2022              | 2022-12               | 2022-12-01 | 2022-12-31
end of 2022           | 2022-12               | 2022-12-01 | 2022-12-31
early/mid 2022        | 2022-01/2022-08       | 2022-01-01 | 2022-08-31
early 2023/24         | 2023-04/2023-06       | 2023-04-01 | 2023-06-30
early June 2022       | 2022-06-01/2022-06-10 | 2022-06-01 | 2022-06-10
mid-June 2022         | 2022-06-11/2022-06-20 | 2022-06-11 | 2022-06-20
late June 2022        | 2022-06-21/2022-06-30 | 2022-06-21 | 2022-06-30
late February 2023    | 2023-02-21/2023-02-28 | 2023-02-21 | 2023-02-28
late Autumn 2022      | 2022-11               | 2022-11-01 | 2022-11-30
Autumn Term 2022      | 2022-09/2022-12       | 2022-09-01 | 2022-12-31
municipal year 2022/23 | 2022-05/2023-04      | 2022-05-01 | 2023-04-30
Est. Dec 2022         | 2022-12               | 2022-12-01 | 2022-12-31
c. 2023               | 2023                  | 2023-01-01 | 2023-12-31
circa June 2022       | 2022-06               | 2022-06-01 | 2022-06-30
approx. June 2022     | 2022-06               | 2022-06-01 | 2022-06-30
around June 2022      | 2022-06               | 2022-06-01 | 2022-06-30
June 2022?            | 2022-06               | 2022-06-01 | 2022-06-30
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def dated(words: str) -> tuple[str, str, str, bool]:
    reading = read_date_phrase(words)
    assert reading.understood, reading.reason
    assert reading.date is not None
    found = reading.date
    assert found.printed == words
    return found.edtf, found.earliest.isoformat(), found.latest.isoformat(), found.approximate


@pytest.mark.parametrize(("words", "edtf", "earliest", "latest"), rows(PLAIN))
def test_words_with_sharp_edges(words: str, edtf: str, earliest: str, latest: str) -> None:
    assert dated(words) == (edtf, earliest, latest, False)


@pytest.mark.parametrize(("words", "edtf", "earliest", "latest"), rows(APPROXIMATE))
def test_words_without_sharp_edges(words: str, edtf: str, earliest: str, latest: str) -> None:
    assert dated(words) == (edtf, earliest, latest, True)


@pytest.mark.parametrize(
    ("words", "latest", "bound"),
    [
        ("By Sep 2023", "2023-09-30", Bound.BY),
        ("by 22 Jun 2022", "2022-06-22", Bound.BY),
        ("By September 2023", "2023-09-30", Bound.BY),
        ("By early 2023", "2023-03-31", Bound.BY),
        ("no later than 1 May 2023", "2023-05-01", Bound.BY),
        ("by the end of March 2023", "2023-03-31", Bound.BY),
        ("before the end of March 2023", "2023-03-31", Bound.BY),
        ("before September 2023", "2023-08-31", Bound.BY),
        ("from June 2022", "2022-06-30", Bound.FROM),
        ("after June 2022", "2022-07-01", Bound.FROM),
        ("June 2022 onwards", "2022-06-30", Bound.FROM),
        ("June 2022", "2022-06-30", None),
    ],
)
def test_bounds(words: str, latest: str, bound: Bound | None) -> None:
    found = read_date_phrase(words).date
    assert found is not None
    assert (found.latest.isoformat(), found.bound) == (latest, bound)


@pytest.mark.parametrize(
    ("words", "edtf", "recurs"),
    [
        ("Aug 2022 and then quarterly", "2022-08", "quarterly"),
        ("Aug 2022 and then ongoing", "2022-08", "ongoing"),
        ("Aug 2022, then monthly", "2022-08", "monthly"),
        ("Aug 2022 (monthly)", "2022-08", "monthly"),
        ("Monthly from Aug 2022", "2022-08", "monthly"),
        ("Feb 2022 - Ongoing", "2022-02", "ongoing"),
        ("Ongoing until March 2023", "2023-03", "ongoing"),
    ],
)
def test_recurrences(words: str, edtf: str, recurs: str) -> None:
    found = read_date_phrase(words).date
    assert found is not None
    assert (found.edtf, found.recurs) == (edtf, recurs)


@pytest.mark.parametrize(
    ("words", "edtf", "condition"),
    [
        ("Autumn '22 linked to MTFP", "2022-23", "linked to MTFP"),
        ("TBC 2023", "2023", "to be confirmed"),
        ("Sep 2022 (TBC)", "2022-09", "to be confirmed"),
        ("End 2022 TBC", "2022-12", "to be confirmed"),
        ("Sep 2022 subject to Cabinet approval", "2022-09", "subject to Cabinet approval"),
        ("Sep 2022 (subject to funding in June 2022)", "2022-09", "subject to funding in June 2022"),
    ],
)
def test_conditions(words: str, edtf: str, condition: str) -> None:
    reading = read_date_phrase(words)
    assert reading.date is not None
    assert (reading.date.edtf, reading.date.condition, reading.condition) == (edtf, condition, condition)


@pytest.mark.parametrize(
    ("words", "status", "condition", "achieved"),
    [
        ("Complete", DateWord.COMPLETE, None, True),
        ("Completed", DateWord.COMPLETE, None, True),
        ("Delivered", DateWord.COMPLETE, None, True),
        ("In place", DateWord.IN_PLACE, None, True),
        ("Ongoing", DateWord.ONGOING, None, False),
        ("On-going", DateWord.ONGOING, None, False),
        ("TBC", DateWord.TBC, None, False),
        ("To be confirmed", DateWord.TBC, None, False),
        ("Date: TBC", DateWord.TBC, None, False),
        ("TBC based on selected option", DateWord.TBC, "based on selected option", False),
        ("Dates TBC following Autumn decision", DateWord.TBC, "following Autumn decision", False),
        (
            "Date TBC following options paper to Leadership Team in June 2022",
            DateWord.TBC,
            "following options paper to Leadership Team in June 2022",
            False,
        ),
        ("n/a", DateWord.NOT_APPLICABLE, None, False),
        ("Not applicable", DateWord.NOT_APPLICABLE, None, False),
    ],
)
def test_words_that_are_not_dates(
    words: str, status: DateWord, condition: str | None, achieved: bool
) -> None:
    expected = DateReading(printed=words, status=status, condition=condition, achieved=achieved)
    assert read_date_phrase(words) == expected
    assert split_date_cell(words) == (expected,)


def test_a_recurrence_without_a_date_is_ongoing() -> None:
    assert read_date_phrase("Quarterly").status is DateWord.ONGOING
    assert read_date_phrase("Quarterly").recurs == "quarterly"
    assert read_date_phrase("Ongoing (monthly)").recurs == "monthly"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Achieved March 2022", "2022-03"),
        ("Achieved April 2022", "2022-04"),
        ("Achieved Feb 2022", "2022-02"),
        ("Completed March 2022", "2022-03"),
        ("Complete March 2022", "2022-03"),
        ("Complete - 12/05/2022", "2022-05-12"),
        ("In place Sept 2022", "2022-09"),
    ],
)
def test_achieved_with_its_date(words: str, edtf: str) -> None:
    reading = read_date_phrase(words)
    assert reading.achieved
    assert reading.status is None
    assert reading.date is not None
    assert reading.date.edtf == edtf


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("31/02/2023", "no such day"),
        ("31 February 2023", "no such day"),
        ("29 Feb 2023", "no such day"),
        ("13/13/2023", "no such day"),
        ("Q3 2023", "calendar or a financial"),
        ("Q5 2023/24", "no number 5"),
        ("FY 2023", "two"),
        ("2008-09", "month or a financial year"),
        ("Summer 2022/23", "which of the two years"),
        ("22 June", "no year"),
        ("Autumn", "no year"),
        ("May 2022 - Apr 2022", "ends before it begins"),
        ("subject to funding", "no date"),
        ("May 2022, Jun 2022", "2 separate readings"),
        ("Christmas 2022", "not a form of date"),
        ("1 - June 2022", "not a form of date"),
        ("asap", "not a form of date"),
        ("12 months", "not a form of date"),
        ("-", "not a form of date"),
        ("", "blank"),
        ("  \n", "blank"),
    ],
)
def test_what_cannot_be_read_is_kept_with_a_reason(words: str, says: str) -> None:
    reading = read_date_phrase(words)
    assert not reading.understood
    assert reading.date is None
    assert reading.printed == " ".join(words.split())
    assert says in (reading.reason or "")


def test_season_rules_of_the_council_are_used() -> None:
    rules = SeasonRules(autumn=(10, 12), winter=(1, 3))
    autumn, winter = (read_date_phrase(words, rules).date for words in ("Autumn 2022", "Winter 2022/23"))
    assert autumn is not None
    assert winter is not None
    assert (autumn.earliest, autumn.latest) == (date(2022, 10, 1), date(2022, 12, 31))
    assert (winter.edtf, winter.earliest, winter.latest) == ("2023-24", date(2023, 1, 1), date(2023, 3, 31))


@pytest.mark.parametrize("words", [row[0] for row in rows(PLAIN) + rows(APPROXIMATE)])
def test_every_edtf_value_is_accepted_by_the_edtf_library(words: str) -> None:
    found = read_date_phrase(words).date
    assert found is not None
    library = parse_edtf(found.edtf)
    assert date(*library.lower_strict()[:3]) == found.earliest
    if not found.edtf.endswith("-24"):  # the library ends winter on 31 December
        assert date(*library.upper_strict()[:3]) == found.latest


WORDS = st.sampled_from(
    (
        "May Jun Sept 2022 2023 '22 22 7 31 Autumn Winter term Q3 2023/24 - – / ( ) , ; to and by By before from after "
        "onwards Est. early Late End of the Complete Completed Ongoing TBC Dates linked based on subject following "
        "quarterly then n/a in place week commencing 31/02/2023 7.6.22 foo FY"
    ).split()
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=14).map(" ".join)))
def test_nothing_is_lost_and_nothing_raises(cell: str) -> None:
    readings = split_date_cell(cell)
    assert "".join("".join(reading.printed for reading in readings).split()) == "".join(cell.split())
    read_date_phrase(cell)
    for reading in readings:
        if reading.date is not None:
            assert reading.date.printed in reading.printed
            assert any(char.isdigit() for char in reading.date.printed)
