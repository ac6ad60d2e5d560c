"""Tables of licensing: notices, payments, licenses, filings."""

from licensing.models.aftermath import FilingAftermath
from licensing.models.changes import FilingChange
from licensing.models.filings import Filing, FilingPaper
from licensing.models.licenses import License, PrintedCertificate, TerminationAgreement, TerminationProposal
from licensing.models.notices import Notice, Payment, Receipt

__all__ = [
    "Filing",
    "FilingAftermath",
    "FilingChange",
    "FilingPaper",
    "License",
    "Notice",
    "Payment",
    "PrintedCertificate",
    "Receipt",
    "TerminationAgreement",
    "TerminationProposal",
]
