"""The model: a known answer recovered, open promises counted, grids in order, nothing from after the forecast."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.synthetic_histories import ON, lengths_by_law, promise

from goldenthread.forecasting.backtest import MODEL
from goldenthread.forecasting.baselines import SlipDistribution
from goldenthread.forecasting.cases import Cases, cases_of
from goldenthread.forecasting.columns import Detail
from goldenthread.forecasting.features import Table, features
from goldenthread.forecasting.fitting import FEWEST, fit, weights
from goldenthread.forecasting.folds import fold_of, parted
from goldenthread.forecasting.hazard import LatenessHazard
from goldenthread.forecasting.histories import History, Stated
from goldenthread.forecasting.outlook import LEVELS, Asked, Outlooks
from goldenthread.forecasting.pool import pooled
from goldenthread.forecasting.prior import Prior, load
from goldenthread.forecasting.replay import fitted, rolling
from goldenthread.forecasting.stacking import Stack, _best_weights

PLAIN = Detail("plain", spans=6, apart=0.2, seasons=0, ridge=30)
DAY = timedelta(days=1)


def _hazard(cases: Cases) -> LatenessHazard:
    return LatenessHazard.fit(Table.of(cases.asked), cases, PLAIN, calendar=False, weights=weights(cases))


@cache
def _finished() -> Cases:
    return cases_of(promise(number, length) for number, length in enumerate(lengths_by_law(1500, seed=1)))


@cache
def _model() -> Stack:
    model = fit(_finished(), calendar=False)
    assert model is not None
    return model


def test_a_law_of_slips_is_recovered() -> None:
    """A promise of 200 days takes 200 days times a log-normal number of median 1.2 and deviation 0.4: 240 days."""
    fresh = cases_of(promise(number, length) for number, length in enumerate(lengths_by_law(1500, seed=2)))
    outlooks = _model().outlooks(fresh.asked)
    assert outlooks.quantile(0.5)[0] == pytest.approx(240, rel=0.06)
    assert outlooks.quantile(0.9)[0] == pytest.approx(240 * np.exp(0.4 * 1.2816), rel=0.08)
    inside = (outlooks.quantile(0.1) <= fresh.days) & (fresh.days <= outlooks.quantile(0.9))
    assert inside.mean() == pytest.approx(0.8, abs=0.04)


def test_a_promise_that_was_always_kept_on_its_day_is_expected_on_its_day() -> None:
    kept = cases_of(
        promise(number, planned, planned=planned) for number, planned in enumerate(range(60, 560))
    )
    outlooks = _hazard(kept).outlooks(kept.asked[::50])
    assert outlooks.quantile(0.5).round().tolist() == [
        each.stated.toordinal() - ON.toordinal() for each in kept.asked[::50]
    ]
    assert (
        outlooks.chance_within(np.array([60.0, *[0.0] * 9]))[0] > 0.9
    )  # the stated day itself counts as kept


def test_open_promises_are_counted_and_not_dropped() -> None:
    """Seen for 10 to 400 days only: leaving out what was open would halve the median of 240 days or so."""
    lengths = lengths_by_law(3000, seed=3)
    seen = np.random.Generator(np.random.Philox(4)).integers(10, 400, len(lengths))
    whole = cases_of(promise(number, length) for number, length in enumerate(lengths))
    done = np.asarray(whole.days <= seen, dtype=np.bool_)
    cut = Cases(whole.asked, np.minimum(whole.days, seen).astype(float), done)
    ask = whole.asked[:1]
    assert _hazard(cut).outlooks(ask).quantile(0.5)[0] == pytest.approx(240, rel=0.08)
    assert _hazard(cut.only(done)).outlooks(ask).quantile(0.5)[0] < 205


def test_what_is_overdue_is_expected_from_tomorrow_on_given_that_it_is_still_open() -> None:
    started = ON - timedelta(days=300)
    late = Asked(
        History("q", (Stated(started, started + timedelta(days=200)),), start=started, open_until=ON), ON
    )
    days = _model().outlooks([late]).days[0]
    assert days.min() >= 1
    # of lengths over 300 days the law's conditional median is 358 days: 58 from now
    assert np.interp(0.5, LEVELS, days) == pytest.approx(58, abs=30)


def test_too_few_finished_projects_give_no_model() -> None:
    assert fit(_finished().only(np.arange(1500) < FEWEST - 1)) is None


def test_the_same_cases_give_the_same_bytes_and_json_gives_the_same_model_back() -> None:
    some = _finished().only(np.arange(1500) % 10 == 0)
    first, second = fit(some), fit(some)
    assert first is not None
    assert second is not None
    assert json.dumps(first.as_json()) == json.dumps(second.as_json())
    again = Stack.of_json(json.loads(json.dumps(first.as_json())))
    assert again.outlooks(some.asked).days == pytest.approx(
        first.outlooks(some.asked).days, rel=1e-3, abs=0.5
    )


def test_weights_go_to_what_scores_and_are_shared_by_what_says_the_same() -> None:
    assert _best_weights(np.diag([1.0, 1e6, 1e6, 1e6])).tolist() == pytest.approx([1, 0, 0, 0])
    assert _best_weights(np.ones((4, 4))) == pytest.approx(np.full(4, 0.25), abs=1e-3)


def test_a_pool_averages_probabilities() -> None:
    early, late = np.linspace(1, 100, len(LEVELS)), np.linspace(201, 300, len(LEVELS))
    silent = np.full(len(LEVELS), np.nan)
    parts = [
        Outlooks((ON, ON, ON), np.array(rows)) for rows in ((early, early, silent), (late, silent, silent))
    ]
    both = pooled(parts, np.full((3, 2), 0.5))
    assert both.quantile(0.25)[0] == pytest.approx(np.interp(0.5, LEVELS, early), abs=2)
    assert both.quantile(0.75)[0] == pytest.approx(np.interp(0.5, LEVELS, late), abs=2)
    assert both.days[1] == pytest.approx(early, abs=1)
    assert both.abstains.tolist() == [False, False, True]


@settings(max_examples=60, deadline=None)
@given(
    stated=st.lists(st.tuples(st.integers(0, 200), st.integers(-3000, 15000)), min_size=1, max_size=8),
    started=st.one_of(st.none(), st.integers(-4000, 400)),
    since=st.integers(0, 2000),
)
def test_the_prior_speaks_of_whatever_was_stated_and_its_grids_rise_from_tomorrow_on(
    stated: list[tuple[int, int]], started: int | None, since: int
) -> None:
    on, told = ON, {}
    for gap, ahead in stated:
        on += timedelta(days=gap)
        told[on] = Stated(on, on + timedelta(days=ahead))
    start = None if started is None else ON + timedelta(days=started)
    asked_on = on + timedelta(days=since)
    asked = Asked(History("any", tuple(told.values()), start=start, open_until=asked_on), asked_on)
    days = load().outlooks([asked]).days[0]
    assert np.isfinite(days).all()
    assert days[0] >= 1
    assert (np.diff(days) >= 0).all()


def test_features_by_hand() -> None:
    stated = tuple(
        Stated(date(2022, month, 1), expected)
        for month, expected in (
            (1, date(2022, 6, 1)),
            (2, date(2022, 6, 1)),
            (3, date(2022, 9, 1)),
            (5, date(2022, 8, 22)),
        )
    )
    known = History(
        "A", stated, start=date(2021, 12, 1), first=date(2022, 5, 1), open_until=date(2022, 5, 11)
    )
    found = features(Asked(known, date(2022, 5, 11)))
    assert (found.remaining, found.elapsed, found.planned, found.span) == (103, 161, 151, 264)
    assert (found.slipped, found.moves, found.later, found.last_move) == (113, 2, 1, -10)
    assert (found.held, found.quiet, found.reports, found.followed) == (10, 10, 4, 130)
    assert found.recent == 82  # both changes are of the last 90 days


def test_folds_are_fixed_and_never_part_a_project_s_phases() -> None:
    assert [fold_of(name) for name in ("1", "2", "3", "a / Design")] == [
        fold_of(n) for n in ("1", "2", "3", "a / Scope")
    ]
    names = [f"job {number // 3} / phase {number % 3}" for number in range(300)]
    taken = np.array(list(parted(names)))
    assert (taken.sum(axis=0) == 1).all()
    assert (taken.reshape(5, 100, 3) == taken.reshape(5, 100, 3)[:, :, :1]).all()


@cache
def _many() -> dict[str, History]:
    made = {}
    for number, length in enumerate(lengths_by_law(60, seed=5)):
        begun = ON + timedelta(days=11 * number)
        reports = range(0, min(int(length), 300), 40)
        stated = tuple(Stated(begun + each * DAY, begun + (200 + each // 3) * DAY) for each in reports)
        made[f"{number}"] = History(f"{number}", stated, start=begun, actual=begun + int(length) * DAY)
    return made


@pytest.mark.parametrize("after", [150, 420])
def test_nothing_that_comes_after_a_forecast_changes_it(after: int) -> None:
    """Every later report and outcome is overturned: forecasts up to the day stay the same to the last digit."""
    today = ON + after * DAY
    overturned = {}
    for name, history in _many().items():
        past = tuple(each for each in history.stated if each.on <= today)
        later = tuple(
            replace(each, expected=each.expected + 900 * DAY) for each in history.stated if each.on > today
        )
        ended = history.actual if history.actual and history.actual <= today else None
        kept = replace(
            history, stated=past + later, actual=ended, open_until=None if ended else today + 1500 * DAY
        )
        overturned[name] = kept
    first, second = (cases_of(histories.values()) for histories in (_many(), overturned))
    one = _by_day(rolling(first, _many(), load()).made[MODEL], first)
    two = _by_day(rolling(second, overturned, load()).made[MODEL], second)
    early = [key for key in one if key[1] <= today]
    assert len(early) > 30
    for key in early:
        assert (one[key] == two[key]).all(), key
    assert any((one[key] != two[key]).any() for key in one if key[1] > today and key in two)


def _by_day(outlooks: Outlooks, cases: Cases) -> dict[tuple[str, date], np.ndarray]:
    keys = ((each.known.project, each.on) for each in cases.asked)
    return dict(zip(keys, outlooks.days, strict=True))


def test_a_project_is_never_forecast_from_itself() -> None:
    """Were it, a history of one odd outcome among many would give itself away."""
    histories = {f"{number}": promise(number, 200, planned=200) for number in range(40)}
    histories["odd"] = promise("odd", 900, planned=377)
    cases = cases_of(histories.values())
    replay = fitted(cases, histories, histories, load())
    assert "5 folds" in replay.how[0]
    odd = cases.projects.index("odd")
    assert replay.made[MODEL].quantile(0.5)[odd] < 600
    other = {name: history for name, history in histories.items() if name != "odd"} | {
        "alias": histories["odd"]
    }
    few = fitted(cases_of([histories["odd"]]), {"odd": histories["odd"]}, other, load())
    assert "40 projects of the other file; 1 that are in both were left out" in few.how[0]


def test_parts_of_the_prior_fitted_from_a_project_are_left_out_of_its_forecasts() -> None:
    history = promise("x", 300)
    prior = load()
    asked = cases_of([history]).asked
    known = Table.of(asked)
    own = np.array([[True, False, False]])
    without = prior.outlooks_of(known, own).days
    alone = Prior(
        "rest",
        prior.parts[1:],
        replace(
            prior.resemblance,
            effects=prior.resemblance.effects[:, 1:],
            lean=prior.resemblance.lean[1:] / prior.resemblance.lean[1:].sum(),
        ),
    )
    assert not prior.fitted_from([history]).any()
    assert (without != prior.outlooks(asked).days).any()
    assert prior.outlooks_of(known, np.array([[True, True, True]])).abstains.all()
    assert alone.outlooks(asked).days.shape == without.shape


def test_the_reference_class_of_the_model_is_the_baseline_s() -> None:
    reference = SlipDistribution(_finished())
    assert _model().slips.slips == pytest.approx(np.quantile(reference.slips, LEVELS))
