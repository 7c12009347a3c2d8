"""Composing: the right numbers, the right dates, and no figure that differs between two reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.northbury import CABINET, FACTS, HASH, northbury_matter

from goldenthread.reporting import composing
from goldenthread.reporting.composing import Composed, Report, compose, disagreements, standard_reports
from goldenthread.reporting.content import Block, Paragraph, Table, texts_in, words_of
from goldenthread.reporting.definitions import (
    Definition,
    DefinitionError,
    audiences,
    definition_for,
    definition_text,
    read_definition,
)
from goldenthread.reporting.figures import Figure, cross_foot
from goldenthread.reporting.matter import Matter


def of(audience: str, **more: object) -> Report:
    return compose(northbury_matter(), definition_for(audience), **more)  # type: ignore[arg-type]


def blocks_of(report: Report, title: str) -> list[Block]:
    return [block for section in report.sections if section.title == title for block in section.blocks]


def words_in(report: Report, title: str) -> str:
    return "\n".join(words_of(text) for block in blocks_of(report, title) for text in texts_in(block))


@pytest.mark.parametrize("audience", sorted(audiences()))
def test_every_figure_is_what_was_counted_by_hand(audience: str) -> None:
    found = {placed.figure.name: placed.figure.value for placed in of(audience).figures}
    for name in FACTS.keys() & found.keys():
        assert found[name] == FACTS[name], name


def test_every_fact_that_was_counted_is_printed_somewhere() -> None:
    printed = {
        placed.figure.name for report in standard_reports(northbury_matter()) for placed in report.figures
    }
    assert FACTS.keys() <= printed


def test_the_resolution_has_the_right_dates() -> None:
    asked = words_in(of("cabinet"), "Recommendations")
    assert "up to 31 October 2022" in asked
    assert "since 31 July 2022" in asked
    assert "as it stood on 31 October 2022" in asked
    assert "Cabinet is asked to resolve" in asked


def test_both_dates_stand_at_the_head_of_the_report() -> None:
    opening = words_of(of("cabinet").opening)
    assert "for Cabinet. It goes to the meeting of Cabinet on 16 November 2022" in opening
    assert "at the end of 31 October 2022, the cut-off" in opening
    assert "compares with how the plan stood at the end of 31 July 2022" in opening
    assert f"change 42, hash {HASH[:12]}" in opening


def test_a_date_that_nobody_has_entered_is_left_to_be_written() -> None:
    report = compose(replace(northbury_matter(), meetings=()), definition_for("cabinet"))
    assert "date of the meeting of Cabinet" in " ".join(report.unfinished)
    told = compose(replace(northbury_matter(), meetings=()), definition_for("cabinet"), meeting=CABINET)
    assert "meeting of Cabinet on 16 November 2022" in words_of(told.opening)


def test_a_blank_may_be_filled_by_hand_and_only_one_that_there_is() -> None:
    report = of("cabinet", fill={"scrutiny_date": "24 November 2022"})
    assert "on 24 November 2022, and that its comments" in words_in(report, "Recommendations")
    with pytest.raises(DefinitionError, match=r"no blank \{scrutiny_day\} to fill"):
        of("cabinet", fill={"scrutiny_day": "24 November 2022"})


def test_a_first_report_says_that_there_is_nothing_to_compare_with() -> None:
    first = compose(replace(northbury_matter(), before=None), definition_for("cabinet"))
    assert "no earlier position" in words_of(first.opening)
    assert "took effect on 4 January 2022" in words_in(first, "Changes to the plan")


def test_the_reports_of_one_matter_agree() -> None:
    matter = northbury_matter()
    assert cross_foot(standard_reports(matter)) == ()
    assert disagreements(of("cabinet"), matter) == ()


def test_another_grouping_under_the_same_heading_is_no_disagreement() -> None:
    group = '[[group]]\ntitle = "Culture"\nthemes = [1, 3]\n[[group]]\ntitle = "Money"\nthemes = [2]\n'
    text = definition_text("scrutiny").replace("[bodies]", f"{group}[bodies]")
    report = compose(northbury_matter(), read_definition(text, "mine.toml"))
    assert disagreements(report, northbury_matter()) == ()
    (ratings,) = (table for table in report.tables if table.name == "Ratings")
    assert [(words_of(row[0]), words_of(row[-1])) for row in ratings.rows] == [
        ("Culture", "7"), ("Money", "2"), ("All", "9")
    ]  # fmt: skip


def test_a_figure_that_differs_is_named_with_both_places() -> None:
    report = of("cabinet")
    wrong = Paragraph((Figure("actions.late", 3), " are late"))
    first, *others = report.sections
    forged = replace(report, sections=(replace(first, blocks=(*first.blocks, wrong)), *others))
    (found,) = disagreements(forged, northbury_matter())
    assert found.name == "actions.late"
    assert str(found).startswith("actions.late: 3 in “Recommendations” of cabinet; 2 in ")


@pytest.mark.parametrize("audience", [name for name in audiences() if name != "reviewer"])
def test_a_figure_that_differs_in_any_one_of_the_other_reports_is_named(
    audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reports share while they are composed, each is held against the others by what it says itself."""

    def forging(matter: Matter, definition: Definition) -> Report:
        made = compose(matter, definition)
        if definition.audience != audience:
            return made
        wrong = Composed("Forged", 1, (Paragraph((Figure("actions.late", 3), " are late")),))
        return replace(made, sections=(*made.sections, wrong))

    report = of("cabinet")
    monkeypatch.setattr(composing, "compose", forging)
    (found,) = disagreements(report, northbury_matter())
    assert found.name == "actions.late"
    assert f"3 in “Forged” of {audience}" in str(found)


def test_what_is_worked_out_of_a_plan_once_is_never_that_of_another() -> None:
    matter = northbury_matter()
    compose(matter, definition_for("cabinet"))
    later = replace(matter, cut_off=matter.cut_off + timedelta(days=400))
    assert matter.told(blanks={}).ratings is matter.ratings
    assert later.ratings != matter.ratings
    assert compose(later, definition_for("audit")).figures != compose(matter, definition_for("audit")).figures


def test_a_table_that_lost_a_row_is_named() -> None:
    report = of("cabinet")
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.name == "Late actions":
                cut = replace(section, blocks=(replace(block, rows=block.rows[:1]),))
    forged = replace(report, sections=(*(each for each in report.sections if each.title != cut.title), cut))
    assert [each.name for each in disagreements(forged, northbury_matter())] == ["actions.late"]


def test_tables_are_numbered_through_the_report() -> None:
    captions = [table.caption for table in of("cabinet").tables]
    assert [caption.split(":")[0] for caption in captions] == [
        f"Table {n}" for n in range(1, len(captions) + 1)
    ]


@pytest.mark.parametrize("audience", sorted(audiences()))
def test_no_two_tables_of_a_report_have_one_name(audience: str) -> None:
    names = [table.name for table in of(audience).tables]
    assert len(names) == len(set(names))


def test_the_stamp_says_where_the_content_comes_from() -> None:
    assert str(of("cabinet").stamp) == (
        f"As at 31 October 2022 · Known at change 42 · Record {HASH[:12]} · Golden Thread 1.2.3"
    )


def test_a_meeting_before_the_cut_off_is_not_the_next_one() -> None:
    told = of("cabinet", meeting=date(2022, 11, 30))
    assert "meeting of Cabinet on 30 November 2022" in words_of(told.opening)
