"""The certificate as a reader opens it: its words, its square code, the same bytes each time."""

import io

import pikepdf
import pytest

from licensing.documents.certificate import certificate_of
from licensing.queries.progress import spaced_code, verification_url
from tests.papers import codes_on, text_of


@pytest.fixture
def license(scene):
    return scene.license()


def test_it_says_who_what_from_when_and_how_to_check(license) -> None:
    words = " ".join(text_of(certificate_of(license)).split())

    for fact in (
        license.number, "Lakeside University", "Canton Cooling", f"ZL{license.statement.patent.number}",
        license.statement.number, "2026-03-02", "Patent Law, Art. 51(1)", spaced_code(license.verification_code),
    ):  # fmt: skip
        assert fact in words
    assert license.terms_hash in words.replace(" ", "")
    assert "020 8000 0000" not in words  # no personal data


def test_the_same_license_has_the_same_bytes(license) -> None:
    assert certificate_of(license) == certificate_of(type(license).objects.get(pk=license.pk))


def test_the_square_code_on_the_page_holds_the_public_address(license) -> None:
    document = certificate_of(license)

    assert codes_on(document) == [verification_url(license)]
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert [str(note.A.URI) for note in opened.pages[0].Annots if "/A" in note] == [verification_url(license)]
