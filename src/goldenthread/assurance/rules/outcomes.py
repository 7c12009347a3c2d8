"""GT5: what will be different for residents when the plan has worked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.model import LinkKind, Milestone

_STEM = 5
_SMALL = frozenset(
    "and the for from with that this into all are has have been new its our their which will".split()
)


@rule(
    "GT501",
    Group.OUTCOMES,
    Severity.NOTE,
    "A statement of success has no measure",
    why="Without a measure nobody can show, or dispute, that it came true.",
    looks_at="Statements of success without a measure.",
    settle="Name what would show it: a figure with its source and target, a survey question, a reviewer's judgement.",
    authority=authorities.OUTCOMES,
)
def statement_without_measure(subject: PlanAt) -> Iterator[Fault]:
    for theme in subject.plan.themes:
        for statement in theme.success_statements:
            if not (statement.measure or "").strip():
                yield Fault(statement, f"No measure would show that “{statement.text.rstrip('.')}”.")


@rule(
    "GT502",
    Group.OUTCOMES,
    Severity.WARNING,
    "Nothing produces a deliverable",
    why="The plan says that there will be such a thing, and no action, step or milestone speaks of it.",
    looks_at="Deliverables that no link says an action produces, and of whose words not even a third stands in any "
    "one action, step or milestone of the plan. Small words do not count, and words are the same if their first five "
    "letters are.",
    settle="Link the action that produces it, add one, or take the deliverable out.",
)
def nothing_produces(subject: PlanAt) -> Iterator[Fault]:
    produced = {link.target for link in subject.plan.links if link.kind is LinkKind.PRODUCES}
    titles = (item.name if isinstance(item, Milestone) else item.title or "" for item in subject.tracked)
    spoken: defaultdict[str, list[int]] = defaultdict(list)
    for place, words in enumerate({_words(title) for title in titles}):
        for word in words:
            spoken[word].append(place)
    for theme in subject.plan.themes:
        for deliverable in theme.deliverables if theme.actions else ():
            words = _words(deliverable.name)
            shared = Counter(place for word in words for place in spoken.get(word, ()))
            nearest = max(shared.values(), default=0)
            if words and deliverable.key not in produced and nearest < len(words) / 3:
                said = f"No action, step or milestone speaks of the deliverable “{deliverable.name}”."
                yield Fault(deliverable, said)


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _SMALL)
