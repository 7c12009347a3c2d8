"""What the pages of a letter show: sentence by sentence, what each rests on and how it stands, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from goldenthread.assurance.coverage import reference_name
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug as slug_of
from goldenthread.plan.model import Plan
from goldenthread.reporting.claims import Claim, Verdict
from goldenthread.reporting.letter import Letter, Sentence, Support
from goldenthread.reporting.letter.due import MilestoneDue
from goldenthread.reporting.letter.editing import Part, Place, places_in
from goldenthread.web.presenting.index import handle, title_words

Link = Callable[..., str]
"""Makes an address of a route and its arguments."""

PARTS = {
    Part.OPENING: "Opening",
    Part.ACHIEVED: "Since the last letter",
    Part.EVIDENCE: "Evidence",
    Part.AHEAD: "The next six months",
    Part.CLOSING: "Closing",
}
KINDS = ("Supported", "Signed off", "Unsupported", "Contradicted")
_EVIDENCE, _REQUEST = re.compile(r"^E(\d+)$"), re.compile(r"^Change request (\d+)$")


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that a sentence rests on: its identifier, its page where it has one, and what it says."""

    identifier: str
    href: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sentence stands: the word, the colour that goes with it, and why. `blocks`: no letter goes with it."""

    word: str
    colour: str
    why: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A sentence as the page of the letter shows it."""

    number: int
    text: str
    rests: tuple[Rest, ...]
    standing: Standing
    advice: str
    href: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the letter. `heading` is that of its chapter where the chapter begins with it, else empty; `name` tells
    it from the same part of other chapters."""

    place: Place
    heading: str
    name: str
    words: str
    sentences: tuple[SentenceShown, ...]
    add: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A milestone that fell due in the period, and what the letter makes of it."""

    ref: str
    name: str
    href: str | None
    due: str
    word: str
    colour: str
    why: str
    told: tuple[tuple[int, str], ...]
    leave_out: str | None
    add: str


class Addresses:
    """Where the things are on which sentences rest."""

    def __init__(self, plan: Plan, link: Link, evidence: Mapping[int, UUID]) -> None:
        self._link, self._evidence = link, evidence
        self._items = dict(_pages(plan, link))

    def rest(self, support: Support) -> Rest:
        """A support with its address."""
        return Rest(support.identifier, self._href(support), support.says)

    def of_item(self, item: UUID) -> str | None:
        """The page of an item."""
        return self._items.get(item)

    def _href(self, support: Support) -> str | None:
        if support.item:
            return self.of_item(support.item)
        if found := _REQUEST.match(support.identifier):
            return self._link("change-request", number=int(found[1]))
        if (found := _EVIDENCE.match(support.identifier)) and int(found[1]) in self._evidence:
            return self._link("evidence-piece", evidence=self._evidence[int(found[1])])
        return None


def names_evidence(letter: Letter) -> bool:
    """Whether any sentence rests on evidence, so that its numbers have to be looked up."""
    return any(_EVIDENCE.match(one.identifier) for each in letter.sentences for one in each.supports)


def standing_of(sentence: Sentence, claims: Sequence[Claim]) -> Standing:
    """How a sentence stands, from what it rests on, who answers for it and what the claim check says."""
    denied = next((claim for claim in claims if claim.verdict is Verdict.CONTRADICTED), None)
    why = _because(denied) if denied else ""
    if signed := sentence.signed_off:
        told = f"by {signed.by}, {day_words(signed.on)}: {signed.reason}"
        return Standing("Signed off", "blue", f"{told} The record says otherwise: {why}." if why else told)
    if denied:
        return Standing("Contradicted by the record", "red", why, blocks=True)
    if sentence.is_unsupported:
        return Standing(
            "Unsupported",
            "yellow",
            "It names nothing in particular on the record that it rests on.",
            blocks=True,
        )
    return Standing("Supported", "green", "")


def advice_on(claims: Sequence[Claim]) -> str:
    """What the claim check misses in a sentence that may go as it is."""
    missing = [claim for claim in claims if claim.verdict in (Verdict.UNQUANTIFIED, Verdict.UNSUPPORTED)]
    return " ".join(f"{_because(claim)}." for claim in missing[:1] if claim.because)


def parts_shown(
    letter: Letter,
    claims: Mapping[int, tuple[Claim, ...]],
    addresses: Addresses,
    of_sentence: Callable[[int], str],
    add: Callable[[Place], str],
) -> tuple[PartShown, ...]:
    """The letter part by part. `of_sentence` and `add` make the addresses of a sentence and of the form for another."""
    shown = []
    for place, sentences in places_in(letter):
        begins = place.part is Part.ACHIEVED and place.chapter is not None
        heading = letter.chapters[place.chapter or 0].heading if begins else ""
        told = tuple(
            sentence_shown(each, claims.get(each.number, ()), addresses, of_sentence(each.number))
            for each in sentences
        )
        shown.append(
            PartShown(place, heading, place_words(letter, place), PARTS[place.part], told, add(place))
        )
    return tuple(shown)


def sentence_shown(
    sentence: Sentence, claims: Sequence[Claim], addresses: Addresses, href: str
) -> SentenceShown:
    """One sentence."""
    rests = tuple(addresses.rest(one) for one in sentence.supports)
    standing = standing_of(sentence, claims)
    advice = "" if standing.blocks or sentence.signed_off else advice_on(claims)
    return SentenceShown(sentence.number, sentence.text, rests, standing, advice, href)


def counts_of(parts: Iterable[PartShown]) -> tuple[tuple[int, str], ...]:
    """How many sentences stand how."""
    words = [each.standing.word for part in parts for each in part.sentences]
    return tuple((sum(word.startswith(kind) for word in words), kind) for kind in KINDS)


def place_words(letter: Letter, place: Place) -> str:
    """What a part is called in a list: "Organisational culture: Evidence"."""
    words = PARTS[place.part]
    return f"{letter.chapters[place.chapter].heading}: {words}" if place.chapter is not None else words


def place_name(place: Place) -> str:
    """What forms call a part: "opening", "achieved-0"."""
    return place.part.value if place.chapter is None else f"{place.part.value}-{place.chapter}"


def named_place(letter: Letter, name: str) -> Place | None:
    """The part that a form means."""
    return next((place for place, _ in places_in(letter) if place_name(place) == name), None)


def due_row(
    due: MilestoneDue,
    addresses: Addresses,
    of_sentence: Callable[[int], str],
    leave_out: Callable[[str], str],
    add: Callable[[str], str],
) -> DueRow:
    """A milestone that fell due, as the table shows it."""
    item = due.promise.item
    told = tuple((number, of_sentence(number)) for number in due.told_in)
    word, colour, why = "Open", "yellow", "No sentence rests on it, and nobody has left it out."
    if told:
        word, colour, why = "Told", "green", ""
    elif left := due.left_out:
        word, colour, why = "Left out", "grey", f"{left.reason} ({left.by}, {day_words(left.on)})"
    return DueRow(
        ref=item.ref or "",
        name=title_words(item),
        href=addresses.of_item(due.item),
        due=due.due_words,
        word=word,
        colour=colour,
        why=why,
        told=told,
        leave_out=None if told else leave_out(handle(item)),
        add=add(item.ref or ""),
    )


def _because(claim: Claim) -> str:
    told = []
    for one in claim.because:
        line = one.anchor.removeprefix("P")
        where = f" (line {line} of the plan)" if one.anchor.startswith("P") and line.isdigit() else ""
        told.append(f"{one.text.rstrip('.')}{where}")
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}"


def _pages(plan: Plan, link: Link) -> Iterator[tuple[UUID, str]]:
    """The address of each promise and recommendation of the plan, by its id."""
    for milestone in plan.milestones():
        if milestone.id:
            yield milestone.id, link("milestone", handle=handle(milestone))
    for action in plan.actions():
        for part in action.walk():
            if part.id and not part.heading:
                yield part.id, link("action", handle=handle(part))
    for review in plan.reviews:
        for one in review.recommendations:
            if one.id:
                row = slug_of(reference_name(one.reference))
                yield one.id, link("recommendation", review=slug_of(review.name), row=row)
