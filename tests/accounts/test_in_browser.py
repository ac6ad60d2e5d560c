"""Every page of accounts in a real browser, on a phone and a desk: nothing for axe to find, nothing cut off."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from accounts.actions.api_keys import create_api_key
from accounts.actions.mandates import grant_mandate
from accounts.actions.membership import invitation_link, invite
from accounts.enums import OrganisationKind
from accounts.models import InboxMessage, Membership, User
from accounts.notifications import notify
from accounts.queries import actor_for
from tests.accounts.conftest import PASSWORD
from tests.factories.people import AppointmentFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.browser

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [360, 1280]
TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width).map(e => e.outerHTML.slice(0, 90))"""
# Where to keep pictures of the pages for a human to look at; none are kept without it.
PICTURES = os.environ.get("PICTURES", "")


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def manager(live_stack) -> User:
    """The manager of an organisation in which there is something of everything."""
    member = MembershipFactory(organisation__name="Canton Cooling Technology Company Limited")
    organisation, by = member.organisation, actor_for(member.user)
    MembershipFactory(organisation=organisation, is_manager=False)
    MembershipFactory(user=member.user)
    invite(organisation, email="new@unit.example", by=by, at=datetime.now(UTC))
    agency = OrganisationFactory(kind=OrganisationKind.AGENCY, name="Bridge Patent Agency")
    grant_mandate(agency=agency, scope="all of it", since_on=NOW.date(), until_on=None, by=by, at=NOW)
    create_api_key(label="ERP", by=by, at=NOW)
    params = {"principal": "Lakeside University", "since_on": "2026-03-02", "scope": "all of it"}
    notify("mandate-granted", key="one", at=NOW, organisation_id=organisation.pk, params=params)
    return with_password(member.user)


def sign_in(page, user: User) -> None:
    page.goto(reverse("account_login"))
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#main form button[type=submit]").click()
    page.wait_for_url("**/workbench/")


def look(page, path: str, width: int) -> None:
    """Open a page and find nothing wrong with it."""
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(path)
    assert answer.status == 200, path
    if PICTURES:
        name = path.strip("/").replace("/", "_")[:60] or "home"
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    assert [(path, one["id"], node["html"]) for one in found for node in one["nodes"]] == []
    assert page.evaluate(TOO_WIDE, width) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_visitors(page, width):
    for name in ("login", "signup", "reset_password", "reset_password_done", "email_verification_sent", "inactive"):
        look(page, reverse(f"account_{name}"), width)
    look(page, reverse("account_confirm_email", args=["no-such-key"]), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_members(page, manager, width):
    sign_in(page, manager)
    organisation = manager.memberships.order_by("organisation__name").first().organisation
    colleague = Membership.objects.get(organisation=organisation, is_manager=False)
    message = InboxMessage.objects.get(code="mandate-granted", organisation=organisation)
    names = ("acting", "inbox", "organisation", "organisation_new", "organisation_contact", "invite", "mandates")
    for name in (*names, "mandate_new", "api_keys"):
        look(page, reverse(f"accounts:{name}"), width)
    look(page, reverse("workbench"), width)
    look(page, reverse("accounts:inbox_message", args=[message.pk]), width)
    look(page, reverse("accounts:member_remove", args=[colleague.pk]), width)
    look(page, reverse("accounts:mandate_revoke", args=[organisation.mandates_given.get().pk]), width)
    look(page, invitation_link(organisation.invitations.get()), width)
    for name in ("email", "change_password", "logout", "reauthenticate"):
        look(page, reverse(f"account_{name}"), width)
    look(page, reverse("mfa_index"), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_setting_up_a_second_factor(page, manager, width):
    sign_in(page, manager)
    page.goto(reverse("mfa_activate_totp"))
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#main form button[type=submit]").click()
    look(page, reverse("mfa_activate_totp"), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_desks_of_the_administrator(page, live_stack, width):
    administrator = with_password(AppointmentFactory(role="administrator").user)
    waiting = OrganisationFactory(verification="pending", verified_at=None)
    person = UserFactory()
    sign_in(page, administrator)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(reverse("admin:accounts_organisation_change", args=[waiting.pk]))
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"desk-organisation-{width}.png", full_page=True)
    page.locator(".desk-step-primary button").click()
    page.wait_for_load_state()
    waiting.refresh_from_db()
    assert waiting.verification == "verified"
    page.goto(reverse("admin:accounts_user_change", args=[person.pk]))
    page.locator("select[name=appoint-role]").select_option("examiner")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"desk-person-{width}.png", full_page=True)
    page.locator(".desk-step-primary button").click()
    page.wait_for_load_state()
    assert actor_for(person).roles == {"examiner"}
