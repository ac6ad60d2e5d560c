"""For whom somebody acts in a notice or license. What a third party names does not exist for them."""

from datetime import datetime

from core.deadlines import law_date
from core.lifecycle import Actor
from licensing.enums import FilingSide
from licensing.models import License, Notice
from licensing.queries.standing import Standing, standing_of


def require_side(thing: Notice | License, *sides: FilingSide, by: Actor, at: datetime) -> Standing:
    """Return the actor's standing in a notice or license, if it is on one of these sides; by default on either.

    Raises:
        Notice.DoesNotExist, License.DoesNotExist: it is not; the same as for one that is not there.
    """
    standing = standing_of(by, thing.statement, thing.licensee_id, on=law_date(at))
    if standing is None or (sides and standing.side not in sides):
        raise type(thing).DoesNotExist(f"{by.label} is on no such side")
    return standing
