"""A person at a browser: signs in through the sign-in page, fills forms, presses the buttons that people press."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests import live
from tests.cast import Person

PASSWORD = "a-quiet-lake-2026"

Opened = Callable[[Person | None], AbstractContextManager[Page]]


def with_password(person: Person) -> None:
    """Give somebody of the cast what the sign-in page asks for."""
    person.user.set_password(PASSWORD)
    person.user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=person.user, email=person.user.email, verified=True, primary=True)


def browsers(chromium: Browser, url: str) -> Opened:
    """Return what opens a browser in which a person has just signed in; a visitor's for None. All read English."""

    @contextmanager
    def opened(person: Person | None) -> Iterator[Page]:
        with live.careful_page(chromium, url, locale="en-GB") as page:
            page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": url}])
            if person is not None:
                with_password(person)
                page.goto(reverse("account_login"))
                fill(page, login=person.user.email, password=PASSWORD)
                press(page, "Sign in")
                page.wait_for_url("**/workbench/")
            yield page

    return opened


def fill(page: Page, **typed: str) -> None:
    """Fill the fields of a form by their names: type, check, choose, or attach the file of that path."""
    for name, value in typed.items():
        fields = page.locator(f'[name="{name}"]:not([type="hidden"])')
        match fields.first.evaluate("field => field.type"):
            case "radio":
                fields.and_(page.locator(f'[value="{value}"]')).check()
            case "checkbox":
                fields.first.check()
            case "select-one":
                fields.first.select_option(value)
            case "file":
                fields.first.set_input_files(value)
            case _:
                fields.first.fill(value)


def press(page: Page, name: str) -> None:
    """Press a button of the page itself and wait for the page to which it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page itself."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def download(page: Page, name: str) -> bytes:
    """Download what a link leads to."""
    with page.expect_download() as arrived:
        page.get_by_role("link", name=name).click()
    return arrived.value.path().read_bytes()


def decide(page: Page, desk: str, thing, *steps: str, **typed: str) -> None:
    """Press buttons of the examiners' site, one after the other; the site says that each was done."""
    page.goto(reverse(f"admin:{desk}_change", args=[thing.pk]))
    fill(page, **typed)
    for step in steps:
        page.get_by_role("button", name=step, exact=True).click()
        page.get_by_text(f"Done: {step}.").wait_for()


def next_minute() -> tuple[str, str]:
    """Return day and time of a minute that is about to begin, in Shanghai: forms know no seconds."""
    soon = timezone.localtime(timezone.now() + timedelta(seconds=70))
    return soon.strftime("%Y-%m-%d"), soon.strftime("%H:%M")
