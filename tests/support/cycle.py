"""A council whose leads can be asked: a small plan, posts with people in them, and mail that stays in memory."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.plan import model
from goldenthread.plan.judgements import Door
from goldenthread.plan.keys import slug
from goldenthread.plan.status import Status
from goldenthread.plan.updates import TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.models import (
    BodyRecord,
    Capacity,
    Holding,
    Membership,
    Officer,
    OutgoingMail,
    PostRecord,
    Role,
    User,
)
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.updating import submit_updates
from goldenthread.record.snapshot import snapshot
from support.records import ADOPTED, new_council, promised

JUNE, CUT_OFF, DUE = date(2022, 6, 15), date(2022, 6, 30), date(2022, 7, 7)
PLAN = "improvement-plan"
MONITORING, FINANCE, TEAM = "Monitoring Officer", "Director of Finance", "Leadership Team"


def cycle_plan() -> model.Plan:
    """Two actions and a milestone of one lead, one action each of another, of a group and of nobody, and one done."""
    return model.Plan(
        key="plan",
        council=model.Council(name="Borough of Testing"),
        title="Improvement plan",
        approved_on=ADOPTED,
        themes=(
            model.Theme(
                key="theme-1",
                number=1,
                name="Culture",
                milestones=(
                    model.Milestone(
                        key="m-1", name="Adopted", leads=(MONITORING,), dates=promised("2022-09")
                    ),
                ),
                actions=(
                    model.Action(
                        key="a-1",
                        title="Review the constitution",
                        leads=(MONITORING,),
                        dates=promised("2022-09"),
                        steps=(model.Action(key="a-1-1", title="Draft", dates=promised("2022-07")),),
                    ),
                    model.Action(key="a-2", title="Close the accounts", leads=(FINANCE,)),
                    model.Action(key="a-3", title="Agree the values", leads=(TEAM,)),
                    model.Action(key="a-4", title="Tell residents"),
                    model.Action(
                        key="a-5", title="Appoint the office", leads=(MONITORING,), status=Status.COMPLETE
                    ),
                ),
            ),
        ),
    )


def reporting_council(name: str = "Borough of Testing") -> Actor:
    """Its programme office, with the plan loaded; nobody holds a post yet."""
    officer = new_council(name)
    load_plan(
        actor=officer,
        plan=cycle_plan(),
        effective_on=ADOPTED,
        reason="Cabinet approved the plan",
        slug=PLAN,
    )
    return officer


def post(actor: Actor, name: str, above: str | None = None) -> None:
    """A post of the council, below another."""
    with writing(actor, "A post was entered"):
        over = PostRecord.objects.get(slug=slug(above)) if above else None
        PostRecord.objects.update_or_create(
            council_id=actor.council, slug=slug(name), defaults={"name": name, "reports_to": over}
        )


def group(actor: Actor, name: str) -> None:
    """A group of the council."""
    with writing(actor, "A group was entered"):
        BodyRecord.objects.get_or_create(council_id=actor.council, slug=slug(name), defaults={"name": name})


def appoint(
    actor: Actor,
    person: str,
    to: str,
    capacity: Capacity = Capacity.HOLDER,
    *,
    email: bool = True,
) -> Officer:
    """Somebody in a post; person@example.org is their address unless they have none."""
    with writing(actor, "Somebody was appointed"):
        address = f"{person.lower()}@example.org" if email else ""
        officer = Officer.objects.create(council_id=actor.council, name=person, email=address)
        Holding.objects.create(
            council_id=actor.council,
            post=PostRecord.objects.get(slug=slug(to)),
            officer=officer,
            capacity=capacity,
            starts_on=ADOPTED,
        )
    return officer


def programme_officer(actor: Actor, name: str = "Pat") -> User:
    """Somebody of the programme office, with an account."""
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
    Membership.objects.create(user=user, council_id=actor.council, role=Role.PMO)
    return user


def staffed_council(name: str = "Borough of Testing", office: str = "Pat") -> Actor:
    """The same with Mo as Monitoring Officer, Fay as Director of Finance, both below the Chief Executive, Chris.

    `office` is the name of the programme officer, whose account is one in the whole database.
    """
    actor = reporting_council(name)
    post(actor, "Chief Executive")
    post(actor, MONITORING, above="Chief Executive")
    post(actor, FINANCE, above="Chief Executive")
    for person, held in (("Chris", "Chief Executive"), ("Mo", MONITORING), ("Fay", FINANCE)):
        appoint(actor, person, held)
    group(actor, TEAM)
    programme_officer(actor, office)
    return actor


def item(actor: Actor, key: str) -> UUID:
    """The id of a promise of the plan."""
    plan = snapshot(council=actor.council, plan=PLAN)
    promises: list[model.Action | model.Milestone] = [*plan.actions(), *plan.themes[0].milestones]
    found = next(each.id for each in promises if each.key == key)
    assert found
    return found


def answer(actor: Actor, *keys: str, on: date = CUT_OFF, typed: TypedUpdate | None = None) -> None:
    """The programme office enters what a lead told it of these items."""
    submit_updates(
        actor=actor,
        plan=PLAN,
        updates={item(actor, key): typed or TypedUpdate(no_change=True) for key in keys},
        as_at=on,
        seen_revision=head_number(actor.council),
        door=Door.PAGE,
    )


def mails(actor: Actor) -> list[OutgoingMail]:
    """Every mail that was entered, in no order that matters, with its person."""
    with council_scope(actor.council):
        return list(OutgoingMail.objects.select_related("to").order_by("due_on", "key"))
