"""Clocks of licensing: until when to file, to record, to cancel a record."""

from datetime import date

from core.deadlines import deadline_days, deadline_months, deadline_working_days
from core.legal import setting
from licensing.models import Filing, FilingChange, License


def filing_due_on(license: License) -> date:
    """Return the last day to file: three months from the effective date (RULES 15(2))."""
    months = setting("filing_deadline_months", on=license.effective_on).whole
    return deadline_months(license.effective_on, months)


def decision_due_on(filing: Filing) -> date:
    """Return the last day for the office to decide: seven working days from receipt (O62 Art 11)."""
    days = setting("filing_exam_working_days", on=filing.submitted_on).whole
    return deadline_working_days(filing.submitted_on, days)


def change_due_on(change: FilingChange) -> date:
    """Return the last day for the office to decide on a change of a record: as on a filing (office practice)."""
    days = setting("filing_exam_working_days", on=change.requested_on).whole
    return deadline_working_days(change.requested_on, days)


def cancellation_due_on(license: License) -> date | None:
    """Return until when the record of an ended license is to be canceled; None while it runs."""
    if license.ended_on is None:
        return None
    return deadline_days(license.ended_on, setting("filing_cancel_days", on=license.ended_on).whole)


def proof_accepted_until(ended_on: date) -> date:
    """Return until when proof of a payment made before the end of a statement is still taken (office practice)."""
    return deadline_days(ended_on, setting("proof_of_payment_days", on=ended_on).whole)
