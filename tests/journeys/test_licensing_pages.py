"""Every page of licensing in a real browser, on a phone and on a desk: no finding of axe, nothing too wide.

With ``SCREENSHOTS=<folder>`` the pages are also kept as pictures.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.deadlines import law_date
from licensing.actions.changing import request_change
from licensing.actions.deciding import record_filing, refuse_filing
from licensing.actions.paying import add_payment
from licensing.enums import ChangeItem
from tests import live
from tests.licensing.scene import FREE, Scene, paper, voucher

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture
def scene(cast) -> Scene:
    """Makes statements, notices, licenses and filings by the real acts."""
    return Scene(cast)


def _pages(scene, cast) -> list[tuple[str, object, str]]:
    """Make one of everything, today, and name each page with who looks at it."""
    at = timezone.now()
    statement = scene.announced(at=at, term_mode="months", term_until="", term_months="36")
    open_to_all = scene.cast.member("Third Firm")
    waiting = scene.notice(statement, by=cast.rival, at=at)
    license = scene.license(statement, at=at)
    filing = scene.filing(license, at=at)
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=at)
    said = {"item": ChangeItem.LICENSEE, "after": "Canton Cold", "grounds": "Renamed.", "proof": paper("new name")}
    change = request_change(filing_id=filing.pk, by=cast.enterprise.actor, at=at, **said)
    fourth = cast.member("Fourth Firm")
    other = scene.notice(statement, by=fourth, at=at)
    refused = add_payment(notice_id=other.pk, voucher=voucher("V-4", paid_on=law_date(at)), by=fourth.actor, at=at)
    bad = scene.filing(refused, by=fourth, at=at)
    refuse_filing(filing_id=bad.pk, reasons="The voucher cannot be read.", by=cast.examiner.actor, at=at)
    fifth = cast.member("Fifth Firm")
    queued = scene.filing(scene.license(statement, by=fifth, at=at, number="V-5"), by=fifth, at=at)
    number = statement.number
    mine, theirs = cast.enterprise, cast.patentee
    return [
        ("accept", open_to_all, reverse("licensing:accept", args=[number])),
        ("accept-refused", theirs, reverse("licensing:accept", args=[number])),
        ("sign", open_to_all, reverse("licensing:sign", args=[number])),
        ("pay", cast.rival, reverse("licensing:notice", args=[waiting.pk])),
        ("notice-patentee", theirs, reverse("licensing:notice", args=[waiting.pk])),
        ("notice-cancel", cast.rival, reverse("licensing:notice_cancel", args=[waiting.pk])),
        ("receipt", theirs, reverse("licensing:receipt", args=[waiting.pk])),
        ("my-licenses", mine, reverse("licensing:my_licenses")),
        ("my-licenses-waiting", cast.rival, reverse("licensing:my_licenses")),
        ("my-licenses-empty", open_to_all, reverse("licensing:my_licenses")),
        ("my-licensees", theirs, reverse("licensing:my_licensees")),
        ("license", mine, reverse("licensing:license", args=[license.pk])),
        ("license-to-file", fourth, reverse("licensing:license", args=[refused.pk])),
        ("license-end", mine, reverse("licensing:license_end", args=[license.pk])),
        ("file", fourth, reverse("licensing:file_license", args=[refused.pk])),
        ("filings", theirs, reverse("licensing:filings")),
        ("filing", mine, reverse("licensing:filing", args=[filing.pk])),
        ("filing-change", theirs, reverse("licensing:filing_change", args=[filing.pk])),
        ("change-take-back", mine, reverse("licensing:change_take_back", args=[filing.pk, change.pk])),
        ("filing-refused", fourth, reverse("licensing:filing", args=[bad.pk])),
        ("annuities", theirs, reverse("licensing:annuities", args=[statement.patent.number])),
        ("check", None, reverse("licensing:document_check")),
        ("document", None, reverse("licensing:document", args=[license.verification_code])),
        ("desk-queue", cast.examiner, reverse("admin:licensing_filing_changelist")),
        ("desk-filing", cast.examiner, reverse("admin:licensing_filing_change", args=[queued.pk])),
        ("desk-change", cast.examiner, reverse("admin:licensing_filingchange_change", args=[change.pk])),
        ("desk-license", cast.examiner, reverse("admin:licensing_license_change", args=[license.pk])),
    ]


def _cookies(person, url: str) -> list[dict[str, str]]:
    kept = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": url}]
    if person is not None:
        session = person.client().cookies[settings.SESSION_COOKIE_NAME].value
        kept.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url})
    return kept


def test_every_page_is_accessible_and_fits(scene, cast, chromium, live_stack) -> None:
    folder = os.environ.get("SCREENSHOTS")
    findings: list[str] = []
    for name, person, address in _pages(scene, cast):
        cookies = _cookies(person, live_stack.url)
        for size, viewport in SIZES.items():
            with live.careful_page(chromium, live_stack.url, viewport=viewport) as page:
                page.context.add_cookies(cookies)
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200, (name, answer.status)
                if folder:
                    page.screenshot(path=str(Path(folder) / f"{name}-{size}.png"), full_page=True)
                if name.startswith("desk"):
                    continue  # the office's frame is unfold's; its own pages are judged with the registry's desk
                found = Axe().run(page).response["violations"]
                findings += [f"{name} {size}: {item['id']} {item['nodes'][0]['html'][:150]}" for item in found]
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                findings += [f"{name} {size}: {wide} px too wide"] if wide > 0 else []
    assert findings == []


def test_a_sitting_from_the_statement_to_the_certificate(scene, cast, chromium, live_stack, tmp_path) -> None:
    statement = scene.announced(at=timezone.now(), **FREE)
    with live.careful_page(chromium, live_stack.url) as page:
        page.context.add_cookies(_cookies(cast.enterprise, live_stack.url))
        page.goto(reverse("licensing:accept", args=[statement.number]))
        page.get_by_role("link", name="Continue to the notice").click()
        page.get_by_label("Intended start of use").fill(str(law_date(timezone.now())))
        page.get_by_label("Signed by").fill("Li Na")
        page.get_by_role("button", name="Read the notice as it will be served").click()
        page.get_by_role("button", name="Sign and serve the notice").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Certificate (PDF)").click()
        target = tmp_path / "certificate.pdf"
        download.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF-1.7")
