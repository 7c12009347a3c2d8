"""How a review numbers its recommendations, as far as a plan shows it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from goldenthread.plan.model import Found, Recommendation, Review
from goldenthread.plan.references import Reference, ReferenceClass

_WHOLE = re.compile(r"\d+")
_IN_SECTIONS = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True)
class Numbering:
    """The numbers of one class of one review that a plan knows, and how many recommendations it says there are.

    `offset` is where the class begins to count: Grant Thornton's five key recommendations are numbered 4 to 8, on
    from three statutory ones. `vouched` are numbers that the review has for certain, because their words are known,
    they came after the plan, or somebody looked; `absent` are those that it has not, because somebody looked. What was
    sent `later` says nothing of how the first report was numbered.
    """

    review: str
    class_: ReferenceClass | None
    total: int | None
    known: tuple[str, ...]
    offset: int = 0
    vouched: frozenset[str] = field(default=frozenset())
    absent: frozenset[str] = field(default=frozenset())
    later: frozenset[str] = field(default=frozenset())

    @property
    def first(self) -> int:
        """The first number."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """The last number, where a total is stated."""
        return self.offset + (self.total or 0)

    @property
    def range_words(self) -> str:
        """In words: "9 recommendations, numbered 1 to 9"."""
        class_ = f"{self.class_} " if self.class_ else ""
        noun = "recommendation" if self.total == 1 else "recommendations"
        return f"{self.total} {class_}{noun}, numbered {self.first} to {self.last}"

    @cached_property
    def whole(self) -> frozenset[int]:
        """The whole numbers among those known."""
        return frozenset(int(number) for number in self.known if _WHOLE.fullmatch(number))

    @cached_property
    def at_first(self) -> frozenset[int]:
        """Those of them that were not sent later."""
        return self.whole - {int(number) for number in self.later if _WHOLE.fullmatch(number)}

    @cached_property
    def beyond(self) -> tuple[int, ...]:
        """Whole numbers past the last one that nobody vouches for; none where no total is stated."""
        if self.total is None:
            return ()
        return tuple(sorted(n for n in self.whole if n > self.last and str(n) not in self.vouched))

    @property
    def missing(self) -> Iterator[tuple[str, str, bool]]:
        """Numbers that are not known but ought to be: each with the reason, and whether it exists for certain."""
        if self.at_first and self.total is not None:
            said = f"the plan says that there are {self.total}, numbered {self.first} to {self.last}"
            for whole in sorted(set(range(self.first, self.last + 1)) - self.whole):
                if str(whole) not in self.absent:
                    yield str(whole), said, True
        for number, highest in self._holes:
            if number not in self.absent:
                yield number, f"{highest} is cited, so the review should have it", False

    @property
    def _holes(self) -> Iterator[tuple[str, str]]:
        """Places left out of a section, each with the section's highest: 1.2 of 1.1, 1.3 ... 1.6."""
        sections: dict[int, set[int]] = defaultdict(set)
        for number in self.known:
            if number not in self.later and (match := _IN_SECTIONS.fullmatch(number)):
                sections[int(match[1])].add(int(match[2]))
        for section, places in sorted(sections.items()):
            for place in sorted(set(range(1, max(places))) - places):
                if (number := f"{section}.{place}") not in self.later:
                    yield number, f"{section}.{max(places)}"

    def reference(self, number: str) -> Reference:
        """The reference to a number of this class."""
        return Reference(review=self.review, class_=self.class_, number=number)


def numberings(review: Review, cited: Sequence[Reference]) -> tuple[Numbering, ...]:
    """How each class of a review in the register is numbered, by what the plan cites and what the register has."""
    known: dict[ReferenceClass | None, dict[str, None]] = {total.class_: {} for total in review.totals}
    vouched: dict[ReferenceClass | None, set[str]] = defaultdict(set)
    absent: dict[ReferenceClass | None, set[str]] = defaultdict(set)
    later: dict[ReferenceClass | None, set[str]] = defaultdict(set)
    for reference in cited:
        if is_number(reference.number):
            known.setdefault(reference.class_, {})[str(reference.number)] = None
    for one in review.recommendations:
        class_, number = one.reference.class_, str(one.reference.number)
        if not is_number(number):
            continue
        if is_absent(one):
            absent[class_].add(number)
            continue
        known.setdefault(class_, {})[number] = None
        if one.sent_on:
            later[class_].add(number)
        if is_vouched(one):
            vouched[class_].add(number)
    totals = {stated.class_: stated.count for stated in review.totals}
    return tuple(
        _continued(
            Numbering(
                review.name,
                class_,
                totals.get(class_),
                tuple(numbers),
                vouched=frozenset(vouched[class_]),
                absent=frozenset(absent[class_]),
                later=frozenset(later[class_]),
            ),
            review,
        )
        for class_, numbers in known.items()
    )


def is_number(number: str | None) -> bool:
    """Whether a reference's number is one, and no code, paragraph or "all"."""
    return bool(number) and str(number)[0].isdigit()


def is_absent(one: Recommendation) -> bool:
    """Whether somebody looked, and the review has no such number."""
    return one.looked_up is not None and one.looked_up.found is Found.ABSENT


def is_vouched(one: Recommendation) -> bool:
    """Whether more is known of it than that an action cites it."""
    return not is_absent(one) and bool(one.text or one.sent_on or one.looked_up)


def _continued(plain: Numbering, review: Review) -> Numbering:
    """The same numbers, counted on from the classes before, if none of them is a number of those classes."""
    if not plain.beyond:
        return plain
    before = 0
    for stated in review.totals:
        if stated.class_ == plain.class_:
            break
        before += stated.count
    return replace(plain, offset=before) if before and min(plain.at_first, default=0) > before else plain
