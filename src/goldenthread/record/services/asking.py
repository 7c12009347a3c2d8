"""Asking leads for their updates, reminding them until they answer, and asking the next in line when they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.cycle.calendar import Month
from goldenthread.record.cycle.letters import Asking, asking_letter, reminder_letter
from goldenthread.record.cycle.owing import Owed, Owing, owed
from goldenthread.record.cycle.people import Person, answer_steps
from goldenthread.record.models.council import Council, Role
from goldenthread.record.models.cycle import OutgoingMail, ReportingPeriod, UpdateRequest
from goldenthread.record.models.people import User
from goldenthread.record.models.posts import Officer
from goldenthread.record.permissions import Permission, require
from goldenthread.record.scope import writing
from goldenthread.record.services.mailing import OwedMail, enter_mail
from goldenthread.record.services.periods import lock_period, mark_answers, refuse_closed


@dataclass(frozen=True)
class Rung:
    """Those who are asked at one step of the chain, all of whom have an e-mail address."""

    people: tuple[Person, ...]
    is_holder: bool = False
    is_office: bool = False


def ask_for_updates(*, actor: Actor, period: UUID, today: date) -> int:
    """Ask every post that owes something and was not asked yet; says how many were asked by this call.

    Each gets a request, whose id is what its mailed link is good for, and a mail to whoever is first in line and has an
    address: holder, deputy, the posts above, programme office.

    Raises:
        NotAllowed: The actor may not run the cycle.
        NotFound: There is no such period.
        InvalidEdit: The period is closed.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, "Asked for updates"):
        held = lock_period(period)
        refuse_closed(held)
        who = owed(held, today)
        asked = set(UpdateRequest.objects.filter(period=held).values_list("post__slug", flat=True))
        requests = UpdateRequest.objects.bulk_create(
            UpdateRequest(
                council_id=actor.council,
                period=held,
                post_id=each.post.id,
                asked_on=today,
                expires_on=max(today, held.due_on) + timedelta(days=who.settings.link_days),
            )
            for each in who.owing
            if each.post.slug not in asked
        )
        posts = {each.post.id: each for each in who.owing}
        line = _Line(held, who, today)
        mails = [line.first_mail(request, posts[request.post_id]) for request in requests]
        enter_mail(actor.council, [mail for each in mails for mail in each], today)
        return len(requests)


def chase(*, actor: Actor, period: UUID, today: date, at_once: bool = False) -> int:
    """Remind those who were asked and still owe something; says how many mails this call entered.

    The n-th reminder is due n times `remind_every_days` after the asking. It goes to the first in line, and from
    `escalate_after_days` after the due day on to the next one too, one step further each time that so many days have
    passed. Those who have answered are marked so and left in peace.

    Args:
        at_once: Remind today whether or not it is a day for reminding; nobody gets two mails on one day.

    Raises:
        NotAllowed, NotFound, InvalidEdit: as `ask_for_updates`.
    """
    require(actor, Permission.RUN_CYCLE)
    with writing(actor, "Reminded those who had not answered"):
        held = lock_period(period)
        refuse_closed(held)
        mark_answers(held, today)
        who = owed(held, today)
        requests = UpdateRequest.objects.filter(period=held, stopped=False).select_related("post")
        waiting = [request for request in requests if who.owes(request.post.slug)]
        line = _Line(held, who, today)
        mails = [mail for request in waiting for mail in line.reminders(request, at_once)]
        return enter_mail(actor.council, mails, today)


@dataclass(frozen=True)
class _Line:
    """Who is to be written to in a period today, and what."""

    period: ReportingPeriod
    who: Owed
    today: date

    def first_mail(self, request: UpdateRequest, owing: Owing) -> Iterator[OwedMail]:
        """The mail that asks."""
        rungs = self._rungs(owing)
        for person in rungs[0].people if rungs else ():
            asking = replace(self._asking(request, owing), because=_stands_in(owing, rungs[0]))
            letter = asking_letter(person.name, asking)
            yield OwedMail(f"ask:{request.id}:{person.id}", person, letter, request)

    def reminders(self, request: UpdateRequest, at_once: bool) -> Iterator[OwedMail]:
        """The mails that remind, of those that are due today."""
        owing, settings = self.who.posts[request.post.slug], self.who.settings
        number = (self.today - request.asked_on).days // settings.remind_every_days
        turn = f"on-{self.today}" if at_once else str(number)
        if number < 1 and not at_once:
            return
        rungs = self._rungs(owing)
        step = min(self._steps_up(), len(rungs) - 1)
        for rung in dict.fromkeys((rungs[0], rungs[step])) if rungs else ():
            because = _stands_in(owing, rung) if rung is rungs[0] else self._escalated(owing)
            asking = replace(self._asking(request, owing), because=because)
            for person in rung.people:
                if at_once and (request.id, person.id) in self._written_today:
                    continue
                letter = reminder_letter(person.name, asking, self.today)
                yield OwedMail(f"reminder:{request.id}:{turn}:{person.id}", person, letter, request)

    @cached_property
    def _written_today(self) -> set[tuple[UUID, UUID]]:
        mails = OutgoingMail.objects.filter(request__period=self.period, due_on=self.today)
        return set(mails.values_list("request_id", "to_id"))

    @cached_property
    def _council(self) -> str:
        return Council.objects.get(id=self.period.council_id).name

    @cached_property
    def _office(self) -> Rung:
        return Rung(programme_office(self.period.council_id), is_office=True)

    def _rungs(self, owing: Owing) -> tuple[Rung, ...]:
        """The steps of the chain at which somebody can be written to; the programme office is the last."""
        holder = owing.post.holder
        steps = answer_steps(self.who.people, owing.post.slug)
        found = [
            Rung(tuple(one for one in step if one.email), bool(holder and holder.person in step))
            for step in steps
        ]
        return tuple(rung for rung in (*found, self._office) if rung.people)

    def _steps_up(self) -> int:
        """How many steps beyond the first are asked as well by now."""
        every = self.who.settings.escalate_after_days
        return max(0, (self.today - self.period.due_on).days // every)

    def _asking(self, request: UpdateRequest, owing: Owing) -> Asking:
        return Asking(
            council=self._council,
            plan=self.period.plan.title,
            period=str(Month.of(self.period.starts_on)),
            post=owing.post.name,
            owed=len(owing.owed),
            due_on=self.period.due_on,
            expires_on=request.expires_on,
        )

    def _escalated(self, owing: Owing) -> str:
        return (
            f"You are asked because {owing.post.name} was to answer by {day_words(self.period.due_on)} and has not. "
            "Please answer, or see that it is answered."
        )


def programme_office(council: UUID) -> tuple[Person, ...]:
    """The people of the programme office, in the scope of the caller. Who is not known as a person yet becomes so."""
    users = User.objects.filter(memberships__council_id=council, memberships__role=Role.PMO, is_active=True)
    found = {user.id: user for user in users.order_by("email")}
    known = set(Officer.objects.filter(user__in=found).values_list("user", flat=True))
    Officer.objects.bulk_create(
        Officer(council_id=council, name=str(user), email=user.email, user=user.id)
        for user in found.values()
        if user.id not in known
    )
    rows = Officer.objects.filter(user__in=found).order_by("name", "id")
    return tuple(Person(row.id, row.name, row.email, row.user) for row in rows)


def _stands_in(owing: Owing, rung: Rung) -> str:
    """Why somebody other than the holder of the post is written to first."""
    if rung.is_holder:
        return ""
    holder, post = owing.post.holder, owing.post.name
    if holder is None:
        return f"You are asked because nobody holds the post {post} at present."
    return (
        f"You are asked because {holder.person.name}, who holds the post {post}, has no e-mail address here."
    )
