"""What licensing tells the two sides. Each notice names its article."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.notifications import in_every_language, notify, register
from licensing.enums import LicenseStatus, NoticeStatus
from licensing.models import FilingAftermath, License, Notice
from licensing.queries.parties import licensors_of
from registry.models import RegisterEvent, Statement

register(
    "notice-served",
    subject=_("Notice of a license under statement %(statement)s"),
    body=_(
        "%(licensee)s has given written notice under statement %(statement)s on %(served_on)s. The license takes effect"
        " with the payment of what is due; nobody's consent is needed (Patent Law, Art. 51(1))."
    ),
)
register(
    "notice-canceled",
    subject=_("A notice under statement %(statement)s was taken back"),
    body=_("%(licensee)s has taken its notice under statement %(statement)s back. No license came about."),
)
register(
    "notice-closed",
    subject=_("A notice under statement %(statement)s was closed"),
    body=_(
        "Statement %(statement)s has ended and no payment made before was shown for the notice of %(licensee)s. No"
        " license came about (Patent Law, Art. 50(2))."
    ),
)
register(
    "notice-annulled_ground",
    subject=_("Statement %(statement)s: an entry on which it ended is annulled"),
    body=_(
        "The register of patents had an entry by mistake, %(entry)s of %(effective_on)s, which is annulled now; statement"
        " %(statement)s had ended with this entry as a ground while your notice waited for payment. What was announced"
        " stays. The patentee may declare anew; you can then give notice again (Patent Law, Art. 51(1); Implementing"
        " Rules, Rule 106)."
    ),
)
register(
    "notice-paid",
    subject=_("Payment for a license under statement %(statement)s"),
    body=_(
        "%(licensee)s has shown a payment of %(amount)s yuan made on %(paid_on)s for its license under statement"
        " %(statement)s."
    ),
)
register(
    "notice-received",
    subject=_("Receipt for a license under statement %(statement)s"),
    body=_(
        "The patentee has confirmed that %(amount)s yuan from %(licensee)s under statement %(statement)s arrived on"
        " %(received_on)s (Guidelines V-11, section 7)."
    ),
)
register(
    "license-obtained",
    subject=_("License %(license)s is in force"),
    body=_(
        "License %(license)s of %(licensee)s under statement %(statement)s took effect on %(effective_on)s and runs"
        " until %(ends_on)s (Patent Law, Art. 51(1)). Either side may file it with the office within three months."
    ),
)
register(
    "license-filed",
    subject=_("License %(license)s was filed"),
    body=_(
        "License %(license)s was filed with the office, which decides by %(due_on)s (Measures on the Filing of Patent"
        " License Contracts, Art. 11)."
    ),
)
register(
    "license-filing_taken_back",
    subject=_("The filing of license %(license)s was taken back"),
    body=_("The filing of license %(license)s was taken back. Either side may file it again in time."),
)
register(
    "license-recorded",
    subject=_("License %(license)s is recorded"),
    body=_(
        "License %(license)s is recorded under filing number %(number)s of %(recorded_on)s. Annuities that fall due"
        " after the filing are reduced while the license runs (Guidelines V-11, section 8)."
    ),
)
register(
    "license-filing_refused",
    subject=_("The filing of license %(license)s is refused"),
    body=_(
        "The filing of license %(license)s is refused (Measures on the Filing of Patent License Contracts, Art. 12):"
        " %(reasons)s The license itself stays in force. You may file again, ask for administrative reconsideration"
        " within 60 days, or bring a suit."
    ),
)
register(
    "license-filing_revoked",
    subject=_("The record of license %(license)s is revoked"),
    body=_(
        "The record of license %(license)s is revoked (Measures on the Filing of Patent License Contracts, Art. 12):"
        " %(reasons)s You may ask for administrative reconsideration within 60 days, or bring a suit."
    ),
)
register(
    "license-filing_canceled",
    subject=_("The record of license %(license)s is canceled"),
    body=_("The record of license %(license)s, which is over, was canceled on %(canceled_on)s."),
)
register(
    "license-change_requested",
    subject=_("A change of the record of license %(license)s is requested"),
    body=_(
        "The record of license %(license)s shall name %(after)s instead of %(before)s. The office decides by %(due_on)s."
    ),
)
register(
    "license-change_taken_back",
    subject=_("The request to change the record of license %(license)s is taken back"),
    body=_("The record of license %(license)s goes on naming %(before)s; %(after)s is no longer requested."),
)
register(
    "license-filing_changed",
    subject=_("The record of license %(license)s is changed"),
    body=_(
        "The record of license %(license)s, filing number %(number)s, names %(after)s instead of %(before)s from"
        " %(changed_on)s; the next issue of the bulletin announces it (Guidelines V-8, section 1.3.2.7). Grounds:"
        " %(grounds)s"
    ),
)
register(
    "license-change_refused",
    subject=_("The change of the record of license %(license)s is refused"),
    body=_(
        "The record of license %(license)s goes on naming %(before)s; %(after)s is not recorded: %(reasons)s You may ask"
        " again, ask for administrative reconsideration within 60 days, or bring a suit."
    ),
)
register(
    "license-annulled_refused",
    subject=_("License %(license)s: an entry on which its filing was refused is annulled"),
    body=_(
        "The register of patents had an entry by mistake, %(entry)s of %(effective_on)s, which is annulled now; the filing"
        " of license %(license)s was refused while it stood. Either side may file again; an examiner sees to the matter"
        " (Implementing Rules, Rule 106)."
    ),
)
register(
    "license-annulled_revoked",
    subject=_("License %(license)s: an entry on which its record was revoked is annulled"),
    body=_(
        "The register of patents had an entry by mistake, %(entry)s of %(effective_on)s, which is annulled now; the record"
        " of license %(license)s was revoked while it stood. What was announced stays. Either side may file again; an"
        " examiner sees to the matter (Implementing Rules, Rule 106)."
    ),
)
register(
    "license-annulled_named",
    subject=_("License %(license)s: the record names the licensor by a mistaken name"),
    body=_(
        "The register of patents had an entry by mistake, %(entry)s of %(effective_on)s, which is annulled now; the record"
        " of license %(license)s names the licensor as it said. An examiner sees to the matter; either side may ask for"
        " the change of the record (Implementing Rules, Rule 106)."
    ),
)
register(
    "filing-aftermath",
    subject=_("License %(license)s: an entry on which you decided is annulled"),
    body=_(
        "An entry of the register of patents, %(entry)s of %(effective_on)s, is annulled; you decided on the filing of"
        " license %(license)s while it stood. See to it, and say what was done."
    ),
)
register(
    "license-filing_due",
    subject=_("License %(license)s: file it by %(due_on)s"),
    body=_(
        "License %(license)s is not filed yet. The three months end on %(due_on)s (Implementing Rules, Rule 15(2))."
        " Annuities that fall due before the filing are not reduced."
    ),
)
register(
    "license-expired",
    subject=_("License %(license)s has expired"),
    body=_(
        "The term of license %(license)s ended on %(ended_on)s. If it is recorded, have the record canceled by"
        " %(due_on)s."
    ),
)
register(
    "license-termination_proposed",
    subject=_("It is proposed to end license %(license)s"),
    body=_(
        "One side proposes that license %(license)s ends on %(last_day_on)s. It ends only if the other side agrees."
    ),
)
register(
    "license-terminated",
    subject=_("License %(license)s was ended by agreement"),
    body=_(
        "Both sides agreed; license %(license)s ended on %(ended_on)s. If it is recorded, have the record canceled by"
        " %(due_on)s."
    ),
)
register(
    "licensee-barred",
    subject=_("Statement %(statement)s cannot be accepted at present"),
    body=_(
        "The register of patents has a new entry against statement %(statement)s, under which you hold a license or have"
        " given notice: %(grounds)s Licenses obtained before stay valid (Patent Law, Art. 50(2)); a notice whose payment"
        " is still open can be completed once the bar falls away. The patentee must tell you too (Guidelines V-11,"
        " section 2(2))."
    ),
)
register(
    "licensee-resumed",
    subject=_("Statement %(statement)s can be accepted again"),
    body=_(
        "The register of patents holds no bar against statement %(statement)s any more (Implementing Rules, Rule 86)."
    ),
)
register(
    "licensee-ended",
    subject=_("Statement %(statement)s has ended"),
    body=_(
        "Statement %(statement)s, under which you hold a license or have given notice, has ended with effect from"
        " %(ended_on)s. Licenses obtained before stay valid on their terms (Patent Law, Art. 50(2)). A notice brings about"
        " a license only if what is due was paid before that day."
    ),
)


def tell_licensees(event: str, statement: Statement, *, at: datetime, **params: Any) -> None:
    """Tell whoever holds a license under the statement, or has given notice, what the register did to it."""
    holders = License.objects.filter(statement=statement, status=LicenseStatus.IN_FORCE).values("licensee_id")
    waiting = Notice.objects.filter(statement=statement, status=NoticeStatus.WAITING).values("licensee_id")
    for row in holders.union(waiting).order_by("licensee_id"):
        notify(
            f"licensee-{event}",
            key=f"licensee-{event}:{statement.pk}:{row['licensee_id']}:{at.isoformat()}",
            at=at,
            organisation_id=row["licensee_id"],
            params={"statement": statement.number, **params},
            url=reverse("registry:statement", args=[statement.number]),
        )


def tell_of_notice(event: str, notice: Notice, *, at: datetime, **params: Any) -> None:
    """Tell both sides of a notice what became of it."""
    words = {
        "statement": notice.statement.number,
        "licensee": notice.licensee_name,
        "served_on": str(notice.served_on),
        **params,
    }
    _tell(f"notice-{event}", notice, notice, at=at, params=words, url=reverse("licensing:notice", args=[notice.pk]))


def tell_both_sides(event: str, license: License, *, at: datetime, **params: Any) -> None:
    """Tell both sides of a license what became of it."""
    notice = license.notice
    words = {
        "license": license.number,
        "statement": notice.statement.number,
        "licensee": notice.licensee_name,
        **params,
    }
    _tell(f"license-{event}", license, notice, at=at, params=words, url=reverse("licensing:license", args=[license.pk]))


def tell_aftermath(item: FilingAftermath, *, at: datetime) -> None:
    """Tell both sides, and whoever decided, that an event on which a filing was decided is annulled."""
    filing, words = item.filing, _annulled(item.event)
    tell_both_sides(f"annulled_{item.kind}", filing.license, at=at, **words)
    notify(
        "filing-aftermath",
        key=f"filing-aftermath:{item.pk}",
        at=at,
        user_id=filing.decided_by_id,
        params={"license": filing.license.number, **words},
        url=reverse("admin:licensing_filingaftermath_change", args=[item.pk]),
    )


def tell_annulled_end(statement: Statement, event: RegisterEvent, *, at: datetime) -> None:
    """Tell those whose notices waited, or were closed, that an event on which their statement ended is annulled."""
    left = statement.notices.filter(status__in=(NoticeStatus.WAITING, NoticeStatus.CLOSED))
    for notice in left.order_by("served_at"):
        notify(
            "notice-annulled_ground",
            key=f"notice-annulled_ground:{event.pk}:{notice.pk}",
            at=at,
            organisation_id=notice.licensee_id,
            params={"statement": statement.number, **_annulled(event)},
            url=reverse("licensing:notice", args=[notice.pk]),
        )


def _annulled(event: RegisterEvent) -> dict[str, Any]:
    return {
        "entry": in_every_language(lambda: str(event.get_kind_display())),
        "effective_on": event.effective_on.isoformat(),
    }


def _tell(
    code: str, about: Notice | License, notice: Notice, *, at: datetime, params: dict[str, Any], url: str
) -> None:
    for organisation_id in [*licensors_of(notice.statement), notice.licensee_id]:
        notify(
            code,
            key=f"{code}:{about.pk}:{organisation_id}:{at.isoformat()}",
            at=at,
            organisation_id=organisation_id,
            params=params,
            url=url,
        )
