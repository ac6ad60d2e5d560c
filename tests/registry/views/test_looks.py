"""The filer's helps in a real browser, on a phone and a desk: axe finds nothing, typing changes the page by itself."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from registry.actions.ending_requests import request_withdrawal
from registry.models import Estimate
from tests.accounts.test_in_browser import STANDARDS, TOO_WIDE, WIDTHS, look, sign_in, with_password
from tests.cast import NOW, Cast

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


@pytest.mark.parametrize("width", WIDTHS)
def test_a_step_is_checked_and_saved_while_it_is_typed(page, filer, width):
    draft = filer.draft(contact_name="")
    look(page, reverse("registry:draft_step", args=[draft.pk, "explanation"]), width)
    text = page.locator("#id_explanation")
    text.fill("全球首创，价格面议")
    page.locator("#live_explanation .live-findings__wrong").wait_for(timeout=LONG)
    assert "“面议”" in page.locator("#live_explanation").inner_text()
    assert page.locator("#id_explanation:focus").count() == 1  # typing goes on undisturbed
    draft.refresh_from_db()
    assert draft.explanation == "全球首创，价格面议"
    assert "“面议”" in page.locator("#announce").inner_text()
    violations(page, width)
    text.fill("参照同行业普通许可的平均费用计算。")
    page.locator("#live_explanation .live-findings").wait_for(state="detached", timeout=LONG)
    assert "联系人" in page.locator("#readiness").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_consent_on_paper_to_a_withdrawal_that_waits(page, filer, width):
    statement = filer.statement_in("announced", filer.co_owned_patent())
    by, grounds = filer.patentee.actor, "拟转让专利权。"
    request_withdrawal(statement=statement, grounds=grounds, unconditional=True, papers=(), by=by, at=NOW)
    look(page, reverse("registry:draft", args=[statement.pk]), width)
    page.get_by_role("link", name="补交书面同意").click()
    page.wait_for_url("**/withdraw/consent/")
    look(page, reverse("registry:withdrawal_consent", args=[statement.pk]), width)
    page.locator("main form button[type=submit]").click()
    page.locator("[role=alert]").first.wait_for(timeout=LONG)
    violations(page, width)


def violations(page, width):
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []
    assert page.evaluate(TOO_WIDE, width) == []


def test_two_windows_in_a_browser(page, filer):
    draft = filer.draft()
    address = reverse("registry:draft_step", args=[draft.pk, "contact"])
    other = page.context.new_page()
    for window in (page, other):
        window.goto(address)
    page.locator("#id_contact_name").fill("张三")
    page.locator("#saved", has_text="自动保存").wait_for(timeout=LONG)
    other.locator("#id_contact_name").fill("李四")
    other.locator("#conflict [role=alert]").wait_for(timeout=LONG)
    violations(other, 1280)
    draft.refresh_from_db()
    assert draft.contact_name == "张三"
    other.locator("button[name=overwrite]").click()
    other.wait_for_url("**/explanation/")
    draft.refresh_from_db()
    assert draft.contact_name == "李四"


def test_a_failed_save_in_the_background_is_said(page, filer):
    draft = filer.draft()
    page.goto(reverse("registry:draft_step", args=[draft.pk, "contact"]))
    page.context.set_offline(True)
    page.locator("#id_contact_name").fill("张三")
    page.locator("#not-saved").wait_for(state="visible", timeout=LONG)
    page.context.set_offline(False)
    page.locator("#id_contact_name").fill("张三丰")
    page.locator("#not-saved").wait_for(state="hidden", timeout=LONG)
    page.locator("#saved", has_text="自动保存").wait_for(timeout=LONG)
    draft.refresh_from_db()
    assert draft.contact_name == "张三丰"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_number_is_completed_while_it_is_typed(page, filer, width):
    patent = filer.patent()
    look(page, reverse("registry:statement_new"), width)
    page.locator("#id_number").press_sequentially(patent.number[:12])
    page.locator("#number a").wait_for(timeout=LONG)
    violations(page, width)
    page.locator("#number a").click()
    page.wait_for_url("**/new/?number=*")
    assert page.locator("#id_number").input_value() == f"ZL{patent.number}"
    assert patent.title in page.locator("#number").inner_text()
