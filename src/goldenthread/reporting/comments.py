"""Until when a body is to be answered that made a recommendation to the executive."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = 2


def response_due(received: date) -> date:
    """The last day of the two months, beginning with a day, in which the executive has to answer a recommendation of
    overview and scrutiny (Local Government Act 2000, section 9FE).

    Months are counted by the corresponding date: from 22 September to 21 November; where the last month has no such
    day, to its end.
    """
    year, month = divmod(received.year * 12 + received.month - 1 + MONTHS, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if received.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, received.day) - timedelta(days=1)
