"""What the reader knows while it reads one document: the council's words, and what the document has taught it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenthread.plan.date_phrases import DateReading, read_date_phrase, split_date_cell
from goldenthread.plan.dates import SeasonRules
from goldenthread.plan.keys import KeyMint
from goldenthread.plan.leads import LeadReading, LeadRules, LeadVocabulary, read_leads
from goldenthread.plan.references import ReferenceReading, ReviewerVocabulary, read_references
from goldenthread.reading.doubts import Doubts
from goldenthread.reading.phrasebook import Phrasebook
from goldenthread.reading.vocabulary import Vocabulary


@dataclass(frozen=True)
class ReadingRules:
    """What a council may set: the words of its plans, its seasons, and other names for its posts."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    seasons: SeasonRules = field(default_factory=SeasonRules)
    leads: LeadRules = field(default_factory=LeadRules)


@dataclass
class Context:
    """The state of one reading."""

    rules: ReadingRules
    reviewers: ReviewerVocabulary
    posts: LeadVocabulary
    book: Phrasebook = field(default_factory=Phrasebook)
    doubts: Doubts = field(default_factory=Doubts)
    mint: KeyMint = field(default_factory=KeyMint)

    _dates: dict[str, tuple[DateReading, ...]] = field(default_factory=dict)
    _leads: dict[str, LeadReading] = field(default_factory=dict)
    _references: dict[str, ReferenceReading] = field(default_factory=dict)

    def learn_leads(self, cells: Iterable[str]) -> None:
        """Take the posts and bodies of this document from these cells, in place of what was known of them."""
        cells = list(cells)
        self.posts = LeadVocabulary.learn(cells, self.rules.leads)
        self._leads.clear()
        self.book.learn_agents(lead for cell in cells for lead in self.leads(cell).leads)

    def dates(self, cell: str) -> tuple[DateReading, ...]:
        """The dates and status words of a cell, in printed order."""
        if cell not in self._dates:
            self._dates[cell] = split_date_cell(cell, self.rules.seasons)
        return self._dates[cell]

    def one_date(self, cell: str) -> tuple[DateReading, ...]:
        """The reading of a cell that should hold one date; more than one when it cannot be read as one."""
        whole = read_date_phrase(cell, self.rules.seasons)
        return (whole,) if whole.understood else self.dates(cell)

    def leads(self, cell: str) -> LeadReading:
        """The posts and bodies that a cell names."""
        if cell not in self._leads:
            self._leads[cell] = read_leads(cell, self.posts, self.rules.leads)
        return self._leads[cell]

    def references(self, cell: str) -> ReferenceReading:
        """The recommendations that a cell cites."""
        if cell not in self._references:
            self._references[cell] = read_references(cell, self.reviewers)
        return self._references[cell]
