"""The desk of filings decided on an annulled event in a real browser, on a desk and on a phone, in both languages."""

import pytest
from django.urls import reverse

from licensing.actions.aftermath import settle_filing_aftermath
from licensing.models import FilingAftermath
from tests.cast import Cast
from tests.licensing.actions.test_aftermath import AFTER, annul, recorded, refused, take_in
from tests.licensing.scene import Scene
from tests.registry.admin.test_in_browser import WIDTHS, look, sign_in, with_password

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", WIDTHS)
def test_filings_that_rested_on_an_annulled_event(live_stack, page, width, language):
    cast = Cast()
    scene, examiner = Scene(cast), with_password(cast.examiner.user)
    statement = scene.announced()
    filing = scene.filing(scene.license(statement))
    other = scene.filing(scene.license(statement, by=cast.rival, number="V-2"), by=cast.rival)
    take_in(filing, "change_of_name", ref="name", from_="Lakeside University", to="Lakeside Technical University")
    recorded(other, cast)
    take_in(filing, "pledge", pledgee="Bank of the Pearl River")
    refused(filing, cast)
    sign_in(page, examiner)
    site = page.url.removesuffix("workbench/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    look(page, reverse("admin:licensing_filingaftermath_changelist"), width)
    for ref in ("name", "wrong"):
        annul(cast, ref)
    look(page, reverse("admin:licensing_filingaftermath_changelist"), width)
    for item in FilingAftermath.objects.all():
        look(page, reverse("admin:licensing_filingaftermath_change", args=[item.pk]), width)
    item = FilingAftermath.objects.get(filing=filing)
    settle_filing_aftermath(aftermath=item, note="已告知双方可以重新申请备案。", by=cast.examiner.actor, at=AFTER)
    look(page, reverse("admin:licensing_filingaftermath_change", args=[item.pk]), width)
    look(page, reverse("workbench"), width, within="body")
