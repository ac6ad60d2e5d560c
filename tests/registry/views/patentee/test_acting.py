"""The pages of acts at the office, for a patentee who acts through an agency and an agency outside its mandate."""

import re

import pytest
import time_machine
from django.urls import reverse

from accounts.actions.mandates import revoke_mandate
from accounts.models import Mandate
from registry.actions.ending_requests import request_withdrawal
from registry.models import Patentee
from tests.cast import NOW
from tests.factories.people import MandateFactory

SAID = "A patentee who does not reside in mainland China acts through a patent agency."
ARTICLE = "Patent Law, Art. 18(1)"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def url(name, statement) -> str:
    return reverse(f"registry:{name}", args=[statement.pk])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def move_abroad(cast) -> None:
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")


PAGES = [
    ("submitted", "statement_cancel"),
    ("correction", "statement_cancel"),
    ("correction", "extend"),
    ("announced", "statement_withdraw"),
    ("announced", "withdrawal_consent"),
    ("announced", "withdrawal_take_back"),
]


@pytest.mark.parametrize(("status", "page"), PAGES)
def test_the_page_of_an_act_says_why_it_is_refused_and_nothing_is_done(cast, status, page):
    statement = cast.statement_in(status, by=cast.agency)
    if page.startswith("withdrawal"):
        said = {"grounds": "专利将要转让。", "unconditional": True, "papers": ()}
        request_withdrawal(statement=statement, **said, by=cast.agency.actor, at=NOW)
    move_abroad(cast)
    for send in (cast.patentee.client().get, cast.patentee.client().post):
        answer = send(url(page, statement))
        assert answer.status_code == 200
        assert SAID in text_of(answer)
        assert ARTICLE in text_of(answer)
        assert '<form method="post"' not in answer.content.decode().partition("<main")[2]
    before = statement.status
    statement.refresh_from_db()
    assert statement.status == before
    assert f'action="{url(page, statement)}"' not in text_of(cast.agency.client().get(url(page, statement)))
    assert SAID not in text_of(cast.agency.client().get(url(page, statement)))


@pytest.mark.parametrize(
    ("status", "links"),
    [
        ("submitted", ["statement_cancel"]),
        ("correction", ["statement_cancel", "extend"]),
        ("announced", ["statement_withdraw"]),
    ],
)
def test_no_page_offers_an_act_that_is_refused(cast, status, links):
    statement = cast.statement_in(status, by=cast.agency)
    page = cast.patentee.client().get(url("draft", statement)).content.decode()
    assert [link for link in links if url(link, statement) not in page] == []
    move_abroad(cast)
    page = cast.patentee.client().get(url("draft", statement))
    assert [link for link in links if url(link, statement) in page.content.decode()] == []
    assert SAID in text_of(page)
    agencys = cast.agency.client().get(url("draft", statement)).content.decode()
    assert [link for link in links if url(link, statement) not in agencys] == []


def test_a_draft_of_the_agency_is_not_ready_for_a_patentee_abroad_to_send(cast):
    statement = cast.draft(by=cast.agency)
    cast.consent_of_all(statement)
    move_abroad(cast)
    button = "Submit the statement</button>"
    answer = cast.patentee.client().get(url("statement_check", statement))
    assert SAID in text_of(answer)
    assert button not in answer.content.decode()
    assert SAID in text_of(cast.patentee.client().post(url("statement_check", statement)))
    statement.refresh_from_db()
    assert statement.status == "draft"
    assert button in cast.agency.client().get(url("statement_check", statement)).content.decode()


def test_a_draft_that_never_reached_the_office_is_discarded_by_a_patentee_abroad(cast):
    statement = cast.draft()
    move_abroad(cast)
    assert cast.patentee.client().post(url("statement_discard", statement)).status_code == 302
    statement.refresh_from_db()
    assert statement.status == "discarded"


def test_an_agency_with_a_mandate_for_withdrawals_alone_reads_why_it_cannot_cancel(cast):
    statement = cast.statement_in("submitted", by=cast.agency)
    revoke_mandate(Mandate.objects.get(), by=cast.patentee.actor, at=NOW)
    MandateFactory(agency=cast.agency.organisation, principal=cast.patentee.organisation, acts=["withdrawals"])
    browser = cast.agency.client()
    assert url("statement_cancel", statement) not in browser.get(url("draft", statement)).content.decode()
    answer = browser.post(url("statement_cancel", statement))
    assert "The agency's mandate does not cover this act." in text_of(answer).replace("&#x27;", "'")
