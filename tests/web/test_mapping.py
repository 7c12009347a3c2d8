"""Correcting how columns and words are read: a journey by forms alone, as it is without a script."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from plugins.database import TestDatabase

from goldenthread.plan.status import Status
from goldenthread.reading import Field
from goldenthread.reading.fields import OF_A_DELIVERY_PLAN, OF_A_TRACKER
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Role, User
from goldenthread.record.services.councils import create_council
from goldenthread.record.services.imports import import_reading, imports
from goldenthread.web.presenting.mapping import FIELD_WORDS

STRANGE = """# What we promised in 2023

|Wot we promised|Boss|Drop-dead|Vibe|
|---|---|---|---|
|Mend the roof of the town hall|Head of Estates|30 June 2023|Sorted|
|Write to every tenant|Director of Housing|July 2023|Sorted. All letters are out|
|Train all members|Monitoring Officer|Autumn 2023|Meh|
"""
HEADINGS = {
    "Wot we promised": Field.ACTION,
    "Boss": Field.LEAD,
    "Drop-dead": Field.DUE,
    "Vibe": Field.STATUS,
}


@pytest.fixture
def officer(council_db: TestDatabase) -> tuple[UUID, Client]:
    """A council, and somebody of its programme office."""
    return officer_of("Borough of Promises")


def officer_of(name: str) -> tuple[UUID, Client]:
    council = create_council(command="test", name=name)
    user = User.objects.create_user(f"{council.slug}@example.org", name="An officer")
    user.memberships.create(council_id=council.id, role=Role.PMO)
    client = Client()
    client.force_login(user)
    return council.id, client


def send(client: Client, text: str, name: str = "promises.md") -> HttpResponse:
    document = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("import"), {"document": document, "purpose": "new"}, follow=True)


def words(response: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def selects(response: HttpResponse) -> dict[str, str]:
    """What a browser would send of the page's selects: the chosen option of each, by name."""
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    sent = {}
    for select in tree.iter("select"):
        options = select.findall("option")
        chosen = next((option for option in options if option.get("selected") is not None), options[0])
        sent[select.get("name")] = chosen.get("value")
    return sent


def choose(response: HttpResponse, **meanings: str) -> dict[str, str]:
    """The page's form with other choices for these printed words."""
    sent = selects(response)
    for printed, meaning in meanings.items():
        (name,) = (name for name in sent if name.split(":", 2)[2] == printed)
        sent[name] = meaning
    return sent


def test_strange_headings_and_words_are_said_once_and_read_right_from_then_on(
    officer: tuple[UUID, Client],
) -> None:
    council, client = officer
    page = send(client, STRANGE)
    (waiting,) = imports(council)
    address = reverse("import-mapping", args=[waiting.id])
    assert page.redirect_chain[-1][0] == address
    for shown in (*HEADINGS, "Head of Estates", "30 June 2023", "What is to be done", "Do not use"):
        assert shown in words(page)
    assert set(selects(page).values()) == {"other"}

    read = client.post(address, choose(page, **HEADINGS), follow=True)
    assert read.redirect_chain[-1][0] == reverse("import-read", args=[waiting.id])
    assert "actions 0 before, 3 now" in words(read)
    assert address in read.content.decode(), "the page of counts leads back to the columns"

    page = client.get(address)
    assert "Sorted" in words(page)
    read = client.post(address, choose(page, Sorted="complete"), follow=True)
    assert "actions with a status 0 before, 2 now" in words(read)
    roof, letters, members = import_reading(council, waiting.id).actions()
    assert (roof.title, roof.leads) == ("Mend the roof of the town hall", ("Head of Estates",))
    assert roof.dates.approved
    assert roof.dates.approved.edtf == "2023-06-30"
    assert [each.status for each in (roof, letters, members)] == [
        Status.COMPLETE,
        Status.COMPLETE,
        Status.UNKNOWN,
    ]

    following = send(client, STRANGE.replace("roof", "boiler"), "next.md")
    assert following.redirect_chain[-1][0].endswith("/"), "read at once"
    assert "What was read" in words(following)
    (after,) = (each for each in imports(council) if each.name == "next.md")
    assert next(import_reading(council, after.id).actions()).status is Status.COMPLETE
    assert verify(council).ok

    _forget_everything(client, council, address)
    again = send(client, STRANGE.replace("roof", "chimney"), "third.md")
    assert "No list of actions was recognised" in words(again)


def _forget_everything(client: Client, council: UUID, address: str) -> None:
    page = client.get(address)
    rules = re.findall(r'name="forget" value="([^"]+)"', page.content.decode())
    assert len(rules) == 5
    for rule in rules:
        said = client.post(address, {"forget": unescape(rule)}, follow=True)
        assert said.status_code == 200
    assert "Nothing yet" in words(client.get(address))
    assert "not remembered any more" in words(client.post(address, {"forget": "column:boss"}))


def test_what_one_council_says_another_does_not_hear(officer: tuple[UUID, Client]) -> None:
    _, client = officer
    page = send(client, STRANGE)
    client.post(page.redirect_chain[-1][0], choose(page, **HEADINGS))
    assert "What was read" in words(send(client, STRANGE, "next.md"))
    _, stranger = officer_of("Borough of Elsewhere")
    page = send(stranger, STRANGE)
    assert "No list of actions was recognised" in words(page)
    assert "Nothing yet" in words(page)


def test_a_wrong_column_is_corrected_and_two_cannot_be_the_same(officer: tuple[UUID, Client]) -> None:
    council, client = officer
    tracker = (
        "# Action tracker\n\n|Action|Owner|Notes|Deadline|Status|\n|---|---|---|---|---|\n"
        "|Mend the roof|Head of Estates|30 June 2023|First, talk to them|Done|\n"
        "|Write to every tenant|Director of Housing|July 2023|Second-class post|In progress|\n"
    )
    read = send(client, tracker)
    address = read.redirect_chain[-1][0] + "mapping/"
    page = client.get(address)
    assert selects(page)["column:due:Deadline"] == "due"
    refused = client.post(address, choose(page, Notes="due"))
    assert "“Notes” and “Deadline” cannot both be “When it is due”" in words(refused)
    assert "There is a problem" in words(refused)
    assert choose(refused)["column:progress:Notes"] == "due", "nothing that was chosen is lost"
    client.post(address, choose(page, Notes="due", Deadline="progress"))
    (held,) = imports(council)
    roof, _ = import_reading(council, held.id).actions()
    assert roof.dates.approved
    assert roof.dates.approved.edtf == "2023-06-30"
    assert "First, talk to them" in roof.updates[-1].text
    shown = words(client.get(address))
    assert "As your council said" in shown


def test_what_is_left_as_it_was_is_not_taken_for_said(officer: tuple[UUID, Client]) -> None:
    _, client = officer
    page = send(client, STRANGE)
    address = page.redirect_chain[-1][0]
    answer = client.post(address, selects(page), follow=True)
    assert "Nothing in the document is understood yet" in words(answer)
    assert "Nothing yet" in words(answer)
    made_up = client.post(address, {"column:other:Boss": "emperor", "value:none:Sorted": "embedded"})
    assert "Choose what “Boss” holds from the list" in words(made_up)


def test_a_document_that_is_not_understood_is_not_recorded_and_can_be_put_aside(
    officer: tuple[UUID, Client],
) -> None:
    council, client = officer
    send(client, STRANGE)
    (waiting,) = imports(council)
    for name in ("import-read", "import-changes"):
        sent_on = client.get(reverse(name, args=[waiting.id]))
        assert sent_on.url == reverse("import-mapping", args=[waiting.id])
    refused = client.post(
        reverse("import-changes", args=[waiting.id]), {"effective_on": "7 June 2022", "reason": "Now"}
    )
    assert refused.status_code == 302
    assert [each.state for each in imports(council)] == ["open"]
    client.post(reverse("import-discard", args=[waiting.id]))
    page = client.get(reverse("import-mapping", args=[waiting.id]))
    client.post(reverse("import-mapping", args=[waiting.id]), choose(page, **HEADINGS))
    assert "remembered for the next document" in words(
        client.get(reverse("import-mapping", args=[waiting.id]))
    )
    assert [(each.state, each.understood) for each in imports(council)] == [("discarded", False)]


def test_minutes_still_get_one_sentence(officer: tuple[UUID, Client]) -> None:
    council, client = officer
    page = send(client, "Minutes of a meeting, and no plan.")
    assert "no improvement plan and no tracker was found" in words(page)
    assert imports(council) == ()


def test_every_choice_has_its_words() -> None:
    assert {*OF_A_TRACKER, *OF_A_DELIVERY_PLAN} <= FIELD_WORDS.keys()
    assert len(set(FIELD_WORDS.values())) == len(FIELD_WORDS)
