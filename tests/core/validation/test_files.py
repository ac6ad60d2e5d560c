"""Uploads as a whole: name, first bytes and content agree, or the file is refused with a sentence."""

import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.validation import UploadRefused
from core.validation.files import DOCUMENTS, PAPERS, FileKind, inspect_upload
from core.validation.scanning import NoScanner


def picture(image_format: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, image_format)
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


SAMPLES = {FileKind.PDF: document(), FileKind.PNG: picture("PNG"), FileKind.JPEG: picture("JPEG")}


@pytest.mark.parametrize(
    ("name", "kind", "kept", "media_type"),
    [
        ("同意书.PDF", FileKind.PDF, "同意书.pdf", "application/pdf"),
        ("scan.png", FileKind.PNG, "scan.png", "image/png"),
        ("scan.jpeg", FileKind.JPEG, "scan.jpg", "image/jpeg"),
        ("../scan.jpg", FileKind.JPEG, "scan.jpg", "image/jpeg"),
    ],
)
def test_a_good_file_is_kept_as_a_clean_copy(name: str, kind: FileKind, kept: str, media_type: str) -> None:
    clean = inspect_upload(SimpleUploadedFile(name, SAMPLES[kind] + b"TAIL"))

    assert (clean.kind, clean.name, clean.media_type) == (kind, kept, media_type)
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()
    assert clean.size == len(clean.content)
    assert b"TAIL" not in clean.content


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "pdf", ".pdf", "", "a.pdf.html", "a.docx"])
def test_other_kinds_are_refused(name: str) -> None:
    upload = SimpleUploadedFile("x", SAMPLES[FileKind.PDF])
    upload._name = name
    with override("en"), pytest.raises(UploadRefused) as caught:
        inspect_upload(upload)
    with override("en"):
        assert caught.value.code == "wrong_kind"
        assert caught.value.messages == ["This kind of file is not accepted here. Upload one of: JPG, PDF, PNG."]


def test_a_kind_that_is_not_wanted_here_is_refused() -> None:
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile("a.png", SAMPLES[FileKind.PNG]), kinds=DOCUMENTS)
    assert (caught.value.code, caught.value.params) == ("wrong_kind", {"allowed": "PDF"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", SAMPLES[FileKind.PNG]),
        ("a.png", SAMPLES[FileKind.JPEG]),
        ("a.jpg", SAMPLES[FileKind.PDF]),
        ("a.pdf", b"\n" + SAMPLES[FileKind.PDF]),
        ("a.pdf", b"<html>" + SAMPLES[FileKind.PDF]),
        ("a.pdf", b"PK\x03\x04" + SAMPLES[FileKind.PDF]),
        ("a.jpg", b"abc"),
    ],
)
def test_a_name_that_lies_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile(name, data))
    assert caught.value.code == "content_differs"


def test_the_library_of_magic_numbers_must_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = SimpleUploadedFile("a.pdf", SAMPLES[FileKind.PDF])
    for guess in (".zip", None):
        monkeypatch.setattr("core.validation.files._MAGIC", {".pdf": guess})
        with pytest.raises(UploadRefused) as caught:
            inspect_upload(upload)
        assert caught.value.code == "content_differs"


def test_bytes_that_the_library_cannot_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.validation.files._SIGNATURES", {FileKind.JPEG: b""})
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile("a.jpg", b"abc"))
    assert caught.value.code == "content_differs"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile("a.pdf", b""))
    assert caught.value.code == "empty"


def test_a_file_over_the_limit_is_refused_whatever_size_it_claims() -> None:
    data = SAMPLES[FileKind.PDF]
    inspect_upload(SimpleUploadedFile("a.pdf", data), max_size=len(data))
    for claimed in (len(data), 1, None):
        upload = SimpleUploadedFile("a.pdf", data)
        upload.size = claimed
        with pytest.raises(UploadRefused) as caught:
            inspect_upload(upload, max_size=len(data) - 1)
        assert (caught.value.code, caught.value.params) == ("too_large", {"limit": 1})


class Unreadable(SimpleUploadedFile):
    @property
    def read(self) -> object:
        return pytest.fail("the file was read")


def test_a_file_that_claims_too_much_is_not_even_read() -> None:
    upload = Unreadable("a.pdf", SAMPLES[FileKind.PDF])
    upload.size = 10**9
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(upload)
    assert caught.value.code == "too_large"


class Suspicious(NoScanner):
    def scan(self, data: bytes) -> None:
        raise UploadRefused("infected", f"{len(data)} bytes")


def test_the_scanner_sees_the_original_before_it_is_parsed() -> None:
    data = b"%PDF-1.7\nbroken"
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile("a.pdf", data), scanner=Suspicious())
    assert caught.value.messages == [f"{len(data)} bytes"]


def test_the_configured_scanner_is_asked_and_failing_closes(settings: object) -> None:
    settings.VIRUS_SCANNER = "clamd:///nowhere/clamd.sock"
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(SimpleUploadedFile("a.pdf", SAMPLES[FileKind.PDF]))
    assert caught.value.code == "scanner_down"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PAPERS)), st.data())
def test_a_file_with_broken_bytes_is_clean_or_refused(kind: FileKind, data: st.DataObject) -> None:
    broken = bytearray(SAMPLES[kind])
    for _number in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(8, len(broken) - 1))] = data.draw(st.integers(0, 255))
    outcome = "clean"
    try:
        inspect_upload(SimpleUploadedFile(f"a.{kind}", bytes(broken)))
    except UploadRefused as refused:
        outcome = refused.code
    assert outcome in {"clean", "damaged", "too_many_pixels", "content_differs", "encrypted"}
