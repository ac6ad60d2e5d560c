"""Uploads: extension, first bytes and a real parse must agree. Of papers only a rewritten copy is kept; a workbook that
could act is refused instead, and no workbook is handed out again."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import puremagic
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.validation.images import rewrite_image
from core.validation.names import safe_name
from core.validation.pdfs import rewrite_pdf
from core.validation.refusals import UploadRefused
from core.validation.scanning import Scanner, configured_scanner
from core.validation.sheets import examine_table, examine_workbook

MAX_SIZE = 20 * 1024 * 1024


class FileKind(StrEnum):
    """What may be uploaded."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"
    CSV = "csv"


DOCUMENTS = frozenset({FileKind.PDF})
PAPERS = frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG})  # a document or a picture of one
TABLES = frozenset({FileKind.XLSX, FileKind.CSV})

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
}
_EXTENSIONS = {**{kind.value: kind for kind in FileKind}, "jpg": FileKind.JPEG}
_KEPT_EXTENSIONS = {**{kind: kind.value for kind in FileKind}, FileKind.JPEG: "jpg"}
_SIGNATURES = {
    FileKind.PDF: b"%PDF-",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.XLSX: b"PK\x03\x04",
    FileKind.CSV: b"",
}
_MAGIC = {
    ".pdf": FileKind.PDF,
    ".png": FileKind.PNG,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
}


class Upload(Protocol):
    """An uploaded file as Django hands it over."""

    name: str | None
    size: int | None

    def seek(self, offset: int, /) -> object:
        """Move to a byte."""

    def read(self, length: int, /) -> bytes:
        """Return at most so many bytes."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file fit to be kept: the rewritten bytes, their SHA-256 in hex, a safe name and the media type."""

    content: bytes
    kind: FileKind
    name: str
    sha256: str

    @property
    def media_type(self) -> str:
        """The media type it is served with."""
        return MEDIA_TYPES[self.kind]

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)


def inspect_upload(
    file: Upload,
    *,
    kinds: Collection[FileKind] = PAPERS,
    max_size: int = MAX_SIZE,
    scanner: Scanner | None = None,
) -> CleanFile:
    """Return a clean copy of an upload. ``max_size`` is in bytes; the scanner is the configured one by default.

    The size is checked before the file is read, the virus scanner sees the original, and only then it is parsed.

    Raises:
        UploadRefused: ``empty``, ``too_large``, ``wrong_kind`` (not among ``kinds``), ``content_differs`` (the name
            promises another format), or what the scanner and the rewriting of PDFs and images refuse.
    """
    name = file.name or ""
    stem, _dot, extension = name.rpartition(".")
    kind = _EXTENSIONS.get(extension.strip().lower()) if stem else None
    if kind is None or kind not in kinds:
        allowed = gettext(", ").join(sorted(_KEPT_EXTENSIONS[one].upper() for one in kinds))
        raise UploadRefused(
            "wrong_kind", _("This kind of file is not accepted here. Upload one of: %(allowed)s."), allowed=allowed
        )
    data = _read(file, max_size)
    if not data.startswith(_SIGNATURES[kind]) or (kind not in TABLES and _guess(data) is not kind):
        raise UploadRefused(
            "content_differs",
            _("The file is named %(extension)s but contains something else. Save it in that format and try again."),
            extension=_KEPT_EXTENSIONS[kind].upper(),
        )
    (scanner or configured_scanner()).scan(data)
    content = _rewritten(data, kind)
    return CleanFile(content, kind, safe_name(name, _KEPT_EXTENSIONS[kind]), hashlib.sha256(content).hexdigest())


def _rewritten(data: bytes, kind: FileKind) -> bytes:
    match kind:
        case FileKind.PDF:
            return rewrite_pdf(data)
        case FileKind.XLSX:
            return examine_workbook(data)
        case FileKind.CSV:
            return examine_table(data)
    return rewrite_image(data, kind.upper())


def _read(file: Upload, max_size: int) -> bytes:
    """Return the whole file, whatever length it claims, but never more than the limit."""
    if file.size is not None and file.size > max_size:
        raise _too_large(max_size)
    file.seek(0)
    data = file.read(max_size + 1)
    if len(data) > max_size:
        raise _too_large(max_size)
    if not data:
        raise UploadRefused("empty", _("The file is empty."))
    return data


def _too_large(max_size: int) -> UploadRefused:
    return UploadRefused(
        "too_large",
        _("The file is larger than %(limit)s MB. Make it smaller, or split it, and upload it again."),
        limit=max(1, max_size // (1024 * 1024)),
    )


def _guess(data: bytes) -> FileKind | None:
    """Return the kind that the library of magic numbers sees in the bytes."""
    try:
        return _MAGIC.get(puremagic.from_string(data))
    except puremagic.PureError:
        return None
