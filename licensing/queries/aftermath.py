"""What an annulled event had brought about in filings of licenses of its patent and is not undone with it."""

from collections.abc import Iterator

from django.db.models import Q

from licensing.enums import ChangeItem, FilingAftermathKind, FilingStatus
from licensing.models import Filing
from licensing.queries.changes import names_in, recorded_names, register_names
from registry.enums import EventKind
from registry.models import Patent, RegisterEvent
from registry.queries.events import while_it_counted

# Ground of refusal → the kinds of event that bring it about.
EVENTS_BEHIND: dict[str, tuple[EventKind, ...]] = {
    "R1": (EventKind.LAPSE, EventKind.SURRENDER, EventKind.EXPIRY, EventKind.INVALIDATION),
    "R2": (EventKind.ASSIGNMENT, EventKind.MERGER),
    "R5": (EventKind.ASSIGNMENT, EventKind.MERGER),
    "R6": (EventKind.ANNUITY_LATE,),
    "R7": (EventKind.SUSPENSION,),
    "R9": (EventKind.PLEDGE,),
    "R10": (EventKind.LICENSE,),
}
_NAMING = (EventKind.CHANGE_OF_NAME, EventKind.ASSIGNMENT, EventKind.MERGER)
_DECIDED = {
    FilingStatus.REFUSED: FilingAftermathKind.REFUSED,
    FilingStatus.REVOKED: FilingAftermathKind.REVOKED,
}


def filings_left_behind(patent: Patent, event: RegisterEvent) -> Iterator[tuple[Filing, FilingAftermathKind]]:
    """Return the filings that were refused or revoked on a ground that this event brought about, and the records that
    name a holder as this event did and the register does no longer.

    Whether another ground stood beside it is for a person to judge.
    """
    filings = Filing.objects.filter(license__statement__patent=patent).order_by("pk")
    filings = filings.select_related("license__statement__patent", "license__notice__statement")
    found = Q(pk__in=[])
    for rule, kinds in EVENTS_BEHIND.items():
        if event.kind in kinds:
            found |= Q(violations__contains=[{"rule": rule}])
    for filing in filings.filter(found, while_it_counted(event, "decided_at"), status__in=_DECIDED):
        yield filing, _DECIDED[FilingStatus(filing.status)]
    if event.kind in _NAMING:
        came = event.details["to"]
        named = {came} if isinstance(came, str) else set(came)
        for filing in filings.filter(status=FilingStatus.RECORDED):
            recorded = recorded_names(filing)[ChangeItem.LICENSORS]
            if recorded != register_names(filing) and named & set(names_in(recorded)):
                yield filing, FilingAftermathKind.NAMED
