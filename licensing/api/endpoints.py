"""What the endpoints of both sides have in common: they find what the caller stands on a side of, nothing else."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from accounts.api.endpoints import OwnEndpoint
from core.api.wire import answer
from core.deadlines import law_date
from core.lifecycle import WrongRole
from licensing.api.data import license_data, notice_data
from licensing.api.shapes import FilingSerializer, LicenseSerializer, NoticeSerializer
from licensing.enums import FilingSide
from licensing.models import Filing, License, Notice
from licensing.queries.standing import Standing, standing_of
from licensing.queries.worklists import filings_seen_by, licenses_seen_by, notices_seen_by
from registry.models import Statement


class SideEndpoint(OwnEndpoint):
    """For those who stand on a side of a notice, license or filing."""

    def notice(self, pk: UUID, at: datetime) -> tuple[Notice, Standing]:
        """Return a notice and the caller's standing in it, or 404."""
        found = get_object_or_404(notices_seen_by(self.actor, on=law_date(at)), pk=pk)
        return found, self._standing(found.statement, found.licensee_id, law_date(at))

    def license(self, pk: UUID, at: datetime) -> tuple[License, Standing]:
        """Return a license and the caller's standing in it, or 404."""
        found = get_object_or_404(licenses_seen_by(self.actor, on=law_date(at)), pk=pk)
        return found, self._standing(found.statement, found.licensee_id, law_date(at))

    def filing(self, pk: UUID, at: datetime) -> tuple[Filing, Standing]:
        """Return a filing and the caller's standing in its license, or 404."""
        found = get_object_or_404(filings_seen_by(self.actor, on=law_date(at)), pk=pk)
        return found, self._standing(found.license.statement, found.license.licensee_id, law_date(at))

    def notice_of(self, side: FilingSide, pk: UUID, at: datetime) -> tuple[Notice, Standing]:
        """Return a notice in which the caller stands on this side, or 404."""
        found, standing = self.notice(pk, at)
        if standing.side != side:
            raise WrongRole("notice", side, self.actor.roles)
        return found, standing

    def _standing(self, statement: Statement, licensee_id: UUID, on: date) -> Standing:
        standing = standing_of(self.actor, statement, licensee_id, on=on)
        if standing is None:
            raise Http404
        return standing

    def say_notice(self, pk: UUID, at: datetime, *, status: int = 200) -> Response:
        """Answer with the notice as it stands now."""
        return answer(NoticeSerializer, notice_data(*self.notice(pk, at)), status=status)

    def say_license(self, pk: UUID, at: datetime, *, status: int = 200) -> Response:
        """Answer with the license as it stands now."""
        return answer(LicenseSerializer, license_data(*self.license(pk, at)), status=status)

    def say_filing(self, pk: UUID, at: datetime, *, status: int = 200) -> Response:
        """Answer with the filing as it stands now."""
        return answer(FilingSerializer, self.filing(pk, at)[0], status=status)
