"""An issue of the bulletin as PDF/A, in Chinese: the fields of the one content that is hashed, paginated, sealed.

Made when first asked for and kept: what was handed out once stays the same bytes even if the press changes. Of every PDF
that is handed out the hash is kept for ever, so that it is known again even when its file is lost.
"""

from hashlib import sha256
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.pdf import render
from registry.actions.printing import keep_print
from registry.bulletin.fields import FIELDS, fields_of, shown
from registry.enums import EntryKind
from registry.models import BulletinEntry, BulletinIssue, PrintedIssue


def issue_pdf(issue: BulletinIssue) -> bytes:
    """Return the issue as PDF: the kept file if it is a print of the issue, or a new one that is kept from now on."""
    path = f"bulletin/{issue}-{issue.root_hash[:16]}.pdf"
    document = _kept(issue, path)
    if document is None:
        document = press(issue)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(document))
    keep_print(PrintedIssue, document, issue=issue)
    return document


def _kept(issue: BulletinIssue, path: str) -> bytes | None:
    """Return the kept file, None if there is none or if somebody changed it. One of before hashes were kept is believed."""
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        document: bytes = file.read()
    hashes = set(issue.prints.values_list("sha256", flat=True))
    return document if not hashes or sha256(document).hexdigest() in hashes else None


def press(issue: BulletinIssue) -> bytes:
    """Make the PDF of an issue: the same issue always gives the same bytes."""
    address = settings.PUBLIC_BASE_URL + reverse("registry:issue", args=[issue.year, issue.number])
    with override("zh-hans"):
        return render("bulletin.typ", issue_data(issue, address), at=issue.published_at, qr=address)


def issue_data(issue: BulletinIssue, address: str) -> dict[str, Any]:
    """Return what the document says, in the active language."""
    entries = issue.entries.order_by("position")
    return {
        "title": _("Bulletin of open licenses"),
        "issuer": _("Patent Open License Registry"),
        "issue": str(issue),
        "issued_on": str(issue.issued_on),
        "count": _("%(count)s entries") % {"count": issue.entry_count},
        "address": address,
        "address_label": _("Check this document:"),
        "leaf_label": _("Leaf"),
        "checkpoint_label": _("Signed checkpoint"),
        "checkpoint": issue.checkpoint,
        "groups": [
            {"kind": str(EntryKind(kind).label), "entries": [_entry(entry) for entry in group]}
            for kind, group in groupby(entries, key=lambda entry: entry.kind)
        ],
    }


def _entry(entry: BulletinEntry) -> dict[str, Any]:
    said = fields_of(entry.content)
    return {
        "position": str(entry.position),
        "fields": [{"label": str(FIELDS[name]), "value": shown(name, value)} for name, value in said.items()],
        "leaf": entry.content_hash,
    }
