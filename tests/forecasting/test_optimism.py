"""How far stated dates are from what comes of them: keyed by hand, and the estimator tried where the truth is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from goldenthread.forecasting.kinds import DateKind
from goldenthread.forecasting.optimism import (
    Grouping,
    Measured,
    Promised,
    Said,
    accuracy,
    estimate,
    measured,
    months_before,
)

TODAY = date(2024, 6, 30)


def said(*pairs: tuple[str, str], kind: DateKind = DateKind.DAY) -> tuple[Said, ...]:
    return tuple(Said(date.fromisoformat(on), date.fromisoformat(day), kind) for on, day in pairs)


def promise(*pairs: tuple[str, str], done: str | None = None, lead: str = "a", theme: str = "1") -> Promised:
    return Promised(
        said=said(*pairs),
        done_on=date.fromisoformat(done) if done else None,
        groups={Grouping.LEAD: (lead,), Grouping.THEME: (theme,)},
    )


def only(promised: Promised, months: int) -> Measured | None:
    found = measured([promised], months=months, today=TODAY)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [("2024-05-31", 3, "2024-02-29"), ("2024-03-31", 1, "2024-02-29"), ("2024-01-15", 6, "2023-07-15")],
)
def test_a_month_before_is_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, wanted: str
) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(wanted)


def test_what_is_done_is_measured_by_the_date_that_was_expected_so_many_months_before() -> None:
    """Done on 1 May 2024. Six months before, 1 December was expected; three months before, 1 April; one, 20 April."""
    moved = promise(
        ("2023-06-01", "2023-12-01"),
        ("2024-01-10", "2024-04-01"),
        ("2024-03-31", "2024-04-20"),
        done="2024-05-01",
    )
    assert [(found.days, found.open) for months in (6, 3, 1) if (found := only(moved, months))] == [
        (152, False),
        (30, False),
        (11, False),
    ]


def test_early_is_negative() -> None:
    early = only(promise(("2023-06-01", "2024-03-01"), done="2024-02-20"), 3)
    assert early == Measured(-10, False, DateKind.DAY, early.groups if early else {})


def test_what_was_not_promised_yet_is_not_measured() -> None:
    assert only(promise(("2024-03-01", "2024-04-01"), done="2024-04-01"), 3) is None


def test_an_open_promise_that_is_overdue_is_off_by_at_least_so_much() -> None:
    """Expected on 1 April three months ago and still open on 30 June: at least 90 days."""
    found = only(promise(("2024-01-01", "2024-04-01")), 3)
    assert found
    assert (found.days, found.open) == (90, True)


def test_an_open_promise_whose_date_was_moved_is_off_by_at_least_the_move() -> None:
    """1 July was expected on 31 March; since May it is 1 December: 153 days more by the lead's own word."""
    found = only(promise(("2024-01-01", "2024-07-01"), ("2024-05-10", "2024-12-01")), 3)
    assert found
    assert (found.days, found.open) == (153, True)


def test_an_open_promise_that_is_not_due_says_little_and_is_never_taken_for_kept() -> None:
    """1 August is still expected, and it may be kept early: all that is known is that it was not by 30 June."""
    found = only(promise(("2024-01-01", "2024-08-01")), 3)
    assert found
    assert (found.days, found.open) == (-32, True)
    brought_forward = only(promise(("2024-01-01", "2024-08-01"), ("2024-06-01", "2024-07-15")), 3)
    assert brought_forward
    assert brought_forward.days == -32


def test_what_a_decision_stopped_is_known_only_not_to_have_been_done_by_then() -> None:
    stopped = Promised(
        said=said(("2023-01-01", "2023-06-01")), done_on=None, groups={}, open_until=date(2023, 8, 1)
    )
    found = only(stopped, 3)
    assert found
    assert (found.days, found.open) == (61, True)


def test_the_kind_is_that_of_the_date_as_it_was_then() -> None:
    changed = Promised(
        said=(
            *said(("2023-06-01", "2024-05-31"), kind=DateKind.SEASON),
            *said(("2024-04-30", "2024-05-20")),
        ),
        done_on=date(2024, 5, 25),
        groups={},
    )
    kinds = {months: found.kind for months in (1, 3) if (found := only(changed, months))}
    assert kinds == {1: DateKind.SEASON, 3: DateKind.SEASON}, "on 25 April the season still stood"


def days_late(lead: str, errors: list[int], theme: str = "1") -> list[Promised]:
    """Promises of a lead, each expected on 1 January 2024 from a year before, and done so many days later."""
    return [
        promise(
            ("2023-01-01", "2024-01-01"),
            done=str(date(2024, 1, 1) + timedelta(days=late)),
            lead=lead,
            theme=theme,
        )
        for late in errors
    ]


A, B, C = [0, 5, -3, 10, 2, 4], [60, 75, 90, 40, 80, 66], [20, 30, 10, 25, 40]


def figures(promises: list[Promised], grouping: Grouping) -> dict[str, tuple[int, int, int] | None]:
    table = accuracy(promises, grouping, today=TODAY)
    return {
        name: (figure.days, figure.low, figure.high) if (figure := row[3].figure) else None
        for name, row in table.groups.items()
    }


def test_swapping_the_items_of_two_leads_swaps_their_figures() -> None:
    one = figures([*days_late("a", A), *days_late("b", B), *days_late("c", C)], Grouping.LEAD)
    other = figures([*days_late("b", A), *days_late("a", B), *days_late("c", C)], Grouping.LEAD)
    assert one["a"] == other["b"]
    assert one["b"] == other["a"]
    assert one["c"] == other["c"]
    assert one["a"] != one["b"]


def test_leads_and_themes_are_told_apart() -> None:
    mixed = [*days_late("a", A, theme="1"), *days_late("b", B, theme="2"), *days_late("c", C, theme="1")]
    by_theme, by_lead = figures(mixed, Grouping.THEME), figures(mixed, Grouping.LEAD)
    assert by_theme.keys() == {"1", "2"}
    assert by_lead.keys() == {"a", "b", "c"}


def test_fewer_than_five_are_not_shown_and_their_number_is() -> None:
    four, five = days_late("a", A[:4]), days_late("b", B[:5])
    table = accuracy([*four, *five], Grouping.LEAD, today=TODAY)
    assert (table.groups["a"][3].n, table.groups["a"][3].figure) == (4, None)
    assert table.groups["b"][3].n == 5
    assert table.groups["b"][3].figure is not None


def test_nothing_is_said_at_all_before_five_promises_are_done() -> None:
    still_open = [promise(("2023-01-01", "2024-01-01")) for _ in range(20)]
    table = accuracy([*still_open, *days_late("a", [1, 2, 3, 4])], Grouping.LEAD, today=TODAY)
    assert table.council[3].n == 24
    assert table.council[3].figure is None
    assert table.groups["a"][3].figure is None


def test_a_figure_lies_between_the_groups_own_mean_and_the_councils() -> None:
    promises = [*days_late("a", A), *days_late("b", B), *days_late("c", C)]
    table = accuracy(promises, Grouping.LEAD, today=TODAY)
    council = table.council[3].figure
    assert council
    assert council.days == pytest.approx(np.mean(A + B + C), abs=1.5)
    shown = figures(promises, Grouping.LEAD)
    assert shown["a"]
    assert np.mean(A) < shown["a"][0] < council.days
    assert shown["b"]
    assert council.days < shown["b"][0] < np.mean(B)


def test_few_are_drawn_more_strongly_to_the_council_than_many() -> None:
    rest = [*days_late("b", [20, 45, 30, 60, 35, 50] * 3), *days_late("c", [50, 25, 35, 40, 30, 55] * 3)]
    few = figures([*days_late("a", [0, 10, -10, 5, -5]), *rest], Grouping.LEAD)["a"]
    many = figures([*days_late("a", [0, 10, -10, 5, -5] * 8), *rest], Grouping.LEAD)["a"]
    assert few
    assert many
    assert abs(many[0]) < abs(few[0]), "the mean of the lead itself is 0 both times"
    assert many[2] - many[1] < few[2] - few[1], "and the interval is narrower"


def test_groups_that_lie_far_apart_and_are_each_of_one_mind_are_hardly_drawn_together() -> None:
    apart = [*days_late("a", A), *days_late("b", [150 + late for late in A])]
    shown = figures(apart, Grouping.LEAD)
    assert shown["a"]
    assert shown["b"]
    assert abs(shown["a"][0] - np.mean(A)) <= 3
    assert abs(shown["b"][0] - np.mean(A) - 150) <= 3
    assert shown["a"][2] - shown["a"][1] <= 20, "six dates of one mind say much"


def test_open_promises_raise_the_figure_that_completed_ones_alone_would_give() -> None:
    done = days_late("a", A)
    still_open = [promise(("2023-01-01", "2024-01-01")) for _ in range(6)]
    alone, both = (
        accuracy(found, Grouping.LEAD, today=TODAY).council[6].figure
        for found in (done, [*done, *still_open])
    )
    assert alone
    assert both
    assert both.days > alone.days + 50
    counted = accuracy([*done, *still_open], Grouping.LEAD, today=TODAY).council[6]
    assert (counted.done, counted.open) == (6, 6)


def simulated(rng: np.random.Generator, groups: int, size: int) -> tuple[list[list[Measured]], np.ndarray]:
    """Groups of errors about means of their own (sd 25 between, 40 within), cut off at random where still open."""
    means = rng.normal(45, 25, groups)
    found = []
    for mean in means:
        errors, limits = rng.normal(mean, 40, size), rng.normal(60, 50, size)
        pairs = zip(errors, limits, strict=True)
        found.append(
            [Measured(round(min(e, limit)), bool(limit < e), DateKind.DAY, {}) for e, limit in pairs]
        )
    return found, means


def test_intervals_hold_the_truth_four_times_in_five_and_pooling_is_nearer_to_it_than_each_group_alone() -> (
    None
):
    rng = np.random.default_rng(11)
    inside, pooled, alone, completed = [], [], [], []
    for _ in range(60):
        groups, means = simulated(rng, groups=8, size=9)
        found = estimate(groups).groups
        inside += [figure.low <= mean <= figure.high for mean, figure in zip(means, found, strict=True)]
        for group, mean, figure in list(zip(groups, means, found, strict=True))[:2]:
            if known := [one.days for one in group if not one.open]:
                pooled.append((figure.days - mean) ** 2)
                alone.append((estimate([group]).council.days - mean) ** 2)
                completed.append(np.mean(known) - mean)
    assert 0.75 <= np.mean(inside) <= 0.86
    assert np.mean(pooled) < 0.8 * np.mean(alone)
    assert np.mean(completed) < -10, "completed ones alone flatter, in this simulation as in life"
