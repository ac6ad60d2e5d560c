"""The filer's pages: start, steps that lose nothing, the answers, sending, and what others see (nothing)."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from registry.actions import correcting
from registry.actions.drafting import save_draft
from registry.enums import StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import Statement
from tests.cast import COMPLETE, NOW
from tests.factories.patents import PatentFactory, PledgeFactory


def png() -> SimpleUploadedFile:
    from io import BytesIO

    content = BytesIO()
    Image.new("RGB", (20, 20), "white").save(content, "PNG")
    return SimpleUploadedFile("consent.png", content.getvalue(), content_type="image/png")


def url(name: str, statement: Statement, *more: str) -> str:
    return reverse(f"registry:{name}", args=[statement.pk, *more])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def browser(cast):
    return cast.patentee.client()


def test_a_draft_starts_from_the_number_however_it_is_written(cast, browser):
    patent = cast.patent()
    written = f"ZL {patent.number.replace('.', ' . ')}"
    response = browser.post(reverse("registry:statement_new"), {"number": written})
    statement = Statement.objects.get()
    assert response.url == url("draft", statement)
    assert (statement.patent, statement.filed_by) == (patent, cast.patentee.organisation)


def test_only_patents_without_a_statement_are_offered_for_a_new_one(cast, browser):
    free, drafted, sent = cast.patent(), cast.draft().patent, cast.statement_in(StatementStatus.SUBMITTED).patent
    offered = set(browser.get(reverse("registry:statement_new")).context["patents"])
    assert offered == {free, drafted}
    assert sent not in offered


def test_the_price_is_not_begun_before_its_mode_is_chosen(cast, browser):
    browser.post(reverse("registry:statement_new"), {"number": cast.patent().number})
    said = text_of(browser.get(url("draft", Statement.objects.get())))
    assert "The price Not begun" in said


def test_of_two_ways_to_state_the_term_only_the_chosen_one_is_an_answer(cast, browser):
    statement = cast.draft()
    typed = {"term_mode": "until", "term_until": "2030-12-31", "term_months": "60"}
    browser.post(url("draft_step", statement, "term"), typed)
    said = text_of(browser.get(url("statement_check", statement)))
    assert "Last day" in said
    assert "Number of months" not in said


def test_a_wrong_number_is_explained_and_shown_again(cast, browser):
    number = cast.patent().number
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    response = browser.post(reverse("registry:statement_new"), {"number": wrong})
    assert "The check digit does not match" in text_of(response)
    assert f'value="{wrong}"' in response.content.decode()


def test_a_strangers_patent_is_refused_with_its_article(cast, browser):
    stranger = PatentFactory()
    response = browser.post(reverse("registry:statement_new"), {"number": stranger.number})
    said = text_of(response)
    assert "Lakeside University is not registered as a holder of this patent." in said
    assert "Patent Law, Art. 50(1)" in said
    assert Statement.objects.count() == 0


def test_what_cannot_be_read_is_kept_and_shown_again_with_its_violation(cast, browser):
    statement = cast.draft()
    page = url("draft_step", statement, "price")
    response = browser.post(page, {"fixed_amount": "面议", "payment_terms": "一次付清"})
    assert "“面议” leaves the price or the terms open." in text_of(response)
    later = browser.get(page).content.decode()
    assert 'value="面议"' in later
    statement.refresh_from_db()
    assert (statement.fixed_amount, statement.typed, statement.payment_terms) == (
        None,
        {"fixed_amount": "面议"},
        "一次付清",
    )


def test_a_fee_above_the_cap_is_saved_and_guided_to_an_ordinary_license(cast, browser):
    statement = cast.draft()
    response = browser.post(url("draft_step", statement, "price"), {"fixed_amount": "20,000,000.01"})
    said = text_of(response)
    assert "A fixed fee is generally at most ¥20,000,000.00" in said
    assert "conclude an ordinary license contract" in said
    assert 'value="20000000.01"' in response.content.decode()


def test_another_mode_keeps_the_old_price_and_gives_it_back(cast, browser):
    statement = cast.draft()
    browser.post(url("draft_step", statement, "fee"), {"fee_mode": "royalty_sales"})
    statement.refresh_from_db()
    assert (statement.fixed_amount, statement.typed["fixed_amount"]) == (None, "200000.00")
    page = browser.get(url("draft_step", statement, "price")).content.decode()
    assert ('name="royalty_rate"' in page, 'name="fixed_amount"' in page) == (True, False)
    browser.post(url("draft_step", statement, "fee"), {"fee_mode": "lump_sum"})
    statement.refresh_from_db()
    assert (str(statement.fixed_amount), statement.typed) == ("200000.00", {})


def test_instalments_are_typed_row_by_row_and_add_up(cast, browser):
    statement = cast.draft(fee_mode="instalments")
    rows = {
        "instalments-0-due_months": "0",
        "instalments-0-amount": "60000",
        "instalments-1-due_months": "12",
        "instalments-1-amount": "4万元",
    }
    response = browser.post(url("draft_step", statement, "price"), rows)
    assert response.url == url("draft_step", statement, "term")
    statement.refresh_from_db()
    assert str(statement.fixed_amount) == "100000.00"
    assert statement.instalments == [
        {"due_months": 0, "amount": "60000.00"},
        {"due_months": 12, "amount": "40000.00"},
    ]


def test_the_check_page_names_every_violation_with_article_and_link(cast, browser):
    statement = cast.draft(explanation="", contact_name="")
    PledgeFactory(patent=statement.patent)
    response = browser.get(url("statement_check", statement))
    said, page = text_of(response), response.content.decode()
    assert "The patent is pledged to Bank of the Lake, who has not consented." in said
    assert "The brief explanation of the fee is missing." in said
    assert "The contact person is missing." in said
    assert f'href="{url("draft_step", statement, "explanation")}?checked=1#id_explanation"' in page
    assert "Submit the statement" not in said


def test_what_is_wrong_with_a_text_is_said_with_its_field(cast, browser):
    statement = cast.draft()
    browser.post(
        url("draft_step", statement, "price"), {"fixed_amount": "1e9", "payment_terms": "Price negotiable. 价格面议"}
    )
    browser.post(url("draft_step", statement, "contact"), {"contact_name": ""})
    page = text_of(browser.get(url("statement_check", statement)))
    said = ("Sum: This is not a number.", "How and when to pay: “面议” leaves", " The contact person is missing.")
    assert [words for words in said if words not in page] == []


def test_sending_with_a_defect_is_refused_and_nothing_is_numbered(cast, browser):
    statement = cast.draft(signed_name="")
    response = browser.post(url("statement_check", statement))
    statement.refresh_from_db()
    assert "The signature is missing." in text_of(response)
    assert (statement.status, statement.number) == ("draft", "")


def test_a_complete_draft_is_sent_and_the_receipt_shows_its_number(cast, browser):
    statement = cast.draft()
    response = browser.post(url("statement_check", statement), follow=True)
    statement.refresh_from_db()
    assert statement.status == "submitted"
    assert re.fullmatch(r"OL20\d\d000001", statement.number)
    assert f"The office has received statement {statement.number}" in text_of(response)
    assert statement.content_hash in text_of(response)


def test_a_co_owner_is_asked_reads_and_consents(cast, browser):
    statement = cast.draft(cast.co_owned_patent())
    other = cast.co_owner.client()
    page = reverse("registry:consent", args=[statement.pk])
    assert other.get(page).status_code == 404  # nobody has asked yet
    browser.post(url("draft_step", statement, "papers"), {"act": "ask"})
    assert "1 text waits for your answer as co-owner" in text_of(other.get(reverse("registry:my_statements")))
    shown = other.get(page)
    assert COMPLETE["explanation"] in text_of(shown)
    other.post(page, {"read_hash": shown.context["read_hash"]})
    assert [consent.patentee for consent in statement.consents.all()] == [cast.co_owner.patentee]
    assert "You have consented to this text" in text_of(other.get(page))


def test_a_consent_to_a_text_that_changed_is_refused(cast, browser):
    statement = cast.draft(cast.co_owned_patent())
    browser.post(url("draft_step", statement, "papers"), {"act": "ask"})
    other, page = cast.co_owner.client(), reverse("registry:consent", args=[statement.pk])
    read = other.get(page).context["read_hash"]
    browser.post(url("draft_step", statement, "price"), {"fixed_amount": "300000"})
    response = other.post(page, {"read_hash": read})
    assert "The statement was changed while you read it." in text_of(response)
    assert statement.consents.count() == 0


def test_an_agreement_on_paper_replaces_consents(cast, browser):
    statement = cast.draft(cast.co_owned_patent())
    form = {
        "act": "consent",
        "consent-method": "agreement",
        "consent-patentee": str(cast.patentee.patentee.pk),
        "consent-file": png(),
    }
    assert browser.post(url("draft_step", statement, "papers"), form).status_code == 302
    browser.post(url("statement_check", statement))
    statement.refresh_from_db()
    assert statement.status == "submitted"


def test_papers_are_kept_read_and_taken_out(cast, browser):
    statement = cast.draft()
    form = {"act": "paper", "paper-kind": "other", "paper-file": png()}
    browser.post(url("draft_step", statement, "papers"), form)
    paper = statement.papers.get()
    answer = browser.get(url("paper", statement, paper.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.getvalue().startswith(b"\x89PNG")
    assert cast.rival.client().get(url("paper", statement, paper.pk)).status_code == 404
    browser.post(url("paper_remove", statement, paper.pk))
    assert statement.papers.count() == 0


def test_a_file_that_is_no_picture_is_refused_with_a_reason(cast, browser):
    form = {"act": "paper", "paper-kind": "other", "paper-file": SimpleUploadedFile("a.png", b"MZ not a picture")}
    statement = cast.draft()
    response = browser.post(url("draft_step", statement, "papers"), form)
    message = "The file is named PNG but contains something else. Save it in that format and try again."
    assert response.context["paper_form"].errors["file"] == [message]
    assert statement.papers.count() == 0


PAGES = ["draft", "statement_check", "receipt", "statement_cancel", "statement_discard", "statement_withdraw"]


@pytest.mark.parametrize("status", ["draft", "announced"])
@pytest.mark.parametrize("name", [*PAGES, "withdrawal_take_back"])
def test_other_organisations_and_officials_get_the_404_of_a_missing_statement(cast, name, status):
    statement = cast.statement_in(status)
    address = url(name, statement)
    missing = reverse(f"registry:{name}", args=["00000000-0000-4000-8000-000000000000"])
    for person in (cast.rival, cast.co_owner, cast.examiner, cast.auditor):
        browser = person.client()
        for send in (browser.get, browser.post):
            assert (send(address).status_code, send(missing).status_code) == (404, 404)


def test_an_agency_files_for_its_principal_and_loses_sight_with_the_mandate(cast):
    statement = cast.statement_in("submitted", by=cast.agency)
    browser = cast.agency.client()
    assert browser.get(url("draft", statement)).status_code == 200
    cast.agency.organisation.mandates_held.update(revoked_at=NOW)
    assert browser.get(url("draft", statement)).status_code == 404


def test_a_correction_shows_the_reasons_and_goes_back_to_the_examiner(cast, browser, time_machine):
    statement = cast.statement_in("correction")
    time_machine.move_to("2026-03-10 10:00 +0800")
    said = text_of(browser.get(url("draft", statement)))
    assert "Please name the contact person." in said
    browser.post(url("draft_step", statement, "contact"), {"contact_name": "Zhao Min", "contact_phone": "0571 1"})
    assert browser.post(url("statement_check", statement)).url == url("receipt", statement)
    statement.refresh_from_db()
    assert (statement.status, statement.contact_name) == ("examining", "Zhao Min")


def test_a_correction_is_shown_beside_what_was_sent_before_it_goes(cast, browser, time_machine):
    statement = cast.statement_in("correction")
    time_machine.move_to("2026-03-10 10:00 +0800")
    page = url("statement_check", statement)
    assert "The text is the one that was sent last; nothing in it has changed." in text_of(browser.get(page))
    browser.post(
        url("draft_step", statement, "contact"), {"contact_name": "Zhao Min", "contact_phone": "0571 8888 0000"}
    )
    seen = browser.get(page)
    assert "What the correction changes Side by side Field As submitted As it stands now" in text_of(seen)
    rows = seen.context["since_sent"].rows
    assert [row.label for row in rows] == ["Contact person", "E-mail address", "Address"]  # two of them were emptied
    assert ["".join(piece.text for piece in side) for side in (rows[0].before, rows[0].after)] == [
        "Wang Fang",
        "Zhao Min",
    ]
    assert "200,000.00" in text_of(seen)  # the whole text stands below
    assert "As submitted" not in text_of(browser.get(url("statement_check", cast.draft())))


def test_a_signature_that_names_nobody_is_refused(cast, browser):
    statement = cast.draft()
    browser.post(
        url("draft_step", statement, "undertakings"), {**dict.fromkeys(UNDERTAKINGS, "on"), "signed_name": "。。1"}
    )
    said = text_of(browser.post(url("statement_check", statement)))
    assert "The signature names nobody." in said
    assert "。。1" in said
    assert Statement.objects.get().status == "draft"


def test_a_receipt_shows_each_text_as_it_was_received_with_whoever_signed_it(cast, browser):
    statement = cast.statement_in("correction")
    first = statement.content_hash
    by, later = cast.patentee.actor, NOW + timedelta(days=2)
    save_draft(statement=statement, entries={"signed_name": "Wang Fang", "contact_phone": "0571 1"}, by=by, at=later)
    correcting.correct(statement=statement, by=by, at=later)
    said = text_of(browser.get(url("receipt", statement)))
    fingerprint = "Fingerprint of the text (SHA-256)"
    submitted = f"As submitted Received 2 March 2026 10:00 Signed by Li Wei {fingerprint} {first}"
    second = Statement.objects.get(pk=statement.pk).content_hash
    corrected = f"Correction 1 Received 4 March 2026 10:00 Signed by Wang Fang {fingerprint} {second}"
    assert f"{submitted} {corrected}" in said


def test_a_submitted_statement_is_canceled_after_one_question(cast, browser):
    statement = cast.statement_in("submitted")
    assert "Cancel statement" in text_of(browser.get(url("statement_cancel", statement)))
    browser.post(url("statement_cancel", statement))
    statement.refresh_from_db()
    assert statement.status == "canceled"


def test_a_withdrawal_is_requested_and_taken_back(cast, browser):
    statement = cast.statement_in("announced")
    refused = browser.post(url("statement_withdraw", statement), {"grounds": "", "unconditional": "on"})
    assert "The ground of the withdrawal is missing." in text_of(refused)
    browser.post(url("statement_withdraw", statement), {"grounds": "专利将要转让。", "unconditional": "on"})
    assert statement.endings.get().status == "requested"
    assert "A withdrawal is requested" in text_of(browser.get(url("draft", statement)))
    browser.post(url("withdrawal_take_back", statement))
    assert statement.endings.get().status == "canceled"


def test_a_step_that_was_overtaken_by_sending_says_so(cast, browser):
    statement = cast.statement_in("submitted")
    response = browser.post(url("draft_step", statement, "price"), {"fixed_amount": "1"}, follow=True)
    assert "The statement was sent meanwhile and cannot be changed now." in text_of(response)


@pytest.mark.parametrize("slug", ["fee", "price", "term", "contact", "explanation", "undertakings", "papers"])
def test_hostile_input_never_breaks_a_step(cast, browser, slug):
    statement = cast.draft()
    hostile = "\x00\ud7ff\u202e<script>alert(1)</script>" + "9" * 5000
    names = [*COMPLETE, "term_until", "royalty_rate", "instalments-0-amount", "instalments-0-due_months", "act"]
    response = browser.post(url("draft_step", statement, slug), dict.fromkeys(names, hostile))
    assert response.status_code in (200, 302)
    assert "<script>alert(1)" not in browser.get(url("draft_step", statement, slug)).content.decode()


def test_an_exception_from_the_cap_is_asked_for_with_a_warning_and_followed(cast, browser):
    statement = cast.draft()
    browser.post(url("draft_step", statement, "price"), {"fixed_amount": "20,000,000.01"})
    assert "The statement can be sent when nothing is left to be mended." in text_of(
        browser.get(url("statement_check", statement))
    )
    step = url("draft_step", statement, "explanation")
    reason = "该专利为成套设备核心专利，费用经评估。"
    browser.post(step, {"explanation": COMPLETE["explanation"], "exception_request": reason})
    assert reason in browser.get(step).content.decode()
    page = text_of(browser.get(url("statement_check", statement)))
    warned = "Unless the exception is granted, the statement is not announced."
    assert (warned in page, "Submit the statement" in page, reason in page) == (True, True, True)
    receipt = text_of(browser.post(url("statement_check", statement), follow=True))
    statement.refresh_from_db()
    assert (statement.status, warned in receipt) == ("submitted", True)
    assert warned in text_of(browser.get(url("draft", statement)))
