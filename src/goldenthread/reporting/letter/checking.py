"""What stands in the way of sending a letter: each reason names the sentence or the place, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goldenthread.documents import Document, SourceFormat
from goldenthread.documents.content import Paragraph
from goldenthread.plan.model import Plan
from goldenthread.plan.values import Anchor
from goldenthread.reporting.claims import Claim, Verdict, check_claims
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.letter.model import Head, Letter, Sentence
from goldenthread.reporting.letter.saying import name_of

Claims = Mapping[int, tuple[Claim, ...]]
"""What the claim check makes of each sentence, by its number."""
_APART = 10
"""Lines between one sentence and the next, so that the claim check takes no two for one."""
_WORDS = 8
_HEAD = {
    "my_ref": "My Ref",
    "ask_for": "Please ask for",
    "telephone": "Telephone",
    "addressee": "the addressee",
    "salutation": "the salutation",
    "valediction": "the words above the signature",
    "role": "the role of whoever signs",
}


def letter_problems(letter: Letter, plan: Plan, claims: Claims | None = None) -> tuple[str, ...]:
    """Why a letter is not final: none, and it may be sent.

    Its date is open, it is marked as a draft, nobody signs it, a place of its head is empty; a sentence rests on
    nothing or is contradicted by the plan and nobody answers for it; a milestone that fell due is neither reported nor
    left out. `claims` is what `claims_by_sentence` gives, where it is at hand.
    """
    return (
        *_head(letter),
        *_sentences(letter, claims or claims_by_sentence(letter, plan)),
        *_due(letter, plan),
    )


def claims_by_sentence(letter: Letter, plan: Plan) -> Claims:
    """What the claim check makes of each sentence, by its number; a sentence of several statements has several."""
    first: dict[str, int] = {}
    for each in letter.sentences:
        first.setdefault(" ".join(each.text.split()), each.number)
    paragraphs = tuple(Paragraph(text, Anchor(line=number * _APART)) for text, number in first.items())
    document = Document("letter", SourceFormat.TEXT, paragraphs)
    found: dict[int, list[Claim]] = {}
    for claim in check_claims(document, plan, since=letter.since, until=letter.until).claims:
        found.setdefault(claim.line // _APART, []).append(claim)
    return {
        each.number: tuple(found.get(first[" ".join(each.text.split())], ())) for each in letter.sentences
    }


def first_words(sentence: Sentence) -> str:
    """A sentence by its number and first words, as messages name it."""
    return f"Sentence {sentence.number}, “{shortened(sentence.text)}”"


def shortened(text: str) -> str:
    """The first words of a text."""
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _head(letter: Letter) -> Iterator[str]:
    head: Head = letter.head
    if head.dated is None:
        yield "The date of the letter is open. Give its day in the head of the letter."
    if letter.is_draft:
        yield "The letter is marked as a draft. Take the mark away once it is final."
    for field, words in _HEAD.items():
        if not str(getattr(head, field)).strip():
            yield f"“{words}” is empty. Fill it in the head of the letter."
    if not head.signatory.strip():
        yield "Nobody signs the letter yet. Name who signs it in the head of the letter."


def _sentences(letter: Letter, claims: Mapping[int, tuple[Claim, ...]]) -> Iterator[str]:
    for each in letter.sentences:
        if each.signed_off is not None:
            continue
        if each.is_unsupported:
            yield (
                f"{first_words(each)}, rests on nothing in particular. Say which action, milestone, evidence or "
                "decision supports it, or have somebody sign it off."
            )
        for claim in claims[each.number]:
            if claim.verdict is Verdict.CONTRADICTED:
                why = "; ".join(f"{one.anchor}: {one.text}" for one in claim.because)
                words = f"is contradicted by the plan ({why})"
                yield f"{first_words(each)}, {words}. Correct it, or have somebody sign it off."
                break


def _due(letter: Letter, plan: Plan) -> Iterator[str]:
    for each in milestones_due(plan, letter.since, letter.until, letter):
        if each.is_open:
            name = f"{each.promise.item.ref} {name_of(each.promise)}".removeprefix("None ")
            words = f"{name}, due {each.due_words}, is neither reported nor left out"
            yield f"{words}. Let a sentence rest on it, or leave it out and say why."
