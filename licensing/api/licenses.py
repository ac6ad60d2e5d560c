"""Licenses, their certificates, and their filings with the office."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import PublicEndpoint
from core import storage
from core.api.schema import FILES, PDF, operation
from core.api.wire import answer, filled, form_data, page_of, read
from core.deadlines import law_date
from core.exports import pdf_download
from licensing.actions.deciding import cancel_filing
from licensing.actions.filing import submit_filing, take_back_filing
from licensing.api.endpoints import SideEndpoint
from licensing.api.shapes import (
    FilingInputSerializer,
    FilingSerializer,
    GenuineSerializer,
    LicenseRowSerializer,
    LicenseSerializer,
)
from licensing.documents.certificate import certificate_of
from licensing.forms.filing import FilingForm, plain_code
from licensing.queries.facts import is_export_license
from licensing.queries.genuine import genuine_license
from licensing.queries.worklists import filings_seen_by, licenses_seen_by

LICENSES, FILINGS = "licenses", "filings"


class Genuine(PublicEndpoint):
    """The check of a certificate."""

    @operation("check_certificate", _("Check a certificate"), tag=LICENSES, gives=GenuineSerializer)
    def get(self, request: Request, code: str) -> Response:
        """What the certificate with this code must say, and how the license stands today. No personal data."""
        license = genuine_license(plain_code(code))
        if license is None:
            raise Http404
        return answer(GenuineSerializer, license)


class MyLicenses(SideEndpoint):
    """Licenses of either side."""

    @operation("list_my_licenses", _("List licenses"), tag=LICENSES, gives=LicenseRowSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """The licenses on either side of which the caller stands, the newest first."""
        return page_of(request, licenses_seen_by(self.actor, on=law_date(timezone.now())), LicenseRowSerializer)


class MyLicense(SideEndpoint):
    """One license."""

    @operation("read_my_license", _("Read a license"), tag=LICENSES, gives=LicenseSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """A license with its frozen terms, its filings and the last day to file."""
        return self.say_license(pk, timezone.now())


class Certificate(SideEndpoint):
    """The certificate."""

    @operation("read_certificate", _("Fetch the certificate"), tag=LICENSES, files=(PDF,))
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The certificate as PDF."""
        license, _standing = self.license(pk, timezone.now())
        return pdf_download(f"{license.number}.pdf", certificate_of(license))


class LicenseFilings(SideEndpoint):
    """Filing a license."""

    parser_classes = (MultiPartParser,)

    @operation(
        "submit_filing",
        _("File a license with the office"),
        tag=FILINGS,
        takes=FilingInputSerializer,
        gives=FilingSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Either side files, alone. Notice, terms and payment are on file already and go with it."""
        at = timezone.now()
        read(FilingInputSerializer, request.data)
        license, standing = self.license(pk, at)
        options = {"is_export": is_export_license(license), "through_agency": standing.through_agency}
        form = filled(FilingForm(*form_data(request), **options))
        filing = submit_filing(
            license_id=license.pk,
            handler_name=form.cleaned_data["handler_name"],
            papers=form.papers(),
            by=self.actor,
            at=at,
        )
        return self.say_filing(filing.pk, at, status=201)


class MyFilings(SideEndpoint):
    """Filings of either side."""

    @operation("list_my_filings", _("List filings"), tag=FILINGS, gives=FilingSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """The filings of the caller's licenses, on either side, the newest first."""
        found = filings_seen_by(self.actor, on=law_date(timezone.now()))
        return page_of(request, found.prefetch_related("papers", "changes"), FilingSerializer)


class MyFiling(SideEndpoint):
    """One filing."""

    @operation("read_my_filing", _("Read a filing"), tag=FILINGS, gives=FilingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Where a filing stands; its number once it is recorded, the reasons where it is refused."""
        return self.say_filing(pk, timezone.now())


class Paper(SideEndpoint):
    """A paper of a filing."""

    @operation("read_filing_paper", _("Fetch a paper of a filing"), tag=FILINGS, files=FILES)
    def get(self, request: Request, pk: UUID, paper_pk: UUID) -> FileResponse:
        """The paper's file, for the side that handed it in alone: it may prove a person's identity."""
        found, standing = self.filing(pk, timezone.now())
        if standing.organisation_id != found.applicant_id:
            raise Http404
        return storage.respond(get_object_or_404(found.papers.select_related("file"), pk=paper_pk).file)


class TakeBack(SideEndpoint):
    """Taking a filing back."""

    @operation("take_filing_back", _("Take a filing back"), tag=FILINGS, gives=FilingSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """The side that filed takes the filing back before the office decides."""
        at = timezone.now()
        take_back_filing(filing_id=self.filing(pk, at)[0].pk, by=self.actor, at=at)
        return self.say_filing(pk, at)


class CancelRecord(SideEndpoint):
    """Canceling the record of an ended license."""

    @operation("cancel_record", _("Have a record canceled"), tag=FILINGS, gives=FilingSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Have the record of a license that is over canceled; the bulletin announces it."""
        at = timezone.now()
        cancel_filing(filing_id=self.filing(pk, at)[0].pk, by=self.actor, at=at)
        return self.say_filing(pk, at)
