"""Who stands on the licensor's side of a statement."""

from uuid import UUID

from accounts.enums import Residence
from registry.models import Statement


def licensors_of(statement: Statement) -> list[UUID]:
    """Return the organisations on the licensor's side: who filed the statement, then every identified holder."""
    holders = statement.patent.ownerships.exclude(patentee__organisation=None).order_by("position")
    others = list(holders.values_list("patentee__organisation_id", flat=True))
    return list(dict.fromkeys([statement.filed_by_id, *others]))


def licensor_in_mainland(statement: Statement) -> bool:
    """Whether a holder resides in mainland China: a license to somebody elsewhere is then a technology export."""
    return statement.patent.owners.filter(residence=Residence.MAINLAND).exists()


def licensor_names(statement: Statement) -> list[str]:
    """Return the holders' names in the register's order."""
    return [held.patentee.name for held in statement.patent.ownerships.select_related("patentee").order_by("position")]
