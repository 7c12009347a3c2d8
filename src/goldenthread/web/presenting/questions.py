"""Questions in a reader's words, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.plan.questions import Question, QuestionKind


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind of question is called, and why it is asked."""

    title: str
    explained: str


KIND_WORDS: dict[QuestionKind, KindWords] = {
    QuestionKind.BLANK_DATE: KindWords(
        "A date is missing",
        "The date cell is empty, most likely because it was merged with the one above or below.",
    ),
    QuestionKind.COMPOUND: KindWords(
        "Two promises in one row", "One row holds two things, each with its own date."
    ),
    QuestionKind.DATE_ALIGNMENT: KindWords(
        "Which date belongs to which step?", "The dates in the cell do not match the steps one to one."
    ),
    QuestionKind.START_ALIGNMENT: KindWords(
        "Which start belongs to which step?", "The start dates in the cell do not match the steps one to one."
    ),
    QuestionKind.UNREAD_DATE: KindWords(
        "A date that cannot be read", "The words in the date cell are not a known form."
    ),
    QuestionKind.SUSPECT_DATE: KindWords(
        "A date that looks wrong", "The date contradicts what stands around it."
    ),
    QuestionKind.STEP_BOUNDARIES: KindWords(
        "Where does one step end and the next begin?", "The steps run on without a mark between them."
    ),
    QuestionKind.NESTING: KindWords(
        "Which list does a step belong to?", "The document does not show where a list ends."
    ),
    QuestionKind.SPLIT_ACTION: KindWords("One action or two?", "One cell holds two headings."),
    QuestionKind.MISSING_TITLE: KindWords("An action without a title", "The row has steps but no title."),
    QuestionKind.SHIFTED_ROW: KindWords(
        "A row that was put back in place",
        "Its cells stood under the wrong headings. Check that each is now right.",
    ),
    QuestionKind.MISSING_LEAD: KindWords("No lead is named", "The lead cell is empty."),
    QuestionKind.UNREAD_LEAD: KindWords(
        "A lead that is not known", "The words in the lead cell match no post or body."
    ),
    QuestionKind.UNREAD_REFERENCE: KindWords(
        "A reference that cannot be read", "It matches no review that the plan names."
    ),
    QuestionKind.UNLISTED_WORKSTREAM: KindWords(
        "Workstreams that do not match", "The theme’s list and its table do not name the same workstreams."
    ),
    QuestionKind.STATUS: KindWords(
        "Is it complete?", "Something suggests that it is done, but the document does not say so."
    ),
    QuestionKind.TRUNCATED: KindWords("A text that breaks off", "The sentence stops in the middle."),
    QuestionKind.DUPLICATE: KindWords("The same promise twice?", "Two items seem to be one."),
    QuestionKind.IDENTITY: KindWords(
        "Is it the same item as before?", "It may be an item already held, or a new one."
    ),
    QuestionKind.OTHER: KindWords("Something else is unclear", "It does not fit any other kind."),
}


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """The open questions of one kind, and how many of them have a suggested reading."""

    kind: QuestionKind
    words: KindWords
    questions: tuple[Question, ...]

    @property
    def suggested(self) -> tuple[Question, ...]:
        """Those that could be accepted as suggested."""
        return tuple(question for question in self.questions if question.default is not None)


def group_questions(questions: Iterable[Question]) -> tuple[QuestionGroup, ...]:
    """Questions by kind, in the order in which the kinds are listed above; within a kind, as the document has them."""
    by_kind: dict[QuestionKind, list[Question]] = {}
    for question in questions:
        by_kind.setdefault(question.kind, []).append(question)
    return tuple(
        QuestionGroup(kind, words, tuple(by_kind[kind]))
        for kind, words in KIND_WORDS.items()
        if kind in by_kind
    )
