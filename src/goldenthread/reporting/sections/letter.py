"""The parts of the letter to the Secretary of State: head, text, signature, and what each sentence rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from pydantic import Field

from goldenthread.plan.days import MONTH_NAMES, day_words
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Part,
    Strong,
    Table,
    Text,
    ToWrite,
)
from goldenthread.reporting.letter.checking import shortened
from goldenthread.reporting.letter.due import MilestoneDue, milestones_due
from goldenthread.reporting.letter.model import Head, Letter, Sentence
from goldenthread.reporting.letter.saying import name_of
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.phrasing import NO_REF, STATUS_WORDS
from goldenthread.reporting.sections.registry import Options, section

NOBODY, UNSUPPORTED = "–", "[unsupported]"


class Shown(StrEnum):
    """When identifiers stand behind each sentence."""

    DRAFT = "draft"
    ALWAYS = "always"
    NEVER = "never"


class Running(Options):
    """Sentences in paragraphs. `identifiers` says when each is followed by what it rests on: while the letter is a
    draft, always, or never; the annex has them in any case. `paragraph` is how many sentences stand in one."""

    identifiers: Shown = Shown.DRAFT
    paragraph: int = Field(default=5, ge=1)


class Chapters(Running):
    """`parts` puts a heading above what was achieved, the evidence, and what comes next."""

    parts: bool = False


@section("letter-head", Options)
def letter_head(matter: Matter, _: Options) -> Iterator[Block]:
    """References, date, whom it addresses, the mark of a draft, and the salutation."""
    letter = _letter(matter)
    head = letter.head
    month = f"{MONTH_NAMES[letter.until.month - 1]} {letter.until.year}"
    day: Part = day_words(head.dated) if head.dated else ToWrite(f"xx {month}")
    yield Paragraph((Strong("My Ref: "), head.my_ref or ToWrite("our reference")))
    yield Paragraph((Strong("Please ask for: "), head.ask_for or ToWrite("who answers questions")))
    yield Paragraph((Strong("Telephone: "), head.telephone or ToWrite("telephone number")))
    yield Paragraph((Strong("Date: "), day))
    if head.addressee:
        yield Paragraph((head.addressee,))
    if letter.is_draft:
        yield Paragraph((Strong("DRAFT"),))
    yield Paragraph((head.salutation or ToWrite("salutation"),))


@section("letter-opening", Running)
def letter_opening(matter: Matter, options: Running) -> Iterator[Block]:
    """What the letter says first: the period, the plan, how it stands, and what is late."""
    yield from _running(matter, _letter(matter).opening, options)


@section("letter-chapters", Chapters)
def letter_chapters(matter: Matter, options: Chapters) -> Iterator[Block]:
    """Heading by heading: what was achieved since the last letter, the evidence for it, and what comes next."""
    for chapter in _letter(matter).chapters:
        yield Heading(chapter.heading, level=0)
        parts = (
            ("Since the last letter", chapter.achieved),
            ("Evidence", chapter.evidence),
            ("The months ahead", chapter.ahead),
        )
        for words, sentences in parts:
            if sentences and options.parts:
                yield Heading(words)
            yield from _running(matter, sentences, options)


@section("letter-closing", Running)
def letter_closing(matter: Matter, options: Running) -> Iterator[Block]:
    """What the letter says last, before it is signed."""
    yield from _running(matter, _letter(matter).closing, options)


@section("letter-signature", Options)
def letter_signature(matter: Matter, _: Options) -> Iterator[Block]:
    """The valediction, who signs, and as what."""
    head = _letter(matter).head
    yield Paragraph((head.valediction or ToWrite("valediction"),))
    yield Paragraph((Strong(head.signatory) if head.signatory else ToWrite("who signs the letter"),))
    if head.role:
        yield Paragraph((head.role,))


@section("letter-attachments", Options)
def letter_attachments(matter: Matter, _: Options) -> Iterator[Block]:
    """The papers that go with the letter, by their names."""
    if attached := _letter(matter).attachments:
        yield Paragraph((Strong("Attached"),))
        yield Bullets(tuple((each,) for each in attached))


@section("letter-supports", Options)
def letter_supports(matter: Matter, _: Options) -> Iterator[Block]:
    """An annex: every sentence with the identifiers of what it rests on, what those say, and who signed it off."""
    sentences = tuple(_letter(matter).sentences)
    columns = (
        Column("No.", 0.8),
        Column("Begins", 3.6),
        Column("Rests on", 2.2),
        Column("What that says", 6.2),
        Column("Signed off by", 2.4),
    )
    yield Table(
        "What each sentence rests on",
        "What each sentence rests on",
        columns,
        tuple(_rests(each) for each in sentences),
    )


@section("letter-due", Options)
def letter_due(matter: Matter, _: Options) -> Iterator[Block]:
    """An annex: every milestone that fell due in the period, with where it is reported or why it is left out."""
    letter = _letter(matter)
    due = milestones_due(matter.plan, letter.since, letter.until, letter)
    days = f"from {day_words(letter.since)} to {day_words(letter.until)}"
    if not due:
        yield Paragraph((f"No milestone of the plan fell due {days}.",))
        return
    columns = (
        Column("Ref", 1.0),
        Column("Milestone", 4.6),
        Column("Due", 2.0),
        Column("Status", 2.2),
        Column("In the letter", 4.6),
    )
    yield Table(
        "Milestones that fell due",
        f"What fell due {days}, and where the letter tells it",
        columns,
        tuple(_told(each) for each in due),
        counted=matter.figure(f"letter.due.{letter.since}.{letter.until}", len(due)),
    )


def _letter(matter: Matter) -> Letter:
    """The letter, which `compose` drafts where nobody has worked on one; an empty one where nobody has drafted it."""
    return matter.letter or Letter(head=Head(), since=matter.began_on, until=matter.cut_off)


def _running(matter: Matter, sentences: Sequence[Sentence], options: Running) -> Iterator[Block]:
    marked = options.identifiers is Shown.ALWAYS or (
        options.identifiers is Shown.DRAFT and _letter(matter).is_draft
    )
    for place in range(0, len(sentences), options.paragraph):
        parts: list[Part] = []
        for each in sentences[place : place + options.paragraph]:
            parts += [" "] if parts else []
            parts += _printed(matter, each)
            parts += _identifiers(each) if marked else []
        yield Paragraph(tuple(parts))


def _printed(matter: Matter, sentence: Sentence) -> Text:
    """A sentence, with its figures under their names where it still is as drafted from this state of the record."""
    return (sentence.text,) if sentence.own else matter.drafted.get(sentence.text, (sentence.text,))


def _identifiers(sentence: Sentence) -> Text:
    found: list[Part] = []
    if sentence.supports:
        found.append(f" [{', '.join(one.identifier for one in sentence.supports)}]")
    if sentence.is_unsupported:
        found += [" ", Strong(UNSUPPORTED)]
    if sentence.signed_off:
        found.append(f" [signed off by {sentence.signed_off.by}]")
    return tuple(found)


def _rests(sentence: Sentence) -> tuple[Text, ...]:
    supports, signed = sentence.supports, sentence.signed_off
    return (
        (f"{sentence.number}",),
        (shortened(sentence.text),),
        _identifiers_of(sentence),
        ("; ".join(one.says for one in supports) or NOBODY,),
        (f"{signed.by}, {day_words(signed.on)}: {signed.reason}" if signed else NOBODY,),
    )


def _identifiers_of(sentence: Sentence) -> Text:
    """What a sentence rests on, and whether that is nothing in particular and nobody answers for it."""
    named = ", ".join(one.identifier for one in sentence.supports)
    mark: Text = (Strong(UNSUPPORTED),) if sentence.is_unsupported or not named else ()
    return (f"{named} ", *mark) if named and mark else mark or (named,)


def _told(each: MilestoneDue) -> tuple[Text, ...]:
    item = each.promise.item
    if each.told_in:
        where = f"Reported in sentence{'s' * (len(each.told_in) > 1)} {', '.join(map(str, each.told_in))}"
    elif each.left_out:
        left = each.left_out
        where = f"Left out by {left.by}, {day_words(left.on)}: {left.reason}"
    else:
        where = "Neither reported nor left out"
    name = name_of(each.promise).strip("“”")
    return (item.ref or NO_REF,), (name,), (each.due_words,), (STATUS_WORDS[item.status],), (where,)
