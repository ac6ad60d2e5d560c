"""The filer's helps in a real browser, on a phone and a desk: axe finds nothing, typing changes the page by itself."""

import pytest
from django.urls import reverse

from registry.models import Estimate
from tests.accounts.test_in_browser import WIDTHS, look, sign_in, with_password
from tests.cast import Cast

pytestmark = pytest.mark.browser
FIXED = reverse("registry:pricing_form", args=["customary", "fixed"])
LONG = 15_000  # milliseconds; the machine may be busy


@pytest.fixture
def filer(page, live_stack):
    cast = Cast()
    with_password(cast.patentee.user)
    sign_in(page, cast.patentee.user)
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pricing_help(page, filer, width):
    draft = filer.draft()
    look(page, reverse("registry:pricing"), width)
    for address in ("registry:pricing_new", "registry:license_statistics"):
        look(page, reverse(address), width)
    look(page, f"{FIXED}?statement={draft.pk}", width)
    page.locator("#id_rate").fill("3")
    page.locator("#id_licensee_sales").fill("2000000")
    page.locator("#outcome h2").wait_for(timeout=LONG)
    page.locator("#id_source").fill("Licensing Almanac 2024, page 12")
    page.locator("#id_licensees").fill("4")
    page.locator("#outcome dl.figures").wait_for(timeout=LONG)
    page.get_by_text("¥90,000.00").first.wait_for(timeout=LONG)
    assert page.locator("#said").inner_text() == "全部许可期限的使用费（不超过上限） ¥90,000.00"
    assert Estimate.objects.count() == 0
    page.locator("button[name=keep]").click()
    page.wait_for_url("**/my/pricing/*-*/")
    estimate = Estimate.objects.get()
    look(page, reverse("registry:estimate", args=[estimate.pk]), width)
    look(page, reverse("registry:pricing"), width)
    look(page, reverse("registry:estimate_discard", args=[estimate.pk]), width)
