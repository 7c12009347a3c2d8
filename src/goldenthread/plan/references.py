"""References from an action to what a reviewer recommended: "Grant Thornton Improvement Rec 6, 20", "pg13".

cell   = "n/a" | { group }
group  = [source] [class] [marker] item { [","] item }     a source, and its class, carry over until the next is printed
source = a reviewer of the vocabulary, or capitalised words that stand before a class, marker or number
class  = "Statutory" | "Key" | "Improvement"
marker = "Rec" | "Recommendation" | "Ref" | "R" | "para" | "pg" ...
item   = number | number "-" number | "all" | code ("SN5"; "KR3" is key recommendation 3)
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from goldenthread.plan.reviewers import LEXEMES, Reviewer, ReviewerVocabulary

__all__ = [
    "Reference",
    "ReferenceClass",
    "ReferenceReading",
    "Reviewer",
    "ReviewerVocabulary",
    "read_references",
]

ReferenceClass = Literal["statutory", "key", "improvement"]


class Reference(BaseModel):
    """One recommendation, or one page, of one review.

    `class_` (written "class") tells apart lists that restart their numbers: Grant Thornton's key
    recommendation 4 is not its improvement recommendation 4. `number` is as printed ("6", "1.5", "SN5") or
    "all", which is never expanded. A reference with neither number nor page is to the review as a whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    review: str = Field(min_length=1, pattern=r"\S")
    class_: ReferenceClass | None = Field(default=None, validation_alias="class", serialization_alias="class")
    number: str | None = None
    page: str | None = None

    def label(self) -> str:
        """In words: "Grant Thornton improvement recommendation 6"."""
        if self.page is not None:
            return f"{self.review}, page {self.page}"
        if self.number == "all":
            return f"{self.review}, all {self.class_ + ' ' if self.class_ else ''}recommendations"
        if self.number is None:
            return f"{self.review}, {self.class_} recommendations" if self.class_ else self.review
        if not self.number[0].isdigit():
            return f"{self.review} {self.number}"
        return f"{self.review} {self.class_ + ' ' if self.class_ else ''}recommendation {self.number}"

    def short_label(self) -> str:
        """For narrow columns, from initials: "GT-I6", "CIPFA-1.5", "LGA-p24"."""
        words = self.review.split()
        initials = (
            words[0]
            if words[0].isupper() and len(words[0]) > 1
            else "".join(word[0] for word in words if word[0].isupper())
        )
        number = "all" if self.number == "all" else (self.number or "")
        tail = (
            f"p{self.page}"
            if self.page is not None
            else f"{self.class_[0].upper() if self.class_ else ''}{number}"
        )
        return f"{initials or words[0]}-{tail}" if tail else initials or words[0]


class ReferenceReading(BaseModel):
    """What a reference cell says. `unread` keeps every piece of it that was not understood.

    `not_applicable` is a printed "n/a", which differs from a blank cell. `new_reviewers` are sources that the
    vocabulary lacks: their names are taken from the cell, and are for a person to confirm.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    references: tuple[Reference, ...] = ()
    unread: tuple[str, ...] = ()
    not_applicable: bool = False
    new_reviewers: tuple[str, ...] = ()


_CLASSES: dict[str, ReferenceClass] = {"statutory": "statutory", "key": "key", "improvement": "improvement"}
_CODED: dict[str, ReferenceClass | None] = {
    "r": None, "k": "key", "kr": "key", "s": "statutory", "sr": "statutory", "i": "improvement", "ir": "improvement",
}  # fmt: skip
_MARKERS = frozenset(
    "rec recs recommendation recommendations ref refs reference references no nos number numbers".split()
)
_PAGES = frozenset("p pp pg pgs page pages".split())
_PARAGRAPHS = frozenset("para paras paragraph paragraphs".split())
_NONE = frozenset({"n/a", "na", "none", "not applicable", "nil", "-", "–", "—"})
_LONGEST_NAME = 12
_LONGEST_RANGE = 100


NO_REVIEWERS = ReviewerVocabulary()


def read_references(cell: str, reviewers: ReviewerVocabulary = NO_REVIEWERS) -> ReferenceReading:
    """Reads a reference cell. Never raises, expands no "all", and keeps what it cannot read."""
    if " ".join(cell.lower().split()).rstrip(".") in _NONE:
        return ReferenceReading(not_applicable=True)
    return _CellReader(cell, reviewers).read()


class _CellReader:
    """One pass over a cell, holding the source, class and kind of number that carry over."""

    def __init__(self, cell: str, reviewers: ReviewerVocabulary) -> None:
        self.cell, self.reviewers = cell, reviewers
        self.found = list(LEXEMES.finditer(cell))
        self.place = 0
        self.source: str | None = None
        self.class_: ReferenceClass | None = None
        self.marker = ""
        self.is_cited = True  # whether the source has been given a number yet, or stands for the whole review
        self.references: list[Reference] = []
        self.unread: list[tuple[int, int]] = []
        self.new: list[str] = []

    def read(self) -> ReferenceReading:
        while self.place < len(self.found):
            if not (
                self._source() or self._class() or self._marker() or self._items() or self._punctuation()
            ):
                self._leave_unread()
        self._cite_whole_review()
        return ReferenceReading(
            references=tuple(dict.fromkeys(self.references)),
            unread=tuple(" ".join(self.cell[start:end].split()) for start, end in self.unread),
            new_reviewers=tuple(dict.fromkeys(self.new)),
        )

    def _source(self) -> bool:
        for length in range(min(_LONGEST_NAME, len(self.found) - self.place), 0, -1):
            if name := self.reviewers.named(self._run(length)):
                self._start_source(name, length)
                return True
        length = self._unknown_source()
        if length:
            name = " ".join(match[0] for match in self.found[self.place : self.place + length])
            self.new.append(name)
            self._start_source(name, length)
        return length > 0

    def _unknown_source(self) -> int:
        """How many capitalised words here stand before a class, marker or number; none if nothing such follows."""
        length = 0
        while (word := self._key(length)) and self._is_capitalised(length) and not self._is_reserved(length):
            length += 1
            if length > _LONGEST_NAME:
                return 0
        follows = word in _MARKERS | _PAGES | _PARAGRAPHS | set(_CLASSES) or self._group(length) == "number"
        follows = follows or self._is_code(length)
        return length if length and follows else 0

    def _start_source(self, name: str, length: int) -> None:
        self._cite_whole_review()
        self.source, self.class_, self.marker, self.is_cited = name, None, "", False
        self.place += length

    def _class(self) -> bool:
        if self._key() not in _CLASSES or self.source is None:
            return False
        self.class_, self.marker = _CLASSES[self._key()], ""
        self.place += 1
        return True

    def _marker(self) -> bool:
        if self.source is None:
            return False
        key = self._key().rstrip(".")
        coded = self._is_code() and (key in _CODED or key in _PAGES)
        if key in _CODED and coded:
            self.class_ = _CODED[key] or self.class_
            self.marker = ""
        elif key in _MARKERS:
            self.marker = ""
        elif key in _PAGES:
            self.marker = "page"
        elif key in _PARAGRAPHS:
            self.marker = "para "
        else:
            return False
        self.place += 1
        return True

    def _items(self) -> bool:
        """A number, a range, "all" or a code of letters and figures."""
        if self.source is None:
            return False
        if self._key() == "all":
            self._cite("all")
            self.place += 1
        elif self._group() == "word" and self._is_code():
            self._cite(self.found[self.place][0] + self.found[self.place + 1][0])
            self.place += 2
        elif self._group() == "number":
            first, last = self.found[self.place][0], self._range_end()
            numbers = _numbers_between(first, last) if last is not None else (first,)
            for number in numbers:
                self._cite(number)
            self.place += 3 if last is not None and len(numbers) > 1 else 1
        else:
            return False
        return True

    def _range_end(self) -> str | None:
        joined = self._key(1) in {"-", "–", "—", "to"} and self._group(2) == "number"
        return self.found[self.place + 2][0] if joined else None

    def _cite(self, number: str) -> None:
        assert self.source is not None
        if self.marker == "page":
            self.references.append(Reference(review=self.source, class_=self.class_, page=number))
        else:
            self.references.append(
                Reference(review=self.source, class_=self.class_, number=self.marker + number)
            )
        self.is_cited = True

    def _cite_whole_review(self) -> None:
        if self.source is not None and not self.is_cited:
            self.references.append(Reference(review=self.source, class_=self.class_))
            self.is_cited = True

    def _punctuation(self) -> bool:
        passed = self._group() == "mark" or (self._key() in {"and", "the"} and self.source is not None)
        self.place += passed
        return passed

    def _leave_unread(self) -> None:
        match = self.found[self.place]
        if self.unread and not any(char.isalnum() for char in self.cell[self.unread[-1][1] : match.start()]):
            self.unread[-1] = (self.unread[-1][0], match.end())
        else:
            self.unread.append(match.span())
        self.place += 1

    # The lexemes, counted from the present place

    def _key(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.found[place][0].lower() if place < len(self.found) else ""

    def _group(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.found[place].lastgroup or "" if place < len(self.found) else ""

    def _run(self, length: int) -> tuple[str, ...]:
        return tuple(match[0].lower() for match in self.found[self.place : self.place + length])

    def _is_capitalised(self, ahead: int) -> bool:
        return self._group(ahead) == "word" and self.found[self.place + ahead][0][0].isupper()

    def _is_reserved(self, ahead: int) -> bool:
        """Whether the word means something of its own here, so that it cannot be part of a new reviewer's name."""
        if self._key(ahead) in _MARKERS | _PAGES | _PARAGRAPHS | {"all"} or self._is_code(ahead):
            return True
        after = self._key(ahead + 1)
        return self._key(ahead) in _CLASSES and (
            after in _MARKERS or self._group(ahead + 1) == "number" or not after
        )

    def _is_code(self, ahead: int = 0) -> bool:
        """Letters with figures straight after them, as in SN5 and R12."""
        if self._group(ahead) != "word" or self._group(ahead + 1) != "number":
            return False
        return self.found[self.place + ahead].end() == self.found[self.place + ahead + 1].start()


def _numbers_between(first: str, last: str) -> tuple[str, ...]:
    """4-8 is 4, 5, 6, 7, 8 and 3.1-3.4 is 3.1 to 3.4. Only the first, where the two do not make a range."""
    stem, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    if not (low.isdigit() and high.isdigit() and (stem == other or not other)):
        return (first,)
    count = int(high) - int(low)
    if not 0 < count < _LONGEST_RANGE:
        return (first,)
    return tuple(f"{stem}.{n}" if stem else str(n) for n in range(int(low), int(high) + 1))
