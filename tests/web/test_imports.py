"""Reading a document in: which plan it is for, and what has to be settled before it is recorded."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from support.saved import saved
from support.web_council import EXAMPLE, Example

from goldenthread.plan.questions import QuestionKind
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import User
from goldenthread.record.services.imports import import_reading, import_summary
from goldenthread.record.services.plans import plans


def officer() -> Client:
    client = Client()
    client.force_login(User.objects.get(email="pmo@example.org"))
    return client


def send(client: Client, text: str, **more: str) -> UUID:
    """Upload a document and give the import that it became."""
    document = SimpleUploadedFile("plan.txt", text.encode())
    response = client.post(reverse("import"), {"document": document, **more})
    assert response.status_code == 302, response.content.decode()[:3000]
    return UUID(response.url.strip("/").split("/")[-1])


def test_a_document_amends_the_plan_that_is_named_or_makes_a_new_one(example: Example) -> None:
    client, text = officer(), EXAMPLE.read_text().replace("Sandwell", "Sandford")
    amending = import_summary(example.council, send(client, text, purpose=f"plan:{example.slug}"))
    assert amending.plan == example.slug
    new = send(client, text, purpose="new")
    assert import_summary(example.council, new).plan is None
    listed = client.get(reverse("import-changes", args=[new])).content.decode()
    assert "everything in it is new" in listed
    client.post(
        reverse("import-changes", args=[new]), {"effective_on": "7 June 2022", "reason": "A plan of its own"}
    )
    assert len(plans(example.council)) == 2


def test_with_several_plans_nothing_is_chosen_for_anybody(example: Example) -> None:
    client = officer()
    new = send(client, EXAMPLE.read_text().replace("Sandwell", "Sandford"), purpose="new")
    client.post(reverse("import-changes", args=[new]), {"effective_on": "7 June 2022", "reason": "Another"})
    for chosen in ({}, {"purpose": ""}, {"purpose": "plan:of-another-council"}, {"purpose": "plan:"}):
        document = SimpleUploadedFile("plan.txt", EXAMPLE.read_bytes())
        response = client.post(reverse("import"), {"document": document, **chosen})
        assert response.status_code == 200, chosen
        assert "Choose the plan that the document amends, or a new plan" in response.content.decode(), chosen


def test_unsure_matches_are_listed_and_hold_up_the_recording(example: Example) -> None:
    client = officer()
    amended = EXAMPLE.read_text().replace(
        "Put management development into a clear programme", "A clear programme renewed and carried out"
    )
    waiting = send(client, amended, purpose=f"plan:{example.slug}")
    (asked,) = [
        q for q in import_reading(example.council, waiting).questions if q.kind is QuestionKind.IDENTITY
    ]
    address, before = reverse("import-changes", args=[waiting]), head_number(example.council)
    content = client.get(address).content.decode()
    link = reverse("import-question", args=[waiting, asked.key])
    assert link in content
    assert "These changes cannot be recorded yet" in content
    assert "Record these changes" not in content
    refused = client.post(address, {"effective_on": "1 October 2022", "reason": "In spite of it"})
    assert refused.status_code == 200
    assert 'href="#unsure"' in refused.content.decode()
    assert head_number(example.council) == before
    client.post(link, {"choice": "0"})
    assert "Record these changes" in client.get(address).content.decode()
    recorded = client.post(address, {"effective_on": "1 October 2022", "reason": "Settled"})
    assert recorded.status_code == 302


def test_a_long_change_is_shown_a_hundred_rows_at_a_time(example: Example) -> None:
    client = officer()
    later = re.sub(r"\b(Jun|Jul|Aug|Sep|Oct|Dec|Autumn|Summer) 2022\b", r"\1 2023", EXAMPLE.read_text())
    waiting = send(client, later, purpose=f"plan:{example.slug}")
    client.post(
        reverse("import-changes", args=[waiting]),
        {"effective_on": "1 October 2022", "reason": "A year later"},
    )
    address = reverse("revision", args=[example.slug, head_number(example.council)])

    def rows(page: int) -> list[str]:
        content = client.get(address, {"page": page}).content.decode()
        return re.findall(r'<tr class="govuk-table__row" role="row"><th .*?</tr>', content, re.DOTALL)[1:]

    first, second = rows(1), rows(2)
    assert len(first) == 100
    assert second
    assert not set(first) & set(second)
    assert "1 to 100 of" in client.get(address).content.decode()
    assert client.get(address, {"page": 999}).status_code == 404


@pytest.mark.parametrize("ending", ["docx", "odt", "xlsx"])
def test_a_document_of_an_office_program_is_read_and_shown_where_it_was_read(
    example: Example, ending: str
) -> None:
    client = officer()
    document = SimpleUploadedFile(f"plan.{ending}", saved(EXAMPLE.read_text(), ending))
    response = client.post(reverse("import"), {"document": document, "purpose": "new"})
    assert response.status_code == 302, response.content.decode()[:3000]
    sent = UUID(response.url.strip("/").split("/")[-1])
    assert "64" in client.get(response.url).content.decode()
    (blank, *_) = (
        q for q in import_reading(example.council, sent).questions if q.kind is QuestionKind.BLANK_DATE
    )
    shown = client.get(reverse("import-question", args=[sent, blank.key])).content.decode()
    assert "<mark" in shown
    assert "row" in shown


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.docx", b"PK\x03\x04 and nothing else", "damaged"),
        ("plan.txt", b"%PDF-1.7 not a PDF", "PDF"),
        ("plan.txt", b"text \x00 with a nul", "plan.txt"),
        ("plan.txt", b"Minutes of a meeting, and no plan.", "no improvement plan"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    example: Example, name: str, content: bytes, said: str
) -> None:
    response = officer().post(
        reverse("import"), {"document": SimpleUploadedFile(name, content), "purpose": "new"}
    )
    assert response.status_code == 200
    assert said in response.content.decode()
    assert "There is a problem" in response.content.decode()
