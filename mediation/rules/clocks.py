"""The clocks of a case: last days in Asia/Shanghai. Pure: the day from which a period runs is given.

The number of days comes from the dated settings. Where Announcement 590 is silent the setting is office practice and
says so: the respondent's fifteen days, the extension, and that the thirty days run from the start of the mediation.
"""

from datetime import date

from core.deadlines import deadline_days, deadline_working_days
from core.legal import setting


def admission_due(requested_on: date) -> date:
    """Return the last day for admitting a request or not: five working days after receipt (M590 7)."""
    return deadline_working_days(requested_on, setting("mediation_accept_days", on=requested_on).whole)


def reply_due(asked_on: date) -> date:
    """Return the last day for the respondent's answer (office practice: 15 days)."""
    return deadline_days(asked_on, setting("respondent_reply_days", on=asked_on).whole)


def mediation_due(since_on: date) -> date:
    """Return the last day of a mediation: thirty days (M590 18), counted from its start (office practice)."""
    return deadline_days(since_on, setting("mediation_days", on=since_on).whole)


def extended_due(ends_due_on: date, *, on: date) -> date:
    """Return the last day after the single extension by 30 days (office practice)."""
    return deadline_days(ends_due_on, setting("mediation_extension_days", on=on).whole)


def confirmation_due(effective_on: date) -> date:
    """Return the last day for asking a court, jointly, to confirm the agreement (Civil Procedure Law 205)."""
    return deadline_days(effective_on, setting("judicial_confirmation_days", on=effective_on).whole)


def is_over(due_on: date | None, *, on: date) -> bool:
    """Whether a period has run out: its last day is past. One that has not begun has not."""
    return due_on is not None and on > due_on
