"""Finds the pages of the demo story by following links, as each person, and picks those that look different."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User

VISITOR = ""
# Links that leave the session or only switch something.
NOT_FOLLOWED = re.compile(
    r"^/(account/logout|language|static)/|^/api/v1/openapi|\.(csv|json|pdf|yml|xml)($|\?)|^/examination/.*[?&]o="
)
# So many pages of one address pattern are opened a person, so many of the person's own matters, which stand in many
# states, and so many variants of a query.
OBJECTS_EACH, OWN_EACH, QUERIES_EACH = 3, 20, 2
# No page is heavier.
HEAVY = 200_000
# What a file is made of: it is reached, and never opened as a page.
FILE = frozenset({"a file"})
_LINK = re.compile(rb'<a\s[^>]*?href="([^"#]*)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page somebody reached: who, where, and what it was made of."""

    email: str
    url: str
    pattern: str
    look: frozenset[str]
    content: bytes = field(default=b"", repr=False, compare=False)


def signed_in(email: str) -> Client:
    """Return the browser of a person, or of a visitor."""
    client = Client(headers={"accept": "text/html"})
    if email:
        client.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def session_cookie(email: str) -> str:
    """Return the session of a person who has signed in."""
    return signed_in(email).cookies[settings.SESSION_COOKIE_NAME].value


def crawl(email: str, starts: tuple[str, ...], faults: list[str]) -> Iterator[Page]:
    """Yield every page that links lead this person to; whatever answers with an error goes to ``faults``."""
    client = signed_in(email)
    waiting, seen, source = list(starts), set(starts), dict.fromkeys(starts, "the start")
    objects: Counter[str] = Counter()
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        try:
            pattern = resolve(path).route
        except Resolver404:
            faults.append(f"{email or 'visitor'}: {source[url]} leads to {url}, which is no address")
            continue
        key = f"{pattern}?" if "?" in url else pattern
        objects[key] += 1
        each = OWN_EACH if pattern.startswith("my/") else OBJECTS_EACH
        if objects[key] > (QUERIES_EACH if "?" in url else each):
            continue
        answer = client.get(url)
        if answer.status_code in (301, 302):
            links = [answer["Location"]]
        elif answer.status_code != 200:
            faults.append(f"{email or 'visitor'}: {source[url]} leads to {url}, which answers {answer.status_code}")
            continue
        elif answer.streaming or not answer["Content-Type"].startswith("text/html"):
            answer.close()
            yield Page(email, url, pattern, FILE)
            continue
        else:
            if len(answer.content) > HEAVY:
                faults.append(f"{email or 'visitor'}: {url} weighs {len(answer.content)} bytes")
            made_of = frozenset(template.name or "" for template in answer.templates)
            yield Page(email, url, pattern, made_of, answer.content)
            links = [link.decode() for link in _LINK.findall(answer.content)]
        found = _new(links, url, seen)
        source |= dict.fromkeys(found, url)
        waiting += found


def _new(links: list[str], base: str, seen: set[str]) -> list[str]:
    found = []
    for link in links:
        local = link.replace("&amp;", "&").removeprefix(settings.PUBLIC_BASE_URL)
        parts = urlsplit(urljoin(f"http://site{base}", local))
        if parts.hostname != "site" or parts.scheme != "http":
            continue
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        if url not in seen and not NOT_FOLLOWED.search(url):
            seen.add(url)
            found.append(url)
    return found


def different(pages: list[Page], *, each: int) -> list[Page]:
    """Return at most ``each`` pages of an address pattern, those made of other templates than the ones before."""
    kept: dict[str, list[Page]] = {}
    for page in pages:
        known = kept.setdefault(page.pattern, [])
        if page.look != FILE and len(known) < each and page.look not in [one.look for one in known]:
            known.append(page)
    return [page for known in kept.values() for page in known]
