"""Which actions answer which recommendation. A list of citations, which is not a proof of coverage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldenthread.plan.keys import slug
from goldenthread.plan.model import Review
from goldenthread.plan.references import Reference
from goldenthread.web.presenting.index import PlacedAction, PlanIndex

CLASS_WORDS = {
    "statutory": "Statutory recommendation",
    "key": "Key recommendation",
    "improvement": "Improvement recommendation",
}


@dataclass(slots=True)
class Cited:
    """One recommendation (or page, or "all") and the actions that cite it. `text` is None where the plan lacks it."""

    reference: Reference
    label: str
    text: str | None = None
    actions: list[PlacedAction] = field(default_factory=list)

    @property
    def rests_on_one(self) -> bool:
        """Whether a single action carries it: if that action slips, nothing else answers it."""
        return len(self.actions) == 1


@dataclass(slots=True)
class ReviewCitations:
    """A review with its numbered recommendations, and apart from them references to pages, to all, or to no number."""

    name: str
    slug: str
    review: Review | None
    numbered: list[Cited] = field(default_factory=list)
    loose: list[Cited] = field(default_factory=list)

    @property
    def single(self) -> int:
        """How many numbered recommendations rest on one action alone."""
        return sum(cited.rests_on_one for cited in self.numbered)

    @property
    def uncited(self) -> int:
        """How many recommendations that the record lists are cited by no action."""
        return sum(not cited.actions for cited in self.numbered)

    @property
    def actions(self) -> int:
        """How many different actions cite this review at all."""
        return len({p.action.key for cited in (*self.numbered, *self.loose) for p in cited.actions})

    @property
    def beyond(self) -> bool:
        """Whether more recommendations are cited than the plan says that there are: some must be of another kind."""
        return self.stated is not None and len(self.numbered) - self.uncited > self.stated

    @property
    def stated(self) -> int | None:
        """How many recommendations the plan says that the review made, if it says so."""
        return (
            sum(total.count for total in self.review.totals) if self.review and self.review.totals else None
        )


def reference_label(reference: Reference) -> str:
    """A reference without its review: "Key recommendation 4", "Page 24", "All recommendations"."""
    kind = CLASS_WORDS.get(str(reference.class_ or ""), "Recommendation")
    if reference.number is not None:
        number = str(reference.number)
        if number.lower() == "all":
            return "All recommendations"
        return f"{kind} {number}" if number[:1].isdigit() else number
    if reference.page is not None:
        return f"Page {reference.page}"
    return "The review as a whole"


def citations(index: PlanIndex) -> tuple[ReviewCitations, ...]:
    """Every review that the plan lists or an action cites, with what cites it."""
    reviews = {r.name: ReviewCitations(r.name, slug(r.name), r) for r in index.plan.reviews}
    cited: dict[tuple[str, str], Cited] = {}
    for review in index.plan.reviews:
        for recommendation in review.recommendations:
            label = reference_label(recommendation.reference)
            cited[review.name, label] = Cited(recommendation.reference, label, recommendation.text)
    for placed in index.actions:
        for reference in placed.action.references:
            label = reference_label(reference)
            entry = cited.setdefault((reference.review, label), Cited(reference, label))
            if placed not in entry.actions:
                entry.actions.append(placed)
    for (name, _), entry in cited.items():
        review_citations = reviews.setdefault(name, ReviewCitations(name, slug(name), None))
        (review_citations.numbered if is_numbered(entry.reference) else review_citations.loose).append(entry)
    for found in reviews.values():
        found.numbered.sort(key=lambda entry: _order(entry.reference))
        found.loose.sort(key=lambda entry: entry.label)
    return tuple(reviews.values())


def is_numbered(reference: Reference) -> bool:
    """Whether a reference names one recommendation by its number."""
    return reference.number is not None and str(reference.number)[:1].isdigit()


def _order(reference: Reference) -> tuple[int, list[int]]:
    classes = list(CLASS_WORDS)
    kind = str(reference.class_ or "")
    numbers = [int(part) for part in re.findall(r"\d+", str(reference.number))]
    return (classes.index(kind) if kind in classes else len(classes)), numbers
