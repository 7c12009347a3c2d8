"""What an answer to a question means for a plan."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pydantic import JsonValue

from goldenthread.plan.date_phrases import read_date_phrase
from goldenthread.plan.edits import questions_left
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Edit, Question
from goldenthread.plan.values import Value
from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.services.editing import edited

DATE_FIELDS = frozenset(
    {"start", "raised", "dates.original", "dates.approved", "dates.forecast", "dates.actual"}
)


class Answer(Value):
    """What somebody answered: the chosen candidate's words and position, or their own words; and the edits meant."""

    words: str
    candidate: int | None
    edits: tuple[Edit, ...]
    by: str = ""

    def kept(self, actor: Actor) -> JsonValue:
        """What the record keeps of it, with who gave it: this actor, unless that is known already."""
        return self.model_copy(update={"by": self.by or actor.label}).model_dump(mode="json")


def answer_of(question: Question, candidate: int | None, other: str | None) -> Answer:
    """The answer that is the candidate at this position, or else these other words.

    Words are read as the field asked about is: a date as a plan's dates are, leads with semicolons between them.

    Raises:
        InvalidEdit: There is no such candidate, nothing is answered, or the words cannot be read.
    """
    if candidate is not None:
        if not 0 <= candidate < len(question.candidates):
            raise InvalidEdit(
                f"The question has no answer number {candidate + 1}. Choose one of those listed."
            )
        chosen = question.candidates[candidate]
        return Answer(words=chosen.label, candidate=candidate, edits=chosen.edits)
    words = (other or "").strip()
    if not words:
        raise InvalidEdit("Choose one of the answers, or write another.")
    if question.item_key is None or question.field is None:
        raise InvalidEdit("This question cannot be answered in other words. Choose one of the answers.")
    edit = Edit(key=question.item_key, field=question.field, value=_read_words(question.field, words))
    return Answer(words=words, candidate=None, edits=(edit,))


def remembered_answer(question: Question, earlier: Answer) -> Answer | None:
    """An earlier answer, given now to the question as it is asked again; None where it no longer fits."""
    place = None
    if earlier.candidate is not None:
        place = _place_of(question, earlier)
        if place is None:
            return None
    try:
        return answer_of(question, place, earlier.words).model_copy(update={"by": earlier.by})
    except InvalidEdit:
        return None


def _place_of(question: Question, earlier: Answer) -> int | None:
    """Where the candidate with the same words stands; the same place first, since words may be there twice."""
    places = [place for place, option in enumerate(question.candidates) if option.label == earlier.words]
    if earlier.candidate in places:
        return earlier.candidate
    return places[0] if len(places) == 1 else None


Given = tuple[Question, Answer]


def settle(plan: Plan, answers: Sequence[Given]) -> Plan:
    """The plan with these answers in it and their questions no longer open, nor those that they make pointless.

    Raises:
        InvalidEdit: The answers do not fit the plan, or not together.
    """
    new = edited(plan, [edit for _, answer in answers for edit in answer.edits])
    settled = {question.key for question, _ in answers}
    left = new.model_copy(
        update={"questions": tuple(asked for asked in new.questions if asked.key not in settled)}
    )
    return left.model_copy(update={"questions": tuple(questions_left(left, ""))})


def settle_fitting(plan: Plan, answers: Sequence[Given]) -> tuple[Plan, tuple[Given, ...]]:
    """The plan with those of the answers in it that fit, one after another, and which these are."""
    if not answers:
        return plan, ()
    with suppress(InvalidEdit):
        return settle(plan, answers), tuple(answers)
    fitting = []
    for given in answers:
        still_asked = any(question.key == given[0].key for question in plan.questions)
        with suppress(InvalidEdit):
            if still_asked:
                plan = settle(plan, [given])
                fitting.append(given)
    return plan, tuple(fitting)


def _read_words(field: str, words: str) -> JsonValue:
    """What somebody wrote, as a value of the field. A date is read as a plan's dates are, and marked as filled in."""
    if field == "leads":
        return [lead.strip() for lead in words.split(";") if lead.strip()]
    if field not in DATE_FIELDS:
        return words
    found = read_date_phrase(words).date
    if found is None:
        raise InvalidEdit(
            f"“{words}” is not a date that can be read. Write it like “7 June 2022” or “Autumn 2022”."
        )
    return found.model_copy(update={"inferred": True}).model_dump(mode="json")
