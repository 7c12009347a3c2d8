"""How a review numbers its recommendations, as far as a plan shows it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenthread.assurance.plan_at import PlanAt
from goldenthread.plan.model import Review
from goldenthread.plan.references import Reference, ReferenceClass

_WHOLE = re.compile(r"\d+")
_IN_SECTIONS = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True)
class Numbering:
    """The numbers that a plan cites from one class of one review, and how many recommendations it says there are.

    `offset` is where the class begins to count: Grant Thornton's five key recommendations are numbered 4 to 8, on
    from three statutory ones.
    """

    review: str
    class_: ReferenceClass | None
    total: int | None
    cited: tuple[str, ...]
    offset: int = 0

    @property
    def first(self) -> int:
        """The first number."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """The last number, where a total is stated."""
        return self.offset + (self.total or 0)

    @cached_property
    def whole(self) -> frozenset[int]:
        """The whole numbers among those cited."""
        return frozenset(int(number) for number in self.cited if _WHOLE.fullmatch(number))

    @property
    def beyond(self) -> list[int]:
        """Whole numbers cited that are past the last one; none where no total is stated."""
        return sorted(number for number in self.whole if self.total is not None and number > self.last)

    @property
    def uncited(self) -> Iterator[tuple[str, str]]:
        """Numbers that ought to exist and are not cited, each with what says that it ought to."""
        if self.whole and self.total is not None:
            for number in sorted(set(range(self.first, self.last + 1)) - self.whole):
                yield (
                    str(number),
                    f"the plan says that there are {self.total}, numbered {self.first} to {self.last}",
                )
        sections: dict[int, set[int]] = defaultdict(set)
        for cited in self.cited:
            if match := _IN_SECTIONS.fullmatch(cited):
                sections[int(match[1])].add(int(match[2]))
        for section, places in sorted(sections.items()):
            for place in sorted(set(range(1, max(places))) - places):
                yield f"{section}.{place}", f"{section}.{max(places)} is cited, so the review should have it"

    def reference(self, number: str) -> Reference:
        """The reference to a number of this class."""
        return Reference(review=self.review, class_=self.class_, number=number)


def numberings(subject: PlanAt) -> Iterator[Numbering]:
    """The numbering of each class of each review in the register, from what the plan cites."""
    cited: dict[tuple[str, ReferenceClass | None], list[str]] = defaultdict(list)
    for reference in subject.citations:
        if reference.number and reference.number != "all":
            cited[reference.review, reference.class_].append(reference.number)
    for (name, class_), numbers in cited.items():
        if (review := subject.reviews.get(name)) is not None:
            totals = {stated.class_: stated.count for stated in review.totals}
            plain = Numbering(name, class_, totals.get(class_), tuple(numbers))
            yield _continued(plain, review) if plain.beyond else plain


def _continued(plain: Numbering, review: Review) -> Numbering:
    """The same numbers, counted on from the classes before, if none of them is a number of those classes."""
    before = 0
    for stated in review.totals:
        if stated.class_ == plain.class_:
            break
        before += stated.count
    on = Numbering(plain.review, plain.class_, plain.total, plain.cited, before)
    return on if before and min(on.whole) > before else plain
