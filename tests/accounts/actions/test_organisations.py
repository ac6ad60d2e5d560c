"""Registering organisations and deciding who they are."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.actions.organisations import (
    OrganisationDetails,
    change_contact,
    register_organisation,
    reject_organisation,
    verify_organisation,
)
from accounts.enums import OrganisationKind, Residence, Verification
from accounts.models import Organisation
from accounts.queries import actor_for, masked_identity
from accounts.signals import organisation_verified
from core import audit
from core.lifecycle import Actor, WrongRole
from core.models import AuditEvent, OutboxMessage
from core.rules import Refused
from tests.factories.people import MembershipFactory, UserFactory, credit_code

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MANUAL = "accounts.identity.ManualVerifier"
IDENTITY_NUMBER = "11010519491231002X"  # the sample number of GB 11643


def details(**fields) -> OrganisationDetails:
    said = {
        "kind": OrganisationKind.ENTERPRISE,
        "name": "Canton Cooling",
        "residence": Residence.MAINLAND,
        "uscc": credit_code(5),
        "province": "44",
    }
    return OrganisationDetails(**(said | fields))


def individual(**fields) -> OrganisationDetails:
    return details(kind=OrganisationKind.INDIVIDUAL, uscc="", identity_number=IDENTITY_NUMBER, **fields)


def register(said=None, user=None) -> Organisation:
    return register_organisation(said or details(), by=actor_for(user or UserFactory()), at=NOW)


@pytest.mark.django_db
def test_the_development_check_accepts_and_says_so():
    made = register()
    assert made.verification == Verification.VERIFIED
    assert made.verified_by == "development identity check (nothing was checked)"


@pytest.mark.django_db
def test_an_organisation_can_do_nothing_before_its_check(settings):
    settings.IDENTITY_VERIFIER = MANUAL
    user = UserFactory()
    made = register(user=user)
    assert made.verification == Verification.PENDING
    assert actor_for(user).roles == frozenset()
    assert actor_for(user).organisation_id == made.pk


def test_confirming_tells_the_organisation_and_the_register(cast, settings, django_capture_on_commit_callbacks):
    settings.IDENTITY_VERIFIER = MANUAL
    user = UserFactory()
    made = register(user=user)
    heard = []

    def hear(organisation, by, at, **_rest):
        heard.append((organisation.pk, by.label, at))

    organisation_verified.connect(hear)
    try:
        verify_organisation(made, by=cast.administrator.actor, at=NOW)
    finally:
        organisation_verified.disconnect(hear)
    assert heard == [(made.pk, cast.administrator.actor.label, NOW)]
    assert actor_for(user).roles == {"patentee", "enterprise"}
    assert [event.event for event in audit.history(made)] == ["register organisation", "verify organisation"]
    assert [message.code for message in made.inbox.all()] == ["organisation-verified"]


def test_a_receiver_that_fails_undoes_the_confirmation(cast, settings):
    settings.IDENTITY_VERIFIER = MANUAL
    made = register()

    def fail(**_rest):
        raise RuntimeError("the register is not there")

    organisation_verified.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            verify_organisation(made, by=cast.administrator.actor, at=NOW)
    finally:
        organisation_verified.disconnect(fail)
    made.refresh_from_db()
    assert made.verification == Verification.PENDING
    assert not made.inbox.exists()


def test_a_rejected_organisation_reads_why_and_frees_its_code(cast, settings):
    settings.IDENTITY_VERIFIER = MANUAL
    made = register()
    with pytest.raises(Refused):
        reject_organisation(made, reason=" ", by=cast.administrator.actor, at=NOW)
    reject_organisation(made, reason="The code is another firm's.", by=cast.administrator.actor, at=NOW)
    assert [message.params["reason"] for message in made.inbox.all()] == ["The code is another firm's."]
    assert register().verification == Verification.PENDING
    with pytest.raises(Refused):
        verify_organisation(made, by=cast.administrator.actor, at=NOW)


def test_only_administrators_decide_and_never_on_their_own(cast, settings):
    settings.IDENTITY_VERIFIER = MANUAL
    made = register()
    for somebody in (cast.examiner, cast.auditor, cast.enterprise):
        with pytest.raises(WrongRole):
            verify_organisation(made, by=somebody.actor, at=NOW)
    MembershipFactory(user=cast.administrator.user, organisation=made, ended_at=NOW, is_manager=False)
    with pytest.raises(Refused) as refused:
        verify_organisation(made, by=cast.administrator.actor, at=NOW)
    assert [violation.rule for violation in refused.value.violations] == ["P8"]


def test_only_its_managers_change_how_an_organisation_is_reached(cast):
    organisation = cast.enterprise.organisation
    before = organisation.address
    colleague = MembershipFactory(organisation=organisation, is_manager=False).user
    said = {
        "address": "Elsewhere",
        "contact_name": "Chen",
        "contact_phone": "020",
        "contact_email": "chen@unit.example",
    }
    for somebody in (cast.rival.actor, cast.administrator.actor, actor_for(colleague, organisation.pk)):
        with pytest.raises(WrongRole):
            change_contact(organisation, **said, by=somebody, at=NOW)
    organisation.refresh_from_db()
    assert organisation.address == before
    assert change_contact(organisation, **said, by=cast.enterprise.actor, at=NOW).address == "Elsewhere"


@pytest.mark.django_db
def test_a_code_is_registered_once_and_the_answer_names_nobody():
    register()
    with pytest.raises(Refused) as refused:
        register(details(name="Somebody else"))
    violation = refused.value.violations[0]
    assert violation.field == "uscc"
    assert "Canton" not in f"{violation.message} {violation.remedy}"
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_identity_numbers_are_sealed_masked_and_found_again():
    made = register(individual())
    row = Organisation.objects.values().get()
    assert IDENTITY_NUMBER.encode() not in bytes(row["identity_cipher"])
    assert IDENTITY_NUMBER not in row["identity_hash"]
    assert masked_identity(Organisation.objects.get()) == "110***********002X"
    with pytest.raises(Refused) as refused:
        register(individual(name="Twin"))
    assert refused.value.violations[0].field == "identity_number"
    everything = [*AuditEvent.objects.values(), *OutboxMessage.objects.values(), *made.inbox.values()]
    assert IDENTITY_NUMBER not in str(everything)


@pytest.mark.django_db
def test_an_earlier_key_still_opens_what_it_sealed(settings):
    register(individual())
    settings.IDENTITY_KEYS = ["bmV3ZXIta2V5LWZvci1yb3RhdGlvbi10ZXN0cyEhISE=", *settings.IDENTITY_KEYS]
    assert masked_identity(Organisation.objects.get()) == "110***********002X"


@pytest.mark.django_db
def test_the_form_keeps_what_was_typed_and_never_repeats_a_number(client):
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    said = {
        "kind": "individual",
        "name": "Wang Fang",
        "residence": "CN",
        "province": "33",
        "identity_number": IDENTITY_NUMBER[:-1] + "1",
        "address": "1 Lake Road",
        "contact_name": "Wang Fang",
        "contact_phone": "0571",
        "contact_email": "wang@unit.example",
    }
    answer = client.post(reverse("accounts:organisation_new"), said, headers={"accept-language": "en"})
    text = answer.content.decode()
    assert "The last character of the identity number does not match" in text
    assert 'value="1 Lake Road"' in text
    assert not Organisation.objects.exists()
    answer = client.post(reverse("accounts:organisation_new"), said | {"identity_number": IDENTITY_NUMBER})
    assert answer.url == reverse("accounts:organisation")
    page = client.get(answer.url).content.decode()
    assert "110***********002X" in page
    assert IDENTITY_NUMBER not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"uscc": ""}, "uscc", "Units of mainland China are registered with their unified social credit code."),
        ({"kind": "individual"}, "uscc", "An individual has no unified social credit code. Leave this field empty."),
        ({"uscc": "91330100MA28XXXXXX"}, "uscc", None),
        ({"province": ""}, "province", "Choose the province; its office looks after you."),
        ({"identity_number": IDENTITY_NUMBER}, "identity_number", "Only individuals have an identity number."),
        ({"name": "Canton\u200bCooling"}, "name", "U+200B ZERO WIDTH SPACE"),
    ],
)
def test_the_form_says_what_is_wrong(client, said, field, message):
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    right = {
        "kind": "enterprise",
        "name": "Canton Cooling",
        "residence": "CN",
        "uscc": credit_code(7),
        "province": "44",
        "address": "1 Pearl Street",
        "contact_name": "Chen",
        "contact_phone": "020",
        "contact_email": "chen@unit.example",
    }
    answer = client.post(reverse("accounts:organisation_new"), right | said, headers={"accept-language": "en"})
    form = answer.context["form"]
    assert list(form.errors) == [field]
    if message:
        assert message in form.errors[field][0]


class Rejecting:
    """A check that knows better."""

    name = "rejecting check"
    explanation = "The code belongs to nobody."

    def check(self, organisation: Organisation) -> Verification:
        return Verification.REJECTED


def test_a_check_that_rejects_says_why_and_the_organisation_can_do_nothing(db, settings):
    settings.IDENTITY_VERIFIER = f"{__name__}.Rejecting"
    organisation = register()
    organisation.refresh_from_db()
    assert organisation.verification == Verification.REJECTED
    assert organisation.inbox.get(code="organisation-rejected").params["reason"] == Rejecting.explanation


def test_only_a_person_registers_an_organisation(db):
    with pytest.raises(WrongRole):
        register_organisation(details(), by=Actor.system("import"), at=NOW)
    assert Organisation.objects.count() == 0


def test_a_row_the_database_refuses_for_another_reason_is_not_taken_for_a_known_code(cast):
    with pytest.raises(IntegrityError):
        register_organisation(details(uscc=""), by=cast.patentee.actor, at=NOW)
