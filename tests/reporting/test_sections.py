"""Sections: what each says of Northbury, against what was keyed by hand of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from support.northbury import BEFORE, HASH, northbury, northbury_matter

from goldenthread.assurance.ratings import RatingClass
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Link, LinkKind, StatedTotal
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Block, Chart, Rated, Table, tables_in, texts_in, words_of
from goldenthread.reporting.definitions import audiences, definition_for
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections import SECTIONS
from goldenthread.reporting.sections.charts import Bar, Line, bar_chart, line_chart, shade

FOUR = ("Original", "Approved", "Forecast", "Actual")


def written(name: str, matter: Matter | None = None, **options: object) -> tuple[Block, ...]:
    kind = SECTIONS[name]
    return tuple(kind.write(matter or northbury_matter(), kind.options.model_validate(options)))


def words(blocks: tuple[Block, ...]) -> str:
    return "\n".join(words_of(text) for block in blocks for text in texts_in(block))


def table(blocks: tuple[Block, ...], name: str) -> Table:
    return next(each for each in tables_in(blocks) if each.name == name)


def column(found: Table, heading: str) -> list[str]:
    place = [each.heading for each in found.columns].index(heading)
    return [words_of(row[place]) for row in found.rows]


def test_every_section_says_what_it_is_for() -> None:
    assert all(len(section.summary) > 30 for section in SECTIONS.values())


def test_every_section_is_used_by_some_audience() -> None:
    used = {asked.kind.name for audience in audiences() for asked in definition_for(audience).sections}
    assert used | {"actions"} == SECTIONS.keys()  # the plain list of actions is for councils that want it


def every_table() -> Iterator[tuple[str, Table]]:
    for name in SECTIONS.keys() - {"resolutions"}:
        yield from ((name, each) for each in tables_in(written(name)))


def test_a_table_with_one_date_of_promises_has_all_four() -> None:
    for name, each in every_table():
        headings = {column.heading for column in each.columns}
        if headings & {"Approved", "Forecast", "Actual"}:
            assert set(FOUR) <= headings, name


def test_the_original_date_stands_beside_every_changed_one() -> None:
    changed = table(written("changes"), "Changes to the plan")
    assert column(changed, "Item") == ["A4 Close the accounts"]
    assert column(changed, "Original date") == ["Jun 2022"]
    assert (column(changed, "Before"), column(changed, "Now")) == (["Aug 2022"], ["Sep 2022"])
    assert column(changed, "Decided by") == ["Cabinet, minute 31/22, change request 4"]
    assert column(changed, "Moved") == ["2 times"]


def test_changes_add_up_to_the_difference_of_the_two_states() -> None:
    said = words(written("changes"))
    assert "differs from the plan at the end of 31 July 2022 in 7 places" in said
    assert "1 change to what was approved" in said
    assert "3 changes to how promises stand" in said
    assert "3 changes in what leads and assurers say" in said


def test_late_actions_come_longest_first_and_say_why() -> None:
    late = table(written("late"), "Late actions")
    assert column(late, "Ref") == ["A6", "A4"]
    assert column(late, "By the rule") == ["Red", "Amber"]
    assert "passed 61 days ago" in column(late, "Why")[0]
    assert "“The auditor found more to correct” Next: Second draft in December" in column(late, "Why")[1]


def test_a_cut_list_says_how_many_it_leaves_out() -> None:
    said = words(written("late", most=1))
    assert "2 actions are past their approved dates." in said
    assert "1 more is not listed here." in said


def test_five_judgements_stand_side_by_side() -> None:
    found = table(written("judgements"), "Judgements")
    row = dict(zip([each.heading for each in found.columns], found.rows[3], strict=True))
    told = {heading: words_of(cell) for heading, cell in row.items()}
    assert told["Status"] == "In progress"
    assert told["By its lead"] == "Amber"
    assert told["By the rule"] == "Amber"
    assert told["By the assurer"] == "Red"
    assert told["Chance of its approved date"] == "No forecast"
    assert [told[name] for name in FOUR] == ["Jun 2022", "Sep 2022", "Dec 2022", "Not set"]


def test_claimed_verified_and_embedded_are_never_one_number() -> None:
    said = words(written("evidence"))
    assert "1 action is claimed to be complete, 1 is verified and 1 is embedded." in said
    assert "For 1 of these no evidence has been offered." in said
    assert column(table(written("evidence"), "Evidence"), "Evidence found enough") == [
        "0 of 0",
        "1 of 2",
        "0 of 1",
    ]


def test_what_nobody_has_said_is_counted() -> None:
    statuses = table(written("statuses"), "Statuses")
    by_status = dict(zip(column(statuses, "Status"), column(statuses, "Actions"), strict=True))
    assert by_status["Not known"] == "1"
    assert (
        sum(int(count) for status, count in by_status.items() if status != "All")
        == int(by_status["All"])
        == 9
    )


def test_ratings_add_up_theme_by_theme_and_the_rule_is_printed() -> None:
    blocks = written("ratings")
    found = table(blocks, "Ratings")
    for row in found.rows:
        counts = [next(part.value for part in cell if hasattr(part, "value")) for cell in row[1:]]
        assert sum(counts[:-1]) == counts[-1], words_of(row[0])
    assert "late by up to 31 days" in words(blocks)
    assert "Green is 11% of all actions (1 of 9)." in words(blocks)


def test_every_rating_has_its_word_beside_its_shade() -> None:
    shaded = [part for _, each in every_table() for row in each.rows for cell in row for part in cell]
    ratings = [part for part in shaded if isinstance(part, Rated)]
    assert ratings
    assert all(str(part) == part.class_.in_words for part in ratings)


@pytest.mark.parametrize("name", ["ratings", "curve"])
def test_a_chart_has_its_table_and_its_words(name: str) -> None:
    (chart,) = (block for block in written(name) if isinstance(block, Chart))
    assert chart.table.rows
    assert len(chart.alternative) > 40
    assert ElementTree.fromstring(chart.svg).tag.endswith("svg")


def test_the_curve_counts_what_was_promised_and_done_by_each_month() -> None:
    found = table(written("curve"), "Curve")
    at = {words_of(row[0]): [words_of(cell) for cell in row[1:]] for row in found.rows}
    # first promised by end of June: A1 March, A8 May, A2 and A4 June; as approved now A4 is of September
    assert at["30 June 2022"] == ["4", "3", "2"]
    # by October: A6 August, A3 September, A7 October too; done: A1, A2, A3
    assert at["31 October 2022"] == ["7", "7", "3"]
    assert at["31 December 2022"] == ["8", "8", "–"]


def test_done_keeps_apart_what_was_only_claimed() -> None:
    said = words(written("done"))
    assert (
        "1 action or milestone is newly said to be complete; nobody but the lead has checked it yet." in said
    )
    assert "No actions and milestones are newly verified" in said
    assert "1 action or milestone is newly embedded" in said


def test_risks_say_whose_mitigation_is_late() -> None:
    found = table(written("risks"), "Risks")
    assert "A4 Close the accounts" in column(found, "Actions that are to reduce it")[0]
    assert column(found, "Actions that are to reduce it")[0].endswith("– late")
    assert column(found, "Actions that are to reduce it")[1] == "None linked"


def test_success_statements_without_a_measure_say_so() -> None:
    found = table(written("success"), "Success")
    assert column(found, "Measure") == ["Staff survey, question 4", "No measure yet"]


def test_comments_come_with_their_responses() -> None:
    found = table(written("comments"), "Comments")
    assert column(found, "Response") == [
        "A second accountant has started.",
        "[response to Scrutiny Committee]",
    ]


def test_a_reviewer_sees_their_own_alone() -> None:
    own = northbury_matter().for_reviewer("auditor")
    assert [action.ref for action in own.plan.actions()] == ["A4", "A6"]
    blocks = written("recommendations", own)
    asked, answering = (table(blocks, name) for name in ("Auditor", "Auditor, actions"))
    by_name = dict(zip(column(asked, "What was asked"), column(asked, "Answered by"), strict=True))
    assert by_name == {
        "Statutory recommendation 1": "A4", "Key recommendation 2": "A6", "Key recommendation 1": "None"
    }  # fmt: skip
    assert column(answering, "Ref") == ["A4", "A6"]
    assert [column(answering, name)[0] for name in FOUR] == ["Jun 2022", "Sep 2022", "Dec 2022", "Not set"]
    assert "Peer" not in words(blocks)
    with pytest.raises(LookupError, match="there is Auditor, Peer Team"):
        northbury_matter().for_reviewer("Ofsted")


def test_a_closing_certificate_is_not_given_while_anything_is_open() -> None:
    said = words(written("closing-certificate"))
    assert said.startswith("This certificate cannot be given as at 31 October 2022.")
    assert "1 recommendation is without an action that answers" in said  # key recommendation 1
    assert "5 open actions are without another plan to go on in" in said  # A4, A5, A6, A7, A8; A9 is


def test_a_closing_certificate_is_given_when_nothing_is_left_and_says_from_what() -> None:
    """Every open action goes on somewhere, and every recommendation that was made has its action."""
    plan = northbury()
    links = tuple(
        Link(key=f"to-{n}", kind=LinkKind.TRANSFERRED_TO, source=f"a{n}", target="Corporate Plan")
        for n in range(4, 10)
    )
    auditor = plan.reviews[0].model_copy(update={"totals": (StatedTotal(class_="statutory", count=1),)})
    themes = [
        theme.model_copy(
            update={"actions": tuple(without_key_recommendations(each) for each in theme.actions)}
        )
        for theme in plan.themes
    ]
    plan = plan.model_copy(update={"links": links, "reviews": (auditor,), "themes": tuple(themes)})
    said = words(written("closing-certificate", replace(northbury_matter(), plan=plan)))
    assert said.startswith("It is certified that as at 31 October 2022:")
    assert "No recommendations are without an action that answers" in said
    assert "No open actions are without another plan" in said
    assert f"from change 42 of the record, whose hash is {HASH}" in said


def without_key_recommendations(action: Action) -> Action:
    kept = tuple(each for each in action.references if each.class_ == "statutory")
    return action.model_copy(update={"references": kept})


def test_where_open_actions_go_on_keeps_what_they_answer_and_how_far_they_are_assured() -> None:
    found = table(written("exit-map"), "Where open actions go on")
    by_ref = dict(zip(column(found, "Ref"), column(found, "Goes on in"), strict=True))
    assert by_ref == {
        "A4": "Nowhere yet", "A5": "Nowhere yet", "A6": "Nowhere yet", "A7": "Nowhere yet", "A8": "Nowhere yet",
        "A9": "Customer Service Plan: action 7",
    }  # fmt: skip
    assert column(found, "Answers")[0] == "Auditor: statutory 1"


def test_what_was_not_worked_out_is_said() -> None:
    for name in ("findings", "contradictions", "outside-view"):
        assert words(written(name)) == "This was not worked out for this report."


def test_an_empty_plan_makes_no_section_fail() -> None:
    empty = northbury().model_copy(
        update={"themes": (), "risks": (), "reviews": (), "links": (), "engagement_milestones": ()}
    )
    matter = replace(
        northbury_matter(), plan=empty, before=None, evidence={}, requests=(), moves={}, comments=()
    )
    for name in SECTIONS.keys() - {"resolutions"}:
        written(name, matter)


def test_the_plan_of_an_earlier_day_is_told_as_it_was() -> None:
    matter = replace(northbury_matter(), plan=northbury(BEFORE), cut_off=BEFORE, before=None)
    accounts = next(each for each in matter.actions if each.item.ref == "A4")
    assert accounts.item.dates.approved == PlanDate.from_edtf("2022-08", "Aug 2022")
    assert not matter.is_late(accounts.item)


def test_a_bar_shows_each_count_and_the_key_its_word() -> None:
    svg = bar_chart([Bar("Culture & pay", {RatingClass.GREEN: 3, RatingClass.RED: 2})])
    drawn = [each.text for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("text")]
    assert drawn == ["Culture & pay", "3", "2", "Green", "Red"]


def test_lines_differ_without_colour() -> None:
    days = (date(2022, 1, 31), date(2022, 2, 28))
    svg = line_chart(days, [Line("One", (1, 2)), Line("Two", (0, 2))], days[0])
    dashes = [
        each.get("stroke-dasharray")
        for each in ElementTree.fromstring(svg).iter()
        if each.tag.endswith("polyline")
    ]
    assert len(set(dashes)) == 2


@pytest.mark.parametrize("class_", list(RatingClass))
def test_words_on_a_shade_can_be_read(class_: RatingClass) -> None:
    """Contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted(map(_luminance, shade(class_)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_status_words_are_those_of_every_status() -> None:
    from goldenthread.reporting.sections.phrasing import STATUS_WORDS
    from goldenthread.web.presenting.statuses import STATUS_WORDS as ON_PAGES

    assert {status: words.text for status, words in ON_PAGES.items()} == STATUS_WORDS
    assert STATUS_WORDS.keys() == set(Status)
