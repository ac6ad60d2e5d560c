"""What time alone brings about, once a day."""

from datetime import datetime

from core.deadlines import law_date
from core.lifecycle import Actor
from licensing.actions.ending import close_notices, expire_licenses
from licensing.notifications import tell_both_sides
from licensing.queries.worklists import filings_wanted

REMIND_DAYS = (30, 7, 1)


def run_clocks(*, by: Actor, at: datetime) -> dict[str, int]:
    """Expire licenses, close notices, and remind both sides of filings 30, 7 and 1 days before their last day.

    Safe to run twice a day: a reminder carries its day in its key.
    """
    return {
        "expired": expire_licenses(by=by, at=at),
        "closed": close_notices(by=by, at=at),
        "reminded": remind_of_filings(at=at),
    }


def remind_of_filings(*, at: datetime) -> int:
    """Tell both sides of licenses without filing that their three months run out; return how many licenses."""
    on = law_date(at)
    midnight = datetime.combine(on, datetime.min.time(), tzinfo=at.tzinfo)
    due = [wanted for wanted in filings_wanted() if (wanted.due_on - on).days in REMIND_DAYS]
    for wanted in due:
        tell_both_sides("filing_due", wanted.license, at=midnight, due_on=str(wanted.due_on))
    return len(due)
