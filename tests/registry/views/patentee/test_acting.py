"""The pages of acts at the office, for a patentee who acts through an agency and an agency outside its mandate."""

import re

import pytest
import time_machine
from django.urls import reverse

from accounts.actions.mandates import revoke_mandate
from accounts.enums import OrganisationKind
from accounts.models import Mandate
from registry.actions.ending_requests import request_withdrawal
from registry.models import Patentee
from registry.queries.work import work_items
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


@pytest.fixture
def other(cast):
    person = cast.member("Harbor Patent Agency", OrganisationKind.AGENCY)
    MandateFactory(agency=person.organisation, principal=cast.patentee.organisation)
    return person


def test_the_patentee_chooses_among_the_agencies_with_its_mandate(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    cast.member("Agency Without Mandate", OrganisationKind.AGENCY)
    browser = cast.patentee.client()
    assert url("statement_agency", statement) in browser.get(url("draft", statement)).content.decode()
    page = browser.get(url("statement_agency", statement))
    assert [label for _, label in page.context["form"].fields["agency"].choices] == [
        "Harbor Patent Agency",
        "None: we act ourselves",
    ]
    assert "Bridge Patent Agency is named as your agency now." in text_of(page)
    assert "Choose who acts from now on." in text_of(browser.post(url("statement_agency", statement), {}))
    answer = browser.post(url("statement_agency", statement), {"agency": str(other.organisation.pk)}, follow=True)
    assert "Harbor Patent Agency acts for Lakeside University." in text_of(answer)
    assert "Agency changed" in text_of(answer)
    assert other.client().get(url("draft", statement)).status_code == 200
    assert cast.agency.client().get(url("draft", statement)).status_code == 404


def test_a_patentee_abroad_is_offered_no_acting_by_itself_and_led_to_a_mandate(cast):
    statement = cast.statement_in("correction")
    move_abroad(cast)
    browser = cast.patentee.client()
    assert url("statement_agency", statement) in browser.get(url("draft", statement)).content.decode()
    page = browser.get(url("statement_agency", statement))
    assert reverse("accounts:mandate_new") in page.content.decode()
    assert "No agency holds your mandate for statements on this patent." in text_of(page)
    assert "None: we act ourselves" not in text_of(page)
    said = browser.post(url("statement_agency", statement), {"agency": "none"})
    assert said.status_code == 200
    statement.refresh_from_db()
    assert statement.agency is None


def test_a_mandate_revoked_between_page_and_click_is_refused_with_its_article(cast, other, monkeypatch):
    statement = cast.statement_in("submitted", by=cast.agency)
    monkeypatch.setattr(
        "registry.views.patentee.acting.agencies_to_name", lambda *_args, **_more: ([other.organisation], True)
    )
    Mandate.objects.filter(agency=other.organisation).update(revoked_at=NOW)
    said = cast.patentee.client().post(url("statement_agency", statement), {"agency": str(other.organisation.pk)})
    assert "Harbor Patent Agency has no mandate of yours for this patent in force." in text_of(said)
    assert "Patent Law, Art. 18" in text_of(said)


def test_who_is_not_the_patentee_finds_no_page_and_what_is_over_leads_back(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    for person in (cast.agency, other, cast.rival, cast.co_owner):
        assert person.client().get(url("statement_agency", statement)).status_code == 404
    over = cast.statement_in("canceled")
    assert cast.patentee.client().get(url("statement_agency", over)).url == url("draft", over)
    assert url("statement_agency", over) not in cast.patentee.client().get(url("draft", over)).content.decode()


def test_the_workbench_leads_the_patentee_of_an_ended_mandate_to_the_page(cast):
    statement = cast.statement_in("announced", by=cast.agency)
    assert [item.title for item in work_items(cast.patentee.actor, NOW)] == []
    revoke_mandate(Mandate.objects.get(), by=cast.patentee.actor, at=NOW)
    (item,) = work_items(cast.patentee.actor, NOW)
    assert (str(item.title), item.url) == ("Name the agency that acts for you", url("statement_agency", statement))
    page = text_of(cast.patentee.client().get(url("draft", statement)))
    assert "The agency holds no mandate of yours any more" in page
    assert "acts for Lakeside University" not in page
    assert work_items(cast.agency.actor, NOW) == []
