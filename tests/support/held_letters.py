"""A letter of Northbury in draft, six months to the end of October 2022."""

from __future__ import annotations

from datetime import date

from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.letters import HeldLetter, held_letter
from goldenthread.record.models.reports import ReportRecord
from goldenthread.record.scope import writing
from goldenthread.record.snapshot import find_plan
from goldenthread.reporting.definitions import definition_text
from support.held_reports import RELEASE
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury


class DraftedLetter:
    """Northbury with a letter, report 1, that nobody has worked on."""

    def __init__(self) -> None:
        self.northbury = RecordedNorthbury()
        self.officer = self.northbury.officer
        hold_letter(self.officer, PLAN)

    @property
    def held(self) -> HeldLetter:
        """The letter as it stands."""
        return held_letter(self.officer.council, PLAN, 1, RELEASE)

    @property
    def about(self) -> dict[str, object]:
        """What every service is told."""
        return {"actor": self.officer, "plan": PLAN, "number": 1, "release": RELEASE}


def hold_letter(actor: Actor, plan: str, cut_off: date = CUT_OFF) -> int:
    """Put a draft of a letter on the record, which nobody has worked on, and give its number."""
    with writing(actor, "Started a letter"):
        held = find_plan(plan)
        number = ReportRecord.objects.filter(plan=held).count() + 1
        ReportRecord.objects.create(
            council_id=actor.council, plan=held, number=number, audience="letter", title="Letter", cut_off=cut_off,
            known_at=head_number(actor.council), definition=definition_text("six-monthly"), drafted_on=cut_off,
            drafted_by="Programme office",
        )  # fmt: skip
    return number
