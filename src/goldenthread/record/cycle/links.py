"""Mailed links: signed, good for answering one request and nothing else, and for no longer than it lasts.

The link is the right, so nobody signs in. It names a council and a request, under a signature that no other part of the
product makes; until when it is good stands with the request, so that it can be taken back.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from uuid import UUID

from django.core.signing import BadSignature, Signer

from goldenthread.plan.days import day_words
from goldenthread.record.actor import Actor
from goldenthread.record.errors import RecordError
from goldenthread.record.models.council import Role
from goldenthread.record.models.cycle import PeriodState, UpdateRequest
from goldenthread.record.scope import council_scope

PATH = "answer"
_PURPOSE = "goldenthread: answer one request for updates"
_ASK = "Ask your programme office for a new link, or sign in and use the page “Updates”."


class LinkRefused(RecordError):
    """A mailed link that is not good, or not any more; the message says why and whom to ask."""


def link_for(request: UpdateRequest, base_url: str) -> str:
    """The address at which a request is answered, below the address of the site ("https://plans.example.gov.uk")."""
    named = urlsafe_b64encode(request.council_id.bytes + request.id.bytes).decode().rstrip("=")
    return f"{base_url.rstrip('/')}/{PATH}/{_signer().sign(named)}/"


def actor_of(token: str, today: date) -> tuple[Actor, UpdateRequest]:
    """Who answers by this link, and which request; its post, period and plan are read with it.

    Raises:
        LinkRefused: The link was changed, has expired, was taken back, or its reporting period is closed.
    """
    council, asked = _named(token)
    with council_scope(council):
        request = (
            UpdateRequest.objects.select_related("post", "period__plan")
            .filter(id=asked, council_id=council)
            .first()
        )
    if request is None:
        raise LinkRefused(f"What this link was sent for is not on the record. {_ASK}")
    if request.stopped:
        raise LinkRefused(f"This link was taken back. {_ASK}")
    if today > request.expires_on:
        raise LinkRefused(f"This link was good until {day_words(request.expires_on)}. {_ASK}")
    if request.period.state == PeriodState.CLOSED:
        ended = day_words(request.period.ends_on)
        raise LinkRefused(f"The reporting period to {ended}, for which you were asked, is closed. {_ASK}")
    post = request.post
    actor = Actor(
        council=council, role=Role.LEAD, name=post.name, request=request.id, posts=frozenset({post.slug})
    )
    return actor, request


def _named(token: str) -> tuple[UUID, UUID]:
    try:
        named = urlsafe_b64decode(_signer().unsign(token) + "==")
        return UUID(bytes=named[:16]), UUID(bytes=named[16:])
    except (BadSignature, ValueError) as error:
        raise LinkRefused(
            f"This link is not complete. Copy all of it from the message, to its end. {_ASK}"
        ) from error


def _signer() -> Signer:
    return Signer(sep=".", salt=_PURPOSE)
