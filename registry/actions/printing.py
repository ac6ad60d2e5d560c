"""Printing an issue: its number without gaps, its place in the log, its signed checkpoint, its rows. All or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Model
from django.db.models.functions import Now

from core.references import next_number
from registry.bulletin.documents import PrintedEntry
from registry.bulletin.merkle import Log, new_nodes
from registry.bulletin.notes import VerifierKey, note
from registry.bulletin.ordering import Matter
from registry.models import BulletinEntry, BulletinIssue, BulletinKey, LogNode
from registry.queries.log import checkpoint_of, kept_hashes, log_after
from registry.signing import configured_signer

SERIAL = "bulletin"
AT_ONCE = 1000


def print_issue(matters: Sequence[Matter], *, on: date, at: datetime) -> tuple[BulletinIssue, list[BulletinEntry]]:
    """Write the issue of a day, entries in the given order. The caller holds the bulletin's lock.

    Raises:
        NoSigningKey: nothing can sign; then nothing is written either.
    """
    last = BulletinIssue.objects.order_by("-serial").first()
    before = log_after(last)
    number = next_number(f"{SERIAL}-{on.year}")
    label = f"{on.year}-{number:03d}"
    leaves = [
        PrintedEntry(label, position, matter.kind, matter.content).leaf
        for position, matter in enumerate(matters, start=1)
    ]
    after = before.appended(leaves)
    issue = BulletinIssue(
        year=on.year,
        number=number,
        serial=next_number(SERIAL),
        issued_on=on,
        published_at=at,
        entry_count=len(matters),
        tree_size=after.size,
        root_hash=after.root,
        previous_root=last.root_hash if last else "",
        frontier=list(after.frontier),
    )
    issue.checkpoint = _signed(issue, before)
    issue.save(force_insert=True)
    nodes = new_nodes(before.size, leaves, kept_hashes)
    LogNode.objects.bulk_create(LogNode(level=level, index=index, hash=node) for level, index, node in nodes)
    entries = [
        BulletinEntry(
            issue=issue,
            position=position,
            kind=matter.kind,
            patent_id=matter.patent_id,
            subject_id=matter.subject_id,
            content=matter.content,
            content_hash=leaf,
            corrects_id=matter.corrects_id,
        )
        for position, (matter, leaf) in enumerate(zip(matters, leaves, strict=True), start=1)
    ]
    return issue, BulletinEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def keep_print(prints: type[Model], document: bytes, **of: Model) -> None:
    """Keep the hash of a PDF, once, before it is handed out: from now on the public check knows it, whatever printer made
    it. ``prints`` is the table of such hashes, ``of`` what the PDF shows."""
    digest = sha256(document).hexdigest()
    kept = prints._default_manager
    if not kept.filter(sha256=digest).exists():
        kept.bulk_create([prints(**of, sha256=digest, printed_at=Now())], ignore_conflicts=True)


def _signed(issue: BulletinIssue, before: Log) -> str:
    """Sign the checkpoint with every present key, and keep the keys' public halves."""
    signer = configured_signer()
    keys = signer.keys()
    has_effect = all(key.has_effect for key in keys)
    text = checkpoint_of(issue, before, origin=settings.BULLETIN_ORIGIN, has_effect=has_effect).text
    signatures = signer.sign(text.encode())
    for key in keys:
        _keep(key, issue)
    return note(text, zip(keys, signatures, strict=True))


def _keep(key: VerifierKey, issue: BulletinIssue) -> None:
    row = BulletinKey(
        key_id=key.key_id,
        name=key.name,
        public_key=key.public.hex(),
        has_effect=key.has_effect,
        first_serial=issue.serial,
    )
    BulletinKey.objects.bulk_create([row], ignore_conflicts=True)
