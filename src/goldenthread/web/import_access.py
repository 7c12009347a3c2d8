"""How pages reach a document on its way into a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from goldenthread.plan.changes import Change
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Question, QuestionKind
from goldenthread.plan.values import Anchor
from goldenthread.record.models import ImportState
from goldenthread.record.services import imports as services
from goldenthread.web.presenting.change_list import ChangeList, change_list
from goldenthread.web.record_access import Viewer, kept_content, plan_state
from goldenthread.web.sources import Source, source_in
from goldenthread.web.viewing import index_of

STATE_WORDS = {
    ImportState.OPEN: "Not on the record yet",
    ImportState.APPLIED: "On the record",
    ImportState.DISCARDED: "Put aside",
}


@dataclass(frozen=True, slots=True)
class OpenImport:
    """A document that was read: the plan that recording it would make, and where it stands."""

    viewer: Viewer
    id: UUID
    name: str
    plan: Plan
    state: ImportState
    sha256: str
    slug: str | None
    understood: bool

    @property
    def is_open(self) -> bool:
        """Whether it can still be worked on."""
        return self.state is ImportState.OPEN

    @property
    def unsure(self) -> tuple[Question, ...]:
        """The open questions about which items are those already held: recording has to wait for them."""
        return tuple(asked for asked in self.plan.questions if asked.kind is QuestionKind.IDENTITY)

    @property
    def is_applied(self) -> bool:
        """Whether it is on the record."""
        return self.state is ImportState.APPLIED

    @property
    def state_words(self) -> str | None:
        """What to say of it when it is closed."""
        return None if self.is_open else f"{STATE_WORDS[self.state]}."


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """A row in the list of documents."""

    name: str
    state: str
    href: str


def start(viewer: Viewer, name: str, content: bytes, amends: str | None) -> UUID:
    """Read a document that amends the plan of this slug (None: is a new plan), and keep it.

    One that is not understood is kept too, if it has columns of which a person can say what they hold.

    Raises what `start_import` raises.
    """
    made = services.start_import(
        actor=viewer.actor,
        name=name,
        content=content,
        plan=amends,
        new_plan=amends is None,
        to_be_mapped=True,
    )
    return made.id


def open_import(viewer: Viewer, import_id: UUID) -> OpenImport:
    """One import with its reading.

    Raises:
        NotFound: there is none.
    """
    row = services.import_summary(viewer.council_id, import_id)
    plan = _reading(viewer.council_id, import_id, viewer.head)
    return OpenImport(viewer, row.id, row.name, plan, row.state, row.sha256, row.plan, row.understood)


@lru_cache(maxsize=8)
def _reading(council: UUID, import_id: UUID, head: int) -> Plan:
    """What the import comes to. Nothing that it depends on changes without another head revision."""
    return services.import_reading(council, import_id)


@lru_cache(maxsize=8)
def _changes(council: UUID, import_id: UUID, head: int) -> tuple[Change, ...]:
    return services.import_changes(council, import_id)


def earlier(viewer: Viewer) -> list[EarlierImport]:
    """The council's documents."""
    rows = services.imports(viewer.council_id)
    return [
        EarlierImport(row.name, STATE_WORDS[row.state], reverse("import-read", args=[row.id])) for row in rows
    ]


def answer(document: OpenImport, key: str, candidate: int | None, other: str | None) -> None:
    """Settle one question. Raises what `answer_import_question` raises."""
    services.answer_import_question(
        actor=document.viewer.actor, import_id=document.id, question_key=key, candidate=candidate, other=other
    )


def answer_kind(document: OpenImport, kind: QuestionKind) -> int:
    """Settle every question of a kind that has a suggested reading; gives how many."""
    return services.answer_import_in_bulk(actor=document.viewer.actor, import_id=document.id, kind=kind)


def changes(document: OpenImport) -> ChangeList:
    """What recording the document would change."""
    viewer = document.viewer
    found = _changes(viewer.council_id, document.id, viewer.head)
    before = None
    if document.slug:
        held = plan_state(viewer, document.slug, cut_off=None, known_at=None)
        before = index_of(held)
    return change_list(found, before, index_of(document.plan))


def apply(document: OpenImport, reason: str, effective_on: date) -> str:
    """Record the document; gives the plan's slug. Raises what `apply_import` raises."""
    return services.apply_import(
        actor=document.viewer.actor, import_id=document.id, reason=reason, effective_on=effective_on
    ).slug


def discard(document: OpenImport) -> None:
    """Put the document aside. Raises what `discard_import` raises."""
    services.discard_import(actor=document.viewer.actor, import_id=document.id)


def source(document: OpenImport, anchors: Iterable[Anchor]) -> Source:
    """The passage around these places of the document."""
    return source_in(kept_content(document.sha256), anchors)
