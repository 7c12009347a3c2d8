"""Report definitions: what a council may change in its copy, and what stops it, with the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.needs import CHECKOUT
from support.northbury import northbury_matter

from goldenthread.reporting.composing import compose
from goldenthread.reporting.definitions import (
    FIXED_BLANKS,
    DefinitionError,
    audiences,
    definition_for,
    definition_text,
    read_definition,
)
from goldenthread.reporting.sections import SECTIONS

OWED = {
    "leadership",
    "members",
    "cabinet",
    "audit",
    "scrutiny",
    "six-monthly",
    "annual",
    "reviewer",
    "exit",
    "staff",
    "ags",
}
CABINET_ORDER = [
    "Recommendations",
    "Reasons for recommendations",
    "How does this deliver the Corporate Plan?",
    "Context and key issues",
    "Comments of other bodies",
    "Alternative options",
    "Implications",
    "Resources",
    "Legal and governance",
    "Risk",
    "Equality",
    "Health and wellbeing",
    "Social value",
    "Climate change",
    "Corporate parenting",
    "Appendices",
    "Background papers",
]
"""The sections of a Cabinet report, in the order in which councils have them."""


def test_every_audience_that_is_owed_a_report_has_a_definition() -> None:
    assert set(audiences()) >= OWED
    for audience in audiences():
        assert definition_for(audience).audience == audience


def test_what_is_mandatory_for_cabinet_stands_in_the_order_of_councils() -> None:
    mandatory = [each.title for each in definition_for("cabinet").sections if each.mandatory]
    assert mandatory == CABINET_ORDER


def test_a_copy_may_be_edited() -> None:
    text = definition_text("cabinet").replace('meeting = "Cabinet"', 'meeting = "The Executive"')
    text += '\n[[section]]\nsection = "highlights"\ntitle = "News"\nmost = 3\n'
    own = read_definition(text, "our-cabinet.toml")
    assert own.bodies["meeting"] == "The Executive"
    assert own.sections[-1].title == "News"


def test_a_new_audience_needs_no_code() -> None:
    text = """
        audience = "parish-councils"
        title = "{plan} for our parishes"
        for = "parish and town councils"
        covers = "half-year"
        [blanks]
        contact = "the programme office"
        [[group]]
        title = "How the council works"
        themes = [1, 2]
        [[group]]
        title = "What you get"
        themes = [3]
        [[section]]
        section = "summary"
        title = "In short"
        wording = "Ask {contact}."
        [[section]]
        section = "ratings"
        title = "Ratings"
    """
    report = compose(northbury_matter(), read_definition(text, "parishes.toml"))
    assert report.title == "Northbury Improvement Plan for our parishes"
    assert [row[0][0] for row in report.tables[0].rows] == ["How the council works", "What you get", "All"]


def without(title: str) -> str:
    """The definition for Cabinet without the section of this title."""
    blocks = definition_text("cabinet").split("[[section]]")
    return "[[section]]".join(block for block in blocks if f'title = "{title}"\n' not in block)


@pytest.mark.parametrize("title", CABINET_ORDER)
def test_a_mandatory_section_cannot_be_removed(title: str) -> None:
    text = without(title)
    with pytest.raises(DefinitionError, match=r"mine\.toml, line \d+: ") as refused:
        read_definition(text, "mine.toml")
    assert f"“{title}”" in str(refused.value)


def test_a_removed_section_is_missed_where_it_should_stand() -> None:
    text = without("Equality")
    after = next(
        n for n, words in enumerate(text.splitlines(), 1) if 'title = "Health and wellbeing"' in words
    )
    with pytest.raises(DefinitionError) as refused:
        read_definition(text, "mine.toml")
    assert str(refused.value).startswith(f"mine.toml, line {after - 2}: the section “Equality” is missing")


def test_a_mandatory_section_cannot_be_renamed_away() -> None:
    text = definition_text("cabinet").replace('title = "Alternative options"', 'title = "Other thoughts"')
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "Other thoughts" in words)
    with pytest.raises(DefinitionError) as refused:
        read_definition(text, "mine.toml")
    assert str(refused.value).startswith(
        f"mine.toml, line {line}: the section “Other thoughts” stands where "
    )
    assert "“Alternative options” is mandatory for cabinet" in str(refused.value)


def test_mandatory_sections_keep_their_order() -> None:
    head, *blocks = definition_text("cabinet").split("[[section]]")
    text = "[[section]]".join([head, *blocks[1:], blocks[0]])
    with pytest.raises(
        DefinitionError, match=r"“Reasons for recommendations” stands before “Recommendations”"
    ):
        read_definition(text, "mine.toml")


def test_what_is_based_on_another_keeps_what_is_mandatory_there() -> None:
    text = without("Equality").replace('audience = "cabinet"', 'audience = "executive"\nbased-on = "cabinet"')
    with pytest.raises(DefinitionError, match="“Equality” is missing, which is mandatory for cabinet"):
        read_definition(text, "mine.toml")
    assert read_definition(text.replace('based-on = "cabinet"', ""), "mine.toml").audience == "executive"


@pytest.mark.parametrize(
    ("was", "is_", "line_of", "said"),
    [
        ("up to {cut_off} be", "up to {cutoff} be", "{cutoff}", "nothing fills the blank {cutoff}"),
        ('section = "statuses"', 'section = "moods"', 'section = "moods"', "there is no section “moods”"),
        ("days = 92", "days = 0", "days = 0", "“days” cannot be so"),
        ("days = 92", "weeks = 13", "weeks = 13", "“weeks” is not known here"),
        ('covers = "quarter"', 'covers = "fortnight"', "covers =", "“covers” cannot be so"),
        ('for = "{meeting}"', "", None, "“for” is missing"),
        ("up to {cut_off} be", "up to {cut_off be", "{cut_off be", "expected '}'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(was: str, is_: str, line_of: str | None, said: str) -> None:
    text = definition_text("cabinet").replace(was, is_, 1)
    lines = [n for n, words in enumerate(text.splitlines(), 1) if line_of and line_of in words]
    with pytest.raises(DefinitionError) as refused:
        read_definition(text, "mine.toml")
    told = str(refused.value)
    assert said in told
    # a kind of section that is not known is told at the section's own line, the one above
    assert any(told.startswith(f"mine.toml, line {n}: ") for n in (lines and (lines[0], lines[0] - 1)) or [1])


def cabinet_with(clearance: str) -> str:
    """The definition for Cabinet with this in place of its stages of clearance."""
    return re.sub(r"(?m)^clearance = .*$", clearance, definition_text("cabinet"))


@pytest.mark.parametrize(
    ("stages", "why"),
    [(["Legal", "Finance", "legal"], "“Legal” is named twice"), (["x" * 81], "is longer than 80 characters")],
)
def test_each_stage_of_clearance_has_a_short_name_of_its_own(stages: list[str], why: str) -> None:
    named = ", ".join(f'"{stage}"' for stage in stages)
    with pytest.raises(DefinitionError, match=why) as refused:
        read_definition(cabinet_with(f"clearance = [{named}]"), "mine.toml")
    assert re.match(r"mine.toml, line \d+: the stage ", str(refused.value))


def test_who_clears_a_report_stays_as_it_is_unless_a_council_says_otherwise() -> None:
    ours = definition_for("cabinet").clearance
    assert "Monitoring Officer" in ours
    assert read_definition(cabinet_with(""), "mine.toml").clearance == ours
    based = cabinet_with("").replace('audience = "cabinet"', 'audience = "executive"\nbased-on = "cabinet"')
    assert read_definition(based, "mine.toml").clearance == ours
    by_itself = based.replace('based-on = "cabinet"', "")
    assert read_definition(by_itself, "mine.toml").clearance == ()
    own = read_definition(cabinet_with('clearance = ["Improvement Board"]'), "mine.toml")
    assert own.clearance == ("Improvement Board",)


@pytest.mark.parametrize("audience", ["cabinet", "six-monthly", "annual", "exit"])
def test_nobody_at_all_clearing_what_is_published_is_refused(audience: str) -> None:
    text = re.sub(r"(?m)^clearance = .*$", "clearance = []", definition_text(audience))
    line = text.splitlines().index("clearance = []") + 1
    with pytest.raises(DefinitionError, match=rf"mine\.toml, line {line}: somebody has to clear") as refused:
        read_definition(text, "mine.toml")
    assert f"every report for {audience} before it is issued. Name at least one stage" in str(refused.value)


def test_an_informal_report_may_go_out_uncleared() -> None:
    text = re.sub(r"(?m)^clearance = .*$", "clearance = []", definition_text("members"))
    assert read_definition(text, "mine.toml").clearance == ()


@pytest.mark.parametrize("table", ["bodies", "blanks"])
def test_what_the_record_says_of_itself_cannot_be_worded_by_a_definition(table: str) -> None:
    text = f"{definition_text('staff')}\n".replace("[[section]]", f'[{table}]\nhash = "abc"\n[[section]]', 1)
    with pytest.raises(DefinitionError, match=r"mine\.toml, line \d+: the record itself fills \{hash\}"):
        read_definition(text, "mine.toml")
    with pytest.raises(DefinitionError, match=r"cabinet has no blank \{hash\} to fill"):
        compose(northbury_matter(), definition_for("cabinet"), fill={"hash": "abc"})


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "9" * 6000, 'x = "\x00"', "x = 2022-99-99"])
def test_what_no_person_writes_is_refused_too(text: str) -> None:
    with pytest.raises(DefinitionError, match=r"^mine\.toml(, line 1)?: "):
        read_definition(text, "mine.toml")


def test_a_theme_stands_under_one_heading_alone() -> None:
    groups = '[[group]]\ntitle = "One"\nthemes = [1, 2]\n[[group]]\ntitle = "Two"\nthemes = [2, 3]\n'
    with pytest.raises(DefinitionError, match="theme 2 is in two groups"):
        read_definition(definition_text("cabinet").replace("[bodies]", f"{groups}[bodies]"), "mine.toml")


def test_a_theme_cannot_be_left_out_by_grouping() -> None:
    group = '[[group]]\ntitle = "One"\nthemes = [1, 2]\n'
    own = read_definition(definition_text("cabinet").replace("[bodies]", f"{group}[bodies]"), "mine.toml")
    with pytest.raises(DefinitionError, match="leave out theme 3, “Services”"):
        compose(northbury_matter(), own)


def test_what_is_no_toml_is_named_with_its_line() -> None:
    with pytest.raises(DefinitionError, match=r"mine\.toml, line 2: .*quotation marks"):
        read_definition('audience = "x"\ntitle = oops\n', "mine.toml")


def test_the_documentation_names_every_audience_section_and_blank() -> None:
    text = Path(CHECKOUT, "docs", "reports.md").read_text(encoding="utf-8")
    audiences_named = {"reviewer:NAME" if audience == "reviewer" else audience for audience in audiences()}
    blanks = {f"{{{name}}}" for name in FIXED_BLANKS}
    for name in (*audiences_named, *SECTIONS, *blanks):
        assert f"`{name}`" in text, name
    for section in SECTIONS.values():
        assert section.summary in text, section.name
