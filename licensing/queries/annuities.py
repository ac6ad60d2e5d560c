"""The annuities of a patent, read from the register and its licenses."""

from datetime import date

from core.deadlines import law_date
from licensing.annuities.reduction import Hardship, OpenLicense
from licensing.annuities.schedule import annuity_due_on, patent_year_on
from licensing.annuities.surcharge import last_payment_day
from licensing.annuities.year_table import AnnuityFacts, YearRow, year_table
from licensing.enums import FilingStatus
from licensing.models import License
from registry.enums import AnnuityState, RightStatus
from registry.models import Patent

RECORDED = (FilingStatus.RECORDED, FilingStatus.CANCELED)


def annuity_rows(patent: Patent, *, on: date, hardship: Hardship | None = None) -> list[YearRow]:
    """Return each patent year of a patent with its annuity, as it stands on that day."""
    return year_table(annuity_facts(patent, on=on, hardship=hardship), on)


def annuity_facts(patent: Patent, *, on: date, hardship: Hardship | None = None) -> AnnuityFacts:
    """Return a patent as its annuities see it. ``paid_through`` follows from what the register says of annuities."""
    licenses = License.objects.filter(statement__patent=patent).select_related("statement").prefetch_related("filings")
    return AnnuityFacts(
        kind=patent.kind,
        filing_on=patent.filed_on,
        granted_on=patent.granted_on,
        term_ends_on=patent.term_ends_on,
        licenses=tuple(as_open_license(license) for license in licenses.order_by("effective_on", "number")),
        hardship=hardship,
        paid_through=paid_through(patent, on=on),
    )


def as_open_license(license: License) -> OpenLicense:
    """Return a license as its annuities see it. The day of the filing that was recorded is the request for the cut."""
    recorded = [filing for filing in license.filings.all() if filing.status in RECORDED]
    filings = recorded or [item for item in license.filings.all() if item.status == FilingStatus.SUBMITTED]
    filing = max(filings, key=lambda item: item.submitted_at, default=None)
    return OpenLicense(
        number=license.number,
        effective_on=license.effective_on,
        ends_on=license.ended_on or license.ends_on,
        filed_on=filing.submitted_on if filing else None,
        recorded=bool(recorded),
        withdrawn_on=license.statement.ended_on,
    )


def paid_through(patent: Patent, *, on: date) -> int | None:
    """Return the last patent year whose annuity is paid, as far as the register says; None where it does not.

    The register says "paid" or "late" as of a day: paid means that everything due by then is paid, late that all but
    the newest is. What the register says grows old: once the next annuity's last day is past and the right is still
    in force, it must have been paid since, and how far is not known.
    """
    as_of = min(law_date(patent.facts_as_of), on)
    if as_of < patent.filed_on or patent.annuity_state == AnnuityState.UNKNOWN:
        return None
    year = patent_year_on(patent.filed_on, as_of)
    paid = year if patent.annuity_state == AnnuityState.PAID else year - 1
    outdated = on > last_payment_day(annuity_due_on(patent.filed_on, paid + 1))
    return None if outdated and patent.right_status == RightStatus.IN_FORCE else paid
