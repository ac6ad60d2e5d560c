"""Lists that people work through: notices, licenses and filings with their clocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts.enums import MandateAct
from core.lifecycle import Actor
from licensing.enums import STANDING_FILINGS, FilingStatus, LicenseStatus, NoticeStatus
from licensing.models import Filing, License, Notice
from licensing.queries.timing import filing_due_on
from registry.models import Statement
from registry.queries.statements import principals_of


@dataclass(frozen=True, slots=True)
class WantedFiling:
    """A license in force that nobody has filed yet, and its last day."""

    license: License
    due_on: date


def licensor_side(principals: list[UUID], prefix: str = "") -> Q:
    """Return the condition that one of these organisations is on the licensor's side of a statement."""
    holders = "patent__ownerships__patentee__organisation_id__in"
    return Q(**{f"{prefix}filed_by_id__in": principals}) | Q(**{f"{prefix}{holders}": principals})


def notices_seen_by(actor: Actor, *, on: date) -> QuerySet[Notice]:
    """Return the notices on either side of which the actor stands, newest first."""
    principals = principals_of(actor, on=on, act=MandateAct.LICENSES)
    seen = Q(licensee_id__in=principals) | Q(
        statement__in=Statement.objects.filter(licensor_side(principals)).values("pk")
    )
    return Notice.objects.filter(seen).select_related("statement__patent", "licensee").order_by("-served_at")


def licenses_seen_by(actor: Actor, *, on: date) -> QuerySet[License]:
    """Return the licenses on either side of which the actor stands, newest first."""
    principals = principals_of(actor, on=on, act=MandateAct.LICENSES)
    seen = Q(licensee_id__in=principals) | Q(
        statement__in=Statement.objects.filter(licensor_side(principals)).values("pk")
    )
    return License.objects.filter(seen).select_related("statement__patent", "notice").order_by("-obtained_at")


def filings_seen_by(actor: Actor, *, on: date) -> QuerySet[Filing]:
    """Return the filings of those licenses, newest first."""
    licenses = licenses_seen_by(actor, on=on).order_by().values("pk")
    return (
        Filing.objects.filter(license_id__in=licenses)
        .select_related("license__statement__patent", "license__notice", "applicant")
        .order_by("-submitted_at")
    )


def as_licensee(actor: Actor, *, on: date) -> tuple[QuerySet[Notice], QuerySet[License]]:
    """Return the actor's own notices that wait for payment, and its own licenses with their filings."""
    principals = principals_of(actor, on=on, act=MandateAct.LICENSES)
    waiting = Notice.objects.filter(licensee_id__in=principals, status=NoticeStatus.WAITING)
    licenses = License.objects.filter(licensee_id__in=principals)
    return (
        waiting.select_related("statement__patent").order_by("served_at"),
        with_filings(licenses).order_by("-effective_on"),
    )


def with_filings(licenses: QuerySet[License]) -> QuerySet[License]:
    """Return the licenses with patent, notice and their filings, newest filing first."""
    return licenses.select_related("statement__patent", "notice").prefetch_related(
        Prefetch("filings", queryset=Filing.objects.order_by("-submitted_at"))
    )


def filings_wanted(licenses: QuerySet[License] | None = None) -> Iterator[WantedFiling]:
    """Yield licenses in force without standing filing, with their last day to file."""
    base = License.objects.all() if licenses is None else licenses
    unfiled = (
        base.filter(status=LicenseStatus.IN_FORCE)
        .exclude(pk__in=Filing.objects.filter(status__in=STANDING_FILINGS).values("license_id"))
        .select_related("statement__patent", "notice__statement")
        .order_by("effective_on", "number")
    )
    for license in unfiled:
        yield WantedFiling(license, filing_due_on(license))


def filings_queue() -> QuerySet[Filing]:
    """Return the filings that wait for an examiner, the oldest first."""
    waiting = Filing.objects.filter(status=FilingStatus.SUBMITTED)
    return waiting.select_related("license__statement__patent", "license__notice", "applicant").order_by("submitted_at")
