"""Ratings in words and tags. A colour never stands without its word, nor the rule's colour without the rule's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from goldenthread.assurance.ratings import Kind, Promise, RatingClass, RuleRating, Tally, promises_in, rate
from goldenthread.assurance.ratings.stated import printed_rating
from goldenthread.plan.judgements import Rating
from goldenthread.plan.model import Action, Milestone
from goldenthread.record.services.rating_rules import AdoptedRule
from goldenthread.web.presenting.index import PlanIndex

_TAGS = {
    RatingClass.GREEN: "govuk-tag--green",
    RatingClass.AMBER: "govuk-tag--orange",
    RatingClass.RED: "govuk-tag--red",
    RatingClass.COMPLETE: "govuk-tag--teal",
}
_NO_PROMISE = RuleRating(RatingClass.NOT_RATED, "It groups the steps below it and is no promise itself.")
KIND_WORDS = {Kind.ACTION: "Actions", Kind.STEP: "Steps", Kind.MILESTONE: "Milestones"}


@lru_cache(maxsize=32)
def rating_tag(rating: RatingClass | Rating | None, none: str = "No rating given") -> Markup:
    """A rating as a tag that carries its word; plain words where there is none."""
    if rating is None:
        return Markup(f'<span class="gt-date--none">{escape(none)}</span>')
    class_ = RatingClass(rating.value)
    tag = _TAGS.get(class_, "govuk-tag--grey")
    return Markup(f'<strong class="govuk-tag gt-tag {tag}">{escape(class_.in_words)}</strong>')


@dataclass(frozen=True)
class Judged:
    """A plan's promises beside what the council's rule makes of them on a day. Worked out when first asked for."""

    index: PlanIndex
    adopted: AdoptedRule
    on: date

    @cached_property
    def ratings(self) -> Mapping[str, RuleRating]:
        """The rule's rating of every promise, by key."""
        return self.index.keep(
            ("ratings", self.adopted.rule, self.on), lambda: rate(self.index.plan, self.adopted.rule, self.on)
        )

    def rating(self, item: Action | Milestone) -> RuleRating:
        """The rule's rating of one; what only groups others is no promise and is not rated."""
        return self.ratings.get(item.key, _NO_PROMISE)

    def rule_html(self, item: Action | Milestone) -> Markup:
        """The rule's rating as a tag."""
        return rating_tag(self.rating(item).class_)

    def reason(self, item: Action | Milestone) -> str:
        """Why the rule rates it so."""
        return self.rating(item).reason

    def html(self, item: Action | Milestone) -> Markup:
        """The three ratings of a promise side by side, for a cell of a table. Each says whose it is."""
        return _three(
            self.rating(item).class_,
            item.report.rating if item.report else None,
            item.assessment.rating if item.assessment else None,
            printed_rating(item),
        )

    @property
    def colours(self) -> str:
        """What the colours of the rule mean, in a line."""
        return " ".join(
            f"{class_.in_words}: {words}." for class_, words in self.adopted.rule.clauses if class_.is_colour
        )


@lru_cache(maxsize=512)
def _three(rule: RatingClass, lead: Rating | None, assurer: Rating | None, printed: str | None) -> Markup:
    rows = [("Rule", rating_tag(rule)), ("Lead", rating_tag(lead, "None"))]
    rows += [("Document", Markup(escape(printed)))] if printed else []
    rows += [("Assurer", rating_tag(assurer, "None"))]
    said = "".join(f'<li><span class="gt-rated__who">{who}</span> {given}</li>' for who, given in rows)
    return Markup(f'<ul class="gt-plain gt-rated">{said}</ul>')


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of the rule with its text, how many promises are in it, the share of all, and the list of them."""

    class_: RatingClass
    tag: Markup
    words: str
    count: int
    share: str
    href: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """Whose ratings, and how many of each colour; `none` have no rating of theirs. They add up to all."""

    who: str
    green: int
    amber: int
    red: int
    none: int


def class_rows(adopted: AdoptedRule, counted: Tally, address: str) -> tuple[ClassRow, ...]:
    """Every class that the rule names or that occurs, in their order; `address` lists them all."""
    said = dict(adopted.rule.clauses)
    return tuple(
        ClassRow(
            class_,
            rating_tag(class_),
            said.get(class_, ""),
            counted.counts[class_],
            counted.share(class_),
            f"{address}&show={class_}",
        )
        for class_ in RatingClass
        if class_ in said or counted.counts[class_]
    )


def given_rows(promises: tuple[Promise, ...]) -> tuple[GivenRow, ...]:
    """What leads and assurers themselves say of these promises."""
    lead = [promise.item.report.rating if promise.item.report else None for promise in promises]
    assurer = [promise.item.assessment.rating if promise.item.assessment else None for promise in promises]
    return tuple(
        GivenRow(
            who,
            given.count(Rating.GREEN),
            given.count(Rating.AMBER),
            given.count(Rating.RED),
            given.count(None),
        )
        for who, given in (("Leads", lead), ("Assurers", assurer))
    )


@dataclass(frozen=True)
class Scope:
    """Which promises a page of ratings is about: of one kind, of one theme or all, or a single one."""

    kind: Kind = Kind.ACTION
    theme: int | None = None
    item: str | None = None

    def counts(self, promise: Promise) -> bool:
        """Whether a promise belongs to it, whatever its kind."""
        if self.item is not None:
            return promise.item.key == self.item
        return self.theme is None or promise.theme == self.theme

    def of(self, index: PlanIndex) -> tuple[Promise, ...]:
        """The promises of this scope, in printed order."""
        found = index.keep("promises", lambda: tuple(promises_in(index.plan)))
        return tuple(promise for promise in found if promise.kind is self.kind and self.counts(promise))

    @property
    def query(self) -> dict[str, str]:
        """What of it an address holds."""
        theme = {"theme": str(self.theme)} if self.theme is not None else {}
        return {"of": self.kind.value, **theme}
