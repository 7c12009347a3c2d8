"""Bringing a letter that people have worked on up to a newer state of the record, without losing what they worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread.reporting.letter.model import Letter, Sentence


@dataclass(frozen=True)
class Renewal:
    """A letter brought up to date, and by what it differs from the one before.

    `changed` are drafted sentences with what they said before and say now, `new` those that the record added, `gone`
    those that it no longer bears. `overtaken` are sentences that people worded or signed off, with what the record
    would now say of the same things: they stay as they are, and somebody has to look at them.
    """

    letter: Letter
    changed: tuple[tuple[Sentence, Sentence], ...] = ()
    new: tuple[Sentence, ...] = ()
    gone: tuple[Sentence, ...] = ()
    overtaken: tuple[tuple[Sentence, Sentence], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether the record says nothing else than the letter does already."""
        return not (self.changed or self.new or self.gone or self.overtaken)


def renewed(held: Letter, base: Letter, now: Letter) -> Renewal:
    """A letter renewed from the record.

    Args:
        held: The letter as people have worked on it.
        base: What was drafted from the state of the record that `held` rests on.
        now: What is drafted from the newer state.

    A drafted sentence becomes what the record says now of the same things, keeps its number and its place, or goes.
    What people worded or signed off stays, and a drafted sentence that they took out does not come back. Attachments
    that nobody touched are those of now.
    """
    before, after = {_said(each) for each in base.sentences}, {_said(each): each for each in now.sentences}
    kept = {_said(each) for each in held.sentences}
    fresh = [each for said, each in after.items() if said not in before and said not in kept]
    merge = _Merge(fresh)
    for each in held.sentences:
        merge.settle(each, stands=_said(each) in after)
    letter = _rebuilt(held, now, merge)
    if held.attachments == base.attachments:
        letter = letter.model_copy(update={"attachments": now.attachments})
    return Renewal(
        letter, tuple(merge.changed.values()), tuple(merge.added), tuple(merge.gone), tuple(merge.overtaken)
    )


@dataclass
class _Merge:
    """What becomes of each sentence of the letter, and which of the fresh ones are still to be put in."""

    fresh: list[Sentence]
    changed: dict[int, tuple[Sentence, Sentence]] = field(default_factory=dict)
    gone: list[Sentence] = field(default_factory=list)
    overtaken: list[tuple[Sentence, Sentence]] = field(default_factory=list)
    added: list[Sentence] = field(default_factory=list)

    def settle(self, each: Sentence, *, stands: bool) -> None:
        """Decide about one sentence. `stands`: the record drafts it in the same words as before."""
        if stands:
            return
        about = {one.identifier for one in each.supports}
        alike = max(self.fresh, key=lambda one: _shared(one, about), default=None)
        alike = alike if alike and _shared(alike, about) else None
        if each.own or each.signed_off:
            if alike:
                self.overtaken.append((each, alike))
                if _shared(alike, about) == len(alike.supports):
                    self.fresh.remove(alike)
        elif alike:
            self.fresh.remove(alike)
            self.changed[each.number] = (each, alike.model_copy(update={"number": each.number}))
        else:
            self.gone.append(each)

    def kept(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences of a part as they are now, without those that are gone."""
        gone = {each.number for each in self.gone}
        return [
            self.changed[each.number][1] if each.number in self.changed else each
            for each in sentences
            if each.number not in gone
        ]


def _shared(sentence: Sentence, about: set[str]) -> int:
    return sum(one.identifier in about for one in sentence.supports)


def _said(sentence: Sentence) -> tuple[str, tuple[str, ...]]:
    return sentence.text, tuple(one.identifier for one in sentence.supports)


def _rebuilt(held: Letter, now: Letter, merge: _Merge) -> Letter:
    numbers = iter(range(max((each.number for each in held.sentences), default=0) + 1, 1_000_000))
    waiting = {_said(each) for each in merge.fresh}

    def part(mine: Sequence[Sentence], drafted: Sequence[Sentence]) -> tuple[Sentence, ...]:
        fresh = (each for each in drafted if _said(each) in waiting)
        return (*merge.kept(mine), *_numbered(fresh, numbers, merge.added))

    chapters = []
    drafted = {chapter.themes: chapter for chapter in now.chapters}
    for chapter in held.chapters:
        model = drafted.pop(chapter.themes, None)
        parts = {
            name: part(getattr(chapter, name), getattr(model, name) if model else ())
            for name in ("achieved", "evidence", "ahead")
        }
        if model or any(parts.values()):
            chapters.append(chapter.model_copy(update=parts))
    for model in drafted.values():
        names = ("achieved", "evidence", "ahead")
        chapters.append(model.model_copy(update={name: part((), getattr(model, name)) for name in names}))
    return held.model_copy(
        update={
            "since": now.since,
            "until": now.until,
            "opening": part(held.opening, now.opening),
            "chapters": tuple(chapters),
            "closing": part(held.closing, now.closing),
        }
    )


def _numbered(fresh: Iterable[Sentence], numbers: Iterator[int], added: list[Sentence]) -> Iterator[Sentence]:
    """The fresh sentences under numbers that no other has."""
    for each in fresh:
        one = each.model_copy(update={"number": next(numbers)})
        added.append(one)
        yield one
