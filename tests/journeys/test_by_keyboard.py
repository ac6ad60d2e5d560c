"""The same pages without a mouse: Tab leads to everything that is needed, what has the focus is marked, keys do the rest.

A statement from its draft to the approval, a license from the notice to the payment (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from core.deadlines import law_date
from licensing.models import License
from registry.models import Statement
from tests import live
from tests.journeys import typed
from tests.journeys.browsing import PASSWORD, with_password

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STEPS = 250
FOCUSED = "it => it === document.activeElement"
MARKED = """it => { const style = getComputedStyle(it);
  return it.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1; }"""


class Keyboard:
    """A person who has no mouse, on one page after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Asked for only beside the key press, the browser on a busy machine opens its own dialog before it is told not to.
        page.on("filechooser", lambda _chooser: None)

    def reach(self, target: Locator) -> None:
        """Go on by Tab until the target has the focus, and see that it has."""
        target.wait_for()
        for _step in range(MOST_STEPS):
            if target.evaluate(FOCUSED):
                assert target.evaluate(MARKED), f"nothing marks the focus on {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {target}")

    def enter(self, target: Locator) -> None:
        """Reach a link or a button and press Enter on it; wait for the page to which it leads."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        """Follow a link of the page itself."""
        self.enter(self.page.locator("main").get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        """Press a button of the page itself."""
        self.enter(self.page.locator("main").get_by_role("button", name=name).first)

    def fill(self, **entries: str) -> None:
        """Fill fields by their names, in the order in which they are given."""
        for name, value in entries.items():
            fields = self.page.locator(f'[name="{name}"]:not([type="hidden"])')
            match fields.first.evaluate("field => field.type"):
                case "radio":
                    self._choose(fields, value)
                case "checkbox":
                    self.reach(fields.first)
                    self.page.keyboard.press("Space")
                    assert fields.first.is_checked()
                case "file":
                    self.reach(fields.first)
                    with self.page.expect_file_chooser() as chosen:
                        self.page.keyboard.press("Enter")
                    chosen.value.set_files(value)
                case "date":
                    self.reach(fields.first)
                    self.page.keyboard.type(f"{date.fromisoformat(value):%m%d%Y}")
                    assert fields.first.input_value() == value
                case _:
                    self.reach(fields.first)
                    self.page.keyboard.press("Control+A")
                    self.page.keyboard.type(value)

    def _choose(self, buttons: Locator, value: str) -> None:
        """Tab leads to one button of a group, the arrows from there to the others."""
        first, wanted = buttons.first, buttons.and_(self.page.locator(f'[value="{value}"]'))
        self.reach(first)
        self.page.keyboard.press("Space")
        for _step in range(buttons.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {wanted}")


@pytest.fixture
def keyboard_of(chromium, live_stack):
    """Return what opens a browser in which a person has just signed in, by keyboard."""

    @contextmanager
    def opened(person) -> Iterator[Keyboard]:
        with live.careful_page(chromium, live_stack.url, locale="en-GB") as page:
            page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_stack.url}])
            with_password(person)
            page.goto(reverse("account_login"))
            keyboard = Keyboard(page)
            keyboard.fill(login=person.user.email, password=PASSWORD)
            keyboard.press("Sign in")
            page.wait_for_url("**/workbench/")
            yield keyboard

    return opened


def file_statement(keyboard: Keyboard, number: str) -> None:
    """From the workbench through every step to the receipt, where each page leads on to the next."""
    keyboard.follow("Submit an open license statement")
    keyboard.fill(number=f"ZL{number}")
    keyboard.press("Start")
    keyboard.follow("How the fee is paid")
    for entries in typed.STATEMENT.values():
        keyboard.fill(**entries)
        keyboard.press("Save and continue")
    keyboard.follow("Check your answers")
    keyboard.press("Submit the statement")
    keyboard.page.wait_for_url("**/receipt/")


def examine(keyboard: Keyboard, statement: Statement, *steps: str) -> None:
    """Press buttons of the examiners' site, which says that each was done."""
    keyboard.page.goto(reverse("admin:registry_statement_change", args=[statement.pk]))
    for step in steps:
        keyboard.enter(keyboard.page.get_by_role("button", name=step, exact=True))
        keyboard.page.get_by_text(f"Done: {step}.").wait_for()


def test_a_statement_is_submitted_examined_and_licensed_without_a_mouse(cast, keyboard_of, tmp_path) -> None:
    patent, proof = cast.patent(), tmp_path / "voucher.png"
    proof.write_bytes(typed.scan(10))
    with keyboard_of(cast.patentee) as keyboard:
        file_statement(keyboard, patent.number)
    statement = Statement.objects.get()
    assert statement.status == "submitted"
    with keyboard_of(cast.examiner) as keyboard:
        examine(keyboard, statement, "Take it for examination", "Pass to approval")
    with keyboard_of(cast.approver) as keyboard:
        examine(keyboard, statement, "Approve for announcement")
    call_command("publish_bulletin", extra=True, verbosity=0)
    with keyboard_of(cast.enterprise) as keyboard:
        today = str(law_date(timezone.now()))
        keyboard.page.goto("/")
        keyboard.follow(patent.title)
        keyboard.follow("Take a license")
        keyboard.follow("Continue to the notice")
        keyboard.fill(**typed.NOTICE, intended_start_on=today)
        keyboard.press("Read the notice as it will be served")
        keyboard.press("Sign and serve the notice")
        keyboard.page.wait_for_url("**/my/notices/**")
        keyboard.fill(**typed.PAYMENT, paid_on=today, proof=str(proof))
        keyboard.press("Hand in the voucher")
        keyboard.page.get_by_text("The license is in force. Nobody's consent was needed.").wait_for()
    assert License.objects.get().statement == statement
