"""What a newly read document means for a plan that has moved on since it was first read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import JsonValue

from goldenthread.plan.edits import apply_edits
from goldenthread.plan.flat import FlatItem, ItemKind, Series, assemble, flatten
from goldenthread.plan.model import Link, LinkKind, Plan
from goldenthread.plan.questions import Edit
from goldenthread.plan.references import Reference
from goldenthread.plan.status import CHECKED, Status


def amended(held: Plan, read: Plan) -> Plan:
    """The plan as it is to be: the document's wording and dates, and what the record alone knows.

    Both have the same keys for the same items. A document never overwrites an original date, and what it is silent on
    (a status, a forecast, a lead) stays as it is held: an import does not make known things unknown. Links that the
    record added stay as long as what they join does; so does what it was told of reviews, and which actions answer what
    reviewers asked after the plan was made.
    """
    known = {item.key: item for item in flatten(held)}
    later = _asked_later(held)
    items = [
        _with_facts(item, known[item.key], later) if item.key in known else item for item in flatten(read)
    ]
    items += _told(held, known, {item.key for item in items})
    present = {item.key for item in items}
    links = [link for link in held.links if link.key not in present and _joined(link) <= present]
    plan = assemble(items, read.questions)
    return plan.model_copy(update={"links": (*plan.links, *links)}) if links else plan


def as_claimed(held: Plan | None, plan: Plan) -> Plan:
    """The plan with nothing verified or embedded that was not so before: what a document says of that is a claim.

    Nor does a document that calls something complete take back that it was verified.
    """
    before = {item.key: item.facts.get(Series.STATUS) for item in flatten(held)} if held else {}
    edits = []
    for item in flatten(plan):
        said, stands = item.facts.get(Series.STATUS), before.get(item.key)
        if said == stands or not (said in CHECKED or (said == Status.COMPLETE and stands in CHECKED)):
            continue
        claimed = stands if stands in CHECKED else Status.COMPLETE.value
        edits.append(Edit(key=item.key, field="status", value=claimed))
    return apply_edits(plan, edits) if edits else plan


def _joined(link: Link) -> set[str]:
    """The items of the plan that a link joins."""
    return {link.source} if link.kind is LinkKind.TRANSFERRED_TO else {link.source, link.target}


def _asked_later(held: Plan) -> frozenset[Reference]:
    """The recommendations that were sent after the plan was made, so that no edition of it needs to cite them."""
    return frozenset(
        one.reference for review in held.reviews for one in review.recommendations if one.sent_on
    )


def _told(held: Plan, known: Mapping[str, FlatItem], read: set[str]) -> Iterator[FlatItem]:
    """What the record was told of reviews and the document has not: the recommendations, with the reviews they need."""
    for review in held.reviews:
        told = [
            one for one in review.recommendations if one.key not in read and (one.sent_on or one.looked_up)
        ]
        if told and review.key not in read:
            yield known[review.key]
        yield from (known[one.key] for one in told)


def _with_facts(item: FlatItem, known: FlatItem, later: Collection[Reference]) -> FlatItem:
    facts: dict[Series, JsonValue] = {**known.facts, **item.facts}
    if Series.ORIGINAL in known.facts:
        facts[Series.ORIGINAL] = known.facts[Series.ORIGINAL]
    return item.model_copy(update={"facts": facts, "wording": _wording(item, known.wording, later)})


def _wording(
    item: FlatItem, known: Mapping[str, JsonValue], later: Collection[Reference]
) -> Mapping[str, JsonValue]:
    """The document's words. Of the plan's own line and of a recommendation, what it does not state stays."""
    if item.kind in {ItemKind.PLAN, ItemKind.RECOMMENDATION}:
        return {name: known.get(name) if value is None else value for name, value in item.wording.items()}
    if item.kind in {ItemKind.ACTION, ItemKind.STEP} and later:
        cited = _cited(item.wording)
        kept = [one for one in _cited(known) if Reference.model_validate(one) in later and one not in cited]
        return {**item.wording, "references": [*cited, *kept]}
    return item.wording


def _cited(wording: Mapping[str, JsonValue]) -> list[JsonValue]:
    listed = wording.get("references")
    return listed if isinstance(listed, list) else []
