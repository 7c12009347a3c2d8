"""Every keyed fact stands on the line of the published plan that it is said to, and no word of a cell is left over."""

import re
from collections.abc import Iterable

import pytest
from support.needs import require_data

from truth import Action, Text, Theme, Truth, load_truth, matches

MARKUP = re.compile(r"<[^>]+>|[▶•]|(?<= )o(?= )")
BULLET = re.compile(r"^\s*- (▶ )?")
TRUTH = load_truth()


@pytest.fixture(scope="module")
def page() -> list[str]:
    """The lines of the published plan, the first at 1."""
    source = require_data("plans/sandwell-improvement-plan-2022.txt")
    return ["", *source.read_text(encoding="utf-8").split("\n")]


def plain(printed: str) -> str:
    return " ".join(MARKUP.sub(" ", printed).split())


def bullet(page: list[str], line: int) -> str:
    return BULLET.sub("", page[line])


def bulleted(theme: Theme) -> Iterable[tuple[int, Text]]:
    yield from ((item.line, item.text) for item in (*theme.objectives, *theme.success_statements))
    yield from ((deliverable.line, deliverable.name) for deliverable in theme.deliverables)


def cells(page: list[str], action: Action) -> list[str]:
    """The reference, lead, action, start and due cells of an action, of both its rows if it has two."""
    first = action.title or action.steps[0].text
    row = page[action.lines[0]].split("\t")
    column = next(
        place for place, cell in enumerate(row) if place > 1 and plain(cell).startswith(first.starts)
    )
    rows = [["", *page[line].split("\t"), "", ""] for line in action.lines]
    return [plain(" ".join(row[place + 1] for row in rows)) for place in range(column - 2, column + 3)]


@pytest.fixture(params=TRUTH.actions, ids=lambda action: f"line {action.lines[0]}")
def action(request: pytest.FixtureRequest) -> Action:
    found: Action = request.param
    return found


def test_title_and_steps_make_up_the_action_cell(page: list[str], action: Action) -> None:
    words = cells(page, action)[2].split()
    for text in (*filter(None, [action.title]), *(step.text for step in action.steps)):
        assert matches(text, " ".join(words[: text.words])), text
        del words[: text.words]
    assert words == []


def test_the_date_tokens_make_up_the_date_cells(page: list[str], action: Action) -> None:
    *_, start, due = cells(page, action)
    assert start == " ".join(token.printed for token in action.start_tokens)
    assert due == " ".join(token.printed for token in action.due_tokens)


def test_every_director_and_number_printed_is_keyed(page: list[str], action: Action) -> None:
    references, leads, *_ = cells(page, action)
    keyed = [
        value for reference in action.references for value in (reference.number, reference.page) if value
    ]
    assert sorted(re.findall(r"SN5|\d+(?:\.\d+)?|\ball\b", references)) == sorted(keyed)
    assert leads.count("Director") == sum(lead.startswith("Director") for lead in action.leads)
    for lead in action.leads:
        assert lead.removeprefix("Director of ").split(" and ")[0] in leads


@pytest.mark.parametrize("theme", TRUTH.themes, ids=lambda theme: f"theme {theme.number}")
def test_the_lists_of_a_theme(page: list[str], theme: Theme) -> None:
    assert plain(page[theme.line]) == f"Theme {theme.number} – {theme.name}"
    for line, text in bulleted(theme):
        assert matches(text, bullet(page, line)), line
    for workstream in theme.workstreams:
        name, aim = re.split(r"\*\* ?[–-] ", bullet(page, workstream.line), maxsplit=1)
        assert name == f"**{workstream.name}"
        assert workstream.aim is not None
        assert matches(workstream.aim, aim), workstream.line
    for milestone in theme.milestones:
        name, date = page[milestone.line].split("\t")
        assert matches(milestone.name, name), milestone.line
        assert date.strip() == " ".join(token.printed for token in milestone.dates), milestone.line


def test_the_lists_outside_the_themes(page: list[str]) -> None:
    truth: Truth = TRUTH
    for item in (*truth.direction_elements, *truth.exit_factors):
        assert matches(item.text, bullet(page, item.line)), item.line
    for risk in truth.risks:
        name, text = bullet(page, risk.line).split(" – ", maxsplit=1)
        assert (name, matches(risk.text, text)) == (risk.name, True), risk.line
    for milestone in truth.engagement_milestones:
        name, date = page[milestone.line].split("\t")
        assert matches(milestone.name, name), milestone.line
        assert date == milestone.dates[0].printed, milestone.line
    for review in truth.reviews:
        assert bullet(page, review.line) == f"{review.author} {review.title} ({review.date})"
