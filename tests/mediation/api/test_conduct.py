"""A mediation under way, by the software of its sides: extension, end, sessions, and the agreement under two hands."""

import pytest
import time_machine

from mediation.enums import Audience, CaseStatus
from tests.api_client import Program
from tests.cast import NOW

HASH = "a" * 64


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sides(dispute):
    return Program(dispute.applicant), Program(dispute.respondent)


def test_two_signatures_under_the_text_that_was_read_make_the_agreement(dispute, sides):
    case = dispute.in_mediation()
    address = f"my/cases/{case.pk}/agreement/"
    assert [side.get(address).status_code for side in sides] == [404, 404]
    made = dispute.propose(case)
    text = sides[0].get(address).json()
    assert (text["result"], text["content_hash"], text["signed"]) == (made.result, made.content_hash, [])
    signature = {"content_hash": text["content_hash"], "signed_name": "Li Na", "read": True}

    unread = sides[0].post(address, {**signature, "read": False})
    assert (unread.status_code, list(unread.json()["errors"])) == (400, ["read"])
    other = sides[0].post(address, {**signature, "content_hash": HASH})
    assert (other.status_code, len(other.json()["violations"])) == (422, 1)
    assert sides[0].post(address, signature).json()["case"]["status"] == CaseStatus.IN_MEDIATION
    assert sides[1].get(address).json()["signed"] == ["applicant"]
    assert sides[0].post(address, signature).status_code == 422
    assert sides[1].post(address, signature).json()["case"]["status"] == CaseStatus.AGREED
    assert sides[0].get(address).json()["effective_at"].startswith("2026-03-02")


def test_both_consent_to_the_extension_and_the_mediators_see_it(dispute, sides):
    case = dispute.in_mediation()
    for side in sides:
        assert side.post(f"my/cases/{case.pk}/extension/").status_code == 200
    assert sorted(case.extension_consents.values_list("side", flat=True)) == ["applicant", "respondent"]


def test_either_side_refuses_to_go_on(dispute, sides):
    case = dispute.in_mediation()
    left = sides[1].post(f"my/cases/{case.pk}/leave/").json()
    assert (left["case"]["status"], left["case"]["closed_at"] is None) == (CaseStatus.REFUSED, False)
    assert sides[0].post(f"my/cases/{case.pk}/leave/").status_code == 409


def test_a_side_reads_of_the_sessions_to_which_it_is_invited(dispute, sides):
    case = dispute.in_mediation()
    dispute.minutes(dispute.session(case, Audience.JOINT), "They met.")
    dispute.session(case, Audience.APPLICANT, place="Room 2718")
    own, other = (side.get(f"my/cases/{case.pk}/") for side in sides)
    minutes = {one["place"]: one["minutes"] for one in own.json()["sessions"]}
    assert minutes == {"Room 1": "They met.", "Room 2718": None}
    assert [one["place"] for one in other.json()["sessions"]] == ["Room 1"]
    assert b"2718" not in other.content


def test_a_stranger_finds_neither_text_nor_acts(dispute, cast):
    case = dispute.in_mediation()
    made = dispute.propose(case)
    stranger = Program(cast.rival)
    signature = {"content_hash": made.content_hash, "signed_name": "X", "read": True}
    assert stranger.get(f"my/cases/{case.pk}/agreement/").status_code == 404
    assert stranger.post(f"my/cases/{case.pk}/agreement/", signature).status_code == 404
    assert [stranger.post(f"my/cases/{case.pk}/{act}/").status_code for act in ("extension", "leave")] == [404, 404]
