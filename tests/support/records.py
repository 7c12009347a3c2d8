"""A council with somebody to act for it, for tests that need a record."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.keys import slug
from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.plan.status import Status
from goldenthread.record.actor import Actor
from goldenthread.record.models import (
    Holding,
    Officer,
    PostRecord,
    ReportingPeriod,
    Role,
    UpdateRequest,
    User,
)
from goldenthread.record.scope import writing
from goldenthread.record.services.councils import create_council
from goldenthread.record.services.plans import LoadedPlan, load_plan
from goldenthread.record.snapshot import find_plan

ADOPTED = date(2022, 6, 7)


def new_council(name: str = "Borough of Testing", role: Role = Role.PMO) -> Actor:
    """Somebody of the programme office (or in another role) of a council that is new."""
    return Actor(council=create_council(command="test", name=name).id, role=role, name="test")


def promised(edtf: str, printed: str | None = None) -> model.Dates:
    """A promise for a date, as first made."""
    on = PlanDate.from_edtf(edtf, printed or edtf)
    return model.Dates(original=on, approved=on)


def small_plan() -> model.Plan:
    """Two themes, three actions with steps, a milestone without a date and the question about it."""
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
                milestones=(model.Milestone(key="m-1", name="Survey done"),),
                actions=(
                    model.Action(
                        key="a-1",
                        title="Review the constitution",
                        leads=("Monitoring Officer",),
                        dates=promised("2022-09", "Sep 2022"),
                        steps=(
                            model.Action(key="a-1-1", title="Draft", dates=promised("2022-07")),
                            model.Action(key="a-1-2", title="Adopt", dates=promised("2022-09")),
                        ),
                    ),
                    model.Action(key="a-2", title="Train members", status=Status.IN_PROGRESS),
                ),
            ),
            model.Theme(
                key="theme-2",
                number=2,
                name="Money",
                actions=(model.Action(key="a-3", title="Close the accounts", dates=promised("2022-12")),),
            ),
        ),
        questions=(
            Question(
                key="q-1",
                kind=QuestionKind.BLANK_DATE,
                text="When is the survey to be done?",
                anchors=(),
                item_key="m-1",
                field="dates.approved",
                candidates=(
                    Candidate(
                        label="Sep 2022", reason="The row above says so.", edits=(_date_edit("2022-09"),)
                    ),
                    Candidate(
                        label="Oct 2022", reason="The row below says so.", edits=(_date_edit("2022-10"),)
                    ),
                ),
                default=0,
            ),
        ),
    )


def _date_edit(edtf: str) -> Edit:
    value = PlanDate.from_edtf(edtf, edtf).model_dump(mode="json")
    return Edit(key="m-1", field="dates.approved", value=value)


def load_small_plan(actor: Actor) -> LoadedPlan:
    """The small plan, adopted on 7 June 2022."""
    return load_plan(actor=actor, plan=small_plan(), effective_on=ADOPTED, reason="Cabinet approved the plan")


def in_post(actor: Actor, post: str, *, user: User | None = None, since: date = ADOPTED) -> Actor:
    """Somebody with the lead's role who holds a post of the council from a day on; the post is made if need be."""
    user = user or User.objects.create_user(f"{slug(post)}@example.org", name=f"The {post}")
    with writing(actor, "Somebody was appointed"):
        known = {"council_id": actor.council, "slug": slug(post)}
        held, _ = PostRecord.objects.get_or_create(**known, defaults={"name": post})
        person = Officer.objects.create(council_id=actor.council, name=user.name, user=user.id)
        Holding.objects.create(council_id=actor.council, post=held, officer=person, starts_on=since)
    return Actor(council=actor.council, role=Role.LEAD, name=user.name, user=user.id)


def asked(
    actor: Actor,
    plan: str,
    post: str,
    *,
    starts_on: date = date(2022, 7, 1),
    ends_on: date = date(2022, 7, 31),
    expires_on: date = date(2022, 8, 28),
) -> UpdateRequest:
    """That a post was asked for its updates in a period of a plan; post and period are made if need be."""
    with writing(actor, "Leads were asked"):
        known = {"council_id": actor.council, "slug": slug(post)}
        held, _ = PostRecord.objects.get_or_create(**known, defaults={"name": post})
        period, _ = ReportingPeriod.objects.get_or_create(
            council_id=actor.council,
            plan=find_plan(plan),
            starts_on=starts_on,
            defaults={"ends_on": ends_on, "due_on": ends_on + timedelta(days=7)},
        )
        return UpdateRequest.objects.create(
            council_id=actor.council, period=period, post=held, asked_on=ends_on, expires_on=expires_on
        )
