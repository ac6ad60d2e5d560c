"""The pages of those who are asked: what changed since the last consent, consent, decline, and nobody else's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from registry.actions.answering import ask_pledgees, consent_as_pledgee, decline_consent
from registry.actions.consenting import ask_consents
from registry.actions.drafting import save_draft
from registry.actions.ending import approve_ending, pass_ending
from registry.actions.ending_requests import request_withdrawal
from registry.queries.content import content_hash
from tests.api_client import pdf
from tests.cast import NOW
from tests.factories.patents import PledgeFactory

NEXT = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NEXT, tick=False):
        yield


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def hash_on(page) -> str:
    return re.search(r'name="read_hash" value="([0-9a-f]{64})"', page.content.decode())[1]


def test_a_co_owner_sees_what_changed_since_consenting_and_declines_the_new_text(cast):
    statement = cast.draft(cast.co_owned_patent())
    cast.consent_of_all(statement)
    save_draft(statement=statement, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NEXT)
    url, browser = reverse("registry:consent", args=[statement.pk]), cast.co_owner.client()
    page = browser.get(url)
    assert "What changed since you consented on 2 March 2026 10:00" in text_of(page)
    assert "Fixed amount ¥200,000.00 ¥90,000.00" in text_of(page)
    assert "6222 0000 0000 0001" not in page.content.decode()  # the payee's account is the filer's and licensees'
    said = {"act": "decline", "read_hash": hash_on(page), "reason": "价格过低。"}
    assert browser.post(url, said).status_code == 302
    assert "You have declined to consent" in text_of(browser.get(url))
    papers = cast.patentee.client().get(reverse("registry:draft_step", args=[statement.pk, "papers"]))
    assert "Hillside Institute declined" in text_of(papers)
    assert "价格过低。" in text_of(papers)


def test_a_stale_page_is_told_and_loses_no_reason(cast):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    url, browser = reverse("registry:consent", args=[statement.pk]), cast.co_owner.client()
    said = {"act": "decline", "read_hash": hash_on(browser.get(url)), "reason": "价格过低。"}
    save_draft(statement=statement, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NEXT)
    page = text_of(browser.post(url, said))
    assert "The statement was changed while you read it." in page
    assert "价格过低。" in page


def test_a_withdrawal_is_answered_on_its_page(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = request_withdrawal(
        statement=statement, grounds="拟调整价格", unconditional=True, papers=(), by=cast.patentee.actor, at=NEXT
    )
    url, browser = reverse("registry:withdrawal", args=[ending.pk]), cast.co_owner.client()
    assert url in browser.get(reverse("registry:my_statements")).content.decode()
    assert url in browser.get(reverse("workbench")).content.decode()
    for stranger in (cast.rival, cast.patentee):
        assert stranger.client().get(url).status_code == (404 if stranger is cast.rival else 302)
    page = browser.get(url)
    assert "拟调整价格" in page.content.decode()
    assert browser.post(url, {"act": "consent", "read_hash": hash_on(page)}).status_code == 302
    ending.refresh_from_db()
    assert ending.status == "requested"
    assert browser.get(url).url == reverse("registry:my_statements")


def test_the_filer_adds_a_paper_to_a_request_that_waits(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = request_withdrawal(
        statement=statement, grounds="拟调整价格", unconditional=True, papers=(), by=cast.patentee.actor, at=NEXT
    )
    url, browser = reverse("registry:withdrawal_consent", args=[statement.pk]), cast.patentee.client()
    home = reverse("registry:draft", args=[statement.pk])
    assert url in browser.get(home).content.decode()
    for stranger in (cast.rival, cast.co_owner):
        assert stranger.client().get(url).status_code == 404
    assert "Hillside Institute · still missing" in text_of(browser.get(url))
    empty = browser.post(url)
    assert "拟调整价格" in text_of(empty) and "This field is required" in text_of(empty)
    assert browser.post(url, {"consent_file": pdf("signed")}).url == home
    ending.refresh_from_db()
    assert ending.status == "requested"
    page = browser.get(home).content.decode()
    assert url not in page and browser.get(url).url == home


def test_a_withdrawal_that_is_approved_is_not_offered_to_be_taken_back(cast):
    statement = cast.statement_in("announced")
    said = {"grounds": "拟调整价格", "unconditional": True, "papers": ()}
    ending = request_withdrawal(statement=statement, **said, by=cast.patentee.actor, at=NEXT)
    browser, home = cast.patentee.client(), reverse("registry:draft", args=[statement.pk])
    take_back = reverse("registry:withdrawal_take_back", args=[statement.pk])
    assert take_back in browser.get(home).text
    pass_ending(ending=ending, by=cast.examiner.actor, at=NEXT)
    assert take_back in browser.get(home).text
    approve_ending(ending=ending, by=cast.approver.actor, at=NEXT)
    assert take_back not in browser.get(home).text


def test_a_pledgee_reads_the_text_and_consents(cast):
    statement, bank = cast.draft(), cast.member("Harbor Bank")
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NOW.date())
    url = reverse("registry:pledge_consent", args=[statement.pk])
    assert bank.client().get(url).status_code == 404
    step = reverse("registry:draft_step", args=[statement.pk, "papers"])
    filer = cast.patentee.client()
    home = filer.get(reverse("registry:draft", args=[statement.pk]))
    assert f'{step}?checked=1#id_pledgees"' in home.content.decode()  # what is missing leads to where it is asked for
    assert "Ask the pledgee online" in text_of(filer.get(step))
    ask_pledgees(statement=statement, by=cast.patentee.actor, at=NEXT)
    assert cast.rival.client().get(url).status_code == 404
    assert "Asked 3 March 2026 10:00 ; no consent has come yet." in text_of(filer.get(step))
    browser = bank.client()
    assert url in browser.get(reverse("registry:my_statements")).content.decode()
    page = browser.get(url)
    assert "¥200,000.00" in text_of(page)
    assert "Pledged to you since 2 March 2026" in text_of(page)
    assert "Your consent is to exactly this text and is entered in the register at once" in text_of(page)
    assert "6222 0000 0000 0001" not in page.content.decode()
    assert browser.post(url, {"act": "consent", "read_hash": hash_on(page)}).status_code == 302
    assert "You have consented to the open licensing of this patent" in text_of(browser.get(url))
    assert "has changed the text" not in text_of(browser.get(url))
    assert statement.patent.pledges.get().consented_on == NEXT.date()
    save_draft(statement=statement, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NEXT)
    later = browser.get(url)
    assert "The filer has changed the text since you consented" in text_of(later)
    assert "Fixed amount ¥200,000.00 ¥90,000.00" in text_of(later)
    assert "Harbor Bank Consent missing" in text_of(filer.get(step))
    assert browser.post(url, {"act": "consent", "read_hash": hash_on(later)}).status_code == 302
    assert "has changed the text" not in text_of(browser.get(url))
    assert "Consent missing" not in text_of(filer.get(step))


def test_whose_pledge_is_released_reads_what_it_consented_to_and_no_later_text(cast):
    statement, bank = cast.draft(), cast.member("Harbor Bank")
    pledge = PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NOW.date())
    url = reverse("registry:pledge_consent", args=[statement.pk])
    ask_pledgees(statement=statement, by=cast.patentee.actor, at=NEXT)
    said = {"read_hash": content_hash(statement), "by": bank.actor, "at": NEXT}
    consent_as_pledgee(statement=statement, **said)
    type(pledge).objects.update(released_on=NEXT.date())
    assert "You have consented to the open licensing of this patent" in text_of(bank.client().get(url))
    save_draft(statement=statement, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NEXT)
    assert bank.client().get(url).status_code == 404


def test_the_filer_begins_anew_and_everybody_sees_the_difference(cast):
    earlier = cast.statement_in("announced")
    browser = cast.patentee.client()
    url = reverse("registry:statement_from", args=[earlier.number])
    assert url in browser.get(reverse("registry:draft", args=[earlier.pk])).content.decode()
    assert "Begin a new statement" in text_of(browser.get(url))
    draft = browser.post(url).url
    browser.post(f"{draft}price/", {"fixed_amount": "90000", "payment_terms": "一次付清。"})
    page = text_of(browser.get(draft))
    assert f"What changes against statement {earlier.number}" in page
    assert "Fixed amount ¥200,000.00 ¥90,000.00" in page
    stranger = cast.rival.client().post(url)
    assert "is not registered as a holder of this patent" in text_of(stranger)


def texts_on(page) -> list[str]:
    return re.findall(r'name="text" value="([0-9a-f-]{36}:[0-9a-f]{64})"', page.content.decode())


def test_many_texts_are_read_and_consented_to_on_one_page(cast):
    drafts = [cast.draft(cast.co_owned_patent()) for _ in range(3)]
    for statement in drafts:
        ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    browser, url = cast.co_owner.client(), reverse("registry:consents")
    assert "3 texts wait for your answer as co-owner" in text_of(browser.get(reverse("registry:my_statements")))
    page = browser.get(url)
    texts = texts_on(page)
    assert {text.partition(":")[0] for text in texts} == {str(statement.pk) for statement in drafts}
    assert (
        page.content.decode().count(" checked"),
        browser.get(f"{url}?all=1").content.decode().count(" checked"),
    ) == (0, 3)
    assert "¥200,000.00" in text_of(page)
    assert "6222 0000 0000 0001" not in page.content.decode()
    changed = next(statement for statement in drafts if str(statement.pk) == texts[0][:36])
    save_draft(statement=changed, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NEXT)
    after = browser.post(url, {"text": texts, "have_read": "on"}, follow=True)
    assert "Your consents to 2 texts are recorded. The filers were told." in text_of(after)
    assert "Not recorded: 1. The text was changed, sent or answered meanwhile." in text_of(after)
    assert [statement.consents.count() for statement in drafts if statement != changed] == [1, 1]
    assert changed.consents.count() == 0
    assert len(texts_on(after)) == 1
    told = cast.patentee.organisation.inbox.filter(code__startswith="consent")
    assert [(item.code, item.params) for item in told] == [
        ("consents-given", {"owner": "Hillside Institute", "count": 2})
    ]


def test_what_was_declined_is_not_ticked_with_all_that_waits(cast):
    drafts = [cast.draft(cast.co_owned_patent()) for _ in range(3)]
    for statement in drafts:
        ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    said = {"read_hash": content_hash(drafts[0]), "reason": "价格过低。"}
    decline_consent(statement=drafts[0], **said, by=cast.co_owner.actor, at=NEXT)
    page = cast.co_owner.client().get(f"{reverse('registry:consents')}?all=1").content.decode()
    ticked = re.findall(r'name="text" value="([0-9a-f-]{36}):[0-9a-f]{64}" checked', page)
    assert sorted(ticked) == sorted(str(statement.pk) for statement in drafts[1:])


@pytest.mark.parametrize(("said", "wanted"), [({"have_read": "on"}, "Tick the texts"), ({}, "Tick the texts")])
def test_without_a_tick_nothing_is_consented_to(cast, said, wanted):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    page = cast.co_owner.client().post(reverse("registry:consents"), said)
    assert wanted in text_of(page)
    assert statement.consents.count() == 0


def test_without_having_read_nothing_is_consented_to_and_no_tick_is_lost(cast):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    browser, url = cast.co_owner.client(), reverse("registry:consents")
    page = browser.post(url, {"text": texts_on(browser.get(url))})
    assert "Say that you have read the texts" in text_of(page)
    assert page.content.decode().count(" checked") == 1
    assert statement.consents.count() == 0


def test_what_is_made_up_or_was_not_asked_is_not_recorded(cast):
    statement = cast.draft(cast.co_owned_patent())
    texts = [f"{statement.pk}:{'0' * 64}", "x", "x:y", ":"]
    after = cast.co_owner.client().post(reverse("registry:consents"), {"text": texts, "have_read": "on"}, follow=True)
    assert "Not recorded: 3." in text_of(after)
    assert statement.consents.count() == 0


def test_a_single_consent_of_the_page_is_told_like_any_other(cast):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NEXT)
    browser, url = cast.co_owner.client(), reverse("registry:consents")
    after = browser.post(url, {"text": texts_on(browser.get(url)), "have_read": "on"}, follow=True)
    assert "Your consent to 1 text is recorded. The filer was told." in text_of(after)
    assert "Consented 3 March 2026 10:00" in text_of(after)
    assert cast.patentee.organisation.inbox.get(code="consent-given").url == reverse(
        "registry:draft", args=[statement.pk]
    )


def test_whoever_was_asked_nothing_reads_what_the_page_is_for(cast):
    assert "Nobody asks for your consent" in text_of(cast.co_owner.client().get(reverse("registry:consents")))
