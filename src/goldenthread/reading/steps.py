"""The steps of an action: cut apart where they ran together, with their sub-headings and their nesting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from rapidfuzz import fuzz

from goldenthread.documents.blocks import CellPart
from goldenthread.reading.phrasebook import Phrasebook, words_of
from goldenthread.reading.segmentation import Segmentation, segment

_SAME_HEADING = 90
_SHARED_WORDS = 2
_FEWEST_HEADING_WORDS = 2
_FEWEST_WORDS_IN_DOUBT = 8
"""A text of fewer words that was not cut is taken for one step without asking."""


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
    alone = len(listed) == 1
    reader = _StepReader(title, book, dates if alone else 0)
    for part, following in zip_longest(listed, listed[1:]):
        reader.take(part, following)
    _bring_up_siblings(reader.found)
    return reader.found


class _StepReader:
    """Takes the items of a cell's lists one by one, and keeps the steps whose nested lists are still open."""

    def __init__(self, title: str, book: Phrasebook, dates: int) -> None:
        self.found = Steps()
        self._title = title
        self._book = book
        self._dates = dates
        self._open: list[tuple[int, StepDraft]] = []

    def take(self, part: CellPart, following: CellPart | None) -> None:
        """Add the steps that a list item holds; the list that follows it, if deeper, is that of its last step."""
        while self._open and self._open[-1][0] >= part.depth:
            self._open.pop()
        opens_list = following is not None and following.depth > part.depth
        heads_list = opens_list and following is not None and following.marker == part.marker
        drafts = self._marked(part, heads_list) if part.marker else self._run_on(part, heads_list)
        (self._open[-1][1].steps if self._open else self.found.steps).extend(drafts)
        if opens_list and not drafts[-1].heading:
            self._open.append((part.depth, drafts[-1]))

    def _marked(self, part: CellPart, heads_list: bool) -> list[StepDraft]:
        """A step with its bullet. Where a list with the same bullets follows, the end of it is that list's heading."""
        if not heads_list:
            return [StepDraft(part.text, emphasised=part.emphasised)]
        *steps, heading = _before_heading(part.text) or segment(part.text, self._book, exactly=2).steps
        return [*map(StepDraft, steps), StepDraft(heading, heading=True)]

    def _run_on(self, part: CellPart, heads_list: bool) -> list[StepDraft]:
        """Steps whose bullets were lost. The last of several before another such list is that list's heading."""
        cut = segment(part.text, self._book, dates=self._dates)
        if not cut.sure and (len(cut.steps) > 1 or len(part.text.split()) >= _FEWEST_WORDS_IN_DOUBT):
            self.found.unsure.append((part.text, cut))
        drafts = [StepDraft(step, emphasised=part.emphasised) for step in cut.steps]
        if heads_list and len(drafts) > 1:
            drafts[-1].heading = True
            if _reads_like(drafts[-1].text, self._title):
                self.found.second_heading = drafts[-1]
        return drafts


def _before_heading(text: str) -> tuple[str, str] | None:
    """A step and the sub-heading that trails it, where the sub-heading is a run of words with capitals: "... steer
    Transforming Local Services".
    """
    words = text.split()
    start = len(words)
    while start > 0 and words[start - 1][:1].isupper():
        start -= 1
    if not 0 < start <= len(words) - _FEWEST_HEADING_WORDS:
        return None
    return " ".join(words[:start]), " ".join(words[start:])


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
