"""What the reader knows while it reads one document: the council's words, and what the document has taught it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from goldenthread.plan.date_phrases import DateReading, DateWord, read_date_phrase, split_date_cell
from goldenthread.plan.dates import SeasonRules
from goldenthread.plan.keys import KeyMint
from goldenthread.plan.leads import LeadReading, LeadRules, LeadVocabulary, read_leads
from goldenthread.plan.references import ReferenceReading, ReviewerVocabulary, read_references
from goldenthread.plan.status import Status
from goldenthread.reading.council_words import CouncilWords, normal
from goldenthread.reading.doubts import Doubts
from goldenthread.reading.phrasebook import Phrasebook
from goldenthread.reading.vocabulary import Vocabulary

SAID_FOR_A_DATE: Mapping[Status, DateWord] = MappingProxyType(
    {Status.COMPLETE: DateWord.COMPLETE, Status.ONGOING: DateWord.ONGOING, Status.UNKNOWN: DateWord.TBC}
)
"""The statuses that can stand in a column of dates, where a delivery plan has no other place for them."""


@dataclass(frozen=True)
class ReadingRules:
    """What a council may set: the words of plans, its seasons, other names for its posts, and its own words.

    `said` is what people have said of this council's headings and status words; it goes before the patterns.
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    seasons: SeasonRules = field(default_factory=SeasonRules)
    leads: LeadRules = field(default_factory=LeadRules)
    said: CouncilWords = field(default_factory=CouncilWords)

    def __post_init__(self) -> None:
        # One saying serves both readers: that of trackers asks `said`, that of themed plans its vocabulary.
        object.__setattr__(self, "vocabulary", replace(self.vocabulary, said=self.said))


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
            said = self._said_for_a_date(cell)
            self._dates[cell] = (said,) if said else split_date_cell(cell, self.rules.seasons)
        return self._dates[cell]

    def one_date(self, cell: str) -> tuple[DateReading, ...]:
        """The reading of a cell that should hold one date; more than one when it cannot be read as one."""
        whole = self._said_for_a_date(cell) or read_date_phrase(cell, self.rules.seasons)
        return (whole,) if whole.understood else self.dates(cell)

    def _said_for_a_date(self, cell: str) -> DateReading | None:
        """What the council has said of the words that stand in a cell in place of a date."""
        meaning = self.rules.said.statuses.get(normal(cell)) if self.rules.said.statuses else None
        word = SAID_FOR_A_DATE.get(meaning) if meaning else None
        if word is None:
            return None
        return DateReading(printed=cell, status=word, achieved=word.is_achieved)

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
