"""Every page of the demo story in a real browser, for everybody, in both languages, on a desk and on a phone.

Links are followed as each person first; every page they reach must answer. Those that look different are then opened in
chromium: axe finds nothing, nothing is wider than a phone, no words of the other language are left, no script fails, no
policy is violated. With ``PICTURES=<folder>`` the pages are also kept as pictures.
"""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import trans_real

from config.demo.people import demo_people
from tests import live
from tests.browser.crawl import VISITOR, Page, crawl, different, session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
# How many pages of one address pattern are opened in a language, if they are made of different templates.
LOOKS = {"zh-hans": 3, "en": 2}
TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width + 1).slice(-2).map(e => e.outerHTML.slice(0, 120))"""
WORDS = """() => { const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const within = walker.currentNode.parentElement, said = walker.currentNode.data.trim().replace(/\\s+/g, ' ');
    if (said && !within.closest('script, style, code, [lang]:not(html), [hidden]')) found.push(said); }
  return found; }"""
PICTURES = os.environ.get("PICTURES", "")
EXAMINATION = "examination/"
# What unfold itself draws around the office's desks and lists; ours is everything else.
UNFOLD = [["#nav-sidebar"], ["#header-inner"]]
# A page for developers, which speaks English alone; and the examiners' site, where unfold says things of its own.
UNTRANSLATED = ("styleguide/", EXAMINATION)
# Addresses that no link on a page of the story leads to, each with its reason. The pages among them that a person sees
# are opened in tests/accounts/test_in_browser.py, in tests/registry/views or by the tests of their views.
BUTTON, TYPING, LETTER, PASSWORD, NOBODY = (
    "a button sends it",
    "typing asks for it",
    "a letter holds the link",
    "asks for the password first",
    "nobody",
)
SHEET = f"{NOBODY} has a spreadsheet that is not submitted"
UNREACHED: dict[str, str] = {
    "language/setlang/": BUTTON,
    "account/logout/": BUTTON,
    "account/organisation/invitations/<uuid:invitation_id>/withdraw/": BUTTON,
    "account/organisation/members/<uuid:membership_id>/manager/": BUTTON,
    "my/statements/<uuid:pk>/papers/<uuid:paper_pk>/remove/": BUTTON,
    "my/statements/<uuid:pk>/ask-pledgees/": BUTTON,
    "my/watched/<uuid:pk>/end/": BUTTON,
    "patents/<str:number>/watch/": BUTTON,
    "statements/<str:number>/watch/": BUTTON,
    "my/statements/new/number/": TYPING,
    "bulletin/calendar/": "leads on to the calendar of the year",
    "my/batches/<uuid:pk>/correct/": BUTTON,
    "my/batches/<uuid:pk>/discard/": SHEET,
    "my/batches/<uuid:pk>/papers/": BUTTON,
    "my/batches/<uuid:pk>/check/": BUTTON,
    "my/batches/<uuid:pk>/submit/": SHEET,
    "account/^confirm-email/(?P<key>[-:\\w]+)/$": LETTER,
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": LETTER,
    "account/join/<str:token>/": LETTER,
    "account/confirm-email/": "follows signing up",
    "account/password/reset/done/": "follows asking for a new password",
    "account/password/reset/key/done/": "follows setting a new password",
    "account/login/code/confirm/": "follows asking for a code",
    "account/mfa/authenticate/": "follows signing in with a second factor",
    "account/mfa/reauthenticate/": "follows signing in with a second factor",
    "account/mfa/totp/activate/": PASSWORD,
    "account/mfa/totp/deactivate/": PASSWORD,
    "account/mfa/recovery-codes/": PASSWORD,
    "account/mfa/recovery-codes/download/": PASSWORD,
    "account/mfa/recovery-codes/generate/": PASSWORD,
    "account/inactive/": f"{NOBODY} is shut out",
    "account/password/set/": f"{NOBODY} is without a password",
    "account/api-keys/<uuid:key_id>/revoke/": f"{NOBODY} has a key for programs",
    "docket/<uuid:pk>/take/": f"{NOBODY} has stepped down from a case",
    "account/mandates/<uuid:mandate_id>/document/": f"{NOBODY} keeps the deed of a mandate here",
    "healthz": "for machines",
}


def reached_pages(faults: list[str]) -> list[Page]:
    """Return every page that links lead anybody to."""
    public = (reverse("home"), reverse("account_login"), reverse("styleguide"))
    found = list(crawl(VISITOR, public, faults))
    for person in demo_people():
        found += crawl(person.email, (reverse("workbench"),), faults)
    return found


def ours(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the route of every page of ours; the examiners' site and the API have their own tests."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if not route.startswith((EXAMINATION, "api/")):
                yield from ours(one.url_patterns, route)
        elif not re.search(r"\.(csv|json|pdf|yml)$", route):
            yield route


def foreign_words() -> dict[str, frozenset[str]]:
    """Return what must not be read on a page of each language: whole messages as they are said in the other one."""
    catalogue = trans_real.translation("zh-hans")._catalog
    pairs = [(said, meant) for said, meant in catalogue.items() if isinstance(said, str)]
    pairs = [(said.rpartition("\x04")[2], meant) for said, meant in pairs if said and meant and said != meant]
    assert len(pairs) > 1000, "the catalogues are not compiled: manage.py compile_catalogues"
    return {"zh-hans": frozenset(said for said, _ in pairs if len(said) > 3)}


def look(page, one: Page, language: str, number: int, foreign: frozenset[str]) -> list[str]:
    """Open a page in one language: axe at one width, the width of a phone in any case. Return what is wrong."""
    phone_first = (language == "en") == bool(number % 2)
    page.set_viewport_size(PHONE if phone_first else DESK)
    answer = page.goto(one.url)
    place = f"{language} {one.email or 'visitor'} {one.url}"
    if answer is None or answer.status != 200:
        return [f"{place}: status {answer and answer.status}"]
    context = {"exclude": UNFOLD} if one.pattern.startswith(EXAMINATION) else None
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=options).response["violations"]
    wrong = [f"{place}: {item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"][:2]]
    if not one.pattern.startswith(UNTRANSLATED):
        wrong += [f"{place}: not translated: {said}" for said in page.evaluate(WORDS) if said in foreign]
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{number:03d}-{language}.png"), full_page=True)
    page.set_viewport_size(PHONE)
    return wrong + [f"{place}: too wide: {part}" for part in page.evaluate(TOO_WIDE, PHONE["width"])]


def walk(site: str, language: str, shown: list[Page], sessions: dict[str, str], foreign: frozenset[str]) -> list[str]:
    """Open pages in one language, in a browser of its own. Return what is wrong."""
    wrong: list[str] = []
    with live.chromium_browser() as chromium, live.careful_page(chromium, site) as page:
        person = None
        for number, one in enumerate(shown):
            if one.email != person:
                person = one.email
                page.context.clear_cookies()
                cookies = {settings.LANGUAGE_COOKIE_NAME: language, settings.SESSION_COOKIE_NAME: sessions[person]}
                page.context.add_cookies([{"name": name, "value": it, "url": site} for name, it in cookies.items()])
            wrong += look(page, one, language, number, foreign)
    return wrong


def test_every_page(live_stack) -> None:
    call_command("load_demo", verbosity=0)
    wrong: list[str] = []
    pages = reached_pages(wrong)
    reached = {page.pattern for page in pages}
    missing = sorted(set(ours(get_resolver().url_patterns)) - reached - set(UNREACHED))
    sessions = {email: session_cookie(email) if email else "" for email in {page.email for page in pages}}
    shown = {language: different(pages, each=each) for language, each in LOOKS.items()}
    foreign = foreign_words()
    with ThreadPoolExecutor() as pool:
        walks = [
            pool.submit(walk, live_stack.url, language, list_of, sessions, foreign.get(language, frozenset()))
            for language, list_of in shown.items()
        ]
    wrong += [fault for one in walks for fault in one.result()]
    if PICTURES:
        names = [f"{number:03d} {one.email} {one.url}" for number, one in enumerate(shown["zh-hans"])]
        (Path(PICTURES) / "index.txt").write_text("\n".join([*names, "MISSING", *missing]))
        (Path(PICTURES) / "wrong.txt").write_text("\n".join(wrong))
    assert wrong == []
    assert missing == []
    assert sorted(reached & set(UNREACHED)) == []
