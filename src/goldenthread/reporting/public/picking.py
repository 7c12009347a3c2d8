"""From a plan to what the public may see of it: refused fields are emptied, and marked items are taken out whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from goldenthread.assurance.ratings import RatingClass, RatingRule, promises_in, rate
from goldenthread.plan.leads import is_collective, read_leads
from goldenthread.plan.model import Action, Council, Item, Milestone, Plan, Theme
from goldenthread.reporting.public.fields import public_fields
from goldenthread.reporting.public.marking import marking_in, person_in

_HELD_TITLE = "A plan whose title is held back"
_HELD_COUNCIL = "The council"


@dataclass(frozen=True)
class Terms:
    """By what it is decided what stays back: persons who are known by name, refs that an officer holds back or lets go.

    What is let go is a text whose words only look like a marking. A certain marking is never let go.
    """

    persons: tuple[str, ...] = ()
    hold: frozenset[str] = frozenset()
    release: frozenset[str] = frozenset()


NO_TERMS = Terms()


@dataclass(frozen=True)
class Held:
    """Something that is held back and why, in words for the officer. Neither is published; `theme` and `ref` are.

    `kind` is the class of the item ("Action"), `place` says where it stands, `releasable` whether an officer may let
    it go.
    """

    kind: str
    ref: str | None
    theme: int | None
    why: str
    place: str
    releasable: bool = False


@dataclass(frozen=True)
class State:
    """What the public may see of a plan as at a day. `plan` has no refused field and no item that is held back.

    `ratings` are those of the council's rule, by ref. `unnamed` counts for each ref the leads that are no posts.
    """

    plan: Plan
    day: date
    rule: RatingRule
    ratings: Mapping[str, RatingClass] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    unnamed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def held_refs(self) -> frozenset[str]:
        """The refs of what is held back."""
        return frozenset(each.ref for each in self.held if each.ref)

    @cached_property
    def promises(self) -> Mapping[str, Action | Milestone]:
        """Every action, step and milestone that is told and has a ref, in the order of the plan."""
        return {each.item.ref: each.item for each in promises_in(self.plan) if each.item.ref}

    @cached_property
    def themes_of(self) -> Mapping[str, int | None]:
        """The number of the theme of each."""
        return {each.item.ref: each.theme for each in promises_in(self.plan) if each.item.ref}

    @property
    def rule_text(self) -> str:
        """The council's rule in words; empty if those of its own carry a marking."""
        return "" if marking_in(self.rule.text) else self.rule.text

    def promises_beside(self, now: State) -> Mapping[str, Action | Milestone]:
        """The promises of this state, without what is held back now: it is not told of an earlier day either."""
        themes = {each.theme for each in now.held if each.kind == Theme.__name__}
        return {
            ref: item
            for ref, item in self.promises.items()
            if self.themes_of[ref] not in themes and not now.holds(ref)
        }

    def holds(self, ref: str) -> bool:
        """Whether a promise is held back, or one of which it is a step."""
        parts = ref.split(".")
        return any(".".join(parts[: end + 1]) in self.held_refs for end in range(len(parts)))


def public_state(plan: Plan, day: date, rule: RatingRule, terms: Terms = NO_TERMS) -> State:
    """What the public may see of this plan. The rule rates the plan as the council sees it, so both see one rating.

    Raises:
        NotListed: A field of the plan is in neither list of `fields`.
    """
    picker = _Picker(terms)
    told = picker.plan(plan)
    rated = rate(plan, rule, day)
    by_ref = {
        each.item.ref: rated[each.item.key].class_
        for each in promises_in(plan)
        if each.item.ref and each.item.key in rated
    }
    kept = {each.item.ref for each in promises_in(told)}
    ratings = {ref: class_ for ref, class_ in by_ref.items() if ref in kept}
    return State(told, day, rule, ratings, tuple(picker.held), picker.unnamed)


class _Picker:
    """Walks a plan once, keeps what may be told, and remembers what it left out."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.held: list[Held] = []
        self.unnamed: dict[str, int] = {}
        self._theme: int | None = None
        self._keys = 0

    def plan(self, plan: Plan) -> Plan:
        """The plan without what is not told. Its own title cannot be left out, so other words stand in its place."""
        safe = {
            name: self._own_text(plan, name)
            for name in ("title", "phase", "version", "approving_body", "decision")
        }
        safe["title"] = safe["title"] or _HELD_TITLE
        name = self._own_text(plan.council, "name") or _HELD_COUNCIL
        code = self._own_text(plan.council, "ons_code")
        council = Council.model_construct(name=name, ons_code=code)
        plain = plan.model_copy(update={**safe, "council": council})
        kept = self._value(plain)
        assert isinstance(kept, Plan)
        return kept

    def _own_text(self, value: BaseModel, name: str) -> str | None:
        text: str | None = getattr(value, name)
        why = self._why(text) if text else None
        if why:
            self.held.append(Held(type(value).__name__, None, None, why[0], f"{type(value).__name__} {name}"))
            return None
        return text

    def _value(self, value: Any) -> Any:
        """The value with refused fields at their defaults, at every depth."""
        if isinstance(value, tuple):
            return self._members(value)
        if not isinstance(value, BaseModel):
            return value
        outer = self._theme
        if isinstance(value, Theme):
            self._theme = value.number
        told = public_fields(type(value))
        fields = {name: self._value(getattr(value, name)) for name in told if name != "leads"}
        if "leads" in told:
            fields["leads"] = self._posts(value)
        self._theme = outer
        return type(value).model_construct(
            **{
                name: fields[name] if name in fields else self._empty(value, name)
                for name in type(value).model_fields
            }
        )

    def _members(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The members that may be told. What follows a heading that is held back stays back with it."""
        kept: list[Any] = []
        under: str | None = None
        for value in values:
            if isinstance(value, Action) and value.heading:
                under = None
            why = self._held_for(value) if isinstance(value, Item) else None
            if why is None and under is not None and isinstance(value, Action):
                why = (f"it stands under a heading that is held back ({under})", False)
            if why is None:
                kept.append(self._value(value))
                continue
            if isinstance(value, Action) and value.heading:
                under = why[0]
            self._hold(value, *why)
        return tuple(kept)

    def _hold(self, item: Item, why: str, releasable: bool) -> None:
        """Leave an item out, and all below it."""
        ref = getattr(item, "ref", None)
        theme = item.number if isinstance(item, Theme) else self._theme
        place = str(item.anchors[0]) if item.anchors else ""
        self.held.append(Held(type(item).__name__, ref, theme, why, place, releasable))
        for below in _below(item):
            if getattr(below, "ref", None):
                self.held.append(
                    Held(
                        type(below).__name__,
                        below.ref,
                        theme,
                        f"it is part of {ref or 'what is'} held back",
                        place,
                    )
                )

    def _held_for(self, item: Item) -> tuple[str, bool] | None:
        """Why an item is held back, and whether it may be let go; None where it may be told."""
        ref = getattr(item, "ref", None)
        if ref and ref in self.terms.hold:
            return "an officer holds it back", False
        if (
            isinstance(item, (Action, Milestone))
            and not ref
            and not (isinstance(item, Action) and item.heading)
        ):
            return "it has no number yet", False
        for text in _own_texts(item):
            why = self._why(text)
            if why and not (why[1] and ref in self.terms.release):
                return why
        return None

    def _why(self, text: str) -> tuple[str, bool] | None:
        if marking := marking_in(text):
            return f"its text says “{marking.words}”", not marking.certain
        if person := person_in(text, self.terms.persons):
            return f"its text names {person}", False
        return None

    def _posts(self, item: Any) -> tuple[str, ...]:
        """The leads that are posts or bodies. Others are counted and not told."""
        posts = tuple(lead for lead in item.leads if self._is_post(lead))
        if (left := len(item.leads) - len(posts)) and item.ref:
            self.unnamed[item.ref] = left
        return posts

    def _is_post(self, lead: str) -> bool:
        if self._why(lead):
            return False
        return _reads_as_post(lead)

    def _empty(self, value: BaseModel, name: str) -> Any:
        if name == "key":  # other parts of the program tell items apart by it
            self._keys += 1
            return getattr(value, "ref", None) or f"x{self._keys}"
        default = type(value).model_fields[name].get_default(call_default_factory=True)
        return () if default is PydanticUndefined else default


@lru_cache(maxsize=4096)
def _reads_as_post(lead: str) -> bool:
    read = read_leads(lead)
    return is_collective(lead) or (not read.unread and bool(read.leads))


def _own_texts(item: Item) -> Iterator[str]:
    """Every text of the public fields of an item, those of the items below it left out; leads are told apart."""
    for name in public_fields(type(item)):
        if name != "leads":
            yield from _texts(getattr(item, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, BaseModel) and not isinstance(value, Item):
        for name in public_fields(type(value)):
            yield from _texts(getattr(value, name))


def _below(item: Item) -> Iterable[Any]:
    for name in public_fields(type(item)):
        value = getattr(item, name)
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, Item):
                yield each
                yield from _below(each)
