"""API keys: shown once, kept as a hash, useless as soon as anything they rest on is gone."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.actions.api_keys import create_api_key, revoke_api_key
from accounts.api.authentication import ApiKeyAuthentication
from accounts.models import ApiKey, Membership
from accounts.queries import actor_for
from core.lifecycle import WrongRole
from tests.factories.people import MembershipFactory, OrganisationFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def key(cast):
    """A key of the enterprise, and its text."""
    return create_api_key(label="ERP", by=cast.enterprise.actor, at=NOW)


def call(text: str):
    """Return the request as authenticated, and what authentication gave."""
    headers = {"authorization": text} if text else {}
    request = Request(RequestFactory().get("/api/v1/", headers=headers))
    return request, ApiKeyAuthentication().authenticate(request)


def refused(text: str) -> str:
    with pytest.raises(AuthenticationFailed) as error:
        call(text)
    return str(error.value.detail)


def test_a_key_acts_for_its_organisation_by_its_maker(cast, key):
    request, (user, used) = call(f"Api-Key {key[1]}")
    assert (user, used) == (cast.enterprise.user, key[0])
    assert request.actor == cast.enterprise.actor
    assert ApiKey.objects.get().last_used_at is not None


def test_without_a_key_there_is_no_actor_whatever_the_session_says(cast):
    request, found = call("")
    assert found is None
    assert request.actor is None
    assert ApiKeyAuthentication().authenticate_header(request) == "Api-Key"


def test_the_secret_is_not_in_the_database(key):
    row = ApiKey.objects.values().get()
    secret = key[1].split(".")[1]
    assert secret not in str(row)
    assert len(secret) == 43


def test_every_bad_key_gets_the_same_answer(cast, key):
    prefix, secret = key[1].split(".")
    bad = [f"{prefix}.{secret[:-1]}", f"{prefix}.", prefix, f"nobody.{secret}", "", "é.ü", f".{secret}"]
    assert {refused(f"Api-Key {text}") for text in bad} == {
        "This API key is not valid. Make a new one on the page of API keys."
    }


def test_a_revoked_key_is_refused(cast, key):
    revoke_api_key(key[0], by=cast.enterprise.actor, at=NOW)
    refused(f"Api-Key {key[1]}")


def test_the_key_of_a_former_member_is_refused(cast, key):
    MembershipFactory(organisation=cast.enterprise.organisation)
    Membership.objects.filter(user=cast.enterprise.user).update(ended_at=NOW)
    refused(f"Api-Key {key[1]}")


def test_the_key_of_a_closed_account_is_refused(cast, key):
    cast.enterprise.user.is_active = False
    cast.enterprise.user.save()
    refused(f"Api-Key {key[1]}")


def test_only_verified_organisations_have_keys_and_only_their_own_revoke(cast, key):
    pending = OrganisationFactory(verification="pending", verified_at=None)
    member = MembershipFactory(organisation=pending)
    with pytest.raises(WrongRole):
        create_api_key(label="x", by=actor_for(member.user), at=NOW)
    with pytest.raises(WrongRole):
        create_api_key(label="x", by=cast.administrator.actor, at=NOW)
    with pytest.raises(WrongRole):
        revoke_api_key(key[0], by=cast.rival.actor, at=NOW)


def test_the_page_shows_the_key_once_and_revokes_it(cast):
    client = cast.enterprise.client()
    made = client.post(reverse("accounts:api_keys"), {"label": "ERP"})
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    again = client.get(reverse("accounts:api_keys")).content.decode()
    assert secret not in again
    assert ApiKey.objects.get().prefix in again
    revoke = reverse("accounts:api_key_revoke", args=[ApiKey.objects.get().pk])
    assert cast.rival.client().post(revoke).status_code == 404
    assert client.post(revoke).url == reverse("accounts:api_keys")
    assert ApiKey.objects.get().revoked_at is not None
