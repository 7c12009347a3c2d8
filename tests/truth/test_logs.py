"""The keyed logs, reports and returns parse, hold as many items as were counted, and agree with what the pages say."""

from collections import Counter
from itertools import pairwise

import pytest
from edtf import parse_edtf

from truth.logs import (
    ACTION_LOGS,
    COMMITMENT_REPORTS,
    LogItem,
    load,
    load_documents,
    load_doubts,
    load_faults,
    load_matches,
    load_measures,
    load_progress,
    load_projects,
    load_risks,
    return_files,
    successive_logs,
)

COUNTED = {
    "lpdp_2010_01": 13, "lpdp_2010_12": 9, "lpdp_2011_09": 9, "lpdp_2011_11": 8, "lpdp_2012_03": 13,
    "odug_2012_08_14": 28, "odug_2012_08_29": 28, "odug_2012_09_12": 18, "odug_2012_09_25": 20,
    "odug_2012_10_24": 28, "odug_2012_11_13": 27,
    "tb_04": 9, "tb_05": 16, "tb_06": 23, "tb_07": 29, "tb_08": 21, "tb_09": 28,
}  # fmt: skip
MATRICES = {"q2_csv": 17 * 3, "q2_odt": 17 * 3, "q3_pdf": 8 * 17, "q4_docx": 11 * 17}
COLOURS = {  # of the status cell, each log counted by eye
    "tb_04": {"blue": 3, "green": 3, "amber": 3},
    "tb_05": {"green": 3, "amber": 4, "blue": 9},
    "tb_06": {"green": 7, "amber": 4, "red": 1, "blue": 11},
    "tb_07": {"green": 6, "amber": 10, "blue": 13},
    "tb_08": {"green": 7, "amber": 11, "blue": 3},
    "tb_09": {"green": 9, "amber": 7, "red": 3, "blue": 8, "grey": 1},
}
CARRIED_FORWARD = {"08_14": 0, "08_29": 10, "09_12": 6, "09_25": 8, "10_24": 9, "11_13": 6}
SAME = {"tb": [3, 15, 23, 16, 18], "odug": [11, 6, 10, 15, 14], "lpdp": [1, 1]}
STATUSES = {"not_started", "in_progress", "complete", "deferred", "unknown"}
NOT_DATES = {"ongoing", "as_soon_as_possible", "next_meeting", "relative"}

EVERY_LOG = [*((ACTION_LOGS, name) for name in COUNTED), *((COMMITMENT_REPORTS, name) for name in MATRICES)]
each_log = pytest.mark.parametrize(("series", "name"), EVERY_LOG)


@each_log
def test_as_many_items_as_counted_each_in_a_place_of_its_own(series: str, name: str) -> None:
    items = load(series, name)
    assert len(items) == (COUNTED | MATRICES)[name]
    assert len({item.place for item in items}) == len(items)
    assert len({(item.title, item.raised, item.owners, item.group) for item in items}) == len(items)


@pytest.mark.parametrize(
    ("series", "counted"), [(ACTION_LOGS, COUNTED), (COMMITMENT_REPORTS, MATRICES)], ids=str
)
def test_the_list_of_documents_agrees(series: str, counted: dict[str, int]) -> None:
    documents = load_documents(series)
    assert {document.name: document.items for document in documents if document.name} == counted
    assert len({document.file for document in documents}) == len(documents)


@each_log
def test_a_status_is_what_its_words_say(series: str, name: str) -> None:
    for item in load(series, name):
        words = item.status_printed.lower()
        done = words in {"complete", "completed", "compete", "met"}
        assert item.status in STATUSES, item
        assert (item.status == "complete") == done, item
        assert item.open is not True or not done, item
        if not words or words.startswith(("carried forward", "not met")):
            assert item.status == "unknown", item


@each_log
def test_a_deadline_is_a_date_or_a_word_never_both(series: str, name: str) -> None:
    for due in (item.due for item in load(series, name) if item.due):
        assert (due.edtf is None) == (due.status is not None) == (due.earliest is None), due
        if due.edtf is None:
            assert due.status in NOT_DATES, due
        else:
            dates = parse_edtf(due.edtf)
            assert due.earliest is not None
            assert due.latest is not None
            assert tuple(dates.lower_strict())[:3] == due.earliest.timetuple()[:3], due
            assert tuple(dates.upper_strict())[:3] == due.latest.timetuple()[:3], due


@each_log
def test_a_long_text_is_not_kept_whole(series: str, name: str) -> None:
    for item in load(series, name):
        texts = [*item.steps, *filter(None, [item.title, item.progress])]
        assert all(text.whole is None or text.words <= 8 for text in texts), item.place


@pytest.mark.parametrize("name", COLOURS)
def test_colours_counted(name: str) -> None:
    assert Counter(item.rag for item in load(ACTION_LOGS, name)) == COLOURS[name]


@pytest.mark.parametrize("day", CARRIED_FORWARD)
def test_carried_forward_counted(day: str) -> None:
    items = load(ACTION_LOGS, f"odug_2012_{day}")
    assert sum(item.status_printed.startswith("Carried forward") for item in items) == CARRIED_FORWARD[day]


def departments(items: tuple[LogItem, ...], title: str, words: set[str]) -> set[str]:
    return {
        item.owners[0]
        for item in items
        if item.status_printed in words and item.title and item.title.whole == title
    }


def test_the_totals_that_the_reports_state() -> None:
    """Paragraphs 24, 28 and 31 of the second quarter's report, 3 of the third's and 2 of the fourth's."""
    q2 = load(COMMITMENT_REPORTS, "q2_odt")
    first, second, strategy = "PM Letter May 2010", "PM Letter July 2011", "Open Data Strategy commitments"
    assert len(departments(q2, first, {"Met"})) == 9
    assert len(departments(q2, first, {"Serious Delay"})) == 4
    assert len(departments(q2, second, {"Met"})) == 11
    assert len(departments(q2, second, {"Delayed", "Serious Delay"})) == 5
    assert departments(q2, second, {"Unlikely to be met in full"}) == {"FCO"}
    assert len(departments(q2, strategy, {"Met", "On Track"})) == 13
    assert len(departments(q2, strategy, {"Delayed", "Serious Delay"})) == 4
    assert compliant("q3_pdf") == {"BIS", "DfT", "HMRC", "HO", "MoJ", "MoD"}
    assert compliant("q4_docx") == {"BIS", "DECC", "DfID", "DfE", "DfT", "DWP", "HMRC", "HO", "MoD"}


def compliant(name: str) -> set[str]:
    """The departments that met every commitment."""
    items = load(COMMITMENT_REPORTS, name)
    return {item.owners[0] for item in items} - {
        item.owners[0] for item in items if item.status_printed != "Met"
    }


def test_the_same_table_in_two_formats_says_the_same() -> None:
    plain, coloured = (load(COMMITMENT_REPORTS, name) for name in ("q2_csv", "q2_odt"))
    for one, other in zip(plain, coloured, strict=True):
        assert (one.owners, one.status_printed, one.status) == (
            other.owners,
            other.status_printed,
            other.status,
        )
        assert str(one.title).casefold() == str(other.title).casefold()
    scores = [{score.owner: score.value for score in load_measures(name)} for name in ("q2_csv", "q2_odt")]
    assert scores[0] == scores[1]
    assert len(scores[0]) == 17


def test_each_colour_of_a_report_stands_for_one_word() -> None:
    """The key of the second quarter's report; in the fourth's, two cells say Not Met on white."""
    pairs = Counter((item.rag, item.status_printed) for item in load(COMMITMENT_REPORTS, "q2_odt"))
    assert dict(pairs).keys() == {
        ("dark green", "Met"), ("light green", "On Track"), ("yellow", "Delayed"),
        ("amber", "Serious Delay"), ("red", "Unlikely to be met in full"),
    }  # fmt: skip
    white = [item for item in load(COMMITMENT_REPORTS, "q4_docx") if item.rag == "none"]
    assert [(item.owners, item.status_printed) for item in white] == [(("FCO",), "Not Met")] * 2


def test_the_third_report_counted_row_by_row() -> None:
    """Its page alone says so: it is a PDF file."""
    cells = load(COMMITMENT_REPORTS, "q3_pdf")
    rows = [cells[at : at + 17] for at in range(0, len(cells), 17)]
    assert [sum(cell.rag == "red" for cell in row) for row in rows] == [5, 4, 5, 2, 2, 0, 1, 0]
    assert all({cell.title for cell in row} == {row[0].title} for row in rows)
    assert Counter((cell.rag, cell.status_printed) for cell in cells) == {
        ("green", "Met"): 107, ("red", "Not Met"): 19, ("dark grey", ""): 8,
        ("light grey", "None to report"): 1, ("none", "Met/Not Met"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(("earlier", "later"), successive_logs())
def test_a_match_joins_items_that_are_there(earlier: str, later: str) -> None:
    before, after = ({item.place: item for item in load(ACTION_LOGS, name)} for name in (earlier, later))
    matches = load_matches(earlier, later)
    for match in matches:
        assert before[match.earlier].title == match.earlier_title
        assert after[match.later].title == match.later_title
        assert match.same is not None or not match.sure
    same = [match for match in matches if match.same]
    assert len({match.earlier for match in same}) == len({match.later for match in same}) == len(same)


@pytest.mark.parametrize("board", SAME)
def test_recurring_items_counted(board: str) -> None:
    pairs = [pair for pair in successive_logs() if pair[0].startswith(board)]
    assert all(later == earlier for (_, later), (earlier, _) in pairwise(pairs))
    assert [sum(match.same is True for match in load_matches(*pair)) for pair in pairs] == SAME[board]


@pytest.mark.parametrize(("name", "projects", "risks"), [
    ("r3_success", 1, 4), ("r4_success", 5, 9), ("r4_corrupt", 5, 9), ("r4_psi_risk", 5, 3),
])  # fmt: skip
def test_returns(name: str, projects: int, risks: int) -> None:
    assert name in return_files()
    assert len(load_projects(name)) == len(load_progress(name)) == projects
    assert [project.name for project in load_projects(name)] == [row.project for row in load_progress(name)]
    found = load_risks(name)
    assert len(found) == len({risk.place for risk in found}) == risks
    for risk in found:
        assert risk.pre_score == int(risk.pre_impact[0]) * int(risk.pre_likelihood[0]), risk.place
        assert risk.post_score == int(risk.post_impact[0]) * int(risk.post_likelihood[0]), risk.place


def test_planted_faults_are_in_the_faulty_returns_only() -> None:
    assert Counter(fault.file for fault in load_faults()) == {"r4_corrupt": 1, "r4_psi_risk": 5}
    assert {doubt.file for doubt in load_doubts()} == set(return_files())
    places = [(fault.file, fault.sheet, fault.cell) for fault in (*load_faults(), *load_doubts())]
    faulty = {("r4_psi_risk", fault.sheet, fault.cell) for fault in load_faults()}
    assert len(set(places)) == len(places)
    assert faulty.isdisjoint((doubt.file, doubt.sheet, doubt.cell) for doubt in load_doubts())
