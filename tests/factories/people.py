"""Organisations with valid credit codes, people, memberships, appointments and mandates."""

from datetime import UTC, date, datetime

import factory
from stdnum.cn import uscc as stdnum_uscc

from accounts.enums import OrganisationKind, Verification
from accounts.models import Appointment, Mandate, Membership, Organisation, User

LONG_AGO = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(serial: int) -> str:
    """Return a unified social credit code whose two check digits (GB 32100, GB 11714) are right."""
    body = f"{serial:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    code = f"91330100{body}{ {10: 'X', 11: '0'}.get(rest, rest) }"
    return code + stdnum_uscc.calc_check_digit(code)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """A verified mainland enterprise."""

    class Meta:
        model = Organisation

    kind = OrganisationKind.ENTERPRISE
    name = factory.Sequence(lambda n: f"Enterprise {n}")
    uscc = factory.Sequence(lambda n: credit_code(10_000_000 + n))
    province = "33"
    address = "1 Lake Road, Hangzhou"
    contact_name = "Wang Fang"
    contact_phone = "0571 8888 0000"
    contact_email = factory.Sequence(lambda n: f"office{n}@unit.example")
    verification = Verification.VERIFIED
    verified_at = LONG_AGO
    verified_by = "test"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person who reads English, so that tests can name the sentences they expect. Sign in with force_login."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"
    password = "!"  # nobody signs in with a password unless the test sets one


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A right to act for an organisation since long ago."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    is_manager = True
    since_at = LONG_AGO


class AppointmentFactory(factory.django.DjangoModelFactory[Appointment]):
    """An appointment of the office since long ago. Give ``role``; an officer needs ``province``."""

    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    since_at = LONG_AGO


class MandateFactory(factory.django.DjangoModelFactory[Mandate]):
    """An agency's mandate without end. Give ``agency`` and ``principal``."""

    class Meta:
        model = Mandate

    scope = "open license statements"
    since_on = date(2024, 1, 2)
