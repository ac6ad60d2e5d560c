"""The whole stream of one statement over HTTP, on the law's days: from the draft to the license that outlives it.

Everybody uses the pages that people use; the bulletin appears by its periodic task.
"""

import html
import re
from datetime import UTC, date, datetime
from io import BytesIO
from urllib.parse import urlsplit

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from licensing.models import Filing, License, Notice
from mediation.models import Case
from registry.models import Ending, Statement
from registry.tasks import publish_bulletin
from tests.cast import Cast, Person
from tests.journeys import typed

pytestmark = pytest.mark.django_db


def day(month: int, number: int, year: int = 2026) -> time_machine.travel:
    """Half past ten in the morning of that day in Shanghai."""
    return time_machine.travel(datetime(year, month, number, 2, 30, tzinfo=UTC), tick=False)


def text_of(answer) -> str:
    """Return what a reader sees of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def opened(person: Person | None, name: str, *args, status: int = 200) -> str:
    """Return the text of a page."""
    client = person.client() if person else Client(headers={"accept-language": "en"})
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status, (name, answer.status_code)
    return text_of(answer)


def sent(person: Person, name: str, *args, **posted) -> str:
    """Post a form as a person and return the text of the page to which it leads."""
    answer = person.client().post(reverse(name, args=args), posted, follow=True)
    assert answer.status_code == 200, (name, text_of(answer))
    return text_of(answer)


def decided(person: Person, desk: str, thing, step: str, **said: str) -> None:
    """Press a button of the examiners' site."""
    posted = {"step": step, **{f"{step}-{name}": value for name, value in said.items()}}
    page = sent(person, f"admin:{desk}_change", thing.pk, **posted)
    assert "Done:" in page, page


def paper(shade: int) -> SimpleUploadedFile:
    """A scanned paper to hand in."""
    return SimpleUploadedFile("scan.png", typed.scan(shade), "image/png")


def announced_statement(cast: Cast) -> Statement:
    """Draft, submit, examine, correct, pass, approve, and announce on the first Friday."""
    patent = cast.patent()
    with day(3, 2):
        sent(cast.patentee, "registry:statement_new", number=f"ZL{patent.number}")
        statement = Statement.objects.get()
        for slug, entries in typed.STATEMENT.items():
            sent(cast.patentee, "registry:draft_step", statement.pk, slug, **entries)
        receipt = sent(cast.patentee, "registry:statement_check", statement.pk, send="1")
        statement.refresh_from_db()
        assert statement.number in receipt
        opened(None, "registry:statement", statement.number, status=404)
    with day(3, 3):
        decided(cast.examiner, "registry_statement", statement, "claim")
        decided(cast.examiner, "registry_statement", statement, "request_correction", reasons=typed.CORRECTION)
        assert typed.CORRECTION in opened(cast.patentee, "registry:draft", statement.pk)
    with day(3, 4):
        sent(cast.patentee, "registry:draft_step", statement.pk, "contact", **typed.CORRECTED_CONTACT)
        sent(cast.patentee, "registry:statement_check", statement.pk, send="1")
    with day(3, 5):
        decided(cast.examiner, "registry_statement", statement, "pass")
        decided(cast.approver, "registry_statement", statement, "approve")
        publish_bulletin()  # a Thursday: no issue appears
        opened(None, "registry:statement", statement.number, status=404)
    with day(3, 6):
        publish_bulletin()
    statement.refresh_from_db()
    assert (statement.status, statement.effective_on) == ("announced", date(2026, 3, 6))
    return statement


def license_by_notice_and_payment(cast: Cast, statement: Statement) -> License:
    """Find the statement, serve the notice on Friday, pay on Monday: the license takes effect with the payment."""
    with day(3, 6):
        public = opened(None, "registry:statement", statement.number)
        assert "It can be accepted now" in public
        assert statement.patent.title in opened(None, "registry:issue", 2026, 1)
        opened(cast.enterprise, "licensing:accept", statement.number)
        terms = cast.enterprise.client().get(reverse("licensing:sign", args=[statement.number])).context["terms_hash"]
        notice = {**typed.NOTICE, "intended_start_on": "2026-04-01", "terms_read": terms, "serve": "1"}
        assert "¥50,000.00" in sent(cast.enterprise, "licensing:sign", statement.number, **notice)
        assert not License.objects.exists()
    with day(3, 9):
        payment = {**typed.PAYMENT, "paid_on": "2026-03-09", "proof": paper(10)}
        page = sent(cast.enterprise, "licensing:notice", Notice.objects.get().pk, **payment)
        assert "The license is in force. Nobody's consent was needed." in page
    license = License.objects.get()
    assert (license.effective_on, license.ends_on) == (date(2026, 3, 9), date(2029, 3, 8))
    return license


def confirm_certificate(cast: Cast, license: License) -> None:
    """Open the certificate and follow its link: the public page confirms it."""
    with day(3, 9):
        answer = cast.enterprise.client().get(reverse("licensing:certificate", args=[license.pk]))
        with pikepdf.open(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)) as pdf:
            assert license.number in str(pdf.docinfo["/Title"])
            links = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
        (address,) = set(links)
        page = Client(headers={"accept-language": "en"}).get(urlsplit(address).path)
        assert page.status_code == 200
        genuine = text_of(page)
    assert "Genuine: this registry holds the license" in genuine
    assert license.number in genuine
    assert cast.enterprise.organisation.name not in genuine


def file_and_announce(cast: Cast, license: License) -> None:
    """File on 10 March, record on 11 March, announce on Friday 13 March; year 7 is reduced by 15 %, year 6 is not."""
    with day(3, 9):
        assert "9 June 2026" in opened(cast.enterprise, "licensing:license", license.pk)
    with day(3, 10):
        sent(cast.enterprise, "licensing:file_license", license.pk, handler_name="Li Na")
    filing = Filing.objects.get()
    with day(3, 11):
        decided(cast.other_examiner, "licensing_filing", filing, "record")
        filing.refresh_from_db()
        assert filing.number == "X2026980000001"
        assert filing.number in opened(cast.patentee, "licensing:filing", filing.pk)
    with day(3, 13):
        publish_bulletin()
        assert filing.number in opened(None, "registry:issue", 2026, 2)
        rows = annuity_rows(cast, license)
    assert (rows[6].payable, rows[7].payable) == (1200, 1700)


def annuity_rows(cast: Cast, license: License) -> dict:
    """Return the rows of the annuity page by patent year."""
    address = reverse("licensing:annuities", args=[license.statement.patent.number])
    answer = cast.patentee.client().get(address)
    rows = {row.year: row for row in answer.context["rows"]}
    assert ("¥1,700.00 (−15 %) applies" in text_of(answer)) == (rows[7].payable == 1700)
    return rows


def mediate(cast: Cast, license: License) -> Case:
    """A dispute from its request on 1 April to the agreement on 20 April."""
    with day(4, 1):
        start = {"license": license.pk, "statement": license.statement_id, "applicant": license.licensee_id}
        sent(cast.enterprise, "mediation:case_new", **start)
        case = Case.objects.get()
        for step, entries in typed.REQUEST.items():
            sent(cast.enterprise, "mediation:request_step", case.pk, step, **entries)
        sent(cast.enterprise, "mediation:paper_new", case.pk, **typed.CONFIDED, file=paper(20))
        sent(cast.enterprise, "mediation:request_check", case.pk, send="1")
        opened(cast.patentee, "mediation:case", case.pk, status=404)
    with day(4, 2):
        sent(cast.mediator, "mediation:admit", case.pk, mediators=[str(cast.mediator.user.pk)])
        assert "Our own ledger" not in opened(cast.patentee, "mediation:case", case.pk)
        assert "Our own ledger" in opened(cast.mediator, "mediation:docket_case", case.pk)
    with day(4, 3):
        sent(cast.patentee, "mediation:answer", case.pk, **typed.ANSWER)
    with day(4, 7):
        when = {"day": "2026-04-10", "time": "10:00"}
        sent(cast.mediator, "mediation:session_new", case.pk, **typed.SESSION, **when)
        assert typed.SESSION["place"] in opened(cast.patentee, "mediation:case", case.pk)
    with day(4, 13):
        sent(cast.mediator, "mediation:session_record", case.pk, case.sessions.get().pk, **typed.MINUTES)
        assert typed.MINUTES["minutes"] in opened(cast.enterprise, "mediation:case", case.pk)
    with day(4, 17):
        sent(cast.mediator, "mediation:proposal", case.pk, **typed.AGREEMENT, performance_on="2026-05-01")
    with day(4, 20):
        signature = {"content_hash": case.agreements.get().content_hash, "signed_name": "Li Na", "read": "on"}
        sent(cast.enterprise, "mediation:agreement", case.pk, **signature)
        sent(cast.patentee, "mediation:agreement", case.pk, **signature)
    case.refresh_from_db()
    return case


def withdraw(cast: Cast, statement: Statement) -> None:
    """Ask to withdraw on 1 June; the withdrawal takes effect with the issue of Friday 5 June."""
    with day(6, 1):
        asked = {"grounds": "专利权拟转让。", "unconditional": "on"}
        sent(cast.patentee, "registry:statement_withdraw", statement.pk, **asked)
        ending = Ending.objects.get()
    with day(6, 3):
        decided(cast.examiner, "registry_ending", ending, "pass")
        decided(cast.approver, "registry_ending", ending, "approve")
    with day(6, 4):
        assert "It can be accepted now" in opened(cast.rival, "registry:statement", statement.number)
    with day(6, 5):
        publish_bulletin()
        assert "This statement has ended" in opened(None, "registry:statement", statement.number)
        refused = opened(cast.rival, "licensing:accept", statement.number)
        assert "The statement has ended. Licenses obtained before stay valid." in refused


def test_one_statement_from_its_draft_to_the_license_that_outlives_it(cast):
    statement = announced_statement(cast)
    license = license_by_notice_and_payment(cast, statement)
    confirm_certificate(cast, license)
    file_and_announce(cast, license)
    assert mediate(cast, license).status == "agreed"
    withdraw(cast, statement)
    with day(6, 8):
        license.refresh_from_db()
        assert (license.status, license.ended_on) == ("in_force", None)
        assert "In force" in opened(cast.enterprise, "licensing:license", license.pk)
        # No reduction from the patent year after the withdrawal on (GL V-11 §8).
        assert annuity_rows(cast, license)[7].payable == 2000
