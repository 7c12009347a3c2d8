"""Pieces of pages that are made without a template: nothing from a document gets into the page as mark-up."""

from __future__ import annotations

from datetime import date

from support.web_routes import NOT_PAGES

from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.status import Status
from goldenthread.web.pieces import GRID, chart_html, date_html, grid_html, standing_html, tag_html
from goldenthread.web.presenting.questions import KIND_WORDS
from goldenthread.web.presenting.timeline import timeline
from goldenthread.web.shell import NAVIGATION
from goldenthread.web.urls import PLAN


def test_printed_words_stay_words() -> None:
    shown = date_html(PlanDate.from_edtf("2022-06", "<b>Jun</b> 2022"))
    assert "<b>" not in shown
    assert "&lt;b&gt;Jun&lt;/b&gt; 2022" in shown


def test_a_date_that_is_not_set_says_so() -> None:
    assert "Not set" in date_html(None)


def test_every_page_of_a_plan_stands_under_one_entry_of_the_navigation() -> None:
    files = {name for name, why in NOT_PAGES.items() if "file" in why}
    alone = {"home", "as-at"}
    placed = [route for _, _, within in NAVIGATION for route in within]
    assert sorted(placed) == sorted({each.name for each in PLAN} - files - alone)


def test_every_status_has_a_tag_with_words_and_every_kind_of_question_a_title() -> None:
    assert all(tag_html(status).striptags() for status in Status)
    assert KIND_WORDS.keys() == set(QuestionKind)


def test_the_chart_says_its_dates_and_uses_the_grid_that_is_drawn_once() -> None:
    dates = model.Dates(approved=PlanDate.from_edtf("2022-06", "Jun 2022"))
    action = model.Action(key="a", title='A "quoted" <title>', dates=dates)
    theme = model.Theme(key="t", number=1, name="T", actions=(action,))
    line = timeline(
        model.Plan(key="p", council=model.Council(name="C"), title="P", themes=(theme,)), date(2022, 5, 1)
    )
    assert line
    chart = chart_html(line.groups[0][1][0], line)
    assert "<title>" not in chart
    assert "A &#34;quoted&#34; &lt;title&gt;: approved date Jun 2022" in chart
    assert f'href="#{GRID}"' in chart
    assert grid_html(line).count("<line") == len(line.ticks)


def test_only_a_passed_date_is_marked_as_passed() -> None:
    dates = model.Dates(approved=PlanDate.from_edtf("2022-06", "Jun 2022"))
    action = model.Action(key="a", title="A", dates=dates)
    assert "gt-standing--past" in standing_html(action, date(2022, 7, 1))
    assert "gt-standing--past" not in standing_html(action, date(2022, 6, 30))
    assert standing_html(action, date(2022, 1, 1)) == ""
