"""Having the record of a license changed."""

from uuid import UUID

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core import storage
from core.api.schema import FILES, operation
from core.api.wire import filled, form_data, read
from licensing.actions.changing import request_change, take_back_change
from licensing.api.endpoints import SideEndpoint
from licensing.api.licenses import FILINGS
from licensing.api.shapes import ChangeInputSerializer, FilingSerializer
from licensing.forms.filing import ChangeForm


class FilingChanges(SideEndpoint):
    """Requests to change a record."""

    parser_classes = (MultiPartParser,)

    @operation(
        "request_change",
        _("Have a record changed"),
        tag=FILINGS,
        takes=ChangeInputSerializer,
        gives=FilingSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Either side asks the office to record a party under another name; the bulletin announces the change."""
        at = timezone.now()
        read(ChangeInputSerializer, request.data)
        found, _standing = self.filing(pk, at)
        form = filled(ChangeForm(*form_data(request)))
        request_change(filing_id=found.pk, by=self.actor, at=at, **form.cleaned_data)
        return self.say_filing(found.pk, at, status=201)


class ChangeProof(SideEndpoint):
    """The proof of a change."""

    @operation("read_change_proof", _("Fetch the proof of a requested change"), tag=FILINGS, files=FILES)
    def get(self, request: Request, pk: UUID, change_pk: UUID) -> FileResponse:
        """The proof's file, for the side that handed it in alone."""
        found, standing = self.filing(pk, timezone.now())
        own = found.changes.filter(applicant_id=standing.organisation_id).exclude(proof=None)
        return storage.respond(get_object_or_404(own.select_related("proof"), pk=change_pk).proof)


class TakeBackChange(SideEndpoint):
    """Taking such a request back."""

    @operation("take_change_back", _("Take a requested change back"), tag=FILINGS, gives=FilingSerializer, act=True)
    def post(self, request: Request, pk: UUID, change_pk: UUID) -> Response:
        """The side that asked takes its request back before the office decides."""
        at = timezone.now()
        found, standing = self.filing(pk, at)
        change = get_object_or_404(found.changes, pk=change_pk, applicant_id=standing.organisation_id)
        take_back_change(change_id=change.pk, by=self.actor, at=at)
        return self.say_filing(pk, at)
