"""Tables of licensing: notices, payments, licenses, filings."""

from licensing.models.filings import Filing, FilingPaper
from licensing.models.licenses import License, TerminationAgreement, TerminationProposal
from licensing.models.notices import Notice, Payment, Receipt

__all__ = [
    "Filing",
    "FilingPaper",
    "License",
    "Notice",
    "Payment",
    "Receipt",
    "TerminationAgreement",
    "TerminationProposal",
]
