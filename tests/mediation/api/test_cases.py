"""A dispute by the software of its two sides: each sees its own and the joint papers, never the other's."""

import pytest
import time_machine

from mediation.enums import Audience
from mediation.models import Case
from tests.api_client import Program, pdf
from tests.cast import NOW
from tests.mediation.scene import REQUEST


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


def test_a_request_is_begun_saved_checked_and_sent(dispute, applicant, respondent):
    license = dispute.license
    opening = applicant.get("my/cases/openings/").json()["results"][0]
    assert opening["license"] == str(license.pk)
    begun = applicant.post(
        "my/cases/", {"statement_number": opening["statement_number"], "license": opening["license"]}
    )
    assert (begun.status_code, begun.json()["side"]) == (201, "applicant")
    pk = begun.json()["case"]["id"]
    found = applicant.get(f"my/cases/{pk}/check/").json()
    assert (found["ready"], [item["field"] for item in found["violations"]]) == (
        False,
        ["subject", "claim", "facts", "papers", "declared_proceedings"],
    )
    refused = applicant.post(f"my/cases/{pk}/request/")
    assert refused.json()["violations"] == [item for item in found["violations"] if item["severity"] != "warning"]

    saved = applicant.patch(f"my/cases/{pk}/", REQUEST).json()
    assert {
        "subject": saved["case"]["subject"],
        **{name: saved[name] for name in REQUEST if name != "subject"},
    } == REQUEST
    sent = applicant.post(f"my/cases/{pk}/request/").json()["case"]
    assert (sent["status"], sent["number"], sent["due_on"]) == ("requested", "MED202600001", "2026-03-09")
    assert respondent.get("my/cases/").json()["count"] == 0
    assert respondent.get(f"my/cases/{pk}/").status_code == 404


def test_some_fields_are_saved_without_losing_the_others(dispute, applicant):
    case = dispute.draft()
    saved = applicant.patch(f"my/cases/{case.pk}/", {"claim": "The fee should be less."}).json()
    assert (saved["claim"], saved["facts"]) == ("The fee should be less.", REQUEST["facts"])


@pytest.mark.parametrize("field", ["number", "status", "requested_at", "decided_by", "admission_due_on"])
def test_nothing_that_the_office_sets_is_taken_from_a_request(dispute, applicant, field):
    case = dispute.draft()
    before = Case.objects.values().get()
    answer = applicant.patch(f"my/cases/{case.pk}/", {field: "2020-01-01", "claim": "Less."})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Case.objects.values().get() == before


@pytest.mark.parametrize(("agrees", "status"), [(True, "in_mediation"), (False, "refused")])
def test_the_respondent_answers_and_the_applicant_reads_it(dispute, applicant, respondent, agrees, status):
    case = dispute.asked()
    said = {"agrees": agrees, "statement": "We see it otherwise."}
    assert applicant.post(f"my/cases/{case.pk}/answer/", said).status_code == 404
    answered = respondent.post(f"my/cases/{case.pk}/answer/", said).json()
    assert (answered["case"]["status"], answered["side"]) == (status, "respondent")
    assert respondent.post(f"my/cases/{case.pk}/answer/", said).status_code == 409
    read = applicant.get(f"my/cases/{case.pk}/").json()["answer"]
    assert (read["agrees"], read["statement"]) == (agrees, "We see it otherwise.")


def test_a_confidential_paper_is_nowhere_for_the_other_side(dispute, applicant, respondent):
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/papers/"
    joint = applicant.upload(address, audience="joint", kind="contract", title="Contract", file=pdf("contract"))
    secret = applicant.upload(
        address, audience="applicant", kind="position", title="Bottom line 31415", file=pdf("bottom-line-31415")
    )
    assert (joint.status_code, secret.status_code) == (201, 201)
    own = {paper["title"]: paper["id"] for paper in secret.json()["papers"]}
    assert set(own) == {"Contract", "Bottom line 31415"}

    seen = respondent.get(f"my/cases/{case.pk}/")
    assert [paper["title"] for paper in seen.json()["papers"]] == ["Contract"]
    hidden = respondent.get(f"{address}{own['Bottom line 31415']}/")
    missing = respondent.get(f"{address}{case.pk}/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    for text in (seen, hidden, respondent.get("my/cases/"), respondent.delete(f"{address}{own['Bottom line 31415']}/")):
        assert b"31415" not in text.content
    assert respondent.fetch(f"{address}{own['Contract']}/")[1].startswith(b"%PDF-")
    assert applicant.fetch(f"{address}{own['Bottom line 31415']}/")[0] == 200


@pytest.mark.parametrize("audience", [Audience.RESPONDENT, Audience.MEDIATORS])
def test_a_side_chooses_no_readers_but_its_own(dispute, applicant, audience):
    case = dispute.in_mediation()
    answer = applicant.upload(
        f"my/cases/{case.pk}/papers/", audience=audience.value, kind="other", title="Note", file=pdf("note")
    )
    assert (answer.status_code, [item["rule"] for item in answer.json()["violations"]]) == (422, ["P2"])


def test_a_withdrawn_paper_is_closed_to_the_other_side(dispute, applicant, respondent):
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/papers/"
    added = applicant.upload(address, audience="joint", kind="other", title="Note", file=pdf("note")).json()
    paper = f"{address}{added['papers'][-1]['id']}/"
    assert respondent.delete(paper).status_code == 404
    assert applicant.delete(paper).json()["papers"][-1]["is_withdrawn"] is True
    assert (applicant.fetch(paper)[0], respondent.fetch(paper)[0]) == (200, 404)


def test_a_stranger_finds_no_case(cast, dispute):
    case = dispute.in_mediation()
    stranger = Program(cast.rival)
    missing = stranger.get(f"my/cases/{cast.rival.organisation.pk}/").content
    for answer in (
        stranger.get(f"my/cases/{case.pk}/"),
        stranger.patch(f"my/cases/{case.pk}/", {}),
        stranger.post(f"my/cases/{case.pk}/withdraw/"),
        stranger.post(f"my/cases/{case.pk}/answer/", {"agrees": True}),
        stranger.upload(f"my/cases/{case.pk}/papers/", audience="joint", kind="other", title="x", file=pdf()),
    ):
        assert (answer.status_code, answer.content) == (404, missing)
    begin = {"statement_number": case.statement.number, "license": str(case.license_id)}
    assert stranger.post("my/cases/", begin).status_code == 404
    assert Case.objects.count() == 1


def test_the_applicant_withdraws_and_discards(dispute, applicant, respondent):
    case = dispute.asked()
    assert respondent.post(f"my/cases/{case.pk}/withdraw/").status_code == 404
    assert applicant.post(f"my/cases/{case.pk}/withdraw/").json()["case"]["status"] == "withdrawn"
    assert applicant.delete(f"my/cases/{case.pk}/").status_code == 409
    draft = dispute.draft()
    assert applicant.delete(f"my/cases/{draft.pk}/").status_code == 204
    assert applicant.get(f"my/cases/{draft.pk}/").status_code == 404
