"""What each role may do, as one table."""

from __future__ import annotations

from enum import StrEnum

from goldenthread.record.actor import Actor
from goldenthread.record.errors import NotAllowed
from goldenthread.record.models.council import Role


class Permission(StrEnum):
    """Something that needs a right. The value completes the sentence "You may not ..."."""

    READ = "read the plan"
    REPORT_PROGRESS = "report progress"
    EDIT = "change the plan"
    ANSWER = "answer questions about the plan"
    IMPORT = "import documents"
    CHALLENGE = "challenge updates"
    VERIFY = "verify evidence"
    ACCEPT_FINDINGS = "accept findings"
    SETTLE = "settle contradictions"
    RUN_CYCLE = "run the reporting cycle"
    PROPOSE = "propose changes to the plan"
    DECIDE = "record decisions on changes"
    PUBLISH = "publish plans"
    PREPARE_REPORTS = "prepare and issue reports"
    CLEAR_REPORTS = "clear reports"
    MANAGE_POSTS = "manage posts and people"
    ADMINISTER = "manage administrators and settings"


_READS = frozenset({Permission.READ})

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.PMO: frozenset(Permission) - {Permission.ADMINISTER},
    Role.LEAD: _READS | {Permission.REPORT_PROGRESS, Permission.PROPOSE, Permission.CLEAR_REPORTS},
    Role.ASSURER: _READS | {Permission.CHALLENGE, Permission.VERIFY, Permission.CLEAR_REPORTS},
    Role.LEADERSHIP: _READS | {Permission.CLEAR_REPORTS},
    Role.MEMBER: _READS,
    Role.REVIEWER: _READS,
    Role.ADMINISTRATOR: _READS | {Permission.ADMINISTER, Permission.MANAGE_POSTS},
    Role.PUBLIC: frozenset(),
}

PROGRESS_FIELDS = frozenset({"status", "dates.forecast", "dates.actual"})
"""What a report of progress may change; anything else changes the plan."""


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the actor's role has this right."""
    return permission in GRANTED[actor.role]


def require(actor: Actor, permission: Permission) -> None:
    """Go on only if the actor has this right.

    Raises:
        NotAllowed: naming the role and what it lacks.
    """
    if not may(actor, permission):
        raise NotAllowed(f"Your role ({actor.role.label}) may not {permission}. Ask the programme office.")
