"""Change control on pages: propose, see the effect, record the decision, and see what changed between two days."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client
from support.web_council import Example, person

from goldenthread.plan.model import Action
from goldenthread.plan.status import Status
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import Role, User
from goldenthread.record.snapshot import snapshot
from goldenthread.web.forms.proposals import SORTS


@pytest.fixture
def client(example: Example) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    return client


def at(example: Example, path: str) -> str:
    return f"/plans/{example.slug}/{path}"


def text_of(response: object) -> str:
    """The words of a page, without its tags."""
    content = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def action(example: Example, ref: str) -> Action:
    plan = snapshot(council=example.council, plan=example.slug)
    return next(part for top in plan.actions() for part in top.walk() if part.ref == ref)


def propose(client: Client, example: Example, kind: str, **typed: str) -> str:
    """Send a proposal and give the address of its page."""
    answer = client.post(at(example, f"change-requests/new/{kind}/"), {"reason": "Capacity", **typed})
    assert answer.status_code == 302, text_of(answer)
    return answer.url


def decide(client: Client, address: str, example: Example, **typed: str) -> object:
    given = {
        "outcome": "approved", "body": "Cabinet", "reference": "minute 42/22", "decided_on": "7 June 2022",
        "link": "https://example.org/42", "seen_revision": str(head_number(example.council)),
    }  # fmt: skip
    return client.post(f"{address}decision/", {**given, **typed})


def test_from_a_proposal_to_a_decision_and_the_table_of_changes(client: Client, example: Example) -> None:
    before = action(example, "A6").dates
    assert "Propose a change" in text_of(client.get(at(example, "actions/A6/")))
    address = propose(client, example, "new-date", item="A6", date="Autumn 2023")
    shown = text_of(client.get(address))
    assert "Waiting for a decision" in shown
    assert "Autumn 2023" in shown
    assert "Tier 2: an end date or a measure of success is affected." in shown
    assert "Who decides Cabinet" in shown
    assert action(example, "A6").dates == before
    assert "1 change proposed" in text_of(client.get(at(example, "actions/A6/")))

    refused = decide(client, address, example, body="Scrutiny")
    assert "Cabinet decides on changes of this kind" in text_of(refused)
    assert decide(client, address, example).status_code == 302
    assert client.get(f"{address}decision/").url == address, "what is decided is not asked for again"
    assert action(example, "A6").dates.approved.printed == "Autumn 2023"
    assert "Approved by Cabinet on 7 June 2022: minute 42/22" in text_of(client.get(address))
    assert "Re-baselined 1 time since" in text_of(client.get(at(example, "actions/A6/")))
    theme = snapshot(council=example.council, plan=example.slug).themes[0].number
    assert "Re-baselined 1 time" in text_of(client.get(at(example, f"themes/{theme}/")))

    table = client.get(at(example, "changes/between/?from=7+June+2022&to=8+June+2022"))
    assert "no changes" in text_of(table), "the decision counts from the first of the two days"
    known = f"known-at={head_number(example.council) - 1}"
    assert "Autumn 2023" not in text_of(client.get(at(example, f"actions/A6/?{known}")))


def test_the_table_and_its_file_say_the_same(client: Client, example: Example) -> None:
    address = propose(client, example, "closure", item="A6")
    assert decide(client, address, example, body="Council").status_code == 302
    user = User.objects.get(email="pmo@example.org")
    client.post(
        at(example, "change/A3/"),
        {
            "status": "in_progress",
            "effective_on": "1 July 2022",
            "reason": "=It began",
            "seen_revision": str(head_number(example.council)),
        },
    )
    asked = "?from=7+June+2022&to=31+July+2022&known=now"
    shown = text_of(client.get(at(example, f"changes/between/{asked}")))
    assert "What was reported: 1 change" in shown
    assert "=It began" in shown
    answer = client.get(at(example, f"changes/between.csv{asked}"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["No."], row["What"], row["After"], row["Reason"]) for row in rows] == [
        ("A3", "Status", "In progress", "'=It began")
    ]
    assert rows[0]["Approved or changed by"] == str(user)
    wrong = text_of(client.get(at(example, "changes/between/?from=1+July+2022&to=tomorrow")))
    assert "Enter the second day as one day" in wrong
    early = text_of(client.get(at(example, "changes/between/?from=1+June+2022&to=8+June+2022")))
    assert "The plan took effect on 7 June 2022" in early
    assert client.get(at(example, "changes/between.csv")).status_code == 404


def test_a_proposal_that_was_overtaken_is_shown_again(client: Client, example: Example) -> None:
    first = propose(client, example, "new-date", item="A6", date="Autumn 2023")
    second = propose(client, example, "new-date", item="A6", date="2024")
    seen = head_number(example.council)
    assert decide(client, second, example).status_code == 302
    again = decide(client, first, example, seen_revision=str(seen))
    assert again.status_code == 409
    shown = text_of(again)
    assert "The plan has changed since you looked at this" in shown
    assert "What it would alter now" in shown
    assert 'value="minute 42/22"' in again.content.decode(), "nothing that was typed is lost"
    assert decide(client, first, example).status_code == 302
    assert action(example, "A6").dates.approved.printed == "Autumn 2023"


def test_a_proposal_is_withdrawn_and_the_list_can_be_narrowed(client: Client, example: Example) -> None:
    address = propose(client, example, "deferral", item="A6", until="2024")
    assert client.post(f"{address}withdraw/", {"reason": "Not needed"}).status_code == 302
    assert "Why it was withdrawn Not needed" in text_of(client.get(address))
    narrowed = text_of(client.get(at(example, "change-requests/?state=withdrawn")))
    assert "1 change request, newest first" in narrowed
    assert client.post(f"{address}withdraw/", {"reason": "Again"}, follow=True).status_code == 200
    assert client.get(f"{address}withdraw/").status_code == 405


PROPOSALS = {
    "new-date": {"item": "a6", "date": "2024"},
    "wording": {"item": "A6", "title": "Other words"},
    "closure": {"item": "A6"},
    "deferral": {"item": "A6"},
    "merger": {"item": "A6", "others": "A3, A4"},
    "split": {"item": "A6", "title_1": "One", "date_1": "2024", "title_2": "Two"},
    "supersession": {"item": "A6", "by": "A3"},
    "transfer": {"item": "A6", "to": "Corporate Plan", "link": "https://example.org/plan"},
}


def test_each_kind_can_be_proposed_and_none_is_missing(client: Client, example: Example) -> None:
    plan = snapshot(council=example.council, plan=example.slug)
    theme = next(theme for theme in plan.themes if theme.success_statements)
    more = {
        "measure": {"item": theme.success_statements[0].key, "measure": "70 % in the survey"},
        "new-action": {
            "under": f"{theme.key}|{theme.workstreams[0].key}", "title": "Appoint", "leads": "Chief Executive",
        },
    }  # fmt: skip
    for kind, typed in {**PROPOSALS, **more}.items():
        address = propose(client, example, kind, **typed)
        page = client.get(address)
        assert page.status_code == 200
        assert "What it would alter" in text_of(page), kind
    assert {*PROPOSALS, *more, "resumption"} == {sort.slug for sort in SORTS}


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("new-date", {"item": "A999", "date": "2024"}, "no action, step or milestone A999"),
        ("new-date", {"item": "A6", "date": "when we can"}, "cannot be read as a date"),
        ("new-date", {"item": "A6", "date": "2024", "reason": ""}, "Enter a reason"),
        ("resumption", {"item": "A6"}, "not stopped by a decision"),
        ("transfer", {"item": "A6", "to": "X", "link": "javascript:alert(1)"}, "This cannot be right"),
        ("new-action", {"title": "Appoint"}, "Choose a workstream for an action"),
        ("split", {"item": "A6", "title_1": "One"}, "Fill in “Part 2: title”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, example: Example, kind: str, typed: dict[str, str], said: str
) -> None:
    answer = client.post(at(example, f"change-requests/new/{kind}/"), {"reason": "Capacity", **typed})
    assert answer.status_code == 200
    assert said in text_of(answer)
    for value in typed.values():
        assert value in unescape(answer.content.decode())


def test_the_edit_page_leads_to_a_proposal_unless_it_is_a_correction(
    client: Client, example: Example
) -> None:
    typed = {
        "approved": "Spring 2024", "effective_on": "7 June 2022", "reason": "Read wrongly",
        "seen_revision": str(head_number(example.council)),
    }  # fmt: skip
    refused = client.post(at(example, "change/A6/"), typed)
    assert "Moving an approved date needs a decision: propose a change" in text_of(refused)
    assert 'value="Spring 2024"' in refused.content.decode()
    corrected = client.post(at(example, "change/A6/"), {**typed, "correction": "yes"}, follow=True)
    assert "Corrected as to how the document was read" in text_of(corrected)
    assert "Re-baselined" not in text_of(corrected).replace("Re-baselined no times", "")
    assert action(example, "A6").dates.approved.printed == "Spring 2024"


def test_a_lead_proposes_and_does_not_decide(example: Example) -> None:
    lead = Client()
    lead.force_login(
        User.objects.filter(email="lead@example.org").first() or person(example.council, Role.LEAD)
    )
    address = propose(lead, example, "closure", item="A6")
    assert "Record a decision" not in text_of(lead.get(address))
    assert lead.get(f"{address}decision/").status_code == 403
    assert decide(lead, address, example).status_code == 403  # type: ignore[attr-defined]
    assert action(example, "A6").status is not Status.CANCELLED
