"""A plan as a list of its items, and back.

A tree is good to read and awkward to store, compare or search. Flat, every item stands alone: what kind it is, whose
child it is, in which place, what it says (`wording`) and what the world has done to it (`facts`). Storing, comparing
and editing all work on this one shape, so a new kind of item is one line in `_PARTS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from pydantic import JsonValue

from goldenthread.plan import model
from goldenthread.plan.questions import Question
from goldenthread.plan.references import Reference
from goldenthread.plan.values import Value

_T = TypeVar("_T", bound=model.Item)


class ItemKind(StrEnum):
    """What an item is. A step is an action below another."""

    PLAN = "plan"
    SECTION = "section"
    THEME = "theme"
    OBJECTIVE = "objective"
    WORKSTREAM = "workstream"
    ACTION = "action"
    STEP = "step"
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    SUCCESS_STATEMENT = "success_statement"
    ENGAGEMENT_MILESTONE = "engagement_milestone"
    RISK = "risk"
    REVIEW = "review"
    RECOMMENDATION = "recommendation"
    REQUIREMENT = "requirement"
    EXIT_FACTOR = "exit_factor"
    POST = "post"
    BODY = "body"
    LINK = "link"

    @property
    def in_words(self) -> str:
        """The name that a reader would use: "success statement"."""
        return self.value.replace("_", " ")


class Series(StrEnum):
    """What varies in the world and is therefore kept as dated facts, newest last."""

    STATUS = "status"
    START = "start"
    ORIGINAL = "original"
    APPROVED = "approved"
    FORECAST = "forecast"
    ACTUAL = "actual"
    LEADS = "leads"
    REPORT = "report"
    ASSESSMENT = "assessment"


class FlatItem(Value):
    """One item by itself. `facts` holds only what is not the ordinary empty value of its series."""

    kind: ItemKind
    key: str
    id: UUID | None = None
    ref: str | None = None
    parent: str | None = None
    position: int
    wording: Mapping[str, JsonValue]
    facts: Mapping[Series, JsonValue] = {}

    @property
    def name(self) -> str:
        """The words by which a person would know this item."""
        return _name(self.wording.get) or self.key


def _name(of: Callable[[str], object]) -> str | None:
    """The first of the fields that name an item, or the recommendation that it is."""
    for field in ("title", "name", "text", "heading"):
        if isinstance(words := of(field), str) and words:
            return words
    reference = of("reference")
    return Reference.model_validate(reference).label() if reference else None


class _Part(NamedTuple):
    field: str
    kind: ItemKind
    type_: type[model.Item]


_PARTS: dict[type[model.Item], tuple[_Part, ...]] = {
    model.Plan: (
        _Part("sections", ItemKind.SECTION, model.Section),
        _Part("themes", ItemKind.THEME, model.Theme),
        _Part("engagement_milestones", ItemKind.ENGAGEMENT_MILESTONE, model.Milestone),
        _Part("risks", ItemKind.RISK, model.Risk),
        _Part("reviews", ItemKind.REVIEW, model.Review),
        _Part("exit_factors", ItemKind.EXIT_FACTOR, model.Requirement),
        _Part("posts", ItemKind.POST, model.Post),
        _Part("bodies", ItemKind.BODY, model.Body),
        _Part("links", ItemKind.LINK, model.Link),
    ),
    model.Theme: (
        _Part("objectives", ItemKind.OBJECTIVE, model.Objective),
        _Part("workstreams", ItemKind.WORKSTREAM, model.Workstream),
        _Part("milestones", ItemKind.MILESTONE, model.Milestone),
        _Part("deliverables", ItemKind.DELIVERABLE, model.Deliverable),
        _Part("success_statements", ItemKind.SUCCESS_STATEMENT, model.SuccessStatement),
        _Part("actions", ItemKind.ACTION, model.Action),
    ),
    model.Action: (_Part("steps", ItemKind.STEP, model.Action),),
    model.Review: (
        _Part("recommendations", ItemKind.RECOMMENDATION, model.Recommendation),
        _Part("requirements", ItemKind.REQUIREMENT, model.Requirement),
    ),
}

_IDENTITY = frozenset({"key", "id", "ref"})
_DATED = {series.value for series in (Series.ORIGINAL, Series.APPROVED, Series.FORECAST, Series.ACTUAL)}
_EMPTY: dict[Series, JsonValue] = {Series.STATUS: "unknown", Series.LEADS: []}


class Placed(NamedTuple):
    """An item and where it stands: what kind it is there, the key of what it is part of, and which part (from 0)."""

    item: model.Item
    kind: ItemKind
    parent: str | None
    position: int

    @property
    def ref(self) -> str | None:
        """Its short number."""
        return getattr(self.item, "ref", None)

    @property
    def name(self) -> str:
        """The words by which a person would know this item, as `FlatItem.name`."""
        return _name(lambda field: getattr(self.item, field, None)) or self.item.key


def placed_items(plan: model.Plan) -> Iterator[Placed]:
    """Every item of the plan, the plan itself first, each parent before its children, in printed order.

    Open questions are no items: they are doubts about items.
    """
    return _placed(plan, ItemKind.PLAN, parent=None, position=0)


def _placed(item: model.Item, kind: ItemKind, parent: str | None, position: int) -> Iterator[Placed]:
    yield Placed(item, kind, parent, position)
    for part in _PARTS.get(type(item), ()):
        for place, child in enumerate(getattr(item, part.field)):
            yield from _placed(child, part.kind, parent=item.key, position=place)


def flatten(plan: model.Plan) -> tuple[FlatItem, ...]:
    """Every item by itself, as JSON, in the order of `placed_items`. Who only looks needs no more than that."""
    return tuple(flat_item(placed) for placed in placed_items(plan))


def flat_item(placed: Placed) -> FlatItem:
    """One of them, as JSON."""
    item = placed.item
    left_out = {part.field for part in _PARTS.get(type(item), ())} | _IDENTITY | {"questions"}
    wording = item.model_dump(mode="json", by_alias=True, exclude=left_out)
    return FlatItem(
        kind=placed.kind,
        key=item.key,
        id=item.id,
        ref=placed.ref,
        parent=placed.parent,
        position=placed.position,
        facts=_take_facts(item, wording),
        wording=wording,
    )


def _take_facts(item: model.Item, wording: dict[str, Any]) -> dict[Series, JsonValue]:
    """Move what varies in the world out of the wording."""
    if not isinstance(item, model.Action | model.Milestone):
        return {}
    dates = wording.pop("dates")
    varying = {series: dates[series] if series in _DATED else wording.pop(series, None) for series in Series}
    return {series: value for series, value in varying.items() if value != _EMPTY.get(series)}


def assemble(items: Iterable[FlatItem], questions: Iterable[Question] = ()) -> model.Plan:
    """The plan whose items these are: the inverse of `flatten`.

    Raises:
        ValueError: when there is not exactly one plan among the items.
    """
    children: dict[str | None, list[FlatItem]] = defaultdict(list)
    for item in items:
        children[item.parent].append(item)
    roots = children[None]
    if len(roots) != 1 or roots[0].kind is not ItemKind.PLAN:
        found = ", ".join(f"{item.kind} {item.key}" for item in roots) or "nothing"
        raise ValueError(f"A plan needs exactly one root item of kind plan; found {found}.")
    plan = _build(roots[0], model.Plan, children)
    return plan.model_copy(update={"questions": tuple(questions)})


def _build(flat: FlatItem, type_: type[_T], children: Mapping[str | None, list[FlatItem]]) -> _T:
    content: dict[str, Any] = {**flat.wording, "key": flat.key, "id": flat.id, **_give_facts(flat, type_)}
    if "ref" in type_.model_fields:
        content["ref"] = flat.ref
    below = sorted(children.get(flat.key, ()), key=lambda child: child.position)
    for part in _PARTS.get(type_, ()):
        content[part.field] = tuple(
            _build(child, part.type_, children) for child in below if child.kind is part.kind
        )
    return type_.model_validate(content)


def _give_facts(flat: FlatItem, type_: type[model.Item]) -> dict[str, JsonValue]:
    if not issubclass(type_, model.Action | model.Milestone):
        return {}
    facts: dict[str, JsonValue] = {series.value: value for series, value in flat.facts.items()}
    dates: dict[str, JsonValue] = {name: facts.pop(name) for name in sorted(_DATED) if name in facts}
    return {**facts, "dates": dates}
