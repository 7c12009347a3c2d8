"""Knowing the action that only writes or approves the plan itself: it carries no recommendation out."""

from __future__ import annotations

import re

from goldenthread.plan.model import Action, Plan

_WRITING = re.compile(
    r"\b(approv\w*|agree\w*|adopt\w*|publish\w*|publication|writ\w+|draft\w*|prepar\w*|produc\w*)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    "a an and by for in its of on one our single the to with phase part stage council full version".split()
)


def is_about_the_plan_itself(action: Action, plan: Plan) -> bool:
    """Whether the action is to write or approve this very plan.

    Its title names the plan and says nothing else ("Single Improvement Plan Phase 1" for the Improvement Plan, but
    not "Continuous Improvement Plan"), and its title or a step speaks of writing or approving.
    """
    if "plan" not in (action.title or "").lower():
        return False
    own = set(_words(f"{plan.kind.value.replace('_', ' ')} plan"))
    allowed = own | set(_words(f"{plan.title} {plan.council.name}")) | _PLAIN
    title = _words(_WRITING.sub("", action.title or ""))
    says_only_that = own <= set(title) and all(word in allowed or word.isdigit() for word in title)
    texts = [part.title or "" for part in action.walk()]
    return says_only_that and (not action.steps or any(_WRITING.search(text) for text in texts))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
