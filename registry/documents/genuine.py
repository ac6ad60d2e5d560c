"""Is this from the bulletin? A file is genuine if it is, byte for byte, what this registry hands out or has handed out; a
text by its hash."""

import io
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pikepdf
from django.utils.translation import gettext_lazy as _

from core.exports import csv_lines
from core.rules import Text
from registry.bulletin.canonical import canonical
from registry.bulletin.documents import FORMAT
from registry.bulletin.merkle import leaf_hash
from registry.documents.bulletin import issue_pdf
from registry.models import BulletinEntry, BulletinIssue, PrintedIssue
from registry.queries.log import PROOF_FORMAT, document_of, proof_of
from registry.queries.tables import ENTRY_HEADER, entry_rows

LABEL = re.compile(r"(?<!\d)(\d{4})-(\d{3,5})(?!\d)")
ENTRY_FIELDS = ("issue", "position", "kind", "content")


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was recognized, and where in the bulletin it stands."""

    what: Text
    issue: BulletinIssue
    entry: BulletinEntry | None = None


def recognize_file(data: bytes) -> Recognized | None:
    """Return what a file is if exactly these bytes come from the bulletin."""
    if data.startswith(b"%PDF"):
        issue = _printed(data)
        return Recognized(_("Issue of the bulletin (PDF)"), issue) if issue else None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        return _table(text, data)
    return recognize_text(text)


def _printed(data: bytes) -> BulletinIssue | None:
    """Return the issue of which this is a print, of whatever version of the printer. One of which no print is known yet may
    have been handed out before their hashes were kept."""
    known = PrintedIssue.objects.select_related("issue").filter(sha256=sha256(data).hexdigest()).first()
    if known is not None:
        return known.issue
    issue = _issue(title_of(data))
    unknown = issue is not None and not issue.prints.exists()
    return issue if issue is not None and unknown and issue_pdf(issue) == data else None


def recognize_text(text: str) -> Recognized | None:
    """Return what a text is: an issue, an entry, a proof as JSON; a checkpoint; a leaf or a root in hexadecimal."""
    bare = text.strip()
    if re.fullmatch(r"[0-9a-fA-F]{64}", bare):
        return _hash(bare.lower())
    if not bare.startswith("{"):
        return _checkpoint(bare)
    try:
        said = json.loads(bare)
        if said.get("format") == FORMAT:
            issue = _issue(str(said.get("issue")))
            same = issue is not None and document_of(issue).decode() == bare + "\n"
            return Recognized(_("Issue of the bulletin (JSON)"), issue) if issue and same else None
        if said.get("format") == PROOF_FORMAT:
            return _proof(said, bare)
        return _entry(leaf_hash(canonical({name: said[name] for name in ENTRY_FIELDS})))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _proof(said: dict[str, Any], bare: str) -> Recognized | None:
    """A proof is what the registry gives for this entry and this checkpoint, or it is none."""
    found = _entry(str(said["leaf"]))
    issue = BulletinIssue.objects.filter(checkpoint=said["checkpoint"]).first()
    if found is None or found.entry is None or issue is None or issue.serial < found.issue.serial:
        return None
    same = canonical(proof_of(found.entry, issue).data).decode() == bare
    return Recognized(_("Proof of an entry"), issue, found.entry) if same else None


def _checkpoint(bare: str) -> Recognized | None:
    text = bare.replace("\r\n", "\n") + "\n"
    issue = None if "\x00" in text else BulletinIssue.objects.filter(checkpoint=text).first()  # no NUL for PostgreSQL
    return Recognized(_("Signed checkpoint"), issue) if issue else None


def _hash(text: str) -> Recognized | None:
    found = _entry(text)
    issue = None if found else BulletinIssue.objects.filter(root_hash=text).first()
    return Recognized(_("Root after an issue"), issue) if issue else found


def _entry(leaf: str) -> Recognized | None:
    found = BulletinEntry.objects.select_related("issue").filter(content_hash=leaf).first()
    return Recognized(_("Entry of the bulletin"), found.issue, found) if found else None


def _table(text: str, data: bytes) -> Recognized | None:
    issue = _issue(text.partition("\n")[2][:20])  # the first column of the first row
    if issue is None or "".join(csv_lines(ENTRY_HEADER, entry_rows(issue))).encode() != data:
        return None
    return Recognized(_("Issue of the bulletin (CSV)"), issue)


def title_of(data: bytes) -> str:
    """Return the title a PDF bears, "" if it has none or cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return str(document.docinfo.get("/Title", ""))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return ""


def _issue(label: str) -> BulletinIssue | None:
    found = LABEL.search(label)
    return BulletinIssue.objects.filter(year=int(found[1]), number=int(found[2])).first() if found else None
