"""The public check: the code of a certificate confirms the license and tells nothing personal."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licensing.documents.certificate import certificate_data, certificate_of
from tests.cast import NOW
from tests.factories.statements import publish
from tests.licensing.scene import LUMP, later
from tests.log import proved
from tests.papers import text_of


def test_the_code_confirms_number_state_statement_patent_day_and_hash(scene, client) -> None:
    license = scene.license()
    page = client.get(
        reverse("licensing:document", args=[license.verification_code]), headers={"accept-language": "en"}
    ).content.decode()

    for fact in (
        license.number, "In force", license.statement.number, f"ZL{license.statement.patent.number}",
        'datetime="2026-03-02"', license.terms_hash,
    ):  # fmt: skip
        assert fact in page
    for private in ("Canton Cooling", "Li Na", "020 8000 0000", "Pearl River"):
        assert private not in page


def test_codes_are_typed_in_any_form(scene, client) -> None:
    code = scene.license().verification_code
    typed = "-".join(code[start : start + 4] for start in range(0, 16, 4)).lower().replace("0", "o")
    answer = client.get(reverse("licensing:document_check"), {"code": typed})

    assert answer.url == reverse("licensing:document", args=[code])


def test_an_unknown_code_is_said_to_be_unknown(scene, client) -> None:
    scene.license()
    answer = client.get(reverse("licensing:document_check"), {"code": "0" * 16}, headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert "No certificate carries this code" in answer.content.decode()
    assert client.get(reverse("licensing:document", args=["0" * 16])).status_code == 404


def test_a_certificate_number_is_no_code(scene, client) -> None:
    license = scene.license()

    assert client.get(reverse("licensing:document", args=[license.number])).status_code == 404


def test_a_certificate_that_is_handed_in_leads_to_its_license_and_a_changed_one_does_not(scene, client) -> None:
    license = scene.license()
    certificate = certificate_of(license)
    answer = client.post("/check/", {"file": SimpleUploadedFile("c.pdf", certificate)})

    assert answer.url == reverse("licensing:document", args=[license.verification_code])
    changed = SimpleUploadedFile("c.pdf", certificate.replace(b"\n", b" ", 1))
    assert client.post("/check/", {"file": changed}).status_code == 404


def test_page_and_certificate_carry_the_proof_of_the_announcement(scene, client) -> None:
    scene.announced(at=later(-1))
    _first, mine, _last = (scene.cast.statement_in("approved", **LUMP) for _ in range(3))
    publish(NOW)
    mine.refresh_from_db()
    license = scene.license(mine)
    certificate = certificate_data(license)
    place = next(row["value"] for row in certificate["facts"] if row["label"]["en"] == "Announced in")
    leaf, number, root = proved(place)
    assert (place, certificate["proof"]) == ("2026-002 / 2", [leaf, number, root])
    page = client.get(reverse("licensing:document", args=[license.verification_code])).content.decode()
    text = "".join(text_of(certificate_of(license)).split())

    for fact in (leaf, number, root):
        assert fact in page
        assert "".join(fact.split()) in text
