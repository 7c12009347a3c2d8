"""Collecting the questions that come up while a document is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenthread.plan.keys import KeyMint
from goldenthread.plan.questions import Candidate, Question, QuestionKind
from goldenthread.plan.values import Anchor


@dataclass
class Doubts:
    """The questions so far. Keys are made of kind and item, so the same doubt has the same key at every reading."""

    _mint: KeyMint = field(default_factory=KeyMint)
    _questions: list[Question] = field(default_factory=list)

    def ask(
        self,
        kind: QuestionKind,
        text: str,
        *,
        anchors: Iterable[Anchor],
        item: str | None = None,
        field: str | None = None,
        candidates: Iterable[Candidate] = (),
        default: int | None = None,
    ) -> None:
        """Put a question. `item` is the key of what it is about, `field` the field whose value is left open."""
        about = item or str(next(iter(anchors), "document"))
        parts = ("question", kind.value, about) if field is None else ("question", kind.value, about, field)
        self._questions.append(
            Question(
                key=self._mint.key(*parts),
                kind=kind,
                text=text,
                anchors=tuple(anchors),
                item_key=item,
                field=field,
                candidates=tuple(candidates),
                default=default,
            )
        )

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order of the document."""
        return tuple(sorted(self._questions, key=lambda question: _place(question.anchors)))


def _place(anchors: tuple[Anchor, ...]) -> tuple[int, ...]:
    first = anchors[0] if anchors else Anchor()
    return (first.page or 0, first.line or 0, first.table or 0, first.row or 0)
