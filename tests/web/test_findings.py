"""The pages of the checks: what is listed, narrowed, accepted and taken back, and for whom."""

from __future__ import annotations

import re
from collections import Counter

from django.test import Client
from support.web_council import ADOPTED, Example, person

from goldenthread.assurance import Group
from goldenthread.record.findings import FoundAt, findings_at
from goldenthread.record.models import Role, User
from goldenthread.record.snapshot import snapshot


def client_of(example: Example, role: Role = Role.PMO) -> Client:
    """Somebody with a role, signed in."""
    user = User.objects.filter(email=f"{role.value}@example.org").first() or person(example.council, role)
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, without its mark-up."""
    response = client.get(address)
    assert response.status_code == status
    main = response.content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def found(example: Example) -> FoundAt:
    """What is found on the day on which the plan was adopted."""
    plan = snapshot(council=example.council, plan=example.slug, cut_off=ADOPTED)
    return findings_at(example.council, example.slug, plan, as_at=ADOPTED)


def at(example: Example, path: str, **asked: str) -> str:
    """The address of a page of the plan as at the day of its adoption."""
    query = "&".join(f"{name}={value}" for name, value in {**asked, "as-at": ADOPTED.isoformat()}.items())
    return f"/plans/{example.slug}/{path}?{query}"


def test_every_finding_is_counted_by_rule_by_item_and_narrowed(example: Example) -> None:
    client, looked = client_of(example), found(example)
    page = text(client, at(example, "findings/"))
    counts = Counter(finding.rule for finding in looked.open)
    for rule, number in counts.items():
        assert f"({number})" in page
        assert f"{rule}: why, and what to do" in page
    assert "and 1 finding accepted" in page
    dates = text(client, at(example, "findings/", group=str(Group.DATES.digit)))
    assert "GT301" in dates
    assert "GT205" not in dates
    errors = text(client, at(example, "findings/", severity="error"))
    assert "GT401: why" in errors
    assert "GT402: why" not in errors
    by_item = text(client, at(example, "findings/", by="item", theme="2", severity="error"))
    assert "Develop an open and positive organisational culture" not in by_item
    assert text(client, at(example, "findings/", theme="77"), 404)
    assert text(client, at(example, "findings/", by="nothing"), 404)


def test_the_page_of_a_promise_tells_what_is_found_about_it_and_its_steps(example: Example) -> None:
    client, looked = client_of(example), found(example)
    step = next(finding for finding in looked.open if finding.rule == "GT301")
    plan = snapshot(council=example.council, plan=example.slug, cut_off=ADOPTED)
    action = next(each for each in plan.actions() if step.item_key in {part.key for part in each.walk()})
    page = text(client, at(example, f"actions/{action.ref}/"))
    assert step.message in page
    narrowed = text(client, at(example, "findings/", by="item", item=action.ref or ""))
    assert step.message in narrowed
    about = {part.key for part in action.walk()}
    rules = Counter(finding.rule for finding in looked.open if finding.item_key in about)
    assert all(rule in narrowed for rule in rules)
    assert "GT205" not in narrowed
    theme = next(each for each in plan.themes if action in each.actions)
    assert re.search(r"\d+ (error|warning|note)s?", text(client, at(example, f"themes/{theme.number}/")))


def test_a_finding_is_accepted_shown_apart_and_taken_back(example: Example) -> None:
    client = client_of(example)
    base = f"/plans/{example.slug}"
    rule_page = client.get(f"{base}/rules/GT401/")
    (accept,) = re.findall(r'href="([^"]+/accept/)"', rule_page.content.decode())
    form = text(client, accept)
    assert "stays in the list with your reason" in form
    late = {"reason": "The post is being filled", "owner": "director-of-finance", "until": "1 January 2050"}
    refused = client.post(accept, late)
    assert refused.status_code == 400
    assert "twelve months" in refused.content.decode()
    until = re.search(r"(\d+ \w+ \d{4}) at the latest", form)
    assert until
    sent = client.post(accept, {**late, "until": until[1]}, follow=True)
    shown = " ".join(re.sub(r"<[^>]+>", " ", sent.content.decode()).split())
    assert f"Accepted until {until[1]} by the programme office; Director of Finance answers for it." in shown
    assert "Nothing that is open." in shown
    accepted = text(client, f"{base}/findings/?by=accepted")
    assert "The post is being filled" in accepted

    (back,) = re.findall(r'href="([^"]+/withdraw/)"', sent.content.decode())
    client.post(back, {"reason": "The post was cut"})
    again = text(client, f"{base}/rules/GT401/")
    assert "Accepted before; taken back on" in again
    assert "The post was cut" in again
    assert client.get(back).status_code == 404


def test_a_finding_about_the_whole_plan_is_accepted_too(example: Example) -> None:
    client = client_of(example)
    address = f"/plans/{example.slug}/rules/GT701/"
    (accept,) = re.findall(r'href="([^"]+/accept/)"', client.get(address).content.decode())
    until = re.search(r"(\d+ \w+ \d{4}) at the latest", text(client, accept))
    assert until
    sent = {"reason": "The cycle begins in May", "owner": "director-of-finance", "until": until[1]}
    assert client.post(accept, sent).status_code == 302
    shown = text(client, address)
    assert "Nothing that is open." in shown
    assert "The plan as a whole" in shown
    assert "The cycle begins in May" in shown


def test_readers_see_the_same_findings_but_accept_none(example: Example) -> None:
    reader = client_of(example, Role.MEMBER)
    page = text(reader, at(example, "findings/"))
    assert "GT401" in page
    response = reader.get(f"/plans/{example.slug}/rules/GT401/")
    assert b"/accept/" not in response.content
    assert reader.get(f"/plans/{example.slug}/rules/GT999/").status_code == 404


def test_the_past_offers_nothing_to_accept(example: Example) -> None:
    response = client_of(example).get(at(example, "rules/gt401/"))
    assert response.status_code == 200
    assert b"/accept/" not in response.content


def test_a_lead_that_there_is_not_and_a_kind_without_findings(example: Example) -> None:
    client = client_of(example)
    assert client.get(at(example, "findings/", lead="nobody")).status_code == 404
    none = text(client, at(example, "findings/", severity="error", group=str(Group.RISKS.digit)))
    assert "None of the findings is of that kind" in none
    assert "The checks found nothing" not in none
