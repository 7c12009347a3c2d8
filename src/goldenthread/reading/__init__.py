"""Any document in; a plan, and the questions that only a person can answer, out."""

from goldenthread.reading.context import ReadingRules
from goldenthread.reading.council_words import CouncilWords
from goldenthread.reading.fields import Field
from goldenthread.reading.mapping import STATUSES, DocumentMapping, MappedColumn, MappedValue, mapping_of
from goldenthread.reading.published import reading_json
from goldenthread.reading.reader import NoPlanError, read_plan
from goldenthread.reading.trackers import DocumentFault, find_faults

__all__ = [
    "STATUSES",
    "CouncilWords",
    "DocumentFault",
    "DocumentMapping",
    "Field",
    "MappedColumn",
    "MappedValue",
    "NoPlanError",
    "ReadingRules",
    "find_faults",
    "mapping_of",
    "read_plan",
    "reading_json",
]
