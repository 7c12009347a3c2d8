"""Finding, in a newly read plan, the items of the plan that is already held.

Identity survives a new wording, another order and another theme: an item keeps the key, the id and the number it has.
Where two items are alike but not surely the same, a person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from goldenthread.plan.flat import FlatItem, ItemKind, assemble, flatten
from goldenthread.plan.model import Plan
from goldenthread.plan.questions import Candidate, Edit, Question, QuestionKind
from goldenthread.plan.values import Anchor
from goldenthread.reading.likeness import PROBABLE, SURE, Match, Pairing, likely, words_of_item

_ORDER = (
    ItemKind.THEME,
    ItemKind.SECTION,
    ItemKind.WORKSTREAM,
    ItemKind.OBJECTIVE,
    ItemKind.MILESTONE,
    ItemKind.DELIVERABLE,
    ItemKind.SUCCESS_STATEMENT,
    ItemKind.ACTION,
    ItemKind.STEP,
    ItemKind.ENGAGEMENT_MILESTONE,
    ItemKind.RISK,
    ItemKind.REVIEW,
    ItemKind.RECOMMENDATION,
    ItemKind.REQUIREMENT,
    ItemKind.EXIT_FACTOR,
    ItemKind.POST,
    ItemKind.BODY,
    ItemKind.LINK,
)


def match(held: Plan, read: Plan) -> Plan:
    """The plan as read, with the keys, ids and numbers of the items that are already held."""
    return match_with_scores(held, read)[0]


def match_with_scores(held: Plan, read: Plan) -> tuple[Plan, tuple[Match, ...]]:
    """As `match`, and how alike each pair is."""
    old, new = flatten(held), flatten(read)
    pairing = Pairing.of(new, old)
    pairing.pair(new[0], old[0], 100.0)
    for kind in _ORDER:
        _pair_kind(_of(old, kind), _of(new, kind), pairing)
    renamed = assemble(_renamed(new, old, pairing), ())
    questions = [*_rekeyed(read.questions, pairing.held_of), *map(_question, pairing.unsure)]
    return renamed.model_copy(update={"questions": tuple(questions)}), tuple(pairing.matches)


def _of(items: Iterable[FlatItem], kind: ItemKind) -> list[FlatItem]:
    return [item for item in items if item.kind is kind]


def _pair_kind(old: list[FlatItem], new: list[FlatItem], pairing: Pairing) -> None:
    """Pair the items of one kind: the same words under the same parent first, then the most alike."""
    left = {item.key: item for item in old}
    waiting = []
    by_words: dict[tuple[str | None, str], list[FlatItem]] = defaultdict(list)
    for item in old:
        by_words[item.parent, words_of_item(item)].append(item)
    for item in new:
        same = by_words.get((pairing.held_of.get(item.parent or ""), words_of_item(item)), [])
        if same:
            found = same.pop(0)
            pairing.pair(item, found, 100.0)
            left.pop(found.key)
        else:
            waiting.append(item)
    ranked = sorted(likely(list(left.values()), waiting, pairing), key=lambda triple: -triple[2])
    for read, candidate, likeness in ranked:
        if read.key in pairing.held_of or candidate.key not in left:
            continue
        if likeness >= SURE:
            pairing.pair(read, candidate, likeness)
            left.pop(candidate.key)
        elif not any(read is asked or candidate is other for asked, other, _ in pairing.unsure):
            pairing.unsure.append((read, candidate, likeness))


def _renamed(new: Iterable[FlatItem], old: Iterable[FlatItem], pairing: Pairing) -> Iterable[FlatItem]:
    held = {item.key: item for item in old}
    taken = {key for key in held if key not in pairing.held_of.values()}
    renamed: dict[str, str] = {}
    for item in new:
        key = pairing.held_of.get(item.key)
        if key is None:
            key = _free(item.key, taken | set(renamed.values()))
        renamed[item.key] = key
    for item in new:
        known = held.get(pairing.held_of.get(item.key, ""))
        wording = dict(item.wording)
        if known:
            wording |= _with_earlier_updates(known, item)
        for reference in ("workstream", "source", "target"):
            if isinstance(wording.get(reference), str):
                wording[reference] = renamed.get(str(wording[reference]), wording[reference])
        yield item.model_copy(
            update={
                "key": renamed[item.key],
                "parent": renamed.get(item.parent) if item.parent else None,
                "id": known.id if known else item.id,
                "ref": known.ref if known else item.ref,
                "wording": wording,
            }
        )


def _with_earlier_updates(known: FlatItem, item: FlatItem) -> dict[str, JsonValue]:
    """What was said of a promise before stays said: the updates that are held, then those that are new."""
    held, read = known.wording.get("updates"), item.wording.get("updates")
    if not isinstance(held, list) or not isinstance(read, list):
        return {}
    return {"updates": [*held, *(update for update in read if update not in held)]}


def _free(key: str, taken: set[str]) -> str:
    number, wanted = 2, key
    while wanted in taken:
        wanted, number = f"{key}-{number}", number + 1
    return wanted


def _rekeyed(questions: Iterable[Question], held_of: Mapping[str, str]) -> Iterable[Question]:
    for question in questions:
        candidates = tuple(
            choice.model_copy(update={"edits": tuple(_rekeyed_edit(edit, held_of) for edit in choice.edits)})
            for choice in question.candidates
        )
        item = held_of.get(question.item_key or "", question.item_key)
        yield question.model_copy(update={"item_key": item, "candidates": candidates})


def _rekeyed_edit(edit: Edit, held_of: Mapping[str, str]) -> Edit:
    return edit.model_copy(update={"key": held_of.get(edit.key, edit.key)})


def _question(unsure: tuple[FlatItem, FlatItem, float]) -> Question:
    read, held, likeness = unsure
    return Question(
        key=f"question/{QuestionKind.IDENTITY.value}/{read.key}",
        kind=QuestionKind.IDENTITY,
        text=(
            f"The document has the {read.kind.in_words} “{read.name}”. The plan already holds “{held.name}”, "
            f"which is {likeness:.0f} % alike. Are they the same?"
        ),
        anchors=_anchors(read),
        item_key=read.key,
        candidates=(
            Candidate(
                label="Yes, the wording has changed",
                reason="Much of the wording is the same.",
                edits=(Edit(key=read.key, field="same_as", value=_identity(held)),),
            ),
            Candidate(label="No, it is new and the other is gone", reason="The wording is not the same."),
        ),
        default=0 if likeness >= PROBABLE else None,
    )


def _identity(item: FlatItem) -> dict[str, JsonValue]:
    return {"key": item.key, "id": str(item.id) if item.id else None, "ref": item.ref}


def _anchors(item: FlatItem) -> tuple[Anchor, ...]:
    found = item.wording.get("anchors")
    return tuple(Anchor.model_validate(anchor) for anchor in found) if isinstance(found, list) else ()
