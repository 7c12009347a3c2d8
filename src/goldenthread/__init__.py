"""Golden Thread: the system of record for a council's improvement plan."""

__version__ = "0.1.0"
