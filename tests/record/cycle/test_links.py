"""Mailed links: what they open, and everything that they do not."""

from datetime import date, timedelta

import pytest
from django.core.signing import Signer, dumps
from plugins.database import TestDatabase
from support.records import asked, load_small_plan, new_council

from goldenthread.plan.judgements import Door
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.links import LinkRefused, actor_of, link_for
from goldenthread.record.errors import NotAllowed
from goldenthread.record.history.selectors import head_number, item_history, revisions
from goldenthread.record.models import PeriodState, Role, UpdateRequest
from goldenthread.record.scope import writing
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot

LAST_DAY = date(2022, 8, 28)
SITE = "https://plans.example.gov.uk"


@pytest.fixture
def officer(council_db: TestDatabase) -> Actor:
    officer = new_council()
    load_small_plan(officer)
    return officer


def request(officer: Actor) -> UpdateRequest:
    return asked(officer, "improvement-plan", "Monitoring Officer", expires_on=LAST_DAY)


def token_of(link: str) -> str:
    assert link.startswith(f"{SITE}/answer/")
    return link.removeprefix(f"{SITE}/answer/").rstrip("/")


def test_a_link_is_good_for_its_request_until_its_last_day(officer: Actor) -> None:
    made = request(officer)
    token = token_of(link_for(made, f"{SITE}/"))
    actor, found = actor_of(token, LAST_DAY)
    assert (actor.council, actor.role, actor.request) == (officer.council, Role.LEAD, made.id)
    assert (actor.posts, actor.user) == (frozenset({"monitoring-officer"}), None)
    assert (found.id, found.period.plan.slug) == (made.id, "improvement-plan")
    with pytest.raises(LinkRefused, match="good until 28 August 2022"):
        actor_of(token, LAST_DAY + timedelta(days=1))


def test_a_link_that_was_changed_anywhere_is_refused(officer: Actor) -> None:
    token = token_of(link_for(request(officer), SITE))
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(LinkRefused):
            actor_of(token[:place] + other + token[place + 1 :], LAST_DAY)
    for cut in ("", ".", token[:-1], token.partition(".")[0], token + "A", "é" * 30):
        with pytest.raises(LinkRefused):
            actor_of(cut, LAST_DAY)


def test_a_signature_for_another_purpose_opens_nothing(officer: Actor) -> None:
    made = request(officer)
    named = token_of(link_for(made, SITE)).partition(".")[0]
    for other in (
        Signer(sep=".").sign(named),
        Signer(sep=".", salt="password reset").sign(named),
        dumps(named),
    ):
        with pytest.raises(LinkRefused):
            actor_of(other, LAST_DAY)


def test_a_link_that_names_another_council_finds_nothing(officer: Actor) -> None:
    made = request(officer)
    made.council_id = new_council("Borough of Elsewhere").council
    with pytest.raises(LinkRefused, match="not on the record"):
        actor_of(token_of(link_for(made, SITE)), LAST_DAY)


def test_a_link_that_was_taken_back_or_whose_period_is_closed_is_refused(officer: Actor) -> None:
    made = request(officer)
    token = token_of(link_for(made, SITE))
    with writing(officer, "The period is over"):
        made.period.state = PeriodState.CLOSED
        made.period.save()
    with pytest.raises(LinkRefused, match=r"to 31 July 2022.* is closed"):
        actor_of(token, LAST_DAY)
    with writing(officer, "Sent to somebody else"):
        UpdateRequest.objects.filter(id=made.id).update(stopped=True)
    with pytest.raises(LinkRefused, match="taken back"):
        actor_of(token, LAST_DAY)


def test_it_reports_for_its_post_alone_and_history_says_so(officer: Actor) -> None:
    actor, _ = actor_of(token_of(link_for(request(officer), SITE)), LAST_DAY)
    plan = snapshot(council=officer.council, plan="improvement-plan")
    led, other = (next(action for action in plan.actions() if action.ref == ref).id for ref in ("A1", "A2"))
    given = {"actor": actor, "plan": "improvement-plan", "as_at": date(2022, 7, 31), "door": Door.EMAIL}
    head = head_number(officer.council)
    submit_updates(updates={led: TypedUpdate(no_change=True)}, seen_revision=head, **given)
    assert revisions(officer.council)[0].actor == "Monitoring Officer, by mailed link"
    assert item_history(officer.council, led)[0].actor == "Monitoring Officer, by mailed link"
    with pytest.raises(NotAllowed, match="not led by a post of yours"):
        submit_updates(updates={other: TypedUpdate(no_change=True)}, seen_revision=head, **given)
