"""The steps of an action: cut apart where they ran together, with their sub-headings and their nesting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from goldenthread.documents.blocks import CellPart
from goldenthread.reading.phrasebook import Phrasebook, words_of
from goldenthread.reading.segmentation import Segmentation, segment

_SAME_HEADING = 90
_SHARED_WORDS = 2


@dataclass
class StepDraft:
    """A step as read from the cell. `emphasised` is how some plans print what is already done."""

    text: str
    heading: bool = False
    emphasised: bool = False
    steps: list[StepDraft] = field(default_factory=list)

    def walk(self) -> Iterator[StepDraft]:
        """This step and those below it, in printed order."""
        yield self
        for step in self.steps:
            yield from step.walk()


@dataclass
class Steps:
    """The steps of one action, and the doubts about where they begin and what they belong to."""

    steps: list[StepDraft] = field(default_factory=list)
    unsure: list[tuple[str, Segmentation]] = field(default_factory=list)
    """The run-on texts whose cut is not certain."""
    brought_up: list[StepDraft] = field(default_factory=list)
    """Steps printed at the end of a nested list that seem to belong to the list above."""
    second_heading: StepDraft | None = None
    """A sub-heading that reads like a second title of the action."""

    def promises(self) -> list[StepDraft]:
        """The steps without the sub-headings, in printed order."""
        return [step for top in self.steps for step in top.walk() if not step.heading]


def read_steps(parts: Sequence[CellPart], title: str, book: Phrasebook, dates: int) -> Steps:
    """The steps in the parts of an action's cell. `dates` is how many due dates stand beside the whole cell."""
    listed = [part for part in parts if part.marker is not None]
    found = Steps()
    nested = any(part.depth > 1 for part in listed)
    expected = 0 if nested or len(listed) > 1 else dates
    path: list[tuple[CellPart, StepDraft]] = []
    for number, part in enumerate(listed):
        following = listed[number + 1] if number + 1 < len(listed) else None
        while path and path[-1][0].depth >= part.depth:
            path.pop()
        siblings = path[-1][1].steps if path else found.steps
        drafts = _cut(part, following, title, book, expected, found)
        siblings.extend(drafts)
        opens_list = following is not None and following.depth > part.depth
        if opens_list and not drafts[-1].heading:
            path.append((part, drafts[-1]))
    _bring_up_siblings(found)
    return found


def _cut(
    part: CellPart, following: CellPart | None, title: str, book: Phrasebook, dates: int, found: Steps
) -> list[StepDraft]:
    """The steps that one list item holds; the last of them may be a sub-heading of the list that follows."""
    heads_list = following is not None and following.depth > part.depth and following.marker == part.marker
    if part.marker:
        if not heads_list:
            return [StepDraft(part.text, emphasised=part.emphasised)]
        *steps, heading = segment(part.text, book, exactly=2).steps
        return [*(StepDraft(step) for step in steps), StepDraft(heading, heading=True)]
    cut = segment(part.text, book, dates=dates)
    if not cut.sure:
        found.unsure.append((part.text, cut))
    drafts = [StepDraft(step, emphasised=part.emphasised) for step in cut.steps]
    if heads_list and len(drafts) > 1:
        drafts[-1].heading = True
        if _reads_like(drafts[-1].text, title):
            found.second_heading = drafts[-1]
    return drafts


def _reads_like(heading: str, title: str) -> bool:
    """Whether a sub-heading is worded like the action's title ("... Phase 1", "... Phase 2")."""
    return fuzz.ratio(heading.lower(), title.lower()) >= _SAME_HEADING


def _bring_up_siblings(found: Steps) -> None:
    """A nested list whose end was lost swallows what follows it.

    A last step that begins with the same words as the step the list hangs on is its sister, not its child.
    """
    for parent in list(found.steps):
        if len(parent.steps) > 1 and _begin_alike(parent.text, parent.steps[-1].text):
            sister = parent.steps.pop()
            found.steps.insert(found.steps.index(parent) + 1, sister)
            found.brought_up.append(sister)


def _begin_alike(first: str, second: str) -> bool:
    return words_of(first)[:_SHARED_WORDS] == words_of(second)[:_SHARED_WORDS]
