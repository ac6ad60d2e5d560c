"""A filer's software: the same acts and rules as the forms, and nothing that only the office may set."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
import time_machine
from django.utils import translation

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from core.deadlines import law_date
from registry.actions import examining
from registry.models import Patentee, Statement
from registry.queries.statements import violations_of
from tests.api_client import Program, pdf
from tests.cast import COMPLETE, NOW
from tests.factories.patents import PledgeFactory
from tests.factories.people import MandateFactory


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def program(cast):
    return Program(cast.patentee)


def test_a_statement_is_begun_saved_checked_and_submitted(cast, program):
    patent = cast.patent()
    begun = program.post("my/statements/", {"patent_number": f"ZL {patent.number}"})
    assert begun.status_code == 201
    pk = begun.json()["statement"]["id"]
    assert program.post("my/statements/", {"patent_number": patent.number}).json()["statement"]["id"] == pk

    saved = program.patch(f"my/statements/{pk}/", COMPLETE).json()
    assert {name: saved["entries"][name] for name in COMPLETE} == COMPLETE
    assert saved["fee"]["words"] == "¥200,000.00 once"
    assert program.get(f"my/statements/{pk}/check/").json() == {"ready": True, "violations": []}

    sent = program.post(f"my/statements/{pk}/submit/").json()["statement"]
    statement = Statement.objects.get()
    assert (sent["number"], sent["status"]) == (statement.number, "submitted") == ("OL2026000001", "submitted")
    assert (statement.submitted_at, statement.created_by) == (NOW, cast.patentee.user)
    assert program.get("my/statements/").json() == {"count": 1, "next": None, "results": [sent]}

    assert program.post(f"my/statements/{pk}/submit/").status_code == 409
    assert program.post(f"my/statements/{pk}/cancel/").json()["statement"]["status"] == "canceled"


def test_a_refusal_names_every_violation_exactly_as_the_page_does(cast, program):
    statement = cast.draft(explanation="", signed_name="", fixed_amount="20000000.01")
    answer = program.post(f"my/statements/{statement.pk}/submit/")
    with translation.override("en"):
        expected = [item.as_data() for item in violations_of(statement, on=law_date(NOW)) if item.blocks]
    assert {item["rule"] for item in expected} >= {"F7", "F8"}
    assert answer.json() == {
        "type": "urn:open-license:problem:refused",
        "title": "The law refuses this act.",
        "status": 422,
        "violations": expected,
    }
    assert answer["Content-Type"] == "application/problem+json"
    checked = program.get(f"my/statements/{statement.pk}/check/").json()
    assert (checked["ready"], [item for item in checked["violations"] if item["severity"] != "warning"]) == (
        False,
        expected,
    )


def test_what_cannot_be_read_is_kept_and_named(cast, program):
    statement = cast.draft()
    saved = program.patch(f"my/statements/{statement.pk}/", {"fixed_amount": "negotiable"}).json()
    assert (saved["entries"]["fixed_amount"], saved["fee"]) == ("negotiable", None)
    found = program.get(f"my/statements/{statement.pk}/check/").json()["violations"]
    assert [item["field"] for item in found] == ["fixed_amount"]


def test_an_exception_from_the_cap_is_asked_for_and_said_to_be_undecided(cast, program):
    statement = cast.draft(fixed_amount="20000000.01")
    assert program.post(f"my/statements/{statement.pk}/submit/").status_code == 422
    asked = {"exception_request": "该专利为成套设备核心专利。"}
    saved = program.patch(f"my/statements/{statement.pk}/", asked).json()
    assert saved["entries"]["exception_request"] == asked["exception_request"]
    checked = program.get(f"my/statements/{statement.pk}/check/").json()
    assert (checked["ready"], [(item["rule"], item["field"]) for item in checked["violations"]]) == (
        True,
        [("W7", "fixed_amount")],
    )
    assert program.post(f"my/statements/{statement.pk}/submit/").json()["statement"]["status"] == "submitted"


@pytest.mark.parametrize(
    "field",
    [
        "number",
        "status",
        "submitted_at",
        "received_at",
        "decided_by",
        "examiner",
        "effective_on",
        "cap_override_reason",
    ],
)
def test_nobody_backdates_or_decides_by_sending_a_field(cast, program, field):
    statement = cast.draft()
    before = Statement.objects.values().get()
    answer = program.patch(f"my/statements/{statement.pk}/", {field: "2020-01-01", "unit_name": "ton"})
    assert (answer.status_code, answer.json()["errors"]) == (400, {field: ["This field is not taken from a request."]})
    assert Statement.objects.values().get() == before


def test_a_body_sent_with_an_act_sets_nothing(cast, program):
    statement = cast.draft()
    past = {"submitted_at": "2020-01-01T00:00:00Z", "number": "OL2020000001", "status": "announced"}
    program.post(f"my/statements/{statement.pk}/submit/", past)
    statement.refresh_from_db()
    assert (statement.submitted_at, statement.number, statement.status) == (NOW, "OL2026000001", "submitted")


@pytest.mark.parametrize(
    ("method", "step"),
    [
        ("get", ""),
        ("patch", ""),
        ("delete", ""),
        ("get", "check/"),
        ("post", "submit/"),
        ("post", "correct/"),
        ("post", "cancel/"),
        ("post", "ask-consents/"),
        ("delete", "withdrawal/"),
    ],
)
def test_another_organisations_statement_looks_like_a_missing_one(cast, method, step):
    statement = cast.draft()
    stranger = Program(cast.enterprise)
    body = {} if method == "patch" else None
    found = stranger.send(method, f"my/statements/{statement.pk}/{step}", body)
    missing = stranger.send(method, f"my/statements/{cast.enterprise.organisation.pk}/{step}", body)
    assert (found.status_code, found.content) == (404, missing.content)
    statement.refresh_from_db()
    assert statement.status == "draft"


def test_without_a_key_nothing_is_done_and_a_session_is_no_key(cast):
    statement = cast.draft()
    for client in (Program().client, cast.patentee.client()):
        answer = client.post(f"/api/v1/my/statements/{statement.pk}/submit/")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Api-Key")
    statement.refresh_from_db()
    assert statement.status == "draft"


def test_an_unverified_organisation_can_do_nothing(cast, program):
    Organisation.objects.filter(pk=cast.patentee.organisation.pk).update(verification="pending", verified_at=None)
    assert program.get("my/statements/").status_code == 404


def test_an_agency_files_for_its_principal_and_for_nobody_else(cast):
    agency = Program(cast.agency)
    patent = cast.patent()
    other = {"patent_number": patent.number, "filed_by": str(cast.co_owner.organisation.pk)}
    assert agency.post("my/statements/", other).status_code == 404
    itself = agency.post("my/statements/", {"patent_number": patent.number})
    assert (itself.status_code, itself.json()["violations"][0]["rule"]) == (422, "F11")
    begun = agency.post("my/statements/", {**other, "filed_by": str(cast.patentee.organisation.pk)})
    assert begun.json()["statement"]["filed_by_name"] == "Lakeside University"
    assert Program(cast.patentee).get("my/statements/").json()["count"] == 1


def test_filing_on_a_strangers_patent_is_refused_with_the_article(cast):
    answer = Program(cast.enterprise).post("my/statements/", {"patent_number": cast.patent().number})
    assert (answer.status_code, [item["rule"] for item in answer.json()["violations"]]) == (422, ["F11"])
    assert Statement.objects.count() == 0


@pytest.mark.parametrize("number", ["", "202410000001.1", "2.02E+12", "CN102345678B"])
def test_a_wrong_patent_number_is_explained(program, number):
    answer = program.post("my/statements/", {"patent_number": number})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["patent_number"])


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"patent_number": "\\ud800"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "application/xml", 415),
        (b" " * (5 * 1024 * 1024 + 1), "application/json", 413),
    ],
)
def test_a_malformed_body_gets_a_problem_document(program, body, kind, status):
    answer = program.client.post("/api/v1/my/statements/", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_messages_come_in_the_language_asked_for(cast):
    statement = cast.draft(explanation="")
    address = f"my/statements/{statement.pk}/submit/"
    english = Program(cast.patentee).post(address)
    chinese = Program(cast.patentee, language="fr").post(address)
    assert (english["Content-Language"], chinese["Content-Language"]) == ("en", "zh-hans")
    assert english.json()["violations"][0]["basis"][0].startswith(("Rules", "Implementing", "Guidelines", "Patent"))


def test_a_correction_is_sent_back(cast, program):
    statement = cast.statement_in("correction")
    program.patch(f"my/statements/{statement.pk}/", {"contact_name": "Zhao Min"})
    sent = program.post(f"my/statements/{statement.pk}/correct/").json()
    assert (sent["statement"]["status"], sent["entries"]["contact_name"]) == ("examining", "Zhao Min")


def test_a_draft_is_discarded_and_gone(cast, program):
    statement = cast.draft()
    assert program.delete(f"my/statements/{statement.pk}/").status_code == 204
    assert program.get(f"my/statements/{statement.pk}/").status_code == 404
    assert program.get("my/statements/").json()["count"] == 0


def test_an_answer_with_a_key_is_kept_nowhere(cast, program):
    assert program.get("my/statements/")["Cache-Control"] == "private, no-store"


def test_the_withdrawal_of_an_announced_statement_is_asked_for_and_taken_back(cast, program):
    statement = cast.statement_in("announced")
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        address = f"my/statements/{statement.pk}/withdrawal/"
        refused = program.upload(address, grounds="", unconditional="false")
        assert (refused.status_code, len(refused.json()["violations"])) == (422, 2)
        asked = program.upload(address, grounds="We assign the patent.", unconditional="true").json()
        assert asked["endings"] == [
            {
                "id": ANY,
                "kind": "withdrawal",
                "status": "requested",
                "grounds": "We assign the patent.",
                "requested_at": "2026-03-04T10:00:00+08:00",
                "reasons": "",
            }
        ]
        assert program.delete(address).json()["endings"][0]["status"] == "canceled"
        assert program.delete(address).status_code == 404


def test_a_correction_period_is_extended_once(cast, program):
    statement = cast.statement_in("correction")
    path = f"my/statements/{statement.pk}/extension/"
    assert program.post(path, {"months": 3, "reasons": "等待检索结果。"}).status_code == 400
    assert program.post(path, {"months": 1, "reasons": ""}).json()["violations"][0]["rule"] == "T4"
    done = program.post(path, {"months": 1, "reasons": "等待检索结果。"}).json()
    assert done["statement"]["correction_due_on"] == done["turn"]["until"] == "2026-05-06"
    assert program.post(path, {"months": 1, "reasons": "再等等。"}).json()["violations"][0]["rule"] == "T2"


def test_a_refused_statement_names_the_last_days_of_the_remedies(cast, program):
    told = program.get(f"my/statements/{cast.statement_in('refused').pk}/").json()
    assert told["remedies"] == {"reconsideration_by": "2026-05-06", "suit_by": "2026-09-02"}
    assert [(item["reasons"], item["violations"]) for item in told["reasons"]] == [("The fee is unclear.", [])]
    draft = program.get(f"my/statements/{cast.draft().pk}/").json()
    assert (draft["remedies"], draft["reasons"]) == (None, [])


def test_what_a_correction_has_to_mend_is_read_with_its_rules(cast, program):
    statement = cast.statement_in("examining")
    PledgeFactory(patent=statement.patent, since_on=NOW.date())
    by = cast.examiner.actor
    examining.request_correction(statement=statement, reasons="The pledgee has to consent.", by=by, at=NOW)
    [told] = program.get(f"my/statements/{statement.pk}/").json()["reasons"]
    assert (told["reasons"], [item["rule"] for item in told["violations"]]) == ("The pledgee has to consent.", ["G4"])
    assert "who has not consented" in told["violations"][0]["message"]


def test_a_withdrawal_is_consented_to_by_program(cast, program):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        address = f"my/statements/{statement.pk}/withdrawal/"
        asked = program.upload(address, grounds="We assign the patent.", unconditional="true").json()
        assert asked["endings"][0]["status"] == "prepared"
        other = Program(cast.co_owner)
        wanted = other.get("my/withdrawals/").json()["results"][0]
        text = {"content_hash": wanted["content_hash"]}
        path = f"my/withdrawals/{wanted['id']}/"
        assert Program(cast.rival).post(path, text).status_code == 404
        assert other.post(f"{path}decline/", {**text, "reason": "Later."}).status_code == 204
        assert other.post(path, {"content_hash": "0" * 64}).json()["violations"][0]["rule"] == "P1"
        assert other.post(path, text).json()["status"] == "requested"


def test_the_signed_consent_of_the_others_sends_a_waiting_withdrawal_to_the_office(cast, program):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        address = f"my/statements/{statement.pk}/withdrawal/"
        assert program.upload(f"{address}consent/", consent_file=pdf("signed")).status_code == 404
        program.upload(address, grounds="We assign the patent.", unconditional="true")
        assert list(program.upload(f"{address}consent/").json()["errors"]) == ["consent_file"]
        for person in (cast.co_owner, cast.rival):
            assert Program(person).upload(f"{address}consent/", consent_file=pdf("signed")).status_code == 404
        done = program.upload(f"{address}consent/", consent_file=pdf("signed"))
        assert (done.status_code, done.json()["endings"][0]["status"]) == (200, "requested")
        assert statement.endings.get().papers.get().kind == "withdrawal_consent"
        assert program.upload(f"{address}consent/", consent_file=pdf("again")).status_code == 409


def test_a_pledgee_answers_by_program(cast, program):
    statement, bank = cast.draft(), Program(cast.member("Harbor Bank"))
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NOW.date())
    assert bank.get(f"my/pledges/{statement.pk}/").status_code == 404
    assert program.post(f"my/statements/{statement.pk}/ask-pledgees/").status_code == 200
    read = bank.get(f"my/pledges/{statement.pk}/").json()
    assert read["entries"]["payee_account"] == ""
    text = {"content_hash": read["content_hash"]}
    assert bank.post(f"my/pledges/{statement.pk}/decline/", {**text, "reason": "Later."}).status_code == 204
    assert bank.post(f"my/pledges/{statement.pk}/", text).status_code == 204
    assert program.get(f"my/statements/{statement.pk}/check/").json()["ready"] is True


def test_a_statement_is_declared_anew_by_program(cast, program):
    earlier = cast.statement_in("announced")
    said = {"patent_number": earlier.patent.number, "replaces": earlier.number}
    begun = program.post("my/statements/", said).json()
    assert (begun["entries"]["fixed_amount"], begun["entries"]["signed_name"]) == ("200000.00", "")
    assert Statement.objects.get(pk=begun["statement"]["id"]).replaces == earlier
    assert program.post("my/statements/", {**said, "replaces": "OL2026999999"}).status_code == 404


def test_the_filer_reads_what_the_office_received_and_sent(cast, program):
    statement = cast.statement_in("submitted")
    address = f"my/statements/{statement.pk}/"
    found = program.get(address).json()
    version = statement.versions.get()
    assert [(text["number"], text["content_hash"], text["signed_name"]) for text in found["texts"]] == [
        (1, version.content_hash, version.signed_name)
    ]
    (paper,) = found["office_papers"]
    kept = statement.office_papers.get()
    assert (paper["id"], paper["kind"], paper["number"], paper["due_on"]) == (
        str(kept.pk),
        "acceptance",
        kept.number,
        None,
    )
    paper_at = f"{address}office-papers/{paper['id']}/"
    assert program.fetch(paper_at)[1].startswith(b"%PDF-")
    for stranger in (cast.rival, cast.co_owner):
        assert Program(stranger).fetch(paper_at)[0] == 404


def test_a_patentee_abroad_is_refused_every_act_at_the_office_with_its_article(cast, program):
    sent, announced = cast.statement_in("correction", by=cast.agency), cast.statement_in("announced", by=cast.agency)
    draft = cast.draft(by=cast.agency)
    cast.consent_of_all(draft)
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    withdrawal = {"grounds": "专利将要转让。", "unconditional": True}
    answers = [
        program.post(f"my/statements/{draft.pk}/submit/"),
        program.post(f"my/statements/{sent.pk}/correct/"),
        program.post(f"my/statements/{sent.pk}/cancel/"),
        program.post(f"my/statements/{sent.pk}/extension/", {"months": 1, "reasons": "等待检索结果。"}),
        program.upload(f"my/statements/{announced.pk}/withdrawal/", **withdrawal),
    ]
    assert [(answer.status_code, [v["rule"] for v in answer.json()["violations"]]) for answer in answers] == [
        (422, ["P9"])
    ] * 5
    assert "Patent Law, Art. 18(1)" in str(answers[0].json()["violations"][0]["basis"])
    checked = program.get(f"my/statements/{draft.pk}/check/").json()
    assert (checked["ready"], [v["rule"] for v in checked["violations"]]) == (False, ["P9"])


def test_a_patentees_program_names_the_agency_that_acts(cast, program):
    statement = cast.statement_in("submitted", by=cast.agency)
    other = cast.member("Harbor Patent Agency", OrganisationKind.AGENCY)
    address = f"my/statements/{statement.pk}/agency/"
    old, new = str(cast.agency.organisation.pk), str(other.organisation.pk)
    assert program.get(address).json() == {"agency": old, "agencies": [], "may_act_alone": True}
    refused = program.post(address, {"agency": new})
    assert (refused.status_code, [v["rule"] for v in refused.json()["violations"]]) == (422, ["P11"])
    MandateFactory(agency=other.organisation, principal=cast.patentee.organisation)
    assert program.get(address).json()["agencies"] == [{"id": new, "name": "Harbor Patent Agency"}]
    assert program.post(address, {"agency": new}).json()["statement"]["agency"] == new
    assert Program(cast.agency).get(f"my/statements/{statement.pk}/").status_code == 404
    assert Program(other).get(f"my/statements/{statement.pk}/").json()["statement"]["agency"] == new
    assert Program(other).post(address, {"agency": None}).status_code in (403, 404)
    assert program.post(address, {"agency": None}).json()["statement"]["agency"] is None
