"""The tables of the record, one file for each area."""

from goldenthread.record.models.assurance import (
    AcceptedFinding,
    AccuracyNote,
    Meeting,
    SettledContradiction,
)
from goldenthread.record.models.change_control import ChangeRequest, RequestState, Tier
from goldenthread.record.models.council import Council, Membership, Role
from goldenthread.record.models.cycle import (
    Challenge,
    CouncilSettings,
    HeldUpdate,
    OutgoingMail,
    PeriodState,
    ReportingPeriod,
    UpdateRequest,
    Verdict,
    WorkbookReturn,
)
from goldenthread.record.models.evidence import (
    AuditSample,
    Evidence,
    EvidenceCheck,
    EvidenceSupport,
    LinkVisit,
    SampleOf,
)
from goldenthread.record.models.files import StoredFile
from goldenthread.record.models.imports import Import, ImportAnswer, ImportState
from goldenthread.record.models.log import Change, Disposal, Revision
from goldenthread.record.models.people import User
from goldenthread.record.models.plan import DatedFact, Item, PlanRecord
from goldenthread.record.models.posts import (
    BodyMembership,
    BodyRecord,
    Capacity,
    ChallengeNote,
    Holding,
    Officer,
    Ownership,
    PostKind,
    PostRecord,
)
from goldenthread.record.models.publishing import Publication
from goldenthread.record.models.questions import QuestionRecord, QuestionState
from goldenthread.record.models.rating_rules import RatingRuleRecord
from goldenthread.record.models.reports import (
    ClearanceOutcome,
    ReportClearance,
    ReportComment,
    ReportFile,
    ReportFileRole,
    ReportRecord,
    ReportState,
    ReportTemplate,
)

__all__ = [
    "AcceptedFinding",
    "AccuracyNote",
    "AuditSample",
    "BodyMembership",
    "BodyRecord",
    "Capacity",
    "Challenge",
    "ChallengeNote",
    "Change",
    "ChangeRequest",
    "ClearanceOutcome",
    "Council",
    "CouncilSettings",
    "DatedFact",
    "Disposal",
    "Evidence",
    "EvidenceCheck",
    "EvidenceSupport",
    "HeldUpdate",
    "Holding",
    "Import",
    "ImportAnswer",
    "ImportState",
    "Item",
    "LinkVisit",
    "Meeting",
    "Membership",
    "Officer",
    "OutgoingMail",
    "Ownership",
    "PeriodState",
    "PlanRecord",
    "PostKind",
    "PostRecord",
    "Publication",
    "QuestionRecord",
    "QuestionState",
    "RatingRuleRecord",
    "ReportClearance",
    "ReportComment",
    "ReportFile",
    "ReportFileRole",
    "ReportRecord",
    "ReportState",
    "ReportTemplate",
    "ReportingPeriod",
    "RequestState",
    "Revision",
    "Role",
    "SampleOf",
    "SettledContradiction",
    "StoredFile",
    "Tier",
    "UpdateRequest",
    "User",
    "Verdict",
    "WorkbookReturn",
]
