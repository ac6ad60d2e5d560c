"""The early end of a license, which both sides agree on."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import operation
from core.api.wire import filled, given, read
from core.deadlines import law_date
from licensing.actions.ending import agree_to_termination, propose_termination
from licensing.api.endpoints import SideEndpoint
from licensing.api.licenses import LICENSES
from licensing.api.shapes import LicenseSerializer, TerminationInputSerializer
from licensing.forms.taking import TerminationForm


class Termination(SideEndpoint):
    """The proposal of one side."""

    @operation(
        "propose_termination",
        _("Propose that a license ends early"),
        tag=LICENSES,
        takes=TerminationInputSerializer,
        gives=LicenseSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Propose a last day to the other side. Nothing changes until it agrees; a proposal is made once."""
        at = timezone.now()
        said = given(read(TerminationInputSerializer, request.data))
        found, _standing = self.license(pk, at)
        form = filled(TerminationForm(said, first=law_date(at), last=found.ends_on))
        propose_termination(license_id=found.pk, by=self.actor, at=at, **form.cleaned_data)
        return self.say_license(pk, at, status=201)


class AgreeToTermination(SideEndpoint):
    """The agreement of the other side."""

    @operation("agree_to_termination", _("Agree to the proposed end"), tag=LICENSES, gives=LicenseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree to what the other side proposed: the license ends with that day, or with today if it is past."""
        at = timezone.now()
        agree_to_termination(license_id=self.license(pk, at)[0].pk, by=self.actor, at=at)
        return self.say_license(pk, at)
