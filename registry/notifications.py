"""What the registry tells the parties. Each notice names its article; refusals name the remedies (GL V-6 §1.2)."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.notifications import notify, register
from registry.models import Statement

register(
    "statement-correction_requested",
    subject=_("Statement %(number)s: please correct it"),
    body=_(
        "The examiner asks you to correct statement %(number)s by %(due_on)s (Patent Examination Guidelines, Part V,"
        " Chapter 1, section 4; the length of the period is office practice). Without a correction it is deemed not"
        " submitted."
    ),
)
register(
    "statement-deemed_not_submitted",
    subject=_("Statement %(number)s is deemed not submitted"),
    body=_(
        "Statement %(number)s was not corrected in time and is deemed not submitted (Patent Examination Guidelines,"
        " Part V, Chapter 1, section 4). You may file a new one."
    ),
)
register(
    "statement-approved",
    subject=_("Statement %(number)s is approved"),
    body=_(
        "Statement %(number)s will be announced in the next issue of the bulletin and takes effect on that day"
        " (Guidelines V-11, section 3.5)."
    ),
)
register(
    "statement-refused",
    subject=_("Statement %(number)s will not be announced"),
    body=_(
        "Statement %(number)s is refused (Implementing Rules 85 and 86); its page gives the reasons. You may file a new"
        " statement, ask for administrative reconsideration within 60 days, or bring a suit."
    ),
)
register(
    "statement-held_back",
    subject=_("Statement %(number)s was held back from the bulletin"),
    body=_(
        "When the issue was published, a ground of Implementing Rule 86 stood against statement %(number)s. An examiner"
        " looks at it again."
    ),
)
register(
    "statement-announced",
    subject=_("Statement %(number)s is announced"),
    body=_(
        "Statement %(number)s was announced on %(effective_on)s and is effective from that day. Anyone who gives notice"
        " in writing and pays now holds a license (Patent Law, Art. 51(1))."
    ),
)
register(
    "statement-ended",
    subject=_("Statement %(number)s has ended"),
    body=_(
        "The end of statement %(number)s was announced on %(ended_on)s. Licenses obtained before stay valid (Patent Law,"
        " Art. 50(2))."
    ),
)
register(
    "statement-expired",
    subject=_("Statement %(number)s has expired"),
    body=_("The term of statement %(number)s is over; from %(ended_on)s on it can no longer be accepted."),
)
register(
    "statement-ending_refused",
    subject=_("Withdrawal of statement %(number)s is refused"),
    body=_(
        "The request to withdraw statement %(number)s is refused (Guidelines V-11, section 4); its page gives the"
        " reasons. You may file a new request, ask for administrative reconsideration within 60 days, or bring a suit."
    ),
)
register(
    "statement-submitted",
    subject=_("Statement %(number)s was submitted"),
    body=_(
        "The office has received statement %(number)s on patent %(patent)s on %(submitted_at)s. An examiner takes it in"
        " order (Guidelines V-11, section 3.4)."
    ),
)
register(
    "statement-withdrawal_requested",
    subject=_("Withdrawal of statement %(number)s was requested"),
    body=_(
        "The office has received the request to withdraw statement %(number)s. The withdrawal takes effect on its"
        " announcement; licenses obtained until then stay valid (Patent Law, Art. 50(2))."
    ),
)
register(
    "statement-corrected",
    subject=_("Statement %(number)s was corrected"),
    body=_("The filer has sent the correction of statement %(number)s. It is back on your desk."),
)
register(
    "statement-canceled",
    subject=_("Statement %(number)s was canceled"),
    body=_("The filer has canceled statement %(number)s. Nothing more is to be done."),
)
register(
    "consent-wanted",
    subject=_("Your consent to an open license statement is wanted"),
    body=_(
        "%(filer)s wants to file an open license statement on patent %(patent)s, of which you are a co-owner. Read the"
        " text and consent to it, or do nothing (Patent Law, Art. 14; Guidelines V-11, section 3.2)."
    ),
)
register(
    "consent-given",
    subject=_("A patentee has consented"),
    body=_("%(owner)s has consented to the present text of the statement on patent %(patent)s."),
)

register(
    "statement-barred",
    subject=_("Statement %(number)s cannot be accepted at present"),
    body=_(
        "The register of patents has a new entry that bars open licensing of this patent (Implementing Rules, Rule 86)."
        " Statement %(number)s cannot be accepted while it lasts. Withdraw it promptly and notify the licensees, unless"
        " the bar can be removed (Guidelines V-11, section 2(2)); licenses obtained before stay valid."
    ),
)


def tell_filer(event: str, statement: Statement, *, at: datetime, **params: Any) -> None:
    """Serve a notice about the statement on its filer and, if an agency filed it, on the agency."""
    addressees = {statement.filed_by_id, statement.agency_id} - {None}
    for organisation_id in addressees:
        notify(
            f"statement-{event}",
            key=f"{event}:{statement.pk}:{organisation_id}:{at.isoformat()}",
            at=at,
            organisation_id=organisation_id,
            params={"number": statement.number, **params},
            url=reverse("registry:draft", args=[statement.pk]),
        )
