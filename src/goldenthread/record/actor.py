"""Who is acting: a person signed in, or a command."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from goldenthread.record.models.council import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody in a role for one council. Every service takes one.

    `user` is None for a command, whose name ("goldenthread import") then stands in the log, and for whoever answers by
    a mailed link: `request` is then the request that the link belongs to, and `posts` holds the slug of the post asked.
    """

    council: UUID
    role: Role
    name: str
    user: UUID | None = None
    request: UUID | None = None
    posts: frozenset[str] = frozenset()

    @property
    def capacity(self) -> str:
        """As what the actor judges, for pages: "Programme office", "Assurer"."""
        words = str(Role(self.role).label)
        return f"{words[0].upper()}{words[1:]}"

    @property
    def label(self) -> str:
        """How the log names the actor. A person is named by account, so that the name itself is not in the chain."""
        if self.request:
            return f"request:{self.request}"
        return f"user:{self.user}" if self.user else f"command:{self.name}"
