"""Whoever works at the office's desks in Chinese reads no English word, whether Django, unfold or the registry says it.

The demo story's own names, codes, numbers and addresses are left out, and so is the log of acts, which keeps the codes
it was written with.
"""

import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from tests.browser.crawl import crawl

pytestmark = pytest.mark.slow

LOG = "/examination/core/auditevent/"
# Names in the story, and how each language is called in the menu.
NAMES = {"English", "hans", "Demo", "demo", "story", "demo story", "demo feed", "jsonl", "pdf", "office", "pledge"}
# Parts of a page that hold no words for people, and attributes that do.
_CODE = "//script | //style | //code | //template | //*[contains(@class, 'material-symbols')]"
_SAID = "//text() | //@placeholder | //@title | //@aria-label | //@alt | //input[@type='submit']/@value"
_WORD = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)*")
_NO_WORD = re.compile(r"\S*[@/_:\d]\S*")  # an address, a code, a number


def words(content: bytes) -> Iterator[str]:
    """Yield the English words that a page says."""
    page = lxml.html.fromstring(content)
    for code in page.xpath(_CODE):
        code.drop_tree()
    for said in page.xpath(_SAID):
        yield from _WORD.findall(_NO_WORD.sub(" ", str(said)))


def test_no_english_word_on_a_chinese_desk(transactional_db) -> None:
    with translation.override("zh-hans"):
        call_command("load_demo", verbosity=0)
    read = {
        (page.url, word)
        for name in ("examiner", "admin")
        for page in crawl(f"{name}@office.example", (reverse("admin:index"),), [])
        if page.content and page.url.startswith("/examination/") and not page.url.startswith(LOG)
        for word in words(page.content)
    }
    assert sorted((url, word) for url, word in read if word not in NAMES) == []
    assert {word for _url, word in read} & NAMES, "no word was found at all: the pages were not read"
