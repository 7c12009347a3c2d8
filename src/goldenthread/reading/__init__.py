"""Any document in; a plan, and the questions that only a person can answer, out."""

from goldenthread.reading.context import ReadingRules
from goldenthread.reading.published import reading_json
from goldenthread.reading.reader import NoPlanError, read_plan
from goldenthread.reading.trackers import DocumentFault, find_faults

__all__ = ["DocumentFault", "NoPlanError", "ReadingRules", "find_faults", "read_plan", "reading_json"]
