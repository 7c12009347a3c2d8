"""Documents that are no themed plan: action logs, reports on commitments, returns in workbooks, plain trackers."""

from goldenthread.reading.trackers.faults import DocumentFault, find_faults
from goldenthread.reading.trackers.reader import lists_contracts, read_tracker

__all__ = ["DocumentFault", "find_faults", "lists_contracts", "read_tracker"]
