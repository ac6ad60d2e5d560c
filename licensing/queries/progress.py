"""Where a license stands: its timeline, its filing and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.legal import GL, LAW, O62, RULES, Citation
from core.money import format_yuan
from core.rules import Text
from licensing.enums import ChangeStatus, FilingStatus, LicenseStatus
from licensing.models import Filing, License
from licensing.queries.timing import cancellation_due_on, change_due_on, decision_due_on, filing_due_on

TONES = {
    FilingStatus.SUBMITTED: "info",
    FilingStatus.RECORDED: "success",
    FilingStatus.REFUSED: "danger",
    FilingStatus.REVOKED: "danger",
}
CHANGE_TONES = {
    ChangeStatus.REQUESTED: "info",
    ChangeStatus.RECORDED: "success",
    ChangeStatus.REFUSED: "danger",
}


@dataclass(frozen=True, slots=True)
class FilingState:
    """The newest filing, what is to be done next and until when. Both sides see the same."""

    filing: Filing | None
    label: Text
    tone: str
    due_on: date | None
    may_file: bool
    may_cancel: bool


def filing_state(license: License, *, on: date) -> FilingState:
    """Return where the filing of a license stands on that day."""
    filing = max(license.filings.all(), key=lambda item: item.submitted_at, default=None)
    runs = license.status == LicenseStatus.IN_FORCE and license.ends_on >= on
    open_again = filing is None or filing.status not in (FilingStatus.SUBMITTED, FilingStatus.RECORDED)
    may_cancel = filing is not None and filing.status == FilingStatus.RECORDED and not runs
    if filing is None:
        label, tone = (_("Not filed yet"), "warning") if runs else (_("Never filed"), "neutral")
    else:
        label, tone = filing.get_status_display(), TONES.get(FilingStatus(filing.status), "neutral")
    due_on = None
    if runs and open_again:
        due_on = filing_due_on(license)
    elif filing is not None and filing.status == FilingStatus.SUBMITTED:
        due_on = decision_due_on(filing)
    elif may_cancel:
        due_on = cancellation_due_on(license)
    return FilingState(filing, label, tone, due_on, runs and open_again, may_cancel)


def changes_of(filing: Filing) -> list[dict[str, Any]]:
    """Return the changes of a record, the oldest first; with the last day of the office for one that waits."""
    return [
        {
            "row": change,
            "tone": CHANGE_TONES.get(ChangeStatus(change.status), "neutral"),
            "due_on": change_due_on(change) if change.status == ChangeStatus.REQUESTED else None,
        }
        for change in filing.changes.select_related("applicant", "proof").order_by("requested_at")
    ]


def timeline_of(license: License, *, on: date) -> list[dict[str, Any]]:
    """Return what happened and what comes, for the timeline component."""
    notice, statement = license.notice, license.statement
    events = [
        _event(_("Statement announced"), statement.effective_on, LAW(50, 1)),
        _event(_("Notice served"), notice.served_at, LAW(51, 1)),
        *(
            _event(_("Payment of %(amount)s") % {"amount": format_yuan(payment.amount)}, payment.paid_on, LAW(51, 1))
            for payment in notice.payments.all()
        ),
        _event(_("License took effect"), license.effective_on, GL("V-11 §6")),
    ]
    for filing in sorted(license.filings.all(), key=lambda item: item.submitted_at):
        events.append(_event(_("Filed with the office"), filing.submitted_at, RULES(15, 2)))
        if filing.decided_at is not None:
            failed = filing.status in (FilingStatus.REFUSED, FilingStatus.REVOKED)
            note = filing.number or filing.reasons
            events.append(_event(filing.get_status_display(), filing.decided_at, O62(11), failed=failed, note=note))
        for change in filing.changes.filter(status=ChangeStatus.RECORDED).order_by("decided_at"):
            note = f"{change.before} → {change.after}"
            events.append(_event(_("Record changed"), change.decided_at, GL("V-8 §1.3.2.7"), note=note))
    state = filing_state(license, on=on)
    if state.may_file and state.filing is None:
        events.append({"label": _("File the license with the office"), "state": "current", "article": RULES(15, 2)})
    if license.ended_on is None:
        events.append(
            {"label": _("Last day of the license"), "at": license.ends_on, "state": "future", "article": RULES(85, 2)}
        )
    else:
        events.append(_event(license.get_status_display(), license.ended_on, None))
    return events


def _event(
    label: Text, at: date | datetime | None, article: Citation | None, *, failed: bool = False, note: str = ""
) -> dict[str, Any]:
    return {"label": label, "at": at, "article": article, "state": "failed" if failed else "done", "note": note}


def verification_url(license: License) -> str:
    """Return the public address that confirms the license, as the certificate's square code holds it."""
    return settings.PUBLIC_BASE_URL + reverse("licensing:document", args=[license.verification_code])


def spaced_code(code: str) -> str:
    """Return a verification code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
