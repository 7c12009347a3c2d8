"""A few invented people for the example council, so that its pages are not empty. Most posts are left without any."""

from __future__ import annotations

from datetime import date

from goldenthread.record.actor import Actor
from goldenthread.record.cycle.people import people_at
from goldenthread.record.models.posts import Capacity, PostKind
from goldenthread.record.scope import council_scope
from goldenthread.record.services.appointing import add_person
from goldenthread.record.services.bodies import add_body, seat
from goldenthread.record.services.ownership import add_challenge_note, own
from goldenthread.record.services.posts import add_post, set_post_above

WHY = "Invented for the example"


def add_example_people(*, actor: Actor, from_day: date) -> None:
    """Put invented people in some posts of an example council from a day on. A second call changes nothing."""
    with council_scope(actor.council, actor=actor.label, reason=WHY):
        known = people_at(actor.council, from_day)
        if known.persons:
            return

        def post(name: str, slug: str, kind: PostKind = PostKind.OFFICER) -> str:
            there = slug in known.posts
            return slug if there else add_post(actor=actor, name=name, kind=kind, reason=WHY)

        def person(name: str, holds: str, email: str = "", capacity: Capacity = Capacity.HOLDER) -> None:
            invented = f"{name} Example (invented)"
            add_person(
                actor=actor, name=invented, email=email, post=holds, from_day=from_day, capacity=capacity,
                reason=WHY,
            )  # fmt: skip

        chief = post("Chief Executive", "chief-executive")
        finance = post("Director of Finance", "director-of-finance")
        housing = post("Director of Housing", "director-of-housing")
        resources = post(
            "Cabinet Member for Finance and Resources",
            "cabinet-member-for-finance-and-resources",
            PostKind.PORTFOLIO,
        )
        person("A.", chief, "a@example.org", Capacity.INTERIM)
        person("B.", finance, "b@example.org")
        person("C.", finance, "c@example.org", Capacity.DEPUTY)
        person("D.", resources)
        set_post_above(actor=actor, post=finance, above=chief, reason=WHY)
        team = "leadership-team"
        if team not in known.bodies:
            add_body(actor=actor, name="Leadership Team", reason=WHY)
        seat(actor=actor, body=team, post=chief, from_day=from_day, reason=WHY, capacity=Capacity.ACCOUNTABLE)
        cell = own(
            actor=actor, post=finance, portfolio=resources, challenger=housing, from_day=from_day, reason=WHY
        )
        add_challenge_note(
            actor=actor, ownership=cell, noted_on=from_day,
            text="Asked how the accounts will be closed in time without more staff. (Invented)",
        )  # fmt: skip
