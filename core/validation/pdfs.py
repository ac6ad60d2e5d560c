"""PDF files rewritten: pages stay, whatever acts, hides or tells on its author goes."""

import io
import logging
import re
import zlib
from collections.abc import Iterator

import pikepdf
from django.utils.translation import gettext_lazy as _
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf.sanitize import Sanitizer
from pikepdf.settings import set_qpdf_limits

from core.validation.refusals import UploadRefused

MAX_PAGES = 500
MAX_STREAMS = 50_000
MAX_EXPANDED = 512 * 1024 * 1024

# Process-wide, before any file is opened: no single stream may grow beyond this, nor hide in a chain of filters.
set_qpdf_limits(
    flate_max_memory=128 * 1024 * 1024,
    run_length_max_memory=128 * 1024 * 1024,
    png_max_memory=128 * 1024 * 1024,
    tiff_max_memory=128 * 1024 * 1024,
    max_stream_filters=3,
    doc_max_warnings=1000,
    parser_max_container_size=1_000_000,
)

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 16 * 1024
_ACTIONS = frozenset(
    {
        "/GoTo3DView",
        "/GoToE",
        "/GoToR",
        "/GoToDp",
        "/Hide",
        "/ImportData",
        "/JavaScript",
        "/Launch",
        "/Movie",
        "/Rendition",
        "/ResetForm",
        "/RichMediaExecute",
        "/Sound",
        "/SubmitForm",
        "/URI",
    }
)
_CLEANER = (
    Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_multimedia()
    .remove_attachments()
    .remove_thumbnails()
    .remove_private_app_data()
    .remove_web_capture()
    .remove_collection()
)

logger = logging.getLogger(__name__)


def rewrite_pdf(data: bytes) -> bytes:
    """Return the document written anew without scripts, actions, embedded files, XFA forms and metadata.

    How far the file would expand is measured first, with bounded memory, before any of it is expanded. The same
    input gives the same output. A digital signature inside does not survive.

    Raises:
        UploadRefused: ``expands_too_far``, ``encrypted``, ``too_many_pages`` or ``damaged`` (no pages at all included).
    """
    _measure(data)
    try:
        with Pdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return _rewrite(pdf)
    except UploadRefused:
        raise
    except pikepdf.PasswordError as error:
        raise UploadRefused(
            "encrypted", _("This PDF is protected by a password. Save it without one and upload it again.")
        ) from error
    except Exception as error:  # a parser fed with hostile data may raise anything; the file is refused, not the page
        logger.info("PDF refused: %s", type(error).__name__)
        raise UploadRefused("damaged", _("This PDF cannot be read. Print it to a new PDF and upload that.")) from error


def _measure(data: bytes) -> None:
    """Add up what the file's compressed streams would become, stopping at the limit."""
    left = MAX_EXPANDED
    for number, found in enumerate(_STREAM.finditer(data)):
        if number >= MAX_STREAMS:
            raise _expands_too_far()
        for length in _expansion(data, found.end()):
            left -= length
            if left < 0:
                raise _expands_too_far()


def _expansion(data: bytes, start: int) -> Iterator[int]:
    """Yield the lengths of the pieces that the deflated stream at this place becomes; nothing if it is none."""
    inflater = zlib.decompressobj()
    try:
        for place in range(start, len(data), _CHUNK):
            piece = data[place : place + _CHUNK]
            while piece:
                yield len(inflater.decompress(piece, 1024 * 1024))
                piece = inflater.unconsumed_tail
            if inflater.eof:
                return
    except zlib.error:
        return


def _rewrite(pdf: Pdf) -> bytes:
    if len(pdf.pages) > MAX_PAGES:
        raise UploadRefused(
            "too_many_pages",
            _("The PDF has more than %(limit)s pages. Split it and upload the parts."),
            limit=MAX_PAGES,
        )
    _CLEANER.apply(pdf)
    with pikepdf.explicit_conversion():
        _drop(pdf.Root, Name.OpenAction, Name.AA, Name.Metadata, Name.AF)
        form = pdf.Root.get(Name.AcroForm)
        if isinstance(form, Dictionary):
            _drop(form, Name.XFA)
        for thing in pdf.objects:
            _disarm(thing)
        _drop(pdf.trailer, Name.Info, Name.ID)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _drop(holder: Object, *keys: Name) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _disarm(thing: Object) -> None:
    """Empty every action, file and metadata block in an object and in what stands directly inside it."""
    waiting = [thing]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Array):
            waiting.extend(item for item in found if not item.is_indirect)
        elif isinstance(found, Dictionary | Stream):
            _disarm_one(found)
            waiting.extend(value for _key, value in found.items() if not value.is_indirect)


def _disarm_one(found: Dictionary | Stream) -> None:
    """Take from one dictionary what acts, carries a file or describes its author; by value, for names may vary."""
    if str(found.get(Name.S)) in _ACTIONS:
        for key in list(found.keys()):
            del found[key]
    if found.get(Name.Type) == Name.EmbeddedFile and isinstance(found, Stream):
        found.write(b"")
    if Name.EF in found and (Name.F in found or Name.UF in found):
        del found[Name.EF]
    metadata = found.get(Name.Metadata)
    if isinstance(metadata, Stream) and metadata.get(Name.Subtype) == Name.XML:
        del found[Name.Metadata]


def _expands_too_far() -> UploadRefused:
    return UploadRefused(
        "expands_too_far", _("This PDF would grow far beyond its size when opened. Print it to a new PDF.")
    )
