"""The public check: the code of a certificate confirms the license and tells nothing personal."""

from django.urls import reverse


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
