"""Spreadsheets from outside, looked through before any of them is parsed: nothing may act, hide or expand without end.

A workbook is a ZIP archive of XML parts. Each part is inflated piece by piece and counted, whatever its header claims;
what could run or reach elsewhere (macros, links to other files, embedded objects, declared entities) is refused.
"""

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from core.validation.refusals import UploadRefused

MAX_PARTS = 500
MAX_EXPANDED = 160 * 1024 * 1024
# The table of texts and the styles are held in memory by whoever reads a workbook; sheets are read row by row.
MAX_TEXTS = 48 * 1024 * 1024
MAX_OTHER_PART = 8 * 1024 * 1024

_PIECE = 256 * 1024
_ACTIVE = re.compile(r"vba|macrosheets/|dialogsheets/|activex/|embeddings/|customui/|ctrlprops/|\.bin$")
_ELSEWHERE = re.compile(r"externallinks/|connections\.xml$|querytables/|webextensions/")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HARMLESS_BINARY = re.compile(r"printersettings/")


def examine_workbook(data: bytes) -> bytes:
    """Return the bytes of an XLSX file if nothing in it acts, reaches elsewhere or expands beyond the limits.

    Raises:
        UploadRefused: ``damaged``, ``macros``, ``external_links``, ``expands_too_far`` or ``entities``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _examine(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise UploadRefused(
            "damaged",
            _("This workbook is damaged or protected by a password. Save it again without password and upload it."),
        ) from error
    return data


def _examine(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if not {"[content_types].xml", "xl/workbook.xml"} <= names or len(names) < len(parts):
        raise zipfile.BadZipFile
    if len(parts) > MAX_PARTS:
        raise _expands()
    for name in names:
        if _ACTIVE.search(name) and not _HARMLESS_BINARY.search(name):
            raise _macros()
        if _ELSEWHERE.search(name):
            raise UploadRefused(
                "external_links",
                _("The workbook takes data from elsewhere. Break its links, keep the values, and upload it again."),
            )
    total = 0
    for part in parts:
        total += _inflate(archive, part, _limit(part.filename.lower()))
        if total > MAX_EXPANDED:
            raise _expands()


def _limit(name: str) -> int:
    if name.startswith("xl/worksheets/"):
        return MAX_EXPANDED
    return MAX_TEXTS if name.endswith("sharedstrings.xml") else MAX_OTHER_PART


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """Read a part to its end without keeping it; return its true length."""
    length, tail = 0, b""
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if is_text and length == 0 and b"\x00" in piece[:4]:
                raise zipfile.BadZipFile  # no UTF-8: nobody writes such a workbook
            length += len(piece)
            if length > limit:
                raise _expands()
            if part.filename.lower() == "[content_types].xml" and b"macroEnabled" in tail + piece:
                raise _macros()
            if is_text and _DECLARATION.search(tail + piece):
                raise UploadRefused(
                    "entities",
                    _("The workbook declares what no spreadsheet program writes. Save it as a plain XLSX file."),
                )
            tail = piece[-16:]
    return length


def _macros() -> UploadRefused:
    return UploadRefused(
        "macros",
        _("The workbook holds macros or embedded objects. Save it as a plain XLSX or CSV file and try again."),
    )


def _expands() -> UploadRefused:
    return UploadRefused(
        "expands_too_far",
        _("The workbook is too large once unpacked. Split it, or remove what is not needed, and upload it again."),
    )


def examine_table(data: bytes) -> bytes:
    """Return a CSV file as UTF-8, whichever of the country's encodings it came in.

    Raises:
        UploadRefused: ``not_text``.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.encode()
    raise UploadRefused("not_text", _("This is no CSV file. Save the table as “CSV UTF-8” and upload it again."))
