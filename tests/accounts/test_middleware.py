"""The second factor of office staff: demanded, fresh for decisions, kept encrypted, not to be put away."""

import re
from datetime import UTC, datetime
from unittest.mock import Mock
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from accounts.models import InboxMessage, Organisation
from accounts.notifications import notify
from accounts.secrets import unseal
from core.lifecycle import WrongRole
from tests.accounts.conftest import PASSWORD
from tests.cast import NOW
from tests.factories.people import AppointmentFactory, OrganisationFactory
from tests.mediation.scene import Dispute

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def staff(person, settings):
    """An administrator on a system that demands second factors."""
    settings.REQUIRE_STAFF_MFA = True
    AppointmentFactory(user=person, role="administrator")
    return person


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, person):
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    if answer.url == reverse("mfa_authenticate"):
        answer = client.post(answer.url, {"code": code()})
    return answer


def test_staff_without_a_second_factor_are_led_to_set_one_up(visitor, staff):
    sign_in(visitor, staff)
    for name in ("workbench", "home", "admin:index", "accounts:inbox"):
        assert visitor.get(reverse(name)).url == reverse("mfa_activate_totp")
    page = visitor.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    assert "Work for the office needs a second factor." in page
    assert visitor.post(reverse("account_logout")).status_code == 302


def test_others_are_not_asked(visitor, person, settings):
    settings.REQUIRE_STAFF_MFA = True
    sign_in(visitor, person)
    assert visitor.get(reverse("workbench")).status_code == 200


def test_setting_one_up_opens_the_desk_and_keeps_the_secret_encrypted(visitor, staff):
    sign_in(visitor, staff)
    asked = visitor.get(reverse("mfa_activate_totp"))
    visitor.post(asked.url, {"password": PASSWORD})
    page = visitor.get(reverse("mfa_activate_totp"))
    secret = re.search(r'data-[a-z-]+="([A-Z2-7]{32})"|>([A-Z2-7]{32})<', page.content.decode())
    secret = secret[1] or secret[2]
    counter = next(iter(yield_hotp_counters_from_time()))
    answer = visitor.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))})
    assert answer.status_code == 302
    kept = Authenticator.objects.get(user=staff, type="totp").data["secret"]
    assert secret not in kept
    assert unseal(kept.encode()) == secret
    assert visitor.get(reverse("workbench")).status_code == 200


def test_signing_in_takes_both_factors(visitor, staff):
    TOTP.activate(staff, SECRET)
    first = visitor.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    assert first.url == reverse("mfa_authenticate")
    assert visitor.get(reverse("workbench")).url.startswith(reverse("account_login"))
    assert visitor.post(first.url, {"code": "000000"}).status_code == 200
    assert visitor.post(first.url, {"code": code()}).url == reverse("workbench")


def test_a_decision_needs_a_fresh_second_factor_and_then_goes_on(visitor, staff):
    TOTP.activate(staff, SECRET)
    waiting = OrganisationFactory(verification="pending", verified_at=None)
    desk = reverse("admin:accounts_organisation_change", args=[waiting.pk])
    start = datetime.now(UTC).timestamp()
    with time_machine.travel(start, tick=False):
        sign_in(visitor, staff)
    with time_machine.travel(start + 901, tick=False):
        assert visitor.get(desk).status_code == 200
        asked = visitor.post(desk, {"step": "verify"})
        assert asked.url.startswith(reverse("mfa_reauthenticate"))
        assert Organisation.objects.get(pk=waiting.pk).verification == "pending"
        went_on = visitor.post(asked.url, {"code": code(), "next": desk})
        assert went_on.url == desk
    decided = Organisation.objects.get(pk=waiting.pk)
    assert (decided.verification, decided.verified_by) == ("verified", "Wang Fang")


def test_wrong_codes_are_counted(visitor, staff):
    TOTP.activate(staff, SECRET)
    first = visitor.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    for _turn in range(10):
        visitor.post(first.url, {"code": "000000"})
    assert visitor.post(first.url, {"code": code()}).status_code == 200
    assert visitor.get(reverse("workbench")).status_code == 302


def test_staff_cannot_put_their_factor_away(visitor, staff):
    TOTP.activate(staff, SECRET)
    sign_in(visitor, staff)
    visitor.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


@pytest.mark.parametrize("absent", [Organisation.DoesNotExist("gone"), WrongRole("notice", "pay", ["enterprise"])])
def test_an_act_that_finds_nothing_for_the_actor_answers_like_an_address_that_is_not_there(cast, monkeypatch, absent):
    """Rights may end between the page and its act; what an act refuses to know is 404, never 500."""
    notify(
        "member-joined", key="k", at=NOW, user_id=cast.enterprise.user.pk, params={"person": "Li", "organisation": "X"}
    )
    address = reverse("accounts:inbox_message", args=[InboxMessage.objects.get().pk])
    client = cast.enterprise.client()
    assert client.get(address).status_code == 200
    monkeypatch.setattr("accounts.views.inbox.mark_read", Mock(side_effect=absent))
    answer, missing = client.get(address), client.get(reverse("accounts:inbox_message", args=[uuid4()]))
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert [template.name for template in answer.templates] == [template.name for template in missing.templates]


def test_a_mediator_s_decision_needs_a_fresh_second_factor_too(cast, person, visitor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.REQUIRE_STAFF_MFA = True
    case = Dispute(cast).requested()
    AppointmentFactory(user=person, role="mediator")
    TOTP.activate(person, SECRET)
    page = reverse("mediation:decline", args=[case.pk])
    start = datetime.now(UTC).timestamp()
    with time_machine.travel(start, tick=False):
        sign_in(visitor, person)
    with time_machine.travel(start + 901, tick=False):
        assert visitor.get(page).status_code == 200
        asked = visitor.post(page, {"ground": "suit", "reasons": "已起诉。"})
        assert asked.url.startswith(reverse("mfa_reauthenticate"))
        case.refresh_from_db()
        assert case.status == "requested"
        visitor.post(asked.url, {"code": code(), "next": page})
    case.refresh_from_db()
    assert (case.status, case.decline_ground) == ("not_admitted", "suit")
