"""Scripts stored in every free text of the registry run in nobody's browser (safety.md S11).

The demo story is told, then every free text of every row becomes a payload, by SQL, so that no form's check stands
before the pages. What each person is led to is then opened in chromium: no dialog, no element or attribute that a
payload made, no violation of the content policy, and a policy without ``unsafe-`` outside the examiners' site.
"""

import html
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from tests import live
from tests.browser.crawl import VISITOR, Page, crawl, session_cookie
from tests.safety.hostile import MARK, PAYLOADS, planted

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EXAMINATION = "/examination/"
# One person of each kind, those in the story who are shown the most.
PEOPLE = (
    VISITOR, "lin@jinghu.example", "gu@suyuan.example", "examiner@office.example", "mediator@office.example",
    "admin@office.example",
)  # fmt: skip
# What must be stored: the test would show nothing if the database had refused everything.
STORED = {
    "registry.Patent.title", "registry.Patentee.name", "registry.Statement.contact_name",
    "registry.Statement.contact_address", "registry.Statement.explanation", "registry.Statement.payment_terms",
    "accounts.Organisation.name", "accounts.Organisation.contact_name", "accounts.User.full_name",
    "licensing.Notice.contact_name", "licensing.Payment.bank", "mediation.Case.claim", "mediation.Case.facts",
    "mediation.Paper.title", "core.StoredFile.name", "core.AuditEvent.data", "registry.BulletinEntry.content",
}  # fmt: skip
# What a payload would have made, had it become part of a page.
PLANTED = """mark => [...document.querySelectorAll('*')].filter(one =>
  one.localName === 'script' && !one.src && one.textContent.includes(mark) && one.type !== 'application/json'
  || ['iframe', 'object', 'embed', 'base', 'marquee', 'style', 'template', 'math'].includes(one.localName)
     && one.outerHTML.includes(mark)
  || [...one.attributes].some(it => /^(on|x-|:|@|hx-on|data-hx-on)/.test(it.name) && it.value.includes(mark)
     || ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'xlink:href'].includes(it.name)
        && /^\\s*(javascript|data):/i.test(it.value) && it.value.includes(mark)))
  .map(one => one.outerHTML.slice(0, 160))"""


def shown_pages(faults: list[str]) -> list[Page]:
    """Return, of each address pattern that shows a payload to anybody, the page that shows the most."""
    fullest: dict[str, Page] = {}
    for email in PEOPLE:
        for page in crawl(email, (reverse("workbench") if email else reverse("home"),), faults):
            known = fullest.get(page.pattern)
            if marks(page) > (marks(known) if known else 0):
                fullest[page.pattern] = page
    return list(fullest.values())


def marks(page: Page) -> int:
    """Return how many payloads a page shows."""
    return page.content.count(MARK.encode())


def faults_of(page, one: Page) -> Iterator[str]:
    """Open a page and yield what a payload did to it."""
    answer = page.goto(one.url, wait_until="load")
    place = f"{one.email or 'visitor'} {one.url}"
    policy = answer.headers.get("content-security-policy", "")
    scripts = next((part for part in policy.split(";") if part.strip().startswith("script-src")), "")
    loose = "unsafe-inline" in scripts if urlsplit(one.url).path.startswith(EXAMINATION) else "unsafe-" in policy
    if not scripts or loose:
        yield f"{place}: policy {policy}"
    for element in page.evaluate(PLANTED, MARK):
        yield f"{place}: planted {element}"


def test_scripts_stored_anywhere_run_nowhere(live_stack, chromium) -> None:
    call_command("load_demo", verbosity=0)
    stored, refused = planted()
    assert STORED - set(stored) == set(), sorted(refused)

    wrong: list[str] = []
    shown = shown_pages(wrong)
    sessions = {email: session_cookie(email) for email in {one.email for one in shown} if email}
    seen: set[str] = set()
    with live.careful_page(chromium, live_stack.url) as page:
        page.on("dialog", lambda dialog: (wrong.append(f"{page.url}: ran {dialog.message}"), dialog.dismiss()))
        for one in shown:
            page.context.clear_cookies()
            if one.email:
                session = {"name": settings.SESSION_COOKIE_NAME, "value": sessions[one.email], "url": live_stack.url}
                page.context.add_cookies([session])
            wrong += faults_of(page, one)
            seen |= {payload for payload in PAYLOADS if html.escape(payload).encode() in one.content}
    assert wrong == []
    assert sum(marks(one) for one in shown) >= 500
    assert len(seen) > 50, sorted(set(PAYLOADS) - seen)
