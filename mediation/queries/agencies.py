"""Agencies that a party can name in a case."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.enums import MandateAct
from accounts.models import Organisation
from accounts.queries import mandates_in_force


def agencies_to_name(party_id: UUID, *, on: date) -> QuerySet[Organisation]:
    """Return the agencies that hold the party's mandate for mediation on this day, by name."""
    mandates = mandates_in_force(None, on=on, act=MandateAct.MEDIATION).filter(principal_id=party_id)
    return Organisation.objects.filter(pk__in=mandates.values("agency_id")).order_by("name")
