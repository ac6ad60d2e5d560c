"""Fixtures of people."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from core.outbox import deliver_one
from tests.factories.people import UserFactory

PASSWORD = "a-quiet-lake-2026"


@pytest.fixture(autouse=True)
def _no_earlier_tries(valkey) -> None:
    """Forget how often earlier tests tried: rates are counted in the cache."""


@pytest.fixture
def person(db) -> User:
    """Somebody who has confirmed their address and knows their password."""
    made = UserFactory(email="wang@unit.example", full_name="Wang Fang")
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture
def visitor(db) -> Client:
    """A browser that reads English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def letters(db) -> Callable[[], list]:
    """Deliver what is owed and return every e-mail sent so far."""

    def deliver() -> list:
        while deliver_one():
            pass
        return mail.outbox

    return deliver
