"""The same action printed in two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.plan.model import Action, Theme
from goldenthread.plan.questions import Candidate, Edit, QuestionKind
from goldenthread.reading.context import Context

_SHORTEST_TITLE = 3
"""Titles of fewer words ("Train staff") may well be printed twice and mean two things."""


def ask_about_doubles(themes: Iterable[Theme], context: Context) -> None:
    """The same words under two themes may be one promise that is printed twice."""
    seen: dict[tuple[str, tuple[str, ...]], tuple[int, Action]] = {}
    for number, action in _titled(themes):
        words = (" ".join((action.title or "").casefold().split()).rstrip("."), action.leads)
        place, first = seen.setdefault(words, (number, action))
        if place == number:
            continue
        context.doubts.ask(
            QuestionKind.DUPLICATE,
            f"“{action.title}” is printed under two themes, with the same lead. Is it one action?",
            anchors=(*first.anchors, *action.anchors),
            item=first.key,
            candidates=(
                Candidate(label="No, keep both", reason="Both are printed."),
                Candidate(
                    label="Yes, keep the first",
                    reason="The words and the lead are the same.",
                    edits=(Edit(key=action.key, field="replaced_by", value=[]),),
                ),
            ),
        )


def _titled(themes: Iterable[Theme]) -> Iterator[tuple[int, Action]]:
    for number, theme in enumerate(themes):
        for action in theme.actions:
            if len((action.title or "").split()) >= _SHORTEST_TITLE:
                yield number, action
