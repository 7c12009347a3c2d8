"""`goldenthread calendar`: lines, warnings apart from them, and a file that calendar programs read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from icalendar import Calendar
from support.cycle import group

from goldenthread.record.models import BodyRecord
from goldenthread.record.scope import council_scope
from goldenthread.record.services.councils import command_actor, council_register
from goldenthread.record.services.meetings import enter_meetings

from .conftest import Invoke


def test_lines_warnings_and_a_file(held: Invoke, tmp_path: Path) -> None:
    actor = command_actor(council_register()[0].id, "test")
    with council_scope(actor.council):
        known = BodyRecord.objects.filter(slug="cabinet").exists()
    if not known:
        group(actor, "Cabinet")
    enter_meetings(actor=actor, body="cabinet", days=[date(2022, 9, 28)])
    said = held("calendar", "--as-at", "2022-08-01", "--cut-off", "2022-08-31")
    assert said.status == 0, said.err
    assert "2022-09-20\tAgenda and report published: Cabinet on 28 September 2022" in said.out.splitlines()
    assert "3 working days too late" in said.err
    file = tmp_path / "days.ics"
    assert held("calendar", "--as-at", "2022-08-01", "--no-election", "--ics", str(file)).status == 0
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert date(2022, 9, 20) in {event["DTSTART"].dt for event in events}
    wrong = held("calendar", "--notice", "2022-03-28")
    assert wrong.status == 2
    assert "--polling" in wrong.err
