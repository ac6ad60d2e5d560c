"""An agreement by the software of the two sides: read, signed, fetched."""

import pytest
import time_machine

from mediation.documents import agreement_pdf
from mediation.models import AgreementSignature
from tests.api_client import Program
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def applicant(dispute):
    return Program(dispute.applicant)


@pytest.fixture
def respondent(dispute):
    return Program(dispute.respondent)


def test_both_sides_read_sign_and_fetch_the_agreement(dispute, applicant, respondent):
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/agreement/"
    assert (applicant.get(address).status_code, applicant.get(f"my/cases/{case.pk}/").json()["agreement"]) == (
        404,
        None,
    )
    made = dispute.propose(case)
    read = applicant.get(address).json()
    assert read == respondent.get(address).json() == applicant.get(f"my/cases/{case.pk}/").json()["agreement"]
    assert (read["result"], read["content_hash"], read["signatures"], read["confirmation_due_on"]) == (
        made.result,
        made.content_hash,
        [],
        None,
    )
    signature = {"content_hash": read["content_hash"], "signed_name": "Li Na", "read": True}
    signed = applicant.post(address, signature).json()
    assert (signed["case"]["status"], [one["side"] for one in signed["agreement"]["signatures"]]) == (
        "in_mediation",
        ["applicant"],
    )
    assert applicant.fetch(f"{address}document/")[0] == 404

    done = respondent.post(address, {**signature, "signed_name": "Wang Fang"}).json()
    assert (done["case"]["status"], done["closing_ground"]) == ("agreed", "agreement")
    assert (done["agreement"]["effective_at"], done["agreement"]["confirmation_due_on"]) == (
        done["case"]["closed_at"],
        "2026-04-01",
    )
    made.refresh_from_db()
    for side in (applicant, respondent):
        assert side.fetch(f"{address}document/") == (200, agreement_pdf(made))
    answer = applicant.client.get(f"/api/v1/{address}document/")
    assert (answer["Content-Type"], answer["Cache-Control"], answer["Content-Disposition"]) == (
        "application/pdf",
        "private, no-store",
        f'attachment; filename="{case.number}.pdf"',
    )
    assert respondent.post(address, signature).status_code == 409


def test_only_the_text_that_was_read_is_signed_and_once(dispute, applicant):
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/agreement/"
    old = dispute.propose(case)
    new = dispute.propose(case, result="The licensee pays 45,000 yuan.")
    unread = applicant.post(address, {"content_hash": new.content_hash, "signed_name": "Li Na", "read": False})
    assert (unread.status_code, list(unread.json()["errors"])) == (400, ["read"])
    stale = applicant.post(address, {"content_hash": old.content_hash, "signed_name": "Li Na", "read": True})
    assert (stale.status_code, [item["rule"] for item in stale.json()["violations"]]) == (422, ["A2"])
    signature = {"content_hash": new.content_hash, "signed_name": "Li Na", "read": True}
    assert [applicant.post(address, signature).status_code for _again in range(2)] == [200, 422]
    assert AgreementSignature.objects.count() == 1


def test_an_agreement_is_nowhere_for_a_stranger(cast, dispute):
    case = dispute.agreed()
    stranger = Program(cast.rival)
    missing = stranger.get(f"my/cases/{cast.rival.organisation.pk}/agreement/").content
    signature = {"content_hash": "0" * 64, "signed_name": "Li Na", "read": True}
    for answer in (
        stranger.get(f"my/cases/{case.pk}/agreement/"),
        stranger.get(f"my/cases/{case.pk}/agreement/document/"),
        stranger.post(f"my/cases/{case.pk}/agreement/", signature),
    ):
        assert (answer.status_code, answer.content) == (404, missing)
