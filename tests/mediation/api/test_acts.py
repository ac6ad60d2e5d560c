"""What a side does inside a case by its software: go on, end it, name its agency; what it may know of the sessions."""

import pytest
import time_machine

from mediation.enums import Audience
from tests.api_client import Program
from tests.cast import NOW
from tests.factories.people import MandateFactory


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


@pytest.mark.parametrize("who", ["applicant", "respondent"])
def test_either_side_refuses_to_go_on_once_the_mediation_has_begun(dispute, who):
    program = Program(getattr(dispute, who))
    asked = dispute.asked()
    assert program.post(f"my/cases/{asked.pk}/leave/").status_code == 409
    Program(dispute.respondent).post(f"my/cases/{asked.pk}/answer/", {"agrees": True, "statement": "Yes."})
    left = program.post(f"my/cases/{asked.pk}/leave/").json()
    assert (left["case"]["status"], left["closing_ground"]) == ("refused", "refusal")
    assert program.post(f"my/cases/{asked.pk}/leave/").status_code == 409


def test_each_side_consents_to_the_extension_for_itself(dispute, applicant, respondent):
    address = f"my/cases/{dispute.in_mediation().pk}/"
    assert applicant.post(f"{address}extension/").json()["consents_to_extension"] is True
    assert respondent.get(address).json()["consents_to_extension"] is False
    assert [applicant.post(f"{address}extension/").status_code, respondent.get(address).json()["extended_at"]] == [
        200,
        None,
    ]


def test_a_party_names_its_agency_which_then_reads_the_case_and_removes_it(cast, dispute, respondent):
    agency = Program(cast.agency)
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/"
    assert agency.get(address).status_code == 404
    wanted = {"id": str(cast.agency.organisation.pk), "name": cast.agency.organisation.name}
    assert respondent.get(f"{address}agency/").json() == {"agency": None, "agencies": [wanted]}

    named = respondent.post(f"{address}agency/", {"agency": wanted["id"]}).json()
    assert (named["respondent_agency_name"], named["applicant_agency_name"]) == (wanted["name"], "")
    assert respondent.get(f"{address}agency/").json()["agency"] == wanted["id"]
    assert agency.get(address).json()["side"] == "respondent"
    for answer in (agency.get(f"{address}agency/"), agency.post(f"{address}agency/", {"agency": None})):
        assert answer.status_code == 404
    assert respondent.post(f"{address}agency/", {"agency": None}).json()["respondent_agency_name"] == ""
    assert agency.get(address).status_code == 404


def test_no_agency_without_a_mandate_for_mediation_can_be_named(cast, dispute, applicant):
    agency = cast.agency.organisation
    MandateFactory(agency=agency, principal=dispute.applicant.organisation, acts=["statements"])
    address = f"my/cases/{dispute.in_mediation().pk}/agency/"
    assert applicant.get(address).json() == {"agency": None, "agencies": []}
    answer = applicant.post(address, {"agency": str(agency.pk)})
    assert (answer.status_code, [item["rule"] for item in answer.json()["violations"]]) == (422, ["G1"])
    assert list(applicant.post(address, {}).json()["errors"]) == ["agency"]


def test_a_side_knows_of_joint_sessions_and_its_own(dispute, applicant, respondent):
    case = dispute.in_mediation()
    joint = dispute.session(case, Audience.JOINT)
    dispute.minutes(joint, "Both spoke.")
    dispute.session(case, Audience.APPLICANT, place="Room 31415")
    own = applicant.get(f"my/cases/{case.pk}/").json()["sessions"]
    assert {(item["audience"], item["place"]) for item in own} == {("joint", "Room 1"), ("applicant", "Room 31415")}
    seen = respondent.get(f"my/cases/{case.pk}/")
    assert [(item["place"], item["record"]["minutes"]) for item in seen.json()["sessions"]] == [
        ("Room 1", "Both spoke.")
    ]
    assert b"31415" not in seen.content
    assert seen.json()["mediators"] == [str(dispute.cast.mediator.user)]


def test_a_stranger_does_none_of_it(cast, dispute):
    case = dispute.in_mediation()
    stranger = Program(cast.rival)
    missing = stranger.get(f"my/cases/{cast.rival.organisation.pk}/").content
    for answer in (
        stranger.post(f"my/cases/{case.pk}/leave/"),
        stranger.post(f"my/cases/{case.pk}/extension/"),
        stranger.get(f"my/cases/{case.pk}/agency/"),
        stranger.post(f"my/cases/{case.pk}/agency/", {"agency": None}),
    ):
        assert (answer.status_code, answer.content) == (404, missing)
