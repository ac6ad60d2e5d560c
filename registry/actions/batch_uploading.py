"""A spreadsheet of statements comes in: kept as it is, its check owed; or it is thrown away again."""

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation
from accounts.roles import Role
from core import audit, outbox, storage
from core.legal import PRACTICE
from core.lifecycle import Actor, IllegalStep
from core.transitions import advance
from core.validation.files import CleanFile
from registry.enums import BatchStatus, RowOutcome
from registry.models import StatementBatch
from registry.queries.batches import batches_of

READ = "registry.read_batch"
FILERS = frozenset({Role.PATENTEE.value, Role.AGENCY.value})


@transaction.atomic
def upload_batch(*, file: CleanFile, by: Actor, at: datetime, replaces: StatementBatch | None = None) -> StatementBatch:
    """Keep an inspected spreadsheet and owe its check. ``replaces`` is the version that it corrects.

    Raises:
        Organisation.DoesNotExist: the actor files for nobody.
        StatementBatch.DoesNotExist: the version before is not theirs.
        IllegalStep: the version before is being submitted, or was corrected already.
    """
    if by.organisation_id is None or not by.roles & FILERS:
        raise Organisation.DoesNotExist(f"{by.label} files for nobody")
    if replaces is not None:
        _put_aside(own_batch(replaces, by=by), by=by, at=at)
    batch = StatementBatch(
        organisation_id=by.organisation_id,
        file=storage.store(file, by=by, at=at),
        replaces=replaces,
        uploaded_by_id=by.person_id,
        uploaded_at=at,
    )
    batch.save(force_insert=True)
    data = {"file": batch.file.name, "sha256": file.sha256, "replaces": str(replaces.pk) if replaces else ""}
    audit.record(
        "upload", batch, by=by, at=at, basis=[PRACTICE("statements by spreadsheet")], data=data, to_status=batch.status
    )
    outbox.enqueue(READ, key=f"batch-read:{batch.pk}", at=at, batch_id=str(batch.pk))
    return batch


def own_batch(batch: StatementBatch, *, by: Actor) -> StatementBatch:
    """Lock the batch and return it, if it is the actor's organisation's.

    Raises:
        StatementBatch.DoesNotExist: it is not.
    """
    return batches_of(by).select_for_update(of=("self",)).get(pk=batch.pk)


def _put_aside(before: StatementBatch, *, by: Actor, at: datetime) -> None:
    """A version that was submitted stays what it is; any other is replaced. None is corrected twice."""
    if StatementBatch.objects.filter(replaces=before).exists():
        raise IllegalStep("batch", "replace", before.status)
    if before.status != BatchStatus.SUBMITTED:
        advance(before, "replace", by=by, at=at)


@transaction.atomic
def discard_batch(*, batch: StatementBatch, by: Actor, at: datetime) -> StatementBatch:
    """Throw a batch away that was not submitted. It stays in the records and leaves the list.

    Raises:
        StatementBatch.DoesNotExist: it is not theirs.
        IllegalStep: rows of it were submitted, or it was replaced.
    """
    own = own_batch(batch, by=by)
    if own.rows.exclude(outcome=RowOutcome.BEFORE).exclude(statement=None).exists():
        raise IllegalStep("batch", "discard", own.status)  # its receipt is needed
    return advance(own, "discard", by=by, at=at)
