"""Papers from the office: on the desk, on the filer's page, as a file that only they get."""

import pytest
import time_machine
from django.urls import reverse

from registry.models import OfficePaper
from tests.cast import NOW
from tests.factories.statements import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(cast) -> OfficePaper:
    return submitted(cast).office_papers.get()


def on_desk(paper) -> str:
    return reverse("admin:registry_officepaper_file", args=[paper.pk])


def at_filer(paper) -> str:
    return reverse("registry:office_paper", args=[paper.statement_id, paper.pk])


def test_the_filer_finds_it_on_the_statement_s_page_and_in_the_inbox(cast, paper):
    client = cast.patentee.client(accept_language="en")
    page = client.get(reverse("registry:draft", args=[paper.statement_id])).content.decode()
    assert "Papers from the office" in page
    assert at_filer(paper) in page
    message = cast.patentee.organisation.inbox.get()
    assert at_filer(paper) in client.get(reverse("accounts:inbox_message", args=[message.pk])).content.decode()


@pytest.mark.parametrize("who", ["patentee", "examiner"])
def test_it_is_handed_out_as_an_attachment_that_nobody_keeps(cast, paper, who):
    address = at_filer(paper) if who == "patentee" else on_desk(paper)
    answer = getattr(cast, who).client().get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="SL2026000001.pdf"'
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["co_owner", "enterprise", "agency", "examiner", "officer"])
def test_for_everybody_else_the_filer_s_file_does_not_exist(cast, paper, who):
    assert getattr(cast, who).client().get(at_filer(paper)).status_code == 404


@pytest.mark.parametrize("who", ["patentee", "officer", "mediator", "administrator"])
def test_the_desk_s_file_is_for_those_who_examine_and_watch(cast, paper, who):
    assert getattr(cast, who).client().get(on_desk(paper)).status_code == 404


def test_the_desk_lists_it_with_its_service(cast, paper):
    page = cast.examiner.client(accept_language="en").get(
        reverse("admin:registry_statement_change", args=[paper.statement_id])
    )
    text = page.content.decode()
    assert on_desk(paper) in text
    assert "SL2026000001" in text


def test_a_thing_is_a_link_only_for_those_who_may_open_its_desk(cast, paper):
    page = reverse("admin:registry_officepaper_change", args=[paper.pk])
    statement = reverse("admin:registry_statement_change", args=[paper.statement_id])
    person = reverse("admin:accounts_user_change", args=[paper.issued_by_id])
    assert [address in cast.examiner.client().get(page).text for address in (statement, person)] == [True, False]
    assert [address in cast.auditor.client().get(page).text for address in (statement, person)] == [True, True]


def test_the_page_of_a_paper_says_when_it_was_issued_and_leads_to_its_file(cast, paper):
    page = cast.examiner.client().get(reverse("admin:registry_officepaper_change", args=[paper.pk])).text
    assert f'<a href="{on_desk(paper)}" class="text-link">SL2026000001.pdf</a>' in page
    assert "+00:00" not in page
