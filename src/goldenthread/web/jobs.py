"""The jobs: each sets the scope of one council and calls a service. Any of them may run twice and has effect once.

A worker that dies leaves its job behind, and another takes it up (`workers.py`). The record's own unique keys see to it
that nothing comes of that but, at worst, a mail that arrives twice.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from goldenthread.record.actor import Actor
from goldenthread.record.services.councils import command_actor, council_register
from goldenthread.record.services.daily import run_cycle
from goldenthread.record.services.link_visits import visit_links as visit_now
from goldenthread.record.services.mailing import SEND_MAIL, send_again
from goldenthread.record.services.mailing import send_mail as send_now
from goldenthread.web.clock import civil_today

WORKER = "goldenthread worker"
HOURLY_BY_DAY = "5 4-20 * * *"
"""Early in the morning, and each hour of the day after it, so that a computer that is off at night catches up. In UTC:
4 o'clock is 4 or 5 in Europe/London, and the same day there."""
WEEKLY = "35 2 * * 1"
"""Early on Mondays: links among the evidence are looked at, when few people read the pages that they lead to."""
LINKS_AT_A_TIME = 20
PATIENTLY = RetryStrategy(max_attempts=5, exponential_wait=6)
"""Again after 6 seconds, then up to 2 hours; what is not sent by then is taken up by the next hourly run."""
log = structlog.get_logger()


@app.periodic(cron=HOURLY_BY_DAY, periodic_id="cycle")
@app.task(name="goldenthread.run_cycles", queueing_lock="run cycles")
def run_cycles(timestamp: int) -> None:
    """Have the day's work of each council done, by a job of its own."""
    today = civil_today()
    for council in council_register():
        later = run_day.configure(queueing_lock=f"{council.id} {today}", lock=f"cycle of {council.id}")
        try:
            later.defer(council=str(council.id), today=today.isoformat())
        except AlreadyEnqueued:
            log.info("the day's work is waiting already", council=council.slug)


@app.task(name="goldenthread.run_day", retry=PATIENTLY)
def run_day(council: str, today: str) -> None:
    """Open, ask and remind for one council, and have mail sent that could not be."""
    actor = _worker(council)
    run_cycle(actor=actor, today=date.fromisoformat(today))
    if may_send(actor.council):
        send_again(actor.council)


@app.task(name=SEND_MAIL, retry=PATIENTLY)
def send_mail(council: str, mail: str) -> None:
    """Send one mail, if this installation sends any and it is still needed."""
    actor = _worker(council)
    if may_send(actor.council):
        send_now(actor=actor, mail=UUID(mail), today=civil_today(), base_url=settings.ADDRESS)


@app.periodic(cron=WEEKLY, periodic_id="links")
@app.task(name="goldenthread.visit_all_links", queueing_lock="visit all links")
def visit_all_links(timestamp: int) -> None:
    """Have the links of each council visited, by jobs of its own. The links of an example lead nowhere."""
    for council in council_register():
        if not council.demo:
            _visit_later(council.id)


@app.task(name="goldenthread.visit_links", retry=PATIENTLY)
def visit_links(council: str) -> None:
    """Look whether some links among a council's evidence can be reached, and leave the others to another job, so that
    mail does not wait for slow sites. Each link is asked for once a day at most.
    """
    actor = _worker(council)
    if visit_now(actor=actor, on=civil_today(), most=LINKS_AT_A_TIME) == LINKS_AT_A_TIME:
        _visit_later(actor.council)


def _visit_later(council: UUID) -> None:
    later = visit_links.configure(queueing_lock=f"links of {council}", lock=f"links of {council}")
    try:
        later.defer(council=str(council))
    except AlreadyEnqueued:
        log.info("links wait to be visited already", council=str(council))


def may_send(council: UUID) -> bool:
    """Whether mail leaves: a mail server is named, and the council is no example."""
    examples = {each.id for each in council_register() if each.demo}
    return settings.SENDS_MAIL and council not in examples


def _worker(council: str) -> Actor:
    return command_actor(UUID(council), WORKER)
