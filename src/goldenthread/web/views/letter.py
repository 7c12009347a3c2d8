"""A letter on pages: as it reads, sentence by sentence, with what each rests on and what keeps it from being sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.record.errors import NotFound
from goldenthread.record.letter_grounds import evidence_numbers
from goldenthread.record.letters import HeldLetter, SentenceThen, held_letter, removed_sentences
from goldenthread.record.permissions import Permission
from goldenthread.reporting.letter.checking import Claims, letter_problems
from goldenthread.reporting.letter.due import MilestoneDue, milestones_due
from goldenthread.web.paging import paged
from goldenthread.web.presenting.held_reports import may_see
from goldenthread.web.presenting.index import handle
from goldenthread.web.presenting.letter import (
    Addresses,
    PartShown,
    counts_of,
    due_row,
    names_evidence,
    parts_shown,
    place_name,
)
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Crumb, Viewing, index_of, reading_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.held_reports import claims_of
from goldenthread.web.views.pages import page
from goldenthread.web.views.reports import REPORTS, report_crumb

MOST_PROBLEMS = 12
ON_A_PAGE = 50


@dataclass(frozen=True)
class Letters:
    """A letter in view, with the addresses of its pages."""

    viewing: Viewing
    held: HeldLetter

    @property
    def number(self) -> int:
        """The report's."""
        return self.held.report.number

    @property
    def may_write(self) -> bool:
        """Whether whoever looks may change it now."""
        return self._may(Permission.PREPARE_REPORTS)

    @property
    def may_sign(self) -> bool:
        """Whether whoever looks may answer for a sentence now."""
        return self.may_write or self._may(Permission.CLEAR_REPORTS)

    @property
    def claims(self) -> Claims:
        """What the claim check makes of each sentence."""
        return claims_of(self.held.report, self.held.letter)

    @property
    def problems(self) -> tuple[str, ...]:
        """What stands in the way of the final letter; kept with the plan for this version of the letter."""
        return self._keep("problems", lambda: letter_problems(self.held.letter, self.held.plan, self.claims))

    @property
    def due(self) -> tuple[MilestoneDue, ...]:
        """What fell due in its period; kept likewise."""
        letter = self.held.letter
        return self._keep("due", lambda: milestones_due(self.held.plan, letter.since, letter.until, letter))

    @property
    def removed(self) -> tuple[SentenceThen, ...]:
        """The sentences that it had once; kept likewise."""
        report = self.held.report
        return self._keep("removed", lambda: removed_sentences(report.council, report.id))

    @property
    def addresses(self) -> Addresses:
        """Where the things are on which its sentences rest."""
        link = self.viewing.link
        numbers = evidence_numbers() if names_evidence(self.held.letter) else {}
        return Addresses(self.held.plan, link, {number: piece for piece, number in numbers.items()})

    def link(self, route: str, **arguments: Any) -> str:
        """The address of a page of this letter."""
        return self.viewing.link(route, number=self.number, **arguments)

    def of_sentence(self, number: int) -> str:
        """The page of a sentence."""
        return self.link("letter-sentence", sentence=number)

    def add(self, **start: str) -> str:
        """The form for a new sentence, with something filled in."""
        path = reverse("letter-add", kwargs={"slug": self.viewing.slug, "number": self.number})
        return f"{path}?{urlencode(start)}"

    def parts(self) -> tuple[PartShown, ...]:
        """The letter part by part."""
        return parts_shown(
            self.held.letter,
            self.claims,
            self.addresses,
            self.of_sentence,
            lambda place: self.add(part=place_name(place)),
        )

    def under(self, *above: Crumb) -> None:
        """Say which pages lie above this one."""
        self.viewing.under(REPORTING, REPORTS, report_crumb(self.number), *above)

    @property
    def crumb(self) -> Crumb:
        """The letter, as a page above another."""
        return ("Letter", "letter", {"number": self.number})

    def _may(self, permission: Permission) -> bool:
        return self.held.report.is_draft and not self.viewing.is_past and self.viewing.viewer.may(permission)

    def refuse_unless(self, may: bool) -> None:
        """Go on only where somebody may change the letter.

        Raises:
            PermissionDenied: They may not, or it is no draft any more.
        """
        if not may and not self.held.report.is_draft:
            raise PermissionDenied(
                "This letter is no draft any more, so nothing of it changes. If you have just typed something, go back "
                "one page: it is still there to be copied."
            )
        if not may:
            raise PermissionDenied("You cannot change this letter. Ask the programme office.")

    def _keep(self, what: str, make: Callable[[], Any]) -> Any:
        report = self.held.report
        key = (what, report.id, report.version, report.state)
        return index_of(self.held.plan).keep(key, make)


def letter_in(viewing: Viewing, number: int) -> Letters:
    """The letter that an address names.

    Raises:
        Http404: there is none.
        PermissionDenied: it is a draft, and the viewer neither prepares nor clears reports.
    """
    try:
        held = held_letter(viewing.viewer.council_id, viewing.slug, number, RELEASE)
    except NotFound as error:
        raise Http404(str(error)) from error
    if not may_see(viewing.viewer, held.report):
        raise PermissionDenied("This letter is not issued yet. Ask the programme office.")
    return Letters(viewing, held)


@reading_page
def letter(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """The letter as it reads, each sentence with what it rests on and how it stands, and what stands in its way."""
    found = letter_in(viewing, number)
    parts, report = found.parts(), found.held.report
    found.under()
    context = {
        "letter": found.held.letter,
        "report": report,
        "found": found,
        "parts": parts,
        "counts": counts_of(parts),
        "problems": found.problems,
        "most": MOST_PROBLEMS,
        "due": {
            "all": len(found.due),
            "told": sum(bool(each.told_in) for each in found.due),
            "left": sum(each.left_out is not None and not each.told_in for each in found.due),
            "open": sum(each.is_open for each in found.due),
        },
        "removed": [
            (each, found.of_sentence(each.sentence.number)) for each in found.removed if each.sentence
        ],
    }
    return page(request, viewing, "letter", context)


@reading_page
def letter_due(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """Every milestone that fell due in the period: where it is told, why it is left out, or that it is open."""
    found = letter_in(viewing, number)
    found.under(found.crumb)
    shown = paged(request, found.due, ON_A_PAGE)
    addresses = found.addresses

    def leave_out(name: str) -> str:
        return found.link("letter-leave-out", handle=name)

    rows = [
        due_row(each, addresses, found.of_sentence, leave_out, lambda ref: found.add(rests=ref))
        for each in shown.rows
    ]
    context = {"found": found, "letter": found.held.letter, "rows": rows, "paged": shown}
    return page(request, viewing, "letter_due", context)


def item_due(found: Letters, name: str) -> MilestoneDue:
    """The milestone that an address names, if it fell due. Raises Http404 where it did not."""
    due = next((each for each in found.due if handle(each.promise.item) == name), None)
    if due is None:
        raise Http404(f"No milestone {name} fell due in the period of this letter.")
    return due
