"""The bulletin's log as it is read: its tree, its issues as documents, its proofs, its keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db.models import F, QuerySet

from registry.bulletin.canonical import canonical
from registry.bulletin.documents import PrintedEntry, issue_document
from registry.bulletin.merkle import BLOCK, Log, Tree
from registry.bulletin.notes import Checkpoint, VerifierKey
from registry.models import BulletinEntry, BulletinIssue, BulletinKey, LogNode, Statement

PROOF_FORMAT = "open-license-bulletin-proof/1"
CONSISTENCY_FORMAT = "open-license-bulletin-consistency/1"


def kept_hashes(level: int, block: int) -> list[str]:
    """Return a block of the log's hashes, as :data:`registry.bulletin.merkle.Fetch` wants it."""
    first, end = block * BLOCK, (block + 1) * BLOCK
    if level:
        nodes = LogNode.objects.filter(level=level, index__gte=first, index__lt=end).order_by("index")
        return list(nodes.values_list("hash", flat=True))
    offset = F("issue__tree_size") - F("issue__entry_count")
    leaves = BulletinEntry.objects.filter(
        issue__tree_size__gt=first,
        issue__tree_size__lt=end + F("issue__entry_count"),
        position__gt=first - offset,
        position__lte=end - offset,
    )
    return list(leaves.order_by("issue__serial", "position").values_list("content_hash", flat=True))


def tree_of(issue: BulletinIssue) -> Tree:
    """Return the log's tree as it stood after an issue."""
    return Tree(issue.tree_size, kept_hashes)


def log_before(issue: BulletinIssue) -> Log:
    """Return the log as the issue found it."""
    before = BulletinIssue.objects.filter(serial=issue.serial - 1).first()
    return log_after(before)


def log_after(issue: BulletinIssue | None) -> Log:
    """Return the log as an issue left it; the empty log for none."""
    return Log(issue.tree_size, tuple(issue.frontier)) if issue else Log()


def checkpoint_of(issue: BulletinIssue, before: Log, *, origin: str, has_effect: bool) -> Checkpoint:
    """Return what is signed with an issue."""
    return Checkpoint(
        origin=origin,
        size=issue.tree_size,
        root=issue.root_hash,
        issue=str(issue),
        serial=issue.serial,
        issued_on=str(issue.issued_on),
        published_at=issue.published_at.astimezone(UTC).isoformat(),
        entries=issue.entry_count,
        previous_size=before.size,
        previous_root=before.root,
        has_effect=has_effect,
    )


def printed(entry: BulletinEntry) -> PrintedEntry:
    """Return an entry as it was printed and hashed."""
    return PrintedEntry(str(entry.issue), entry.position, entry.kind, entry.content)


def document_of(issue: BulletinIssue, before: Log | None = None) -> bytes:
    """Return an issue's file: one line of canonical JSON. The same issue always gives the same bytes."""
    before = log_before(issue) if before is None else before
    said = checkpoint_of(issue, before, origin="", has_effect=True)  # neither stands in the file but in the note
    entries = issue.entries.order_by("position").only("position", "kind", "content")
    printed_entries = (PrintedEntry(str(issue), item.position, item.kind, item.content) for item in entries)
    return canonical(issue_document(said, issue.checkpoint, before, printed_entries)) + b"\n"


def documents_of(issues: QuerySet[BulletinIssue]) -> Iterator[bytes]:
    """Yield the files of several issues, one a line, in the order of their numbers."""
    before: BulletinIssue | None = None
    for issue in issues.order_by("serial").iterator(chunk_size=20):
        follows = before is not None and before.serial == issue.serial - 1
        yield document_of(issue, log_after(before) if follows else None)
        before = issue


@dataclass(frozen=True, slots=True)
class EntryProof:
    """That an entry is in the log: the way from its leaf to the root that an issue's checkpoint signs."""

    entry: BulletinEntry
    issue: BulletinIssue  # whose checkpoint is proved against
    index: int
    path: Sequence[str]

    @property
    def data(self) -> dict[str, Any]:
        """The proof as the verifier reads it."""
        return {
            "format": PROOF_FORMAT,
            "entry": printed(self.entry).document,
            "leaf": self.entry.content_hash,
            "index": self.index,
            "path": list(self.path),
            "checkpoint": self.issue.checkpoint,
        }


def index_of(entry: BulletinEntry) -> int:
    """Return the number of the entry's leaf in the log, from 0."""
    return entry.issue.size_before + entry.position - 1


def proof_of(entry: BulletinEntry, issue: BulletinIssue | None = None, tree: Tree | None = None) -> EntryProof:
    """Prove an entry against its own issue's checkpoint, or against a later one.

    Raises:
        IndexError: the issue appeared before the entry.
    """
    against = issue or entry.issue
    index = index_of(entry)
    return EntryProof(entry, against, index, (tree or tree_of(against)).inclusion(index))


def announcement_proof(statement: Statement) -> EntryProof:
    """Return the proof of a statement's announcement, against the checkpoint of its own issue: it never changes.

    Raises:
        ValueError: the statement was not announced.
    """
    if statement.announced_in is None:
        raise ValueError(f"{statement} was not announced")
    return proof_of(statement.announced_in)


def proofs_against(issue: BulletinIssue, entries: QuerySet[BulletinEntry]) -> Iterator[bytes]:
    """Yield the proof of each entry against one issue's checkpoint, one a line."""
    tree = tree_of(issue)
    for entry in entries.select_related("issue").order_by("issue__serial", "position").iterator(chunk_size=500):
        yield canonical(proof_of(entry, issue, tree).data) + b"\n"


def issue_named(label: str) -> BulletinIssue:
    """Return the issue of a label such as 2026-012.

    Raises:
        BulletinIssue.DoesNotExist: there is no such issue, or this is no label.
    """
    year, _dash, number = label.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in (year, number)):
        raise BulletinIssue.DoesNotExist(label)
    return BulletinIssue.objects.get(year=int(year), number=int(number))


def consistency_of(first: BulletinIssue, second: BulletinIssue) -> dict[str, Any]:
    """Return the proof that the log after the second issue continues the log after the first.

    Raises:
        IndexError: the second appeared before the first.
    """
    path = tree_of(second).consistency(first.tree_size)
    return {
        "format": CONSISTENCY_FORMAT,
        "first": first.checkpoint,
        "second": second.checkpoint,
        "path": path,
    }


def keys() -> list[VerifierKey]:
    """Return every key the bulletin was ever signed with, the oldest first."""
    rows = BulletinKey.objects.order_by("first_serial", "key_id")
    return [VerifierKey(row.name, bytes.fromhex(row.public_key), row.has_effect) for row in rows]
