"""What a record says of its parties now, and what changing it needs."""

from django.db.models import QuerySet

from licensing.enums import ChangeItem, ChangeStatus
from licensing.models import Filing, FilingChange
from licensing.queries.parties import licensor_names
from licensing.rules.changing import ChangeFacts
from registry.enums import EntryKind
from registry.models import PendingEntry

BETWEEN = "; "  # as the bulletin joins several names


def recorded_names(filing: Filing) -> dict[ChangeItem, str]:
    """Return under what names the parties of a recorded filing are recorded: as announced, then as changed."""
    said = PendingEntry.objects.get(kind=EntryKind.FILING, subject_id=filing.pk).content
    names = {ChangeItem.LICENSORS: BETWEEN.join(said["licensors"]), ChangeItem.LICENSEE: said["licensee"]}
    for change in filing.changes.filter(status=ChangeStatus.RECORDED).order_by("decided_at"):
        names[ChangeItem(change.item)] = change.after
    return names


def names_in(recorded: str) -> list[str]:
    """Return the single names of what a record says."""
    return recorded.split(BETWEEN)


def register_names(filing: Filing) -> str:
    """Return the holders of the patent as the register names them now."""
    return BETWEEN.join(licensor_names(filing.license.statement))


def change_facts(
    filing: Filing,
    item: ChangeItem,
    *,
    after: str,
    grounds: str,
    by_side: bool,
    proved: bool,
    but: FilingChange | None = None,
) -> ChangeFacts:
    """Return the facts of a change, made or about to be made; ``but`` is the request itself."""
    return ChangeFacts(
        item=item,
        before=recorded_names(filing)[item],
        after=after,
        register=register_names(filing),
        grounds=grounds,
        by_side=by_side,
        proved=proved,
        waiting=is_change_waiting(filing, but=but),
    )


def is_change_waiting(filing: Filing, *, but: FilingChange | None = None) -> bool:
    """Whether a change of the filing waits for an examiner, other than ``but``."""
    return filing.changes.filter(status=ChangeStatus.REQUESTED).exclude(pk=but and but.pk).exists()


def facts_of(change: FilingChange) -> ChangeFacts:
    """Return the facts of a request as they stand now."""
    return change_facts(
        change.filing,
        ChangeItem(change.item),
        after=change.after,
        grounds=change.grounds,
        by_side=bool(change.side),
        proved=change.proof_id is not None,
        but=change,
    )


def changes_queue() -> QuerySet[FilingChange]:
    """Return the changes that wait for an examiner, the oldest first."""
    return FilingChange.objects.filter(status=ChangeStatus.REQUESTED).order_by("requested_at")
