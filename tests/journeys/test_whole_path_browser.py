"""The stream of one statement in a real browser, on real gunicorn, worker and broker, by the clock on the wall.

From the draft to the license, its record and its reduced annuity, and through a mediated dispute. What takes months (the
withdrawal that the license outlives, the annuities of later years) is walked on the law's days in test_whole_path_http.
"""

import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.deadlines import law_date
from core.models import OutboxMessage
from licensing.models import Filing, License
from mediation.models import Case
from registry.models import Statement
from tests.journeys import typed
from tests.journeys.browsing import browsers, decide, download, fill, follow, next_minute, press
from tests.papers import codes_on, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def browser_of(cast, chromium, live_stack):
    """Return what opens the browser of somebody who has just signed in."""
    return browsers(chromium, live_stack.url)


def file_statement(page, number: str) -> Statement:
    """From the workbench to the receipt."""
    follow(page, "Submit an open license statement")
    fill(page, number=f"ZL{number}")
    press(page, "Start")
    statement = Statement.objects.get()
    for slug, entries in typed.STATEMENT.items():
        page.goto(reverse("registry:draft_step", args=[statement.pk, slug]))
        fill(page, **entries)
        press(page, "Save and continue")
    page.goto(reverse("registry:statement_check", args=[statement.pk]))
    press(page, "Submit the statement")
    page.wait_for_url("**/receipt/")
    statement.refresh_from_db()
    assert page.get_by_text(statement.number).count() > 0
    return statement


def correct_statement(page, statement: Statement) -> None:
    """Read what the examiner asks, and answer it."""
    follow(page, "Statement to correct")
    page.get_by_text(typed.CORRECTION).first.wait_for()
    page.goto(reverse("registry:draft_step", args=[statement.pk, "contact"]))
    fill(page, **typed.CORRECTED_CONTACT)
    press(page, "Save and continue")
    page.goto(reverse("registry:statement_check", args=[statement.pk]))
    press(page, "Send the correction")


def take_license(page, statement: Statement, proof: Path) -> License:
    """From the public page to the license: notice, then payment."""
    today = str(law_date(timezone.now()))
    page.goto("/")
    follow(page, statement.patent.title)
    follow(page, "Take a license")
    follow(page, "Continue to the notice")
    fill(page, **typed.NOTICE, intended_start_on=today)
    press(page, "Read the notice as it will be served")
    press(page, "Sign and serve the notice")
    page.wait_for_url("**/my/notices/**")
    assert not License.objects.exists()
    fill(page, **typed.PAYMENT, paid_on=today, proof=str(proof))
    press(page, "Hand in the voucher")
    page.get_by_text("The license is in force. Nobody's consent was needed.").wait_for()
    return License.objects.get()


def request_mediation(page, license: License, ledger: Path) -> Case:
    """From the page of the license to the request, with a paper in confidence."""
    page.goto(reverse("licensing:license", args=[license.pk]))
    follow(page, "Ask the office to mediate a dispute")
    press(page, "Begin")
    case = Case.objects.get()
    for step, entries in typed.REQUEST.items():
        page.goto(reverse("mediation:request_step", args=[case.pk, step]))
        fill(page, **entries)
        press(page, "Save and go on")
    page.goto(reverse("mediation:paper_new", args=[case.pk]))
    fill(page, **typed.CONFIDED, file=str(ledger))
    press(page, "Hand in")
    page.goto(reverse("mediation:request_check", args=[case.pk]))
    press(page, "Send the request")
    page.get_by_text("The request was sent to the office.").wait_for()
    return case


def admit(page, case: Case) -> None:
    """A mediator finds the request on the docket and admits it; what was confided is theirs to read from then on."""
    page.goto(reverse("mediation:docket"))
    case.refresh_from_db()
    follow(page, case.number)
    assert typed.CONFIDED["title"] not in page.content()
    follow(page, "Admit")
    press(page, "Admit and ask the respondent")
    follow(page, case.number)
    page.get_by_text(typed.CONFIDED["title"]).first.wait_for()


def answer(page, case: Case) -> None:
    """The respondent sees the request, never the other side's paper, and answers."""
    page.goto(reverse("mediation:case", args=[case.pk]))
    page.get_by_text(typed.REQUEST["dispute"]["claim"]).first.wait_for()
    assert typed.CONFIDED["title"] not in page.content()
    follow(page, "Answer the request")
    fill(page, **typed.ANSWER)
    press(page, "Send the answer")


def arrange_session(page, case: Case) -> None:
    """The mediator invites both sides for the coming minute."""
    page.goto(reverse("mediation:docket_case", args=[case.pk]))
    follow(page, "Arrange a session")
    day, minute = next_minute()
    fill(page, **typed.SESSION, day=day, time=minute)
    press(page, "Arrange and invite")
    page.get_by_text(typed.SESSION["place"]).first.wait_for()


def conclude_session(page, case: Case) -> None:
    """When the session was held, the mediator puts it on record and proposes an agreement."""
    while timezone.now() <= case.sessions.get().scheduled_at:
        time.sleep(1)
    page.goto(reverse("mediation:docket_case", args=[case.pk]))
    follow(page, "Write the minutes")
    fill(page, **typed.MINUTES)
    press(page, "Put on record")
    follow(page, "Propose an agreement")
    fill(page, **typed.AGREEMENT, performance_on=str(law_date(timezone.now())))
    press(page, "Propose to both sides")


def sign(page, case: Case, name: str) -> None:
    """One side reads the minutes and the proposed text, and signs it."""
    page.goto(reverse("mediation:case", args=[case.pk]))
    assert typed.MINUTES["minutes"] in page.content()
    follow(page, "Read the proposed agreement")
    page.get_by_text(typed.AGREEMENT["result"]).first.wait_for()
    fill(page, signed_name=name, read="on")
    press(page, "Sign the agreement")


def wait_for_the_worker() -> None:
    """Wait until the worker has delivered everything that the acts so far owe."""
    until = time.monotonic() + 60
    while OutboxMessage.objects.filter(done_at=None, parked_at=None).exists():
        assert time.monotonic() < until, list(OutboxMessage.objects.filter(done_at=None).values("topic", "last_error"))
        time.sleep(0.2)
    assert not OutboxMessage.objects.exclude(parked_at=None).exists()


def announce(cast, browser_of) -> Statement:
    """Draft, submit, examine, correct, pass, approve, announce."""
    patent = cast.patent()
    with browser_of(cast.patentee) as page:
        statement = file_statement(page, patent.number)
    with browser_of(cast.examiner) as page:
        decide(page, "registry_statement", statement, "Take it for examination")
        asked = {"request_correction-reasons": typed.CORRECTION}
        decide(page, "registry_statement", statement, "Ask for correction", **asked)
    with browser_of(cast.patentee) as page:
        correct_statement(page, statement)
    with browser_of(cast.examiner) as page:
        decide(page, "registry_statement", statement, "Pass to approval")
    with browser_of(cast.approver) as page:
        decide(page, "registry_statement", statement, "Approve for announcement")
    call_command("publish_bulletin", extra=True, verbosity=0)
    with browser_of(None) as page:
        page.goto("/")
        follow(page, patent.title)
        page.get_by_text("It can be accepted now").wait_for()
    return statement


def record(cast, browser_of, statement: Statement, proof: Path) -> License:
    """Notice, payment, certificate and its code, filing, record, and the reduction that it wins."""
    with browser_of(cast.enterprise) as page:
        license = take_license(page, statement, proof)
        page.goto(reverse("licensing:license", args=[license.pk]))
        document = download(page, "Certificate (PDF)")
        follow(page, "File this license")
        fill(page, handler_name="Li Na")
        press(page, "Submit the filing")
        page.wait_for_url("**/my/filings/**")
    assert license.number in text_of(document)
    with browser_of(None) as page:
        (address,) = codes_on(document)
        page.goto(address)
        page.get_by_text("Genuine: this registry holds the license").wait_for()
        assert page.get_by_role("heading", name=license.number).count() == 1
        assert cast.enterprise.organisation.name not in page.content()
    with browser_of(cast.examiner) as page:
        decide(page, "licensing_filing", Filing.objects.get(), "Record the license")
    with browser_of(cast.patentee) as page:
        follow(page, "My licensees")
        follow(page, "Annuities of this patent")
        page.get_by_text("−15 %").first.wait_for()
    return license


def mediate(cast, browser_of, license: License, ledger: Path) -> Case:
    """Request, admission, answer, session with its minutes, agreement signed by both sides."""
    with browser_of(cast.enterprise) as page:
        case = request_mediation(page, license, ledger)
    with browser_of(cast.mediator) as page:
        admit(page, case)
    with browser_of(cast.patentee) as page:
        answer(page, case)
    with browser_of(cast.mediator) as page:
        arrange_session(page, case)
        conclude_session(page, case)
    for person, name in ((cast.enterprise, "Li Na"), (cast.patentee, "Lin Zhiyuan")):
        with browser_of(person) as page:
            sign(page, case, name)
            if person is cast.patentee:
                follow(page, "Read the agreement")
                assert typed.AGREEMENT["result"] in text_of(download(page, "Download the agreement (PDF)"))
    case.refresh_from_db()
    return case


def test_one_statement_from_its_draft_to_a_recorded_license_and_a_mediated_dispute(cast, browser_of, tmp_path) -> None:
    proof, ledger = tmp_path / "voucher.png", tmp_path / "ledger.png"
    proof.write_bytes(typed.scan(10))
    ledger.write_bytes(typed.scan(20))

    statement = announce(cast, browser_of)
    license = record(cast, browser_of, statement, proof)
    assert mediate(cast, browser_of, license, ledger).status == "agreed"

    wait_for_the_worker()
    with browser_of(cast.patentee) as page:
        page.goto(reverse("accounts:inbox"))
        assert page.get_by_text(f"Statement {statement.number} is announced").count() == 1
