"""The agreement as PDF: its words, deterministic, only for those who may read it and only in effect."""

import io

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from mediation.documents import agreement_pdf
from tests.cast import NOW


def test_an_agreement_in_effect_is_a_document_of_its_own(dispute, cast) -> None:
    case = dispute.in_mediation()
    made = dispute.propose(case)
    with pytest.raises(ValueError, match="in effect"):
        agreement_pdf(made)
    dispute.sign(case, made, dispute.applicant)
    made = dispute.sign(case, made, dispute.respondent)

    first = agreement_pdf(made)
    assert first == agreement_pdf(made)
    with pikepdf.open(io.BytesIO(first)) as document:
        assert case.number in str(document.open_metadata()["dc:title"])
    address = reverse("mediation:agreement_document", args=[case.pk])
    with time_machine.travel(NOW):
        answers = {
            name: getattr(cast, name).client().get(address).status_code
            for name in ("enterprise", "patentee", "rival", "agency", "mediator", "auditor", "administrator")
        }
        content = cast.enterprise.client().get(address).content
    assert answers == {"enterprise": 200, "patentee": 200} | dict.fromkeys(
        ("rival", "agency", "mediator", "auditor", "administrator"), 404
    )
    assert content == first
