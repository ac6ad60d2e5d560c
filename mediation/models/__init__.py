"""Tables of mediation: cases, their mediators, papers, sessions and agreements."""

from mediation.models.agreements import Agreement, AgreementSignature
from mediation.models.cases import Answer, Case, ExtensionConsent
from mediation.models.mediators import MediatorAssignment
from mediation.models.papers import Paper
from mediation.models.sessions import Session, SessionRecord

__all__ = [
    "Agreement",
    "AgreementSignature",
    "Answer",
    "Case",
    "ExtensionConsent",
    "MediatorAssignment",
    "Paper",
    "Session",
    "SessionRecord",
]
