"""Tables of the registry: patents with their register's facts, statements, the bulletin."""

from registry.models.aftermath import Aftermath, LeftBehind, kept_as_found
from registry.models.agencies import AgencyChange
from registry.models.batches import BatchPaper, BatchRow, BatchSubmission, BatchSubmissionEnd, StatementBatch
from registry.models.bulletin import BulletinEntry, BulletinIssue, BulletinKey, LogNode, PendingEntry, PrintedIssue
from registry.models.calendar import CalendarDay, CalendarYear
from registry.models.consents import Declination, EndingConsent, PledgeeConsent
from registry.models.deliveries import Delivery
from registry.models.duties import Watch, WithdrawalDuty
from registry.models.estimates import Estimate
from registry.models.events import WAITING, ParkedEvent, PatentBaseline, RegisterEvent
from registry.models.facts import Encumbrance, EvaluationReport, Invalidation, Obstacle, Pledge, Suspension
from registry.models.halts import PublicationHalt
from registry.models.papers import OfficePaper, PrintedPaper, Service
from registry.models.patents import Ownership, Patent, Patentee
from registry.models.proceedings import Ending, Examination, OwnerConsent, StatementPaper
from registry.models.rectifications import Rectification
from registry.models.search import SearchEntry
from registry.models.statements import Statement
from registry.models.versions import StatementVersion

__all__ = [
    "WAITING",
    "Aftermath",
    "AgencyChange",
    "BatchPaper",
    "BatchRow",
    "BatchSubmission",
    "BatchSubmissionEnd",
    "BulletinEntry",
    "BulletinIssue",
    "BulletinKey",
    "CalendarDay",
    "CalendarYear",
    "Declination",
    "Delivery",
    "Encumbrance",
    "Ending",
    "EndingConsent",
    "Estimate",
    "EvaluationReport",
    "Examination",
    "Invalidation",
    "LeftBehind",
    "LogNode",
    "Obstacle",
    "OfficePaper",
    "OwnerConsent",
    "Ownership",
    "ParkedEvent",
    "Patent",
    "PatentBaseline",
    "Patentee",
    "PendingEntry",
    "Pledge",
    "PledgeeConsent",
    "PrintedIssue",
    "PrintedPaper",
    "PublicationHalt",
    "Rectification",
    "RegisterEvent",
    "SearchEntry",
    "Service",
    "Statement",
    "StatementBatch",
    "StatementPaper",
    "StatementVersion",
    "Suspension",
    "Watch",
    "WithdrawalDuty",
    "kept_as_found",
]
