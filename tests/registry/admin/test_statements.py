"""The examination desk as examiners, approvers and strangers meet it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.queries import ACTING_SESSION_KEY, OFFICE
from registry.enums import StatementStatus
from registry.models import StatementPaper
from tests.cast import NOW, Cast
from tests.factories.files import StoredFileFactory
from tests.factories.patents import PledgeFactory
from tests.factories.people import MembershipFactory
from tests.factories.statements import announced, draft, examining_now, passed, submitted
from tests.registry.models.test_versions import corrected

pytestmark = pytest.mark.django_db

QUEUE = "/examination/registry/statement/"


@pytest.fixture(autouse=True)
def _on_a_monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def desk(statement) -> str:
    return reverse("admin:registry_statement_change", args=[statement.pk])


def buttons(response) -> list[str]:
    return re.findall(r'name="step" value="(\w+)"', response.content.decode())


def test_the_queue_shows_submitted_statements_and_never_a_draft():
    cast = Cast()
    waiting, private = submitted(cast), draft(cast)
    page = cast.examiner.client().get(QUEUE).content.decode()
    assert waiting.number in page
    assert re.search(r'<link rel="icon" href="[^"]*img/mark[^"]*\.svg"', page)
    assert private.patent.title not in page
    assert cast.examiner.client().get(desk(private)).status_code == 404


@pytest.mark.parametrize("who", ["patentee", "enterprise", "mediator", "officer", "administrator"])
def test_for_everybody_else_the_desk_does_not_exist(who):
    cast = Cast()
    statement = submitted(cast)
    assert getattr(cast, who).client().get(desk(statement)).status_code == 404


def test_a_visitor_is_asked_to_sign_in_at_the_common_door(client):
    statement = submitted(Cast())
    response = client.get(desk(statement))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_the_desk_names_the_kind_of_a_paper_and_marks_what_is_empty():
    cast = Cast()
    statement = examining_now(cast)
    file, by = StoredFileFactory(), statement.created_by
    StatementPaper.objects.create(statement=statement, kind="power_of_attorney", file=file, added_by=by, added_at=NOW)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cast.examiner.client().get(desk(statement)).content.decode()))
    assert f"Power of attorney: {file.name}" in page
    assert "Other matters —" in page


def test_the_desk_says_until_when_a_correction_can_come_and_that_it_was_missed():
    cast = Cast()
    statement = cast.statement_in("correction")
    said = ((2, "Correct the statement and send it back."), (3, "The period for correction is over."))
    for day, words in said:
        with time_machine.travel(NOW.replace(month=4, day=day), tick=False):
            page = cast.examiner.client().get(desk(statement)).content.decode()
            assert (words in page, "until" in page) == (True, True)
            assert ("2 May 2026" in page) is (day == 3)


def test_the_examiner_takes_the_next_statement_and_sees_its_steps():
    cast = Cast()
    statement = submitted(cast)
    client = cast.examiner.client()
    response = client.post(f"{QUEUE}next/")
    assert (response.status_code, response.url) == (302, desk(statement))
    assert buttons(client.get(desk(statement))) == ["hand_back", "request_correction", "pass", "propose_refusal"]


def test_the_desk_shows_facts_and_every_standing_check_with_its_article():
    cast = Cast()
    statement = examining_now(cast)
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NOW.date())
    page = cast.examiner.client(accept_language="en").get(desk(statement)).content.decode()
    assert "Harbor Bank" in page
    assert "Rules" in page
    assert "86" in page


def test_a_refused_step_says_why_with_the_article():
    cast = Cast()
    statement = examining_now(cast)
    PledgeFactory(patent=statement.patent, since_on=NOW.date())
    response = cast.examiner.client().post(desk(statement), {"step": "pass"})
    page = response.content.decode()
    assert response.status_code == 422
    refused = page[page.index("desk-refused") :]
    assert "#RULES" in refused[: refused.index("</form>")]
    statement.refresh_from_db()
    assert statement.status == StatementStatus.EXAMINING


def test_what_was_typed_with_a_refused_step_is_still_there():
    cast = Cast()
    statement = examining_now(cast)
    reasons = "请明确支付期限。" * 600
    said = {"step": "request_correction", "request_correction-reasons": reasons}
    response = cast.examiner.client().post(desk(statement), said)
    assert response.status_code == 422
    assert reasons in response.content.decode()


def test_a_limit_is_let_pass_only_where_one_is_exceeded():
    cast = Cast()
    page = cast.examiner.client().get(desk(examining_now(cast))).content.decode()
    assert "override_reason" not in page


def test_the_approver_approves_with_one_button():
    cast = Cast()
    statement = passed(cast)
    client = cast.approver.client()
    assert buttons(client.get(desk(statement))) == ["send_back", "approve"]
    assert client.post(desk(statement), {"step": "approve"}).status_code == 302
    statement.refresh_from_db()
    assert statement.status == StatementStatus.APPROVED


def test_the_examiner_of_a_statement_has_no_button_to_approve_it():
    cast = Cast()
    statement = passed(cast)
    assert buttons(cast.examiner.client().get(desk(statement))) == []


def test_the_wordings_are_inserted_and_nothing_is_decided_yet():
    cast = Cast()
    statement = examining_now(cast)
    said = {
        "step": "request_correction",
        "insert": "1",
        "request_correction-reasons": "1. 请写明计费单位。",
        "request_correction-wordings": ["promotion", "consent"],
    }
    response = cast.examiner.client(accept_language="en").post(desk(statement), said)
    page = response.content.decode()
    text = page[page.index("1. 请写明计费单位。") :]
    lines = text[: text.index("</textarea>")].splitlines()
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. "]
    assert "商业" in lines[1]
    statement.refresh_from_db()
    assert (statement.status, statement.examinations.count()) == (StatementStatus.EXAMINING, 0)


def test_the_reasons_begin_with_what_stands_against_the_statement():
    cast = Cast()
    statement = examining_now(cast)
    PledgeFactory(patent=statement.patent, since_on=NOW.date())
    page = cast.examiner.client(accept_language="en").get(desk(statement)).content.decode()
    begun = page[page.index('name="propose_refusal-reasons"') :]
    begun = begun[: begun.index("</textarea>")]
    assert "1. " in begun
    assert "专利法实施细则第86条" in begun


def test_a_colleague_sees_who_has_it_since_when_and_gets_no_buttons():
    cast = Cast()
    statement = examining_now(cast)
    response = cast.other_examiner.client(accept_language="en").get(desk(statement))
    page = response.content.decode()
    assert buttons(response) == []
    assert "Examiner: The examiner" in page
    assert re.search(r"since <time[^>]*>2 March 2026 10:00</time>", page)
    assert "A colleague has taken this statement." in page


def test_the_approver_gives_the_statement_of_an_absent_examiner_to_another():
    cast = Cast()
    statement = examining_now(cast)
    colleague = cast.other_examiner.user
    client = cast.approver.client()
    assert buttons(client.get(desk(statement))) == ["reassign", "release"]
    said = {"step": "reassign", "reassign-to": str(colleague.pk), "reassign-reason": "休假。"}
    assert client.post(desk(statement), said).status_code == 302
    statement.refresh_from_db()
    assert statement.examiner == colleague


@pytest.mark.parametrize("ended", [None, NOW])
def test_whoever_belongs_or_belonged_to_a_party_gets_no_button_and_is_told_why(ended):
    cast = Cast()
    statement = submitted(cast)
    MembershipFactory(user=cast.examiner.user, organisation=statement.filed_by, ended_at=ended)
    client = cast.examiner.client(accept_language="en")
    session = client.session
    session[ACTING_SESSION_KEY] = OFFICE
    session.save()
    response = client.get(desk(statement))
    assert buttons(response) == []
    assert "You belong or belonged to an organisation" in response.content.decode()


def test_corrected_texts_stand_side_by_side():
    cast = Cast()
    statement = corrected(cast)
    client = cast.examiner.client(accept_language="en")
    address = reverse("admin:registry_statement_versions", args=[statement.pk])
    assert address in client.get(desk(statement)).content.decode()
    page = client.get(address).content.decode()
    assert "<del>20,000.00</del>" in page
    assert "<ins>28,000.00</ins>" in page
    assert page.count("comparison__changed") == 1
    assert cast.officer.client().get(address).status_code == 404


def test_the_start_page_counts_the_day_s_work():
    cast = Cast()
    submitted(cast)
    examining_now(cast)
    page = cast.examiner.client(accept_language="en").get("/examination/").content.decode()
    table = page[page.index("The work of today") :]
    table = table[: table.index("</table>")]
    counts = dict(re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)(?:</a>)?</th>\s*<td class="num">(\d+)', table))
    assert counts["Statements on my desk"] == "1"
    assert counts["Statements waiting for an examiner"] == "1"
    assert counts["Filings of licenses to decide on"] == "0"


@pytest.mark.parametrize(
    ("who", "status"),
    [("examiner", 200), ("approver", 200), ("auditor", 200), ("administrator", 200), ("officer", 404)],
)
def test_targets_and_ages_are_for_those_who_answer_for_them(who, status):
    cast = Cast()
    submitted(cast)
    assert getattr(cast, who).client().get("/examination/targets/").status_code == status


def test_targets_and_ages_are_drawn_and_stand_beneath_as_figures():
    cast = Cast()
    submitted(cast, at=NOW - timedelta(days=21))  # sixteen working days and over the target of ten
    submitted(cast)
    page = cast.examiner.client(accept_language="en").get("/examination/targets/").content.decode()
    assert page.count("<svg") == page.count("<table") >= 3
    assert "Target: 10 working days (office practice)." in page
    figures = re.findall(r'<th scope="row">([^<]+)</th><td class="num">(\d+)</td>', page)
    assert dict(figures[:5]) == {"0–2": "1", "3–5": "0", "6–8": "0", "9–10": "0", "11 days or more": "1"}


def test_a_button_pressed_twice_does_the_step_once():
    cast = Cast()
    statement = passed(cast)
    client = cast.approver.client()
    client.post(desk(statement), {"step": "approve"})
    response = client.post(desk(statement), {"step": "approve"}, follow=True)
    assert response.status_code == 200
    assert statement.examinations.filter(event="approve").count() == 1


def test_the_office_proposes_the_end_of_an_announced_statement():
    cast = Cast()
    statement = announced(cast)
    PledgeFactory(patent=statement.patent, since_on=NOW.date() + timedelta(days=2))
    said = {"step": "propose_ending", "propose_ending-grounds": "专利权已质押。"}
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        client = cast.examiner.client(accept_language="en")
        page = client.get(desk(statement))
        assert buttons(page) == ["propose_ending"]
        assert "The facts call for: End by the office. The ground arose after" in page.content.decode()
        refused = client.post(desk(statement), {**said, "propose_ending-kind": "revocation"})
        assert refused.status_code == 422
        assert "What you propose is not what the facts call for." in refused.content.decode()
        assert client.post(desk(statement), {**said, "propose_ending-kind": "termination"}).status_code == 302
    assert statement.endings.get().kind == "termination"


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_there_is_no_way_around_the_buttons(path):
    cast = Cast()
    statement = submitted(cast)
    client = cast.examiner.client()
    response = client.post(f"{QUEUE}{path.format(pk=statement.pk)}", {"post": "yes"})
    assert response.status_code in {403, 404, 405}
    statement.refresh_from_db()
    assert statement.status == StatementStatus.SUBMITTED


def test_the_desk_shows_the_exception_asked_for_and_takes_the_reason_for_granting_it():
    cast = Cast()
    statement = examining_now(cast, fixed_amount="20000000.01", exception_request="该专利为成套设备核心专利。")
    client = cast.examiner.client(accept_language="en")
    page = client.get(desk(statement)).content.decode()
    assert (
        "该专利为成套设备核心专利。" in page,
        "A fixed fee is generally at most" in page,
        "override_reason" in page,
    ) == (True, True, True)
    client.post(desk(statement), {"step": "pass", "pass-override_reason": "", "override_reason": ""})
    statement.refresh_from_db()
    assert statement.status == StatementStatus.EXAMINING
    said = {"step": "pass", "pass-override_reason": "评估支持。", "override_reason": "评估支持。"}
    client.post(desk(statement), said)
    statement.refresh_from_db()
    assert (statement.status, statement.cap_override_reason) == (StatementStatus.PASSED, "评估支持。")
