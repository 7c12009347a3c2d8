"""Finding things in one state of a plan: exact words first, then words that are nearly right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action
from goldenthread.web.presenting.index import PlanIndex, handle, title_words
from goldenthread.web.presenting.statuses import count_words

GOOD_ENOUGH = 82.0
MOST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: what it is, where its page is (route and arguments), and the words to match."""

    kind: str
    title: str
    context: str
    route: str
    arguments: tuple[tuple[str, str | int], ...]
    words: str


def search(index: PlanIndex, query: str) -> tuple[Entry, ...]:
    """Entries that match, best first, at most 60: words in a title, then words anywhere, then words nearly right."""
    wanted = utils.default_process(query)
    if not wanted:
        return ()
    entries, texts, titles = index.keep("search", lambda: _prepared(index))
    words = wanted.split()
    titled = [i for i, title in enumerate(titles) if wanted in title]
    exact = [i for i, text in enumerate(texts) if wanted in text]
    every = [i for i, text in enumerate(texts) if all(word in text for word in words)]
    near = process.extract(
        wanted, texts, scorer=fuzz.partial_ratio, processor=None, score_cutoff=GOOD_ENOUGH, limit=MOST
    )
    ranked = dict.fromkeys((*titled, *exact, *every, *(place for _, _, place in near)))
    return tuple(entries[i] for i in list(ranked)[:MOST])


def _prepared(index: PlanIndex) -> tuple[list[Entry], list[str], list[str]]:
    """Everything that can be found, with its words and its title as they are compared."""
    entries = list(_entries(index))
    texts = [utils.default_process(entry.words) for entry in entries]
    return entries, texts, [utils.default_process(entry.title) for entry in entries]


def _entries(index: PlanIndex) -> Iterator[Entry]:
    for theme in index.plan.themes:
        number = ("number", theme.number)
        yield Entry(
            "Theme",
            theme.name,
            f"Theme {theme.number}",
            "theme",
            (number,),
            f"theme {theme.number} {theme.name}",
        )
        for stream in theme.workstreams:
            words = f"{stream.name} {stream.aim or ''}"
            yield Entry(
                "Workstream", stream.name, theme.name, "workstream", (number, ("key", stream.key)), words
            )
    for placed in (*index.actions, *index.steps):
        action = placed.action
        kind = "Step" if placed.is_step else "Action"
        above = title_words(placed.parents[-1]) if placed.is_step else placed.theme.name
        where = (("handle", handle(action)),)
        yield Entry(kind, title_words(action), above, "action", where, _action_words(action))
    for found in index.milestones:
        milestone, above = (
            found.milestone,
            found.theme.name if found.theme else "Communication and engagement",
        )
        words = f"{milestone.ref or ''} {milestone.name}"
        yield Entry("Milestone", milestone.name, above, "milestone", (("handle", handle(milestone)),), words)
    for lead, actions in index.leads.items():
        named = f"Named on {count_words(len(actions), 'action')}"
        yield Entry("Lead", lead, named, "lead", (("lead", slug(lead)),), lead)


def _action_words(action: Action) -> str:
    cited = " ".join(reference.label() for reference in action.references)
    return f"{action.ref or ''} {action.title or ''} {cited} {' '.join(action.leads)}"
