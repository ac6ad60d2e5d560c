"""Statements by spreadsheet in a real browser: the page follows the worker by itself; nothing for axe, nothing cut off."""

import pytest
from django.urls import reverse

from registry.models import Statement, StatementBatch
from tests.accounts.test_in_browser import look, sign_in, with_password
from tests.cast import Cast
from tests.factories.patents import PledgeFactory
from tests.factories.spreadsheets import row, xlsx

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 360), ("zh-hans", 1280), ("en", 360), ("en", 1280)])
def test_from_the_spreadsheet_to_the_receipt(page, live_stack, language, width):
    cast = Cast()
    cast.patentee.user.language = language
    cast.patentee.user.save()
    sign_in(page, with_password(cast.patentee.user))
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_stack.url}])
    pledged = cast.patent()
    PledgeFactory(patent=pledged)
    rows = [
        row(cast.patent(title="一种电池组冷却方法").number),
        row(cast.co_owned_patent().number, contact_name="陆湖", contact_phone="0571-88880000"),
        row(pledged.number),
        row("2.02E+12"),
        row(cast.patent().number, explanation="", fixed_amount="面议"),
    ]
    look(page, reverse("registry:batches"), width)  # empty
    upload(page, xlsx([], header={"a": "b"}))
    assert page.locator(".error-summary, .errorlist").count() > 0
    upload(page, xlsx(rows))
    page.wait_for_url("**/my/batches/*/")
    page.locator(".figures").wait_for(timeout=30_000)  # the page follows the worker by itself
    batch = StatementBatch.objects.get()
    address = reverse("registry:batch", args=[batch.pk])
    look(page, address, width)
    look(page, f"{address}?rule=B2", width)
    look(page, reverse("registry:batch_correct", args=[batch.pk]), width)
    look(page, reverse("registry:batch_discard", args=[batch.pk]), width)
    look(page, reverse("registry:batch_submit", args=[batch.pk]), width)
    page.locator("#main form button[type=submit]").click()
    page.locator(".notice--danger").wait_for()
    for box in page.locator("#main input[type=checkbox]").all():
        box.check()
    page.locator("#id_signed_name").fill("陆湖")
    page.locator("#main form button[type=submit]").click()
    page.wait_for_url(f"**{address}")
    page.locator(f"a[href='{reverse('registry:batch_receipt', args=[batch.pk])}']").wait_for(timeout=30_000)
    look(page, reverse("registry:batch_receipt", args=[batch.pk]), width)
    look(page, reverse("registry:batches"), width)  # full
    look(page, reverse("registry:my_statements"), width)
    assert sorted(Statement.objects.values_list("status", flat=True)) == ["draft", "submitted"]


def upload(page, content):
    page.goto(reverse("registry:batches"))
    file = {"name": "statements.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("#id_file").set_input_files(files=[file])
    page.locator("#main form button[type=submit]").click()
