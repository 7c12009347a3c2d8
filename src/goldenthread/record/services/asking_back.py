"""Putting a question of the challenge desk to those who lead a promise: by mail, to the first who can be written to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.plan.keys import slug
from goldenthread.record.cycle.letters import Question, question_letter
from goldenthread.record.cycle.people import Person, answer_steps, people_at
from goldenthread.record.models.council import Council
from goldenthread.record.models.cycle import Challenge, UpdateRequest
from goldenthread.record.promises import HeldPromise
from goldenthread.record.services.asking import programme_office
from goldenthread.record.services.mailing import OwedMail, enter_mail


def mail_question(challenge: Challenge, promise: HeldPromise, today: date) -> int:
    """Enter the mails that ask what a challenge asks, in the transaction of the caller. Says how many.

    Each lead is written to: whoever holds the post or, without an address, the next in line. Where nobody is, the
    programme office is told. With a request for updates that is still open comes its link.
    """
    council = challenge.council_id
    people = people_at(council, today)
    leads = dict.fromkeys(slug(lead) for lead in promise.place.leads)
    written: dict[Person, UpdateRequest | None] = {}
    for lead in leads:
        post = people.answering(lead)
        request = _open_request(post.slug, challenge, today) if post else None
        for person in _first_with_address(answer_steps(people, lead)):
            written.setdefault(person, request)
    office = () if written else programme_office(council)
    asked = {**dict.fromkeys(office), **written}
    name = Council.objects.get(id=council).name
    return enter_mail(
        council, [_mail(challenge, promise, name, to, link) for to, link in asked.items()], today
    )


def _mail(
    challenge: Challenge, promise: HeldPromise, council: str, to: Person, request: UpdateRequest | None
) -> OwedMail:
    question = Question(
        council=council,
        plan=challenge.plan.title,
        item=promise.place.name,
        text=challenge.text,
        expires_on=request.expires_on if request else None,
    )
    letter = question_letter(to.name, question)
    return OwedMail(f"question:{challenge.id}:{to.id}", to, letter, request, question=challenge)


def _first_with_address(steps: Iterable[tuple[Person, ...]]) -> tuple[Person, ...]:
    reachable = (tuple(person for person in step if person.email) for step in steps)
    return next((step for step in reachable if step), ())


def _open_request(post: str, challenge: Challenge, today: date) -> UpdateRequest | None:
    """The request whose link can still be used for a post, in the period of the challenge."""
    return UpdateRequest.objects.filter(
        post__slug=post, period=challenge.period_id, stopped=False, expires_on__gte=today
    ).first()
