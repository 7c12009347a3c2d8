"""What a council says of its own headings and status words, and how a document was read for a person to check."""

from __future__ import annotations

import pytest

from goldenthread.documents import document_from_bytes
from goldenthread.plan.model import Action
from goldenthread.plan.status import Status
from goldenthread.reading import CouncilWords, Field, NoPlanError, ReadingRules, mapping_of, read_plan
from goldenthread.reading.fields import OF_A_DELIVERY_PLAN, OF_A_TRACKER

STRANGE = """# What we promised in 2023

|Wot we promised|Boss|Drop-dead|Vibe|
|---|---|---|---|
|Mend the roof of the town hall|Head of Estates|30 June 2023|Sorted|
|Write to every tenant|Director of Housing|July 2023|2. Sorted. All letters are out|
|Train all members|Monitoring Officer|Autumn 2023|Meh|
"""
SAID = CouncilWords.of(
    {
        "Wot we promised": Field.ACTION,
        "  BOSS :": Field.LEAD,
        "Drop-dead": Field.DUE,
        "Vibe": Field.STATUS,
    },
    {"sorted": Status.COMPLETE},
)
TRACKER = """# Action tracker

|Action|Owner|Notes|Status|
|---|---|---|---|
|Mend the roof|Head of Estates|30 June 2023|Done|
|Write to every tenant|Director of Housing|July 2023|In progress|
"""
PLAN = """# Improvement plan

## Theme 1 – Housing

### Delivery plan

|Strand|Wot we promised|Boss|Start|Drop-dead|
|---|---|---|---|---|
|Repairs|Mend every roof that leaks|Head of Estates|Jan 2023|30 June 2023|
|Repairs|Write to every tenant about repairs|Director of Housing|Jan 2023|Sorted|
"""


def actions(text: str, said: CouncilWords | None = None, name: str = "tracker.md") -> list[Action]:
    rules = ReadingRules(said=said or CouncilWords())
    return list(read_plan(document_from_bytes(text.encode(), name), rules).actions())


def read_as(text: str, said: CouncilWords | None = None) -> dict[str, Field]:
    found = mapping_of(
        document_from_bytes(text.encode(), "tracker.md"), ReadingRules(said=said or CouncilWords())
    )
    return {column.heading: column.read_as for column in found.columns}


def test_headings_that_nobody_knows_are_read_as_the_council_says() -> None:
    with pytest.raises(NoPlanError):
        actions(STRANGE)
    roof, letters, members = actions(STRANGE, SAID)
    assert roof.title == "Mend the roof of the town hall"
    assert roof.leads == ("Head of Estates",)
    assert [each.dates.approved.edtf for each in (roof, letters, members) if each.dates.approved] == [
        "2023-06-30", "2023-07", "2023-23",
    ]  # fmt: skip
    assert [each.status for each in (roof, letters, members)] == [
        Status.COMPLETE, Status.COMPLETE, Status.UNKNOWN,
    ]  # fmt: skip


def test_the_words_are_kept_as_printed() -> None:
    _, letters, _ = actions(STRANGE, SAID)
    assert letters.updates[-1].status_printed == "2. Sorted"
    assert "All letters are out" in letters.updates[-1].text


def test_what_was_said_goes_before_what_headings_usually_mean() -> None:
    roof, letters = actions(TRACKER)
    assert roof.dates.approved is None
    roof, letters = actions(TRACKER, CouncilWords.of({"notes": Field.DUE}))
    assert roof.dates.approved
    assert roof.dates.approved.edtf == "2023-06-30"
    assert not any("2023" in update.text for update in (*roof.updates, *letters.updates))


def test_a_column_that_was_said_to_hold_something_keeps_it_from_another() -> None:
    both = TRACKER.replace("Owner", "Deadline")
    assert read_as(both)["Deadline"] is Field.DUE
    found = read_as(both, CouncilWords.of({"Notes": Field.DUE}))
    assert (found["Notes"], found["Deadline"]) == (Field.DUE, Field.OTHER)


def test_a_column_can_be_left_out() -> None:
    roof, _ = actions(TRACKER, CouncilWords.of({"Status": Field.OTHER}))
    assert roof.status is Status.UNKNOWN
    assert roof.leads == ("Head of Estates",)


def test_a_status_word_may_mean_something_else_here_and_only_where_it_stands_alone() -> None:
    said = CouncilWords.of(statuses={"Done": Status.IN_PROGRESS, "in progress on site": Status.DEFERRED})
    roof, letters = actions(TRACKER, said)
    assert (roof.status, letters.status) == (Status.IN_PROGRESS, Status.IN_PROGRESS)
    on_site = TRACKER.replace("|In progress|", "|In progress on site, at last|")
    assert actions(on_site, said)[1].status is Status.DEFERRED
    sentence = TRACKER.replace("|Done|", "|Donegal was asked|")
    assert actions(sentence, said)[0].status is Status.UNKNOWN


def test_a_rating_stands_for_a_status_if_the_council_says_so() -> None:
    rated = TRACKER.replace("Status", "RAG").replace("|Done|", "|Blue|").replace("|In progress|", "|Teal|")
    assert [each.status for each in actions(rated)] == [Status.UNKNOWN, Status.UNKNOWN]
    said = CouncilWords.of(statuses={"Blue": Status.COMPLETE, "Teal": Status.DEFERRED})
    roof, letters = actions(rated, said)
    assert (roof.status, letters.status) == (Status.COMPLETE, Status.DEFERRED)
    assert roof.updates[-1].rag_printed == "Blue"


def test_a_delivery_plan_is_read_as_the_council_says_too() -> None:
    assert actions(PLAN) == []
    roofs, letters = actions(PLAN, SAID)
    assert roofs.title == "Mend every roof that leaks"
    assert roofs.leads == ("Head of Estates",)
    assert roofs.dates.approved
    assert roofs.dates.approved.edtf == "2023-06-30"
    assert letters.status is Status.COMPLETE
    assert letters.due_printed == "Sorted"


def test_every_heading_is_laid_out_with_samples_and_place_whether_or_not_it_is_used() -> None:
    (promised, boss, dead, vibe) = mapping_of(document_from_bytes(STRANGE.encode(), "x.md")).columns
    assert promised.samples[0] == "Mend the roof of the town hall"
    assert boss.samples == ("Head of Estates", "Director of Housing", "Monitoring Officer")
    assert {column.read_as for column in (promised, boss, dead, vibe)} == {Field.OTHER}
    assert (boss.places[0].table, boss.places[0].row, boss.places[0].column) == (1, 1, 2)
    assert read_as(STRANGE, SAID) == {
        "Wot we promised": Field.ACTION,
        "Boss": Field.LEAD,
        "Drop-dead": Field.DUE,
        "Vibe": Field.STATUS,
    }
    assert read_as(PLAN) == dict.fromkeys(
        ("Strand", "Wot we promised", "Boss", "Start", "Drop-dead"), Field.OTHER
    )
    assert read_as(PLAN, SAID)["Start"] is Field.START


def test_every_status_word_is_laid_out_once_with_what_it_was_read_as() -> None:
    found = mapping_of(document_from_bytes(STRANGE.encode(), "x.md"), ReadingRules(said=SAID))
    done, meh = found.values
    assert (done.printed, done.read_as, done.count, done.said) == ("Sorted", Status.COMPLETE, 2, True)
    assert (meh.printed, meh.read_as, meh.count, meh.said) == ("Meh", None, 1, False)


def test_words_that_nobody_knows_are_laid_out_without_the_account_that_follows_them() -> None:
    columns = CouncilWords(SAID.columns)
    found = mapping_of(document_from_bytes(STRANGE.encode(), "x.md"), ReadingRules(said=columns))
    assert [(value.printed, value.count, value.read_as) for value in found.values] == [
        ("Sorted", 2, None),
        ("Meh", 1, None),
    ]


def test_a_scale_of_numbers_holds_no_status_words() -> None:
    rated = (
        TRACKER.replace("Status", "RAG rating").replace("|Done|", "|4|").replace("|In progress|", "|Amber|")
    )
    found = mapping_of(document_from_bytes(rated.encode(), "x.md"))
    assert [(value.printed, value.read_as, value.is_rating) for value in found.values] == [
        ("Amber", None, True)
    ]


def test_a_heading_over_two_lines_is_one_heading() -> None:
    text = '"Wot we\n promised",Boss,Drop-dead\nMend the roof,Head of Estates,May 2023\nTrain members,Clerk,2024\n'
    found = mapping_of(document_from_bytes(text.encode(), "x.csv"))
    assert [column.heading for column in found.columns] == ["Wot we promised", "Boss", "Drop-dead"]
    assert [action.title for action in actions(text, SAID, "x.csv")] == ["Mend the roof", "Train members"]


def test_a_heading_of_several_sheets_is_laid_out_once() -> None:
    twice = mapping_of(document_from_bytes((TRACKER + "\n\nAnd then\n" + TRACKER[17:]).encode(), "x.md"))
    assert [column.heading for column in twice.columns] == ["Action", "Owner", "Notes", "Status"]
    assert [len(column.tables) for column in twice.columns] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Minutes of a meeting, and no plan.",
        "# Accounts\n\n|2021|2022|\n|---|---|\n|12|13|\n|14|15|\n",
        "# Logs\n\n|Send the papers|Done|\n|---|---|\n|Book the room|Late|\n|Invite the mayor|Done|\n",
        "# One row\n\n|Dear|Sir|\n|---|---|\n|Yours|faithfully|\n",
    ],
)
def test_what_has_no_headings_leaves_nothing_to_say(text: str) -> None:
    assert mapping_of(document_from_bytes(text.encode(), "x.md")).columns == ()


def test_two_columns_of_one_table_clash_if_both_would_be_the_same() -> None:
    found = mapping_of(document_from_bytes(TRACKER.encode(), "x.md"))
    ((one, other),) = found.clashes({"notes": Field.LEAD})
    assert {one.heading, other.heading} == {"Owner", "Notes"}
    assert found.clashes({"notes": Field.DUE}) == []
    assert found.clashes({"notes": Field.RAG, "status": Field.RAG}) == []


def test_nothing_that_may_be_said_of_a_column_is_lost_by_its_reader() -> None:
    for field in OF_A_TRACKER:
        assert CouncilWords.of({"X": field}).of_tracker("x") is field
    for field in OF_A_DELIVERY_PLAN:
        assert CouncilWords.of({"X": field}).of_delivery_plan("x") is field
    assert CouncilWords.of({"X": Field.REFERENCE}).of_tracker("x") is None
