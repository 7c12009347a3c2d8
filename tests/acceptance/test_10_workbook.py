"""10 Updates, by workbook: a lead's own rows go out, are filled in with an office suite, and merge when they return.

What is typed there makes the same record as the same answers typed on the page.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from plugins.database import TestDatabase
from support.records import in_post, new_council, promised
from support.typed_workbooks import COLUMNS, saved_again, typed_in

from goldenthread.plan import model
from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.status import Status
from goldenthread.plan.tables.update_sheet import Answer
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Evidence, Membership, Role, User
from goldenthread.record.scope import council_scope
from goldenthread.record.services.plans import load_plan
from goldenthread.record.snapshot import snapshot

ADOPTED = date(2026, 4, 1)
TYPED: dict[str, dict[Answer, str]] = {
    "A1": {Answer.NO_CHANGE: "Yes"},
    "A2": {Answer.STATUS: "In progress", Answer.WHY: "The team is in place"},
    "A3": {
        Answer.FORECAST: "Autumn 2027",
        Answer.RATING: "Amber",
        Answer.WHY: "Waiting for “advice” & <cost>",
    },
    "A4": {Answer.STATUS: "Complete", Answer.ACTUAL: "3 September 2026"},
    "A5": {Answer.FORECAST: "Not known", Answer.RATING: "Red"},
    "A6": {Answer.NEXT_STEP: "=Ring the auditor", Answer.HIGHLIGHT: "+1 centre opened"},
    "A7": {Answer.LINK: "https://www.example.gov.uk/minutes?a=1&b=2", Answer.SHOWS: "Cabinet agreed"},
    "A8": {Answer.NO_CHANGE: "Yes"},
}
ON_THE_PAGE: dict[str, dict[str, str]] = {
    "A2": {"status": "in_progress", "why": "The team is in place"},
    "A3": {"expected": "Autumn 2027", "rating": "amber", "why": "Waiting for “advice” & <cost>"},
    "A4": {"status": "complete", "done_on": "3 September 2026"},
    "A5": {"nobody_knows": "1", "rating": "red"},
    "A6": {"next_step": "=Ring the auditor", "highlight": "+1 centre opened"},
    "A7": {"url": "https://www.example.gov.uk/minutes?a=1&b=2", "shows": "Cabinet agreed"},
}
"""The same answers, by the names of the page's fields; A1 and A8 are confirmed with their buttons."""


class Desk(NamedTuple):
    """A lead's browser, and the ids of the lead's items by reference."""

    council: UUID
    slug: str
    client: Client
    items: dict[str, UUID]


@pytest.fixture
def desk(council_db: TestDatabase) -> Desk:
    officer = new_council()
    own = tuple(_action(number, "Director of Finance") for number in range(1, 9))
    plan = model.Plan(
        key="plan",
        council=model.Council(name="Borough of Testing"),
        title="Improvement plan",
        approved_on=ADOPTED,
        themes=(model.Theme(key="t", number=1, name="Money", actions=(*own, _action(9, "Chief Executive"))),),
    )
    held = load_plan(actor=officer, plan=plan, effective_on=ADOPTED, reason="Approved")
    user = User.objects.create_user("director@example.org", name="A director")
    Membership.objects.create(user=user, council_id=officer.council, role=Role.LEAD)
    in_post(officer, "Director of Finance", user=user, since=ADOPTED)
    client = Client()
    client.force_login(user)
    actions = snapshot(council=officer.council, plan=held.slug).actions()
    return Desk(officer.council, held.slug, client, {a.ref: a.id for a in actions if a.ref and a.id})


def _action(number: int, lead: str) -> model.Action:
    dates = promised("2026-12", "Dec 2026")
    if number == 5:
        dates = dates.model_copy(update={"forecast": PlanDate.from_edtf("2027-01", "Jan 2027")})
    return model.Action(
        key=f"a{number}", title=f"Promise {number}", leads=(lead,), dates=dates, status=Status.NOT_STARTED
    )


def record_after(desk: Desk, answer: object) -> tuple[str, list[tuple[str, str]]]:
    """The plan and its evidence once somebody has answered, whichever door it was; then all of it is undone."""
    with transaction.atomic():
        answer(desk)  # type: ignore[operator]
        with council_scope(desk.council):
            plan = canonical_json(snapshot(council=desk.council, plan=desk.slug))
            evidence = sorted(Evidence.objects.values_list("url", "shows"))
        transaction.set_rollback(True)
    return re.sub(r'"door": ?"\w+"', '"door": "any"', plan), evidence


def by_page(desk: Desk) -> None:
    fields = {
        f"{name}-{desk.items[ref].hex}": words
        for ref, said in ON_THE_PAGE.items()
        for name, words in said.items()
    }
    confirmed = [desk.items[ref].hex for ref in ("A1", "A8")]
    sent = desk.client.post(
        reverse("updates", args=[desk.slug]),
        {**fields, "no_change": confirmed, "seen": str(head_number(desk.council))},
    )
    assert sent.status_code == 302, sent.content.decode()[-3000:]


def by_workbook(desk: Desk, ending: str) -> bytes:
    """Fill in the workbook, save it with LibreOffice, send it back; gives the file that was sent."""
    given = desk.client.get(reverse("updates-workbook", args=[desk.slug, ending]))
    assert given.status_code == 200
    rows = {ref: row for row, ref in enumerate(sorted(TYPED), start=2)}
    typed = {(rows[ref], answer): words for ref, said in TYPED.items() for answer, words in said.items()}
    content = saved_again(typed_in(given.content, typed), ending)
    sent = desk.client.post(
        reverse("updates-workbook-page", args=[desk.slug]),
        {"document": SimpleUploadedFile(f"returned.{ending}", content)},
    )
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    shown = desk.client.get(sent.url).content.decode()
    assert "8 items recorded" in shown
    return content


def test_eight_items_by_workbook_make_the_same_record_as_on_the_page(desk: Desk) -> None:
    saved: dict[str, bytes] = {}

    def through(ending: str) -> object:
        return lambda desk: saved.update({ending: by_workbook(desk, ending)})

    page, of_page = record_after(desk, by_page)
    assert "Waiting for" in page
    assert of_page == [("https://www.example.gov.uk/minutes?a=1&b=2", "Cabinet agreed")]
    for ending in ("xlsx", "ods"):
        assert record_after(desk, through(ending)) == (page, of_page), ending

    offered = '"Not started,In progress,Ongoing,Complete"'
    excel, open_document = _parts(saved["xlsx"]), _parts(saved["ods"])
    assert offered in excel["xl/worksheets/sheet2.xml"].replace("&quot;", '"')
    assert "<sheetProtection" in excel["xl/worksheets/sheet2.xml"]
    assert _locked(excel, "B2"), "what says which promise it is cannot be typed over"
    assert not any(_locked(excel, f"{chr(64 + column)}2") for column in COLUMNS.values())
    content = open_document["content.xml"].replace("&quot;", '"')
    assert 'cell-content-is-in-list("Not started";"In progress";"Ongoing";"Complete")' in content
    assert content.count('table:protected="true"') == 3


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def _locked(parts: dict[str, str], place: str) -> bool:
    """Whether a cell cannot be typed in while its sheet is protected. Cells are locked unless their style says no."""
    cell = re.search(rf'<c r="{place}" s="(\d+)"', parts["xl/worksheets/sheet2.xml"])
    assert cell, place
    styles = parts["xl/styles.xml"].partition("<cellXfs")[2].partition("</cellXfs>")[0]
    style = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles, re.DOTALL)[int(cell[1])]
    return not re.search(r'locked="(?:0|false)"', style)


def test_only_the_own_rows_go_out(desk: Desk) -> None:
    given = desk.client.get(reverse("updates-workbook", args=[desk.slug, "ods"])).content
    content = _parts(given)["content.xml"]
    assert "Promise 8" in content
    assert "Promise 9" not in content
    assert (
        desk.client.get(
            reverse("updates-workbook", args=[desk.slug, "ods"]) + "?lead=chief-executive"
        ).status_code
        == 403
    )
