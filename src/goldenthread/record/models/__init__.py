"""The tables of the record, one file for each area."""

from goldenthread.record.models.council import Council, Membership, Role
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.imports import Import, ImportAnswer, ImportState
from goldenthread.record.models.log import Change, Disposal, Revision
from goldenthread.record.models.people import User
from goldenthread.record.models.plan import DatedFact, Item, PlanRecord
from goldenthread.record.models.questions import QuestionRecord, QuestionState

__all__ = [
    "Change",
    "Council",
    "DatedFact",
    "Disposal",
    "Import",
    "ImportAnswer",
    "ImportState",
    "Item",
    "Membership",
    "PlanRecord",
    "QuestionRecord",
    "QuestionState",
    "Revision",
    "Role",
    "StoredFile",
    "User",
]
