"""Contradictions as pages show them: both places side by side, narrowed by kind and by how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from goldenthread.assurance.contradictions import Contradiction, Kind, Place
from goldenthread.record.contradictions import Entry, Standing
from goldenthread.web.presenting.findings import item_address
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.sources import place_words, sentence
from goldenthread.web.presenting.statuses import count_words

TAGS = {
    Standing.OPEN: "govuk-tag--yellow",
    Standing.CHANGED: "govuk-tag--orange",
    Standing.SETTLED: "govuk-tag--green",
    Standing.GONE: "govuk-tag--grey",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places, with what it says. `key` is that of the item which has a page, if one has."""

    place: Place
    says: str
    key: str | None

    @property
    def heading(self) -> str:
        """What it is: "Milestone of theme 4"."""
        return sentence(self.place.what)

    @property
    def where(self) -> str:
        """Where it stands in the document."""
        return sentence(place_words(self.place.anchors[0])) if self.place.anchors else "A place not recorded"

    @property
    def leads(self) -> str:
        """Who leads."""
        return ", ".join(self.place.leads) or "Nobody is named"

    def address(self, index: PlanIndex, link: Callable[..., str]) -> str | None:
        """The page of the item, if it has one."""
        return item_address(index, self.key, link)


@dataclass(frozen=True, slots=True)
class Listed:
    """A contradiction of the register with its two sides."""

    entry: Entry
    first: Side
    second: Side

    @property
    def pair(self) -> Contradiction:
        return self.entry.pair

    @property
    def keys(self) -> frozenset[str]:
        """The keys of both items."""
        return frozenset((self.pair.first.key, self.pair.second.key))

    @property
    def of_two_places(self) -> bool:
        """Whether two items disagree; what one action says of itself is among the findings of its page."""
        first, second = self.pair.first, self.pair.second
        return first.key != second.key and self.pair.rule.startswith("GT6")

    @property
    def tag(self) -> str:
        """The style of the tag that says how it stands."""
        return TAGS[self.entry.standing]

    @property
    def sides(self) -> tuple[Side, ...]:
        """Both sides; one where both stand in one place."""
        one = self.pair.first.key == self.pair.second.key
        return (self.first,) if one else (self.first, self.second)

    @property
    def because(self) -> str:
        """Why the two are taken to speak of one thing."""
        return ", ".join(f"“{word}”" for word in self.pair.because)


def listed(entry: Entry, index: PlanIndex) -> Listed:
    """An entry with the pages of its places."""
    first, second = entry.pair.first, entry.pair.second
    return Listed(
        entry, _side(first, entry.pair.differs[0], index), _side(second, entry.pair.differs[1], index)
    )


def _side(place: Place, says: str, index: PlanIndex) -> Side:
    key = place.key.partition("#")[0]
    return Side(place, says, key if key in index.by_key else None)


def summary(entries: Iterable[Listed]) -> str:
    """A sentence that counts how they stand."""
    found = Counter(each.entry.standing for each in entries)
    if not found:
        return "The plan does not contradict itself, as far as the checks can see."
    open_ = found[Standing.OPEN] + found[Standing.CHANGED]
    words = [f"{count_words(open_, 'contradiction')} to look at"]
    words += [f"{found[Standing.CHANGED]} of them changed since settled"] if found[Standing.CHANGED] else []
    words += [f"{found[Standing.SETTLED]} settled"] if found[Standing.SETTLED] else []
    words += [f"{found[Standing.GONE]} no longer found"] if found[Standing.GONE] else []
    return f"{', '.join(words)}. Each shows both places, so that you can judge for yourself."


def kinds_in(entries: Iterable[Listed]) -> list[tuple[str, str]]:
    """The kinds that there are, with how many."""
    found = Counter(each.pair.kind for each in entries)
    return [(kind.value, f"{kind.in_words} ({found[kind]})") for kind in Kind if found[kind]]
