"""The forecast that a page shows: worked out once for each state of the plan and day, then kept."""

from __future__ import annotations

from goldenthread.forecasting.plan_forecast import PlanForecast
from goldenthread.forecasting.track_record import TrackRecord
from goldenthread.record.forecasts import forecasts, track_record_at
from goldenthread.web.viewing import Viewing


def forecast_of(viewing: Viewing) -> PlanForecast:
    """The forecast of the plan in the state that a page shows, as at its day. One query when it is first asked for."""
    return viewing.index.keep(
        ("forecast", viewing.shown_day, viewing.known_at),
        lambda: forecasts(
            council=viewing.viewer.council_id,
            plan=viewing.plan,
            cut_off=viewing.shown_day,
            known_at=viewing.known_at,
        ),
    )


def track_record_of(viewing: Viewing) -> TrackRecord:
    """What came of the forecasts of this plan, as far as was known on the day of the page."""
    return viewing.index.keep(
        ("track record", viewing.shown_day, viewing.known_at),
        lambda: track_record_at(
            council=viewing.viewer.council_id,
            plan=viewing.plan,
            cut_off=viewing.shown_day,
            known_at=viewing.known_at,
        ),
    )
