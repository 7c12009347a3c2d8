"""The letter as a report: what stands on every page, what is marked while it is a draft, and its two annexes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from support.northbury import northbury_matter

from goldenthread.reporting.composing import Report, compose, disagreements
from goldenthread.reporting.content import Heading, Paragraph, words_of
from goldenthread.reporting.definitions import (
    DefinitionError,
    definition_for,
    definition_text,
    read_definition,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.letter import Head, Letter
from goldenthread.reporting.letter.drafting import draft_letter
from goldenthread.reporting.letter.editing import Part, Place, added, with_head, worded
from goldenthread.reporting.report_files import ReportFormat, report_files, sheets_of

HEAD = Head(
    my_ref="JS/1", ask_for="Jo Smith", telephone="01234 567890", dated=date(2022, 11, 20), marking="OFFICIAL",
    signatory="Cllr Jo Smith", address=("Council House", "Northbury"),
)  # fmt: skip


def letter() -> Letter:
    drafted = draft_letter(northbury_matter(), head=HEAD)
    return added(drafted, Place(Part.OPENING), "Our staff awards were well attended.")


def composed(held: Letter | None) -> Report:
    return compose(replace(northbury_matter(), letter=held), definition_for("letter"))


def words(report: Report) -> str:
    blocks = [block for section in report.sections for block in section.blocks]
    return "\n".join(words_of(each.text) for each in blocks if isinstance(each, Paragraph))


def test_a_draft_shows_what_each_sentence_rests_on_and_a_final_letter_does_not() -> None:
    draft = words(composed(letter()))
    assert (
        "has been reported complete by its lead, as done on 12 September 2022; nobody else has checked it yet. [A3]"
        in draft
    )
    assert "Our staff awards were well attended. [unsupported]" in draft
    assert "\nDRAFT\n" in draft
    final = words(composed(with_head(letter(), HEAD, is_draft=False)))
    assert "[" not in final
    assert "DRAFT" not in final
    assert "Date: 20 November 2022" in final


def test_it_has_no_words_of_a_report_and_opens_with_its_salutation() -> None:
    report = composed(letter())
    assert report.opening == ()
    assert words(report).index("Dear Secretary of State,") < words(report).index("This letter is our report")


def test_places_of_the_head_that_are_open_are_left_to_be_written() -> None:
    report = composed(with_head(letter(), Head()))
    assert [each.rpartition(": ")[2] for each in report.unfinished] == [
        "our reference", "who answers questions", "telephone number", "xx October 2022", "who signs the letter"
    ]  # fmt: skip


def test_without_a_letter_one_is_drafted_under_the_definitions_headings() -> None:
    group = '[[group]]\ntitle = "Culture and services"\nthemes = [1, 3]\n[[group]]\ntitle = "Money"\nthemes = [2]\n'
    text = definition_text("letter").replace("[[section]]", f"{group}[[section]]", 1)
    text = text.replace('signatory = ""', 'signatory = "Cllr Jo Smith"')
    report = compose(northbury_matter(), read_definition(text, "ours.toml"))
    headings = [
        block.words for section in report.sections for block in section.blocks if isinstance(block, Heading)
    ]
    assert headings == ["Culture and services", "Money"]
    assert "Cllr Jo Smith" in words(report)
    assert disagreements(report, northbury_matter()) == ()


def test_drafted_sentences_carry_their_figures_and_worded_ones_do_not() -> None:
    report = composed(letter())
    assert Figure("actions.late", 2, "two") in {placed.figure for placed in report.figures}
    late = next(each for each in letter().opening if "are late" in each.text)
    own = worded(letter(), late.number, "Two actions are late.", late.supports)
    assert "actions.late" not in {placed.figure.name for placed in composed(own).figures}


def test_the_annexes_say_what_each_sentence_rests_on_and_where_each_milestone_is_told() -> None:
    rests, due = composed(letter()).tables
    assert len(rests.rows) == len(list(letter().sentences))
    row = next(row for row in rests.rows if "staff awards" in words_of(row[1]))
    assert words_of(row[2]) == "[unsupported]"
    (only,) = due.rows
    assert [words_of(cell) for cell in only[:3]] == ["M3", "Accounts drafted", "Sep 2022"]
    assert words_of(only[4]).startswith("Reported in sentences 15") or words_of(only[4]).startswith(
        "Reported in"
    )


def test_a_mandatory_part_cannot_be_taken_out() -> None:
    text = definition_text("letter").replace('section = "letter-signature"', 'section = "background"')
    with pytest.raises(DefinitionError, match="letter-signature"):
        read_definition(text, "ours.toml")


def test_the_marking_and_the_address_stand_on_every_page() -> None:
    made = report_files(composed(letter()), [ReportFormat.DOCX, ReportFormat.ODT, ReportFormat.HTML])
    with zipfile.ZipFile(io.BytesIO(made[ReportFormat.DOCX])) as word:
        head, foot = (word.read(f"word/{part}GT.xml").decode() for part in ("header", "footer"))
    with zipfile.ZipFile(io.BytesIO(made[ReportFormat.ODT])) as text:
        styles = text.read("styles.xml").decode()
    for where in (head, styles, made[ReportFormat.HTML].decode()):
        assert "OFFICIAL · DRAFT" in where
        assert "Leader of the Council – Cllr Jo Smith · Council House · Northbury" in where
    for where in (foot, styles, made[ReportFormat.HTML].decode()):
        assert "OFFICIAL · DRAFT" in where
        assert "Known at change 42" in where


def test_the_workbook_has_the_two_annexes() -> None:
    assert [sheet.name for sheet in sheets_of(composed(letter()))] == [
        "About this report", "What each sentence rests on", "Milestones that fell due"
    ]  # fmt: skip
