"""Which side of a notice or license somebody acts for. Who is on neither side sees nothing of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.enums import MandateAct
from core.lifecycle import Actor
from licensing.enums import FilingSide
from licensing.queries.parties import licensors_of
from registry.models import Statement
from registry.queries.statements import principals_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The side, the organisation acted for, and whether through an agency's mandate."""

    side: FilingSide
    organisation_id: UUID
    through_agency: bool


def standing_of(actor: Actor, statement: Statement, licensee_id: UUID, *, on: date) -> Standing | None:
    """Return the actor's standing in a notice or license under this statement, None for third parties."""
    principals = principals_of(actor, on=on, act=MandateAct.LICENSES)
    if licensee_id in principals:
        return Standing(FilingSide.LICENSEE, licensee_id, licensee_id != actor.organisation_id)
    for organisation_id in licensors_of(statement):
        if organisation_id in principals:
            return Standing(FilingSide.LICENSOR, organisation_id, organisation_id != actor.organisation_id)
    return None
