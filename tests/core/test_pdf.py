"""Documents: same data, same bytes; PDF/A, only bundled fonts, text that can be read out, a mark on the seal."""

import io
import socket
from datetime import UTC, datetime

import pikepdf
import pytest
import typst

from core import pdf
from core.pdf import both, qr_svg, render
from tests.papers import text_of

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ADDRESS = "https://registry.example/check/0123456789ABCDEF/"
LINE = {"zh": "许可证明", "en": "Certificate"}
DATA = {
    "title": LINE, "issuer": LINE, "number": "LIC2026000001", "terms_title": LINE, "law": LINE, "check": LINE,
    "facts": [{"label": LINE, "value": "深圳市某公司 #strong[x] $1$ \\ <b>"}], "terms": [],
    "check_alt": ADDRESS, "address": ADDRESS, "code": "0123-4567-89AB-CDEF", "hash_label": LINE,
    "terms_hash": "a" * 64, "footer": LINE, "proof_label": LINE, "proof": ["b" * 64, "1 / 1", "c" * 64],
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> bytes:
    return render("certificate.typ", DATA, at=AT, qr=ADDRESS)


def test_the_same_data_makes_the_same_bytes(document: bytes) -> None:
    assert render("certificate.typ", DATA, at=AT, qr=ADDRESS) == document
    assert render("certificate.typ", {**DATA, "number": "LIC2026000002"}, at=AT, qr=ADDRESS) != document


def test_it_is_pdf_a_with_every_font_inside(document: bytes) -> None:
    with pikepdf.open(io.BytesIO(document)) as opened:
        with opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert opened.Root.MarkInfo.Marked
        fonts = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
        assert fonts
        assert all("NotoSerifSC" in name or "Libertinus" in name for name in fonts), fonts
        assert "/JavaScript" not in opened.Root
        assert str(opened.docinfo.get("/CreationDate", "")).startswith("D:20260302")


def test_text_is_text_whatever_it_contains(document: bytes) -> None:
    assert "深圳市某公司 #strong[x] $1$ \\ <b>" in text_of(document)


def test_the_development_seal_says_that_it_has_no_effect(document: bytes) -> None:
    sentence = both(pdf.DevelopmentSeal().mark().text)

    assert sentence["en"] == "Development seal, no legal effect"
    assert "".join(sentence["en"].split()) in "".join(text_of(document).split())


def test_without_seal_the_document_says_so(settings) -> None:
    settings.SEAL = "core.pdf.NoSeal"

    assert "Without seal" in text_of(render("certificate.typ", DATA, at=AT, qr=ADDRESS))


def test_a_seal_has_the_last_word_over_the_bytes(settings) -> None:
    settings.SEAL = "tests.core.test_pdf.Stamping"

    assert render("certificate.typ", DATA, at=AT, qr=ADDRESS).endswith(b"% stamped")


class Stamping(pdf.NoSeal):
    """A seal that leaves its trace."""

    def apply(self, document: bytes) -> bytes:
        return document + b"% stamped"


def test_the_square_code_is_drawn_from_the_address_alone() -> None:
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS[:-2])
    assert qr_svg(ADDRESS).startswith("<svg")


def test_the_address_can_be_followed(document: bytes) -> None:
    with pikepdf.open(io.BytesIO(document)) as opened:
        links = [str(note.A.URI) for note in opened.pages[0].Annots if "/A" in note]
    assert links == [ADDRESS]


def test_no_network_is_touched(monkeypatch) -> None:
    def refuse(*args, **kwargs):
        raise AssertionError("a document reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert render("certificate.typ", DATA, at=AT, qr=ADDRESS).startswith(b"%PDF-1.7")


def test_a_missing_value_is_an_error_not_a_gap() -> None:
    with pytest.raises(typst.TypstError):
        render("certificate.typ", {**{k: v for k, v in DATA.items() if k != "number"}}, at=AT, qr=ADDRESS)
