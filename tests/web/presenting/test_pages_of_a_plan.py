"""What pages say of a plan: leads, timeline, search, changes, sources."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.plan import model
from goldenthread.plan.changes import compare
from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.references import Reference
from goldenthread.plan.status import Status
from goldenthread.plan.values import Anchor
from goldenthread.web.presenting.changes import field_words, group_changes, value_words
from goldenthread.web.presenting.colour import USUAL, contrast, council_style
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.leads import lead_named, lead_rows
from goldenthread.web.presenting.search import search
from goldenthread.web.presenting.sources import excerpt, place_words
from goldenthread.web.presenting.statuses import STATUS_WORDS, count_words, tally
from goldenthread.web.presenting.timeline import timeline


def on(words: str) -> PlanDate:
    found = read_date_phrase(words).date
    assert found
    return found


def plan(*actions: model.Action, bodies: tuple[str, ...] = ()) -> model.Plan:
    theme = model.Theme(key="t", number=1, name="Culture", actions=actions)
    groups = tuple(model.Body(key=name, name=name) for name in bodies)
    return model.Plan(
        key="p", council=model.Council(name="Borough"), title="Plan", themes=(theme,), bodies=groups
    )


def test_a_lead_that_is_a_body_is_a_group_and_late_actions_are_counted() -> None:
    late = model.Action(key="a", title="A", leads=("Cabinet",), dates=model.Dates(approved=on("Jun 2022")))
    done = late.model_copy(update={"key": "b", "status": Status.COMPLETE, "leads": ("Cabinet", "Director")})
    index = PlanIndex(plan(late, done, bodies=("Cabinet",)))
    rows = {row.name: row for row in lead_rows(index, date(2022, 8, 1))}
    assert (
        rows["Cabinet"].collective,
        rows["Cabinet"].actions,
        rows["Cabinet"].past,
        rows["Cabinet"].done,
    ) == (True, 2, 1, 1)
    assert not rows["Director"].collective
    assert lead_named(index, "cabinet") == "Cabinet"
    assert lead_named(index, "nobody") is None


def test_unknown_is_counted_and_claimed_is_not_verified() -> None:
    counted = tally([Status.UNKNOWN, Status.COMPLETE, Status.VERIFIED, Status.UNKNOWN])
    assert {words.text: number for words, number in counted} == {
        "Complete – claimed": 1,
        "Complete – verified": 1,
        "Not known": 2,
    }
    assert set(STATUS_WORDS) == set(Status)
    assert (count_words(0, "action"), count_words(1, "action"), count_words(1200, "action")) == (
        "No actions",
        "1 action",
        "1,200 actions",
    )


def test_the_timeline_draws_a_vague_date_over_all_its_days_and_the_original_apart() -> None:
    dates = model.Dates(original=on("Jun 2022"), approved=on("Autumn 2022"))
    line = timeline(
        plan(model.Action(key="a", title="A", start=on("Apr 2022"), dates=dates)), date(2022, 7, 1)
    )
    assert line
    row = line.groups[0][1][0]
    days = (line.end - line.start).days
    assert row.vague
    assert row.vague.x == pytest.approx(100 * (date(2022, 9, 1) - line.start).days / days, abs=0.01)
    assert row.vague.end == pytest.approx(100 * (date(2022, 11, 30) - line.start).days / days, abs=0.01)
    assert row.original == pytest.approx(100 * (date(2022, 6, 30) - line.start).days / days, abs=0.01)
    assert row.original < row.vague.x
    assert "original date Jun 2022" in row.words


def test_the_timeline_stays_within_its_width_and_says_what_it_cannot_draw() -> None:
    undated = model.Action(key="b", title="B")
    line = timeline(
        plan(model.Action(key="a", title="A", dates=model.Dates(approved=on("2022"))), undated),
        date(2040, 1, 1),
    )
    assert line
    assert line.today is None
    drawn, not_drawn = line.groups[0][1]
    assert drawn.vague
    assert 0 <= drawn.vague.x < drawn.vague.end <= 100
    assert not not_drawn.drawn
    assert timeline(plan(undated), date(2022, 1, 1)) is None


def test_search_finds_exact_words_first_then_words_nearly_right() -> None:
    index = PlanIndex(
        plan(
            model.Action(key="a", ref="A1", title="Review the constitution", leads=("Monitoring Officer",)),
            model.Action(
                key="b",
                ref="A2",
                title="Close the accounts",
                references=(Reference(review="CIPFA", number="3.2"),),
            ),
        )
    )
    assert search(index, "constitution")[0].title == "Review the constitution"
    assert search(index, "CIPFA 3.2")[0].title == "Close the accounts"
    assert search(index, "constitusion")[0].title == "Review the constitution"
    by_lead = model.Action(key="c", title="Something else", leads=("Director of Accounts",))
    titled = PlanIndex(plan(by_lead, model.Action(key="d", title="Close the accounts")))
    assert search(titled, "accounts")[0].title == "Close the accounts"
    assert any(entry.kind == "Lead" for entry in search(index, "monitoring officer"))
    assert search(index, "  ") == ()
    assert search(index, "zzzz qqqq") == ()


def test_changes_are_told_field_by_field_in_words() -> None:
    old = plan(model.Action(key="a", ref="A1", title="Old", dates=model.Dates(approved=on("Jun 2022"))))
    new = plan(
        model.Action(key="a", ref="A1", title="New", dates=model.Dates(approved=on("Autumn 2022"))),
        model.Action(key="b", title="Another"),
    )
    groups = {group.title: group for group in group_changes(compare(old, new))}
    rows = {(row.what, row.before, row.after) for row in groups["Changed"].rows}
    assert rows == {("Title", "Old", "New"), ("Approved date", "Jun 2022", "Autumn 2022")}
    assert groups["New"].kinds == (("Action", ("Another",)),)


def test_values_in_words() -> None:
    assert value_words("complete", "status") == "Complete – claimed"
    assert value_words(["Cabinet", "Scrutiny"], "leads") == "Cabinet, Scrutiny"
    assert value_words([]) is None
    assert value_words({"review": "GT", "class": "key", "number": "4", "page": None}) == "GT key 4"
    reported = {"as_at": "2022-06-07", "by": "Leader", "door": "email", "rating": "amber", "no_change": False}
    assert (
        value_words(reported, "report")
        == "As at: 7 June 2022; By: Leader; Came in by: the mailed link; Rating: Amber"
    )
    assert value_words({"no_change": True}, "report") == "Confirmed without a change: Yes"
    assert field_words("dates.approved") == field_words("approved") == "Approved date"


def test_an_excerpt_marks_the_line_and_shows_its_neighbours_without_mark_up() -> None:
    lines = ["one", "two", "", '<ul style="x">four</ul> <p>is read', "five", "six", "seven"]
    found = excerpt(lines, [Anchor(file="plan.txt", line=4)])
    assert found
    assert [(line.number, line.text, line.marked) for line in found.lines] == [
        (2, "two", False),
        (4, "four is read", True),
        (5, "five", False),
        (6, "six", False),
    ]
    assert found.place == "line 4 of plan.txt"
    assert excerpt(lines, [Anchor(file="plan.txt", line=99)]) is None
    assert excerpt(None, [Anchor(line=1)]) is None
    assert place_words(Anchor(file="a.docx", page=3, table=2, row=5)) == "page 3, table 2, row 5 of a.docx"


@pytest.mark.parametrize("colour", ["#1d4f6e", "#ffd700", "#ff0000", "#808080", "#ffffff"])
def test_words_on_the_councils_colour_can_be_read(colour: str) -> None:
    words = council_style(colour).split("--gt-on-brand: ")[1][:7]
    assert contrast(colour, words) >= 4.5


def test_nothing_but_a_colour_gets_into_the_style_sheet() -> None:
    assert council_style("red; } body { display: none") == council_style(USUAL)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
