"""The certificate as a reader opens it: its words, its square code, the same bytes each time."""

import io
from hashlib import sha256

import pikepdf
import pytest

from licensing.documents.certificate import certificate_of, genuine_certificate, press
from licensing.models import PrintedCertificate
from licensing.queries.progress import spaced_code, verification_url
from tests.cast import NOW
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


def test_of_each_certificate_that_is_handed_out_the_hash_is_kept_once(license) -> None:
    documents = {certificate_of(license), certificate_of(license)}

    assert [row.sha256 for row in license.prints.all()] == [sha256(document).hexdigest() for document in documents]


def test_a_certificate_of_an_earlier_printer_is_known_and_one_that_was_never_handed_out_is_not(license) -> None:
    earlier = press(license) + b"% as another version of the printer ended it"
    assert genuine_certificate(earlier) is None
    PrintedCertificate.objects.create(license=license, sha256=sha256(earlier).hexdigest(), printed_at=NOW)

    assert genuine_certificate(earlier) == license
    assert genuine_certificate(press(license)) is None


def test_a_certificate_from_before_hashes_were_kept_is_known(license) -> None:
    assert genuine_certificate(press(license)) == license
