"""The keyed truth has as many of everything as were counted in the published plan, theme by theme."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from truth import Action, DateMeaning, Reference, Text, Theme, Truth, load_truth, matches

LEADS = {
    "Director of Law and Governance": 19,
    "Director of Business Strategy and Change": 14,
    "Director of Finance": 13,
    "Director of Children and Education": 9,
    "Director of Borough Economy": 6,
    "Director of Regeneration and Growth": 5,
    "Chief Executive": 4,
    "Leadership Team": 4,
    "Director of Housing": 2,
    "Director of Adult Social Care": 2,
    "Director of Public Health": 2,
    "Scrutiny": 2,
    "Leader": 1,
    "Cabinet Members": 1,
    "Cabinet": 1,
    "Head of Communications": 1,
    "Commissioner": 1,
}
CONTINUED = [(425, 426), (430, 431), (845, 846), (847, 848), (854, 855), (856, 857), (868, 869)]


@pytest.fixture(scope="module")
def truth() -> Truth:
    return load_truth()


def leaf_steps(theme: Theme, level: int) -> int:
    return sum(step.level == level for action in theme.actions for step in action.leaf_steps)


def due_tokens(theme: Theme, printed: str) -> int:
    return sum(token.printed == printed for action in theme.actions for token in action.due_tokens)


# What is counted, in themes 1 to 6.
COUNTS: dict[str, tuple[Callable[[Theme], int], list[int]]] = {
    "objectives": (lambda t: len(t.objectives), [3, 4, 3, 3, 5, 3]),
    "workstreams with aims": (lambda t: len(t.workstreams), [7, 5, 4, 3, 6, 4]),
    "workstreams in the table": (lambda t: len({a.workstream for a in t.actions}), [7, 5, 5, 3, 5, 4]),
    "printed rows": (lambda t: sum(len(a.lines) for a in t.actions), [18, 10, 13, 7, 16, 7]),
    "actions": (lambda t: len(t.actions), [16, 10, 13, 7, 11, 7]),
    "actions without steps": (lambda t: sum(not a.steps for a in t.actions), [6, 0, 0, 1, 0, 0]),
    "first-level steps": (lambda t: leaf_steps(t, 1), [30, 34, 46, 17, 38, 19]),
    "second-level steps": (lambda t: leaf_steps(t, 2), [2, 0, 4, 0, 0, 0]),
    "headings": (lambda t: sum(s.heading for a in t.actions for s in a.steps), [0, 1, 4, 0, 0, 0]),
    "milestones": (lambda t: len(t.milestones), [15, 6, 15, 12, 15, 11]),
    "blank milestones": (lambda t: sum(not m.dates for m in t.milestones), [4, 0, 9, 1, 3, 2]),
    "achieved milestones": (lambda t: sum(m.achieved for m in t.milestones), [0, 1, 1, 0, 0, 2]),
    "deliverables": (lambda t: len(t.deliverables), [7, 5, 14, 8, 7, 7]),
    "success statements": (lambda t: len(t.success_statements), [8, 4, 4, 4, 3, 5]),
    "leads": (lambda t: len({lead for a in t.actions for lead in a.leads}), [9, 4, 6, 4, 7, 7]),
    "references": (lambda t: len({r for a in t.actions for r in a.references}), [22, 28, 13, 15, 12, 7]),
    "due tokens saying Complete": (lambda t: due_tokens(t, "Complete"), [0, 11, 6, 1, 12, 4]),
    "due dates for action and each step": (
        lambda t: sum(a.due is not None and bool(a.steps) for a in t.actions),
        [2, 6, 10, 6, 5, 4],
    ),
    "ambiguous due dates": (lambda t: sum(bool(a.due_ambiguous) for a in t.actions), [8, 4, 3, 0, 6, 3]),
}


@pytest.mark.parametrize("counted", COUNTS)
def test_each_theme_has_what_was_counted_in_it(truth: Truth, counted: str) -> None:
    count, by_theme = COUNTS[counted]
    assert [count(theme) for theme in truth.themes] == by_theme


def test_the_plan_has_its_lists_outside_the_themes(truth: Truth) -> None:
    assert len(truth.risks) == 7
    assert len(truth.engagement_milestones) == 5
    assert len(truth.direction_elements) == 4
    assert len(truth.exit_factors) == 3
    assert [(review.author, dict(review.totals)) for review in truth.reviews] == [
        ("Grant Thornton", {"statutory": 3, "key": 5, "improvement": 37}),
        ("CIPFA", {"recommendation": 14}),
        ("LGA", {"recommendation": 9}),
    ]


def test_one_theme_goes_by_two_names(truth: Truth) -> None:
    headings = [theme.name for theme in truth.themes]
    differing = [pair for pair in zip(headings, truth.theme_names_in_list, strict=True) if pair[0] != pair[1]]
    assert differing == [("Partnerships and Relationships", "Partnership and Relationships")]


def test_two_workstreams_stand_only_in_a_table_and_two_only_in_a_list(truth: Truth) -> None:
    listed = {workstream.name for theme in truth.themes for workstream in theme.workstreams}
    tabled = {action.workstream for action in truth.actions}
    assert tabled - listed == {"Equality and Diversity", "New system procurement"}
    assert listed - tabled == {"Performance Management System", "Asset Management System"}


def test_ten_strategies_are_deliverables_of_one_group(truth: Truth) -> None:
    groups = Counter(deliverable.group for theme in truth.themes for deliverable in theme.deliverables)
    assert groups == {None: 38, "Strategies:": 10}


def test_seven_actions_were_printed_in_two_rows(truth: Truth) -> None:
    assert [action.lines for action in truth.actions if len(action.lines) == 2] == CONTINUED
    assert {action.lines[0]: action.shifted for action in truth.actions if action.shifted} == {
        434: "left",
        851: "left",
        962: "right",
        963: "right",
    }


def test_a_person_is_asked_about_two_headings_in_a_cell_and_a_missing_title(truth: Truth) -> None:
    assert [action.lines[0] for action in truth.actions if action.asked] == [531, 963]
    assert [action.lines[0] for action in truth.actions if action.title is None] == [963]


def test_leads_are_named_as_often_as_counted(truth: Truth) -> None:
    assert Counter(lead for action in truth.actions for lead in action.leads) == LEADS
    assert sum(len(action.leads) > 1 for action in truth.actions) == 16
    assert [action.lines[0] for action in truth.actions if not action.leads] == [424]


def test_references_and_their_links(truth: Truth) -> None:
    links = Counter(reference for action in truth.actions for reference in action.references)
    assert len(links) == 77
    # 130 reference strings are printed: one of them is the "n/a" of line 451.
    assert links.total() == 129
    assert sum(count == 1 for count in links.values()) == 58
    assert Counter((reference.review, reference.class_) for reference in links) == {
        ("Grant Thornton", "statutory"): 3,
        ("Grant Thornton", "key"): 5,
        ("Grant Thornton", "improvement"): 37,
        ("CIPFA", None): 15,
        ("LGA Corporate Peer Challenge", None): 15,
        ("Statutory Direction", None): 2,
    }
    assert links[Reference("Grant Thornton", "statutory", "1", None)] == 13
    assert links[Reference("Grant Thornton", "statutory", "2", None)] == 10
    assert links[Reference("Grant Thornton", "improvement", "22", None)] == 6


def test_date_tokens(truth: Truth) -> None:
    due = Counter(token.printed for action in truth.actions for token in action.due_tokens)
    start = Counter(token.printed for action in truth.actions for token in action.start_tokens)
    assert (due.total(), len(due)) == (222, 41)
    assert (start.total(), len(start)) == (116, 26)
    assert sum(len(action.start_tokens) == 1 for action in truth.actions) == 40
    assert [action.lines[0] for action in truth.actions if not action.start_tokens] == [849]


def dated(action: Action, which: str) -> list[DateMeaning | None]:
    return [getattr(action, which), *(getattr(step, which) for step in action.leaf_steps)]


def test_every_token_is_given_to_its_step_or_left_ambiguous(truth: Truth) -> None:
    for action in truth.actions:
        if action.due_ambiguous:
            assert set(dated(action, "due")) == {None}, action.lines
        else:
            assert tuple(dated(action, "due")) == action.due_tokens, action.lines
        if action.start_ambiguous:
            assert set(dated(action, "start")) == {None}, action.lines
        else:
            assert tuple(filter(None, dated(action, "start"))) == action.start_tokens, action.lines


def test_every_token_keyed_is_printed_somewhere_and_is_either_a_date_or_a_state(truth: Truth) -> None:
    milestones = [*truth.engagement_milestones, *(m for theme in truth.themes for m in theme.milestones)]
    printed = {token for action in truth.actions for token in (*action.start_tokens, *action.due_tokens)}
    printed |= {token for milestone in milestones for token in milestone.dates}
    related = {r.date for milestone in milestones for r in milestone.related if r.date}
    assert printed | related == set(truth.dates.values())
    for token in truth.dates.values():
        assert (token.edtf is None) == (token.status is not None), token
        assert (token.edtf is None) == (token.earliest is None) == (token.latest is None), token


def test_a_blank_milestone_is_keyed_with_its_neighbours(truth: Truth) -> None:
    for theme in truth.themes:
        dates = [milestone.dates for milestone in theme.milestones]
        for place, milestone in enumerate(theme.milestones):
            above = next((found[-1] for found in reversed(dates[:place]) if found), None)
            below = next((found[0] for found in dates[place + 1 :] if found), None)
            expected = (None, None) if milestone.dates else (above, below)
            assert (milestone.above, milestone.below) == expected, milestone.line


def every_text(truth: Truth) -> Iterator[Text]:
    for theme in truth.themes:
        yield from (item.text for item in (*theme.objectives, *theme.success_statements))
        yield from (item.name for item in (*theme.milestones, *theme.deliverables))
        yield from (workstream.aim for workstream in theme.workstreams if workstream.aim)
        for action in theme.actions:
            yield from (step.text for step in action.steps)
            yield from filter(None, [action.title])


def test_no_long_text_is_kept_whole(truth: Truth) -> None:
    whole = [text.whole for text in every_text(truth) if text.whole]
    assert [text for text in whole if len(text.split()) > 8 and len(text) > 61] == []


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ("Establish the  new\nculture of success", True),
        ("Establish the new culture of success and more", False),
        ("Establish the new and better culture of success", False),
        ("establish the new culture of success", False),
    ],
)
def test_a_text_matches_by_its_ends_and_length(found: str, same: bool) -> None:
    assert matches(Text("Establish the", "of success", 6), found) is same
