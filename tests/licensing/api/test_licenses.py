"""Licenses, certificates and filings, by the software of either side."""

from datetime import timedelta

import pytest
import time_machine

from licensing.actions.deciding import record_filing
from licensing.models import Filing
from tests.api_client import Program, pdf
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def licensee(cast):
    return Program(cast.enterprise)


def test_both_sides_read_the_same_license_and_a_stranger_none(cast, scene, licensee):
    license = scene.license()
    own = licensee.get(f"my/licenses/{license.pk}/").json()
    other = Program(cast.patentee).get(f"my/licenses/{license.pk}/").json()
    assert own == {**other, "side": "licensee"}
    assert (own["number"], own["terms"], own["terms_hash"]) == (
        license.number,
        license.notice.terms,
        license.terms_hash,
    )
    stranger = Program(cast.rival)
    missing = stranger.get(f"my/licenses/{cast.rival.organisation.pk}/")
    assert (missing.status_code, stranger.get(f"my/licenses/{license.pk}/").content) == (404, missing.content)
    assert stranger.get("my/licenses/").json() == {"count": 0, "next": None, "results": []}


def test_the_certificate_is_a_document_that_the_public_check_confirms(cast, scene, licensee):
    license = scene.license()
    answer = licensee.client.get(
        f"/api/v1/my/licenses/{license.pk}/certificate/", headers={"accept": "application/pdf"}
    )
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer.content.startswith(b"%PDF-")
    genuine = Program().get(f"check/{license.verification_code}/").json()
    assert genuine == {
        "number": license.number,
        "status": "in_force",
        "statement_number": license.statement.number,
        "patent_number": license.statement.patent.number,
        "effective_on": "2026-03-02",
        "ends_on": str(license.ends_on),
        "ended_on": None,
        "terms_hash": license.terms_hash,
    }
    assert Program().get("check/0000000000000000/").status_code == 404
    assert Program(cast.rival).get(f"my/licenses/{license.pk}/certificate/").status_code == 404


@pytest.mark.parametrize("side", ["enterprise", "patentee"])
def test_either_side_files_alone_and_both_follow_it(cast, scene, side):
    license = scene.license()
    program = Program(getattr(cast, side))
    answer = program.upload(f"my/licenses/{license.pk}/filings/", handler_name="Li Na", identity=pdf("identity"))
    filing = answer.json()
    assert answer.status_code == 201
    assert (filing["status"], filing["side"], filing["due_on"], filing["is_late"]) == (
        "submitted",
        {"enterprise": "licensee", "patentee": "licensor"}[side],
        "2026-06-02",
        False,
    )
    for who in (cast.enterprise, cast.patentee):
        assert Program(who).get(f"my/filings/{filing['id']}/").json() == filing
    again = program.upload(f"my/licenses/{license.pk}/filings/", handler_name="Li Na")
    assert again.status_code == 422
    record_filing(filing_id=filing["id"], by=cast.examiner.actor, at=NOW + timedelta(days=1))
    recorded = program.get(f"my/filings/{filing['id']}/").json()
    assert (recorded["status"], recorded["number"], recorded["recorded_on"]) == (
        "recorded",
        "X2026980000001",
        "2026-03-03",
    )


def test_the_filing_takes_neither_day_nor_number_from_a_request(scene, licensee):
    license = scene.license()
    for field in ("submitted_on", "number", "recorded_on", "status", "due_on"):
        answer = licensee.upload(f"my/licenses/{license.pk}/filings/", handler_name="Li Na", **{field: "2020-01-01"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Filing.objects.count() == 0


def test_a_stranger_neither_files_nor_takes_back(cast, scene):
    filing = scene.filing()
    stranger = Program(cast.rival)
    missing = stranger.get(f"my/filings/{cast.rival.organisation.pk}/").content
    for answer in (
        stranger.get(f"my/filings/{filing.pk}/"),
        stranger.post(f"my/filings/{filing.pk}/take-back/"),
        stranger.upload(f"my/licenses/{filing.license_id}/filings/", handler_name="Li Na"),
        Program(cast.patentee).post(f"my/filings/{filing.pk}/take-back/"),
    ):
        assert (answer.status_code, answer.content) == (404, missing)
    filing.refresh_from_db()
    assert filing.status == "submitted"


def test_a_filing_is_taken_back_before_the_decision(scene, licensee):
    filing = scene.filing()
    assert licensee.post(f"my/filings/{filing.pk}/take-back/").json()["status"] == "taken_back"
    assert licensee.post(f"my/filings/{filing.pk}/take-back/").status_code == 409


def test_the_record_of_a_running_license_is_not_canceled(cast, scene, licensee):
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    assert licensee.post(f"my/filings/{filing.pk}/cancel/").status_code == 409


def test_both_sides_end_a_license_early_together(cast, scene, licensee):
    license = scene.license()
    address = f"my/licenses/{license.pk}/"
    patentee = Program(cast.patentee)
    assert (licensee.get(address).json()["termination"], licensee.post(f"{address}termination/agree/").status_code) == (
        None,
        409,
    )
    late = licensee.post(f"{address}termination/", {"last_day_on": str(license.ends_on), "reason": "We stop."})
    assert (late.status_code, list(late.json()["errors"])) == (400, ["last_day_on"])
    proposal = {"last_day_on": "2026-06-30", "reason": "We stop making it."}
    proposed = licensee.post(f"{address}termination/", proposal)
    assert (proposed.status_code, proposed.json()["status"]) == (201, "in_force")
    assert patentee.get(address).json()["termination"] == {
        "side": "licensee",
        **proposal,
        "proposed_at": "2026-03-02T10:00:00+08:00",
    }
    assert patentee.post(f"{address}termination/", proposal).status_code == 409
    assert licensee.post(f"{address}termination/agree/").status_code == 404
    agreed = patentee.post(f"{address}termination/agree/").json()
    assert (agreed["status"], agreed["ended_on"]) == ("terminated", "2026-06-30")


def test_a_paper_of_a_filing_is_for_the_side_that_handed_it_in(cast, scene, licensee):
    license = scene.license()
    filing = licensee.upload(
        f"my/licenses/{license.pk}/filings/", handler_name="Li Na", identity=pdf("identity")
    ).json()
    patentee = Program(cast.patentee)
    (paper,) = patentee.get("my/filings/").json()["results"][0]["papers"]
    assert (paper["kind"], set(paper)) == ("identity", {"id", "kind", "added_at"})
    address = f"my/filings/{filing['id']}/papers/{paper['id']}/"
    assert licensee.fetch(address)[1].startswith(b"%PDF-")
    assert (patentee.fetch(address)[0], Program(cast.rival).fetch(address)[0]) == (404, 404)


def test_the_proof_of_a_change_is_for_the_side_that_handed_it_in(cast, scene, licensee):
    filing = record_filing(filing_id=scene.filing().pk, by=cast.examiner.actor, at=NOW)
    address = f"my/filings/{filing.pk}/changes/"
    said = {"item": "licensee", "after": "Canton Cooling Group", "grounds": "Renamed.", "proof": pdf("proof")}
    (change,) = licensee.upload(address, **said).json()["changes"]
    proof = f"{address}{change['id']}/proof/"
    assert licensee.fetch(proof)[1].startswith(b"%PDF-")
    assert (Program(cast.patentee).fetch(proof)[0], Program(cast.rival).fetch(proof)[0]) == (404, 404)
