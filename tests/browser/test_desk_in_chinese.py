"""Whoever works at the office's desks in Chinese reads no English word, and in English no Chinese word of ours.

Django, unfold and the registry each bring words of their own; what a person typed, codes and addresses are left out.
"""

import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.browser.crawl import crawl

pytestmark = pytest.mark.slow

OFFICE = ("examiner", "approver", "mediator", "auditor", "admin")
# Parts of a page that hold no words for people, and attributes that do.
_CODE = "//script | //style | //code | //template | //*[contains(@class, 'material-symbols')] | //*[@lang]"
_SAID = "//text() | //@placeholder | //@title | //@aria-label | //@alt | //input[@type='submit']/@value"
_WORD = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)*")
_NO_WORD = re.compile(r"\S*[@/_:\d]\S*")  # an address, a code, a number


def words(content: bytes) -> Iterator[str]:
    page = lxml.html.fromstring(content)
    for code in page.xpath(_CODE):
        if code.tag != "html":
            code.drop_tree()
    for said in page.xpath(_SAID):
        yield from _WORD.findall(_NO_WORD.sub(" ", str(said)))


def test_no_english_word(transactional_db) -> None:
    call_command("load_demo", verbosity=0)
    found = {}
    for name in OFFICE:
        for page in crawl(f"{name}@office.example", (reverse("admin:index"),), []):
            if page.content and page.url.startswith("/examination/"):
                for word in words(page.content):
                    found.setdefault(word, page.url)
    open("/tmp/found.txt", "w").write("\n".join(f"{k}\t{v}" for k, v in sorted(found.items())))
    assert found == {}
