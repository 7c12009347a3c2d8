"""The pages of contradictions: both places with their lines, settling and opening again, and the line on a promise."""

from __future__ import annotations

from django.test import Client
from support.web_council import ADOPTED, Example
from web.test_findings import at, client_of, text

from goldenthread.record.contradictions import Entry, Standing, contradictions_at
from goldenthread.record.models import Role
from goldenthread.record.snapshot import snapshot

AS_AT = ADOPTED.isoformat()


def entries(example: Example) -> tuple[Entry, ...]:
    plan = snapshot(council=example.council, plan=example.slug)
    return contradictions_at(example.council, example.slug, plan, as_at=ADOPTED)


def an_open_one(example: Example) -> Entry:
    """The two dates for approving changes to scrutiny."""
    return next(
        each for each in entries(example)
        if each.standing is Standing.OPEN and each.pair.first.words.startswith("Approval of any changes to scrutiny")
    )  # fmt: skip


def settle(client: Client, example: Example, **typed: str) -> str:
    usual = {
        "outcome": "first_right", "resolution": "May is right", "basis": "Minute 9", "decided_by": "Cabinet",
        "decided_on": "1 June 2022", "owner": "director-of-finance",
    }  # fmt: skip
    address = f"/plans/{example.slug}/contradictions/{an_open_one(example).pair.handle}/"
    response = client.post(address, {**usual, **typed})
    return str(response.status_code) if response.status_code != 400 else response.content.decode()


def test_the_list_shows_both_places_with_their_lines_and_how_each_stands(example: Example) -> None:
    page = text(client_of(example, Role.MEMBER), at(example, "contradictions/", kind="date", show="all"))
    pair = an_open_one(example).pair
    for place in (pair.first, pair.second):
        assert place.words in page
        assert f"ine {place.line} of improvement-plan-2022.txt" in page
    assert "says May 2022" in page
    assert "Jul 2022" in page
    assert "Director of Law and Governance" in page
    assert "The second place is right. The later one is right" in page
    assert "Minute 4. Decided by Director of Finance on 7 June 2022" in page
    assert "Settle this" not in page


def test_settled_ones_leave_the_list_of_those_to_look_at_and_stay_in_the_register(example: Example) -> None:
    client = client_of(example)
    address, words = at(example, "contradictions/", kind="date"), an_open_one(example).pair.sentence
    assert words in text(client, address)
    assert settle(client, example) == "302"
    today = f"/plans/{example.slug}/contradictions/?kind=date&show="
    assert words not in text(client, f"{today}to-look-at")
    settled = text(client, f"{today}settled")
    assert words in settled
    assert "The first place is right. May is right Minute 9. Decided by Cabinet on 1 June 2022" in settled
    assert "Director of Finance sees to it" in settled


def test_a_form_that_lacks_something_says_so_and_loses_nothing(example: Example) -> None:
    page = settle(client_of(example), example, basis="", resolution="May it is")
    assert "Fill in “What it rests on”" in page
    assert "May it is" in page


def test_opening_again(example: Example) -> None:
    client = client_of(example)
    settled = next(each for each in entries(example) if each.settlement)
    address = f"/plans/{example.slug}/contradictions/{settled.pair.handle}/reopen/"
    assert client.post(address, {"reason": "The minute was withdrawn"}).status_code == 302
    assert client.get(address).status_code == 404
    told = text(client, f"/plans/{example.slug}/contradictions/{settled.pair.handle}/")
    assert "The second place is right." in told
    assert "Opened again. The minute was withdrawn" in told


def test_the_page_of_a_promise_says_what_contradicts_it(example: Example) -> None:
    plan = snapshot(council=example.council, plan=example.slug)
    pair = an_open_one(example).pair
    ref = next(each.ref for each in plan.milestones() if each.key == pair.first.key)
    page = text(client_of(example), at(example, f"milestones/{ref}/"))
    assert "Contradicts" in page
    assert f"(step of theme 4, line {pair.second.line})" in page


def test_unknown_lists_and_contradictions_are_not_found(example: Example) -> None:
    client = client_of(example)
    assert client.get(at(example, "contradictions/", kind="colour")).status_code == 404
    assert client.get(f"/plans/{example.slug}/contradictions/{'0' * 16}/").status_code == 404


def test_a_form_that_somebody_else_overtook_shows_both_and_loses_nothing(example: Example) -> None:
    client, pair = client_of(example), an_open_one(example).pair
    assert settle(client, example, seen="0") == "302"
    address = f"/plans/{example.slug}/contradictions/{pair.handle}/"
    typed = {
        "outcome": "second_right", "resolution": "July it is", "basis": "Minute\x00 10", "decided_by": "Council",
        "decided_on": "2 June 2022", "owner": "", "seen": "0",
    }  # fmt: skip
    response = client.post(address, typed)
    assert response.status_code == 400
    page = response.content.decode()
    for words in (
        "Meanwhile this was recorded by the programme office",
        "May is right",
        "July it is",
        "Minute 10",
    ):
        assert words in page
    assert 'name="seen" value="1"' in page
    assert client.post(address, {**typed, "seen": "1"}).status_code == 302
    assert "July it is" in text(client, address)


def test_days_that_are_centuries_away_are_no_days(example: Example) -> None:
    client = client_of(example)
    for path in ("", "recommendations/", "findings/", "forecast/", "morning/", "contradictions/"):
        assert client.get(f"/plans/{example.slug}/{path}?as-at=9999-12-31").status_code == 404
    assert "as one day" in settle(client, example, decided_on="1 1 1066")
