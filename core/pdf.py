"""Documents as PDF/A, from typst templates: same data in, same bytes out; no network, bundled fonts alone.

The data is handed to the template as JSON, so nothing in it can act as markup. A document names a day of its own; no
clock is read. The office's seal is a port named by the setting ``SEAL``.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, Protocol

import pylopdf_fonts_zh_cn as chinese_fonts
import segno
import typst
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.rules import Text

# PDF/A-2, level a: tagged, with Unicode text, every font embedded.
STANDARD: Literal["a-2a"] = "a-2a"
DATA_FILE = "data.json"
QR_FILE = "qr.svg"


@dataclass(frozen=True, slots=True)
class SealMark:
    """What is printed where the seal goes. ``has_effect`` is False for everything but the office's real seal."""

    text: Text
    has_effect: bool


class Seal(Protocol):
    """The office's electronic seal. A production seal also signs: ``apply`` returns the bytes that are handed out."""

    def mark(self) -> SealMark:
        """Return what is printed on the page, before the document is made."""

    def apply(self, document: bytes) -> bytes:
        """Return the sealed document; raise if the seal is out of reach, never hand out an unsealed one as sealed."""


class DevelopmentSeal:
    """A mark that says of itself that it has no legal effect."""

    def mark(self) -> SealMark:
        """Return the development mark."""
        return SealMark(_("Development seal, no legal effect"), has_effect=False)

    def apply(self, document: bytes) -> bytes:
        """Return the document as it is."""
        return document


class NoSeal:
    """No seal is connected: the document says so and refers to the public check instead."""

    def mark(self) -> SealMark:
        """Return the note that stands in the seal's place."""
        return SealMark(_("Without seal. Check this document at the address above."), has_effect=False)

    def apply(self, document: bytes) -> bytes:
        """Return the document as it is."""
        return document


def configured_seal() -> Seal:
    """Return the seal that the settings name."""
    return import_string(settings.SEAL)()


def both(text: Text) -> dict[str, str]:
    """Return a sentence in both languages, for documents that are written in Chinese and English at once."""
    found = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            found[key] = str(text)
    return found


def qr_svg(address: str) -> str:
    """Return the square code of an address as SVG, with error correction that survives a fold (level Q)."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()


def render(template_name: str, data: Mapping[str, Any], *, at: datetime, qr: str = "") -> bytes:
    """Return the document made of ``templates/typst/<template_name>`` and JSON-ready ``data``, sealed.

    ``at`` is the document's own time, written into its metadata; ``qr`` is an address to be shown as a square code.

    Raises:
        typst.TypstError: the template is wrong or lacks a value.
    """
    seal = configured_seal()
    mark = seal.mark()
    values = {**data, "seal": {**both(mark.text), "effect": mark.has_effect}}
    with TemporaryDirectory(prefix="document-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(_template(template_name))
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        (folder / DATA_FILE).write_text(text, encoding="utf-8")
        (folder / QR_FILE).write_text(qr_svg(qr) if qr else "", encoding="utf-8")
        document = typst.compile(
            str(folder / "main.typ"),
            root=name,
            format="pdf",
            font_paths=[str(_font_folder())],
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            timestamp=int(at.timestamp()),
            # No package is ever fetched: there is none in this empty place.
            package_path=str(folder / "packages"),
            package_cache_path=str(folder / "packages"),
        )
    return seal.apply(document)


def _template(name: str) -> bytes:
    return (Path(settings.BASE_DIR) / "templates" / "typst" / name).read_bytes()


@lru_cache(maxsize=1)
def _font_folder() -> Path:
    return Path(chinese_fonts.serif_path()).parent
