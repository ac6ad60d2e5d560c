"""Which objects a page may show: those on whose side the actor stands; others do not exist."""

from datetime import date
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.http import ActingRequest
from accounts.roles import Role
from licensing.models import Filing, License, Notice
from licensing.queries.standing import Standing, standing_of
from licensing.queries.worklists import filings_seen_by, licenses_seen_by, notices_seen_by
from registry.enums import PUBLIC_STATUSES
from registry.models import Statement

SIDES = (Role.PATENTEE, Role.ENTERPRISE, Role.AGENCY)


def seen_notice(request: ActingRequest, pk: UUID, on: date) -> tuple[Notice, Standing]:
    """Return the notice and the actor's standing in it, or 404."""
    notice = get_object_or_404(notices_seen_by(request.actor, on=on), pk=pk)
    return notice, _standing(request, notice.statement, notice.licensee_id, on)


def seen_license(request: ActingRequest, pk: UUID, on: date) -> tuple[License, Standing]:
    """Return the license and the actor's standing in it, or 404."""
    license = get_object_or_404(licenses_seen_by(request.actor, on=on), pk=pk)
    return license, _standing(request, license.statement, license.licensee_id, on)


def seen_filing(request: ActingRequest, pk: UUID, on: date) -> tuple[Filing, Standing]:
    """Return the filing and the actor's standing in its license, or 404."""
    filing = get_object_or_404(filings_seen_by(request.actor, on=on), pk=pk)
    license = filing.license
    return filing, _standing(request, license.statement, license.licensee_id, on)


def public_statement(number: str) -> Statement:
    """Return a statement that is or was announced, or 404."""
    return get_object_or_404(Statement.objects.select_related("patent"), number=number, status__in=PUBLIC_STATUSES)


def _standing(request: ActingRequest, statement: Statement, licensee_id: UUID, on: date) -> Standing:
    standing = standing_of(request.actor, statement, licensee_id, on=on)
    if standing is None:
        raise Http404
    return standing
