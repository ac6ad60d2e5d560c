"""The examiner's day in a real browser, on a desk and on a phone: nothing for axe to find, nothing cut off."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from registry.actions import examining
from registry.actions.aftermath import settle_aftermath
from registry.actions.halting import halt_publication
from registry.models import Aftermath
from tests.cast import Cast
from tests.factories.statements import approved, examining_now, passed, submitted
from tests.registry.actions.test_aftermath import ended_by_office, wrong
from tests.registry.actions.test_annulling import annul
from tests.registry.models.test_versions import corrected_at

pytestmark = pytest.mark.browser

PASSWORD = "Zeitgemäß-2026-patent"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = [360, 1280]
TOO_WIDE = "width => Math.max(0, document.documentElement.scrollWidth - width)"
# Where to keep pictures of the pages for a human to look at; none are kept without it.
PICTURES = os.environ.get("PICTURES", "")
# Only what this project adds to the library's frame is judged.
OURS = "#content"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(page, user: User) -> None:
    page.goto(reverse("account_login"))
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#main form button[type=submit]").click()
    page.wait_for_url("**/workbench/")


def look(page, path: str, width: int, within: str = OURS) -> None:
    """Open a page and find nothing wrong with it."""
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(path)
    assert answer.status == 200, path
    if PICTURES:
        language = page.locator("html").get_attribute("lang")
        name = f"{path.strip('/').replace('/', '_')[:70]}-{language}"
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page, context=within, options={"runOnly": STANDARDS}).response["violations"]
    assert [(path, one["id"], node["html"][:200]) for one in found for node in one["nodes"]] == []
    assert page.evaluate(TOO_WIDE, width) == 0, path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_examiner_s_day(live_stack, page, width):
    cast, now = Cast(), timezone.now()
    examiner = with_password(cast.examiner.user)
    statement = corrected_at(cast, now - timedelta(days=20))
    for days in (1, 5, 9, 18):
        submitted(cast, at=now - timedelta(days=days))
    taken = examining_now(cast, at=now - timedelta(days=2))
    examining.request_correction(
        statement=examining_now(cast, at=now - timedelta(days=4)),
        reasons="请补正。",
        by=cast.examiner.actor,
        at=now - timedelta(days=3),
    )
    passed(cast, at=now - timedelta(days=3))
    approved(cast, at=now - timedelta(days=3))
    sign_in(page, examiner)
    look(page, "/examination/", width)
    look(page, "/examination/targets/", width)
    look(page, reverse("admin:registry_statement_change", args=[taken.pk]), width)
    look(page, reverse("admin:registry_statement_change", args=[statement.pk]), width)
    look(page, reverse("admin:registry_statement_versions", args=[statement.pk]), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_switch_of_publication_and_its_banner(live_stack, page, width):
    cast, now = Cast(), timezone.now()
    approver = with_password(cast.approver.user)
    sign_in(page, approver)
    look(page, "/examination/registry/publicationhalt/switch/", width)
    halt = halt_publication(reason="印刷文件与签发文本不一致，正在核查。", by=cast.administrator.actor, at=now)
    look(page, reverse("admin:registry_publicationhalt_change", args=[halt.pk]), width)
    look(page, "/workbench/", width, within="body")
    look(page, "/bulletin/", width, within="body")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", WIDTHS)
def test_an_event_that_is_annulled_and_what_it_leaves_behind(live_stack, page, width, language):
    cast = Cast()
    examiner = with_password(cast.examiner.user)
    statement = ended_by_office(cast)
    sign_in(page, examiner)
    site = page.url.removesuffix("workbench/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    address = reverse("admin:registry_registerevent_change", args=[wrong().pk])
    look(page, address, width)
    annul(cast, wrong(), at=timezone.now())
    look(page, address, width)
    look(page, reverse("admin:registry_registerevent_changelist"), width)
    look(page, reverse("admin:registry_aftermath_changelist"), width)
    item = Aftermath.objects.get()
    desk = reverse("admin:registry_aftermath_change", args=[item.pk])
    look(page, desk, width)
    settle_aftermath(aftermath=item, note="已告知专利权人可以重新声明。", by=cast.examiner.actor, at=timezone.now())
    look(page, desk, width)
    look(page, reverse("admin:registry_patent_change", args=[statement.patent_id]), width)
    look(page, reverse("registry:patent", args=[statement.patent.number]), width, within="body")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_filer_s_page_with_papers_from_the_office(live_stack, page, width):
    cast, now = Cast(), timezone.now()
    filer = with_password(cast.patentee.user)
    statement = corrected_at(cast, now - timedelta(days=20))
    sign_in(page, filer)
    look(page, reverse("registry:draft", args=[statement.pk]), width, within="body")
    message = cast.patentee.organisation.inbox.latest("at")
    look(page, reverse("accounts:inbox_message", args=[message.pk]), width, within="body")
