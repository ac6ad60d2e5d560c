"""Every constraint and trigger of people, organisations and the shared kernel, by raw SQL."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import OrganisationKind
from accounts.models import ApiKey, Invitation
from accounts.notifications import notify
from accounts.roles import Role
from core import audit, outbox
from core.lifecycle import Actor
from core.models import AuditEvent, Counter, OutboxMessage, StoredFile
from tests.database import refusal_of
from tests.factories.people import (
    LONG_AGO,
    AppointmentFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HASH = "a" * 64


def run(sql: str, *params: Any) -> int:
    """Run a statement in its own savepoint, deferred constraints included; return the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        count = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return count


def organisation(**fields: Any) -> uuid.UUID:
    return OrganisationFactory(**fields).pk


def invitation(**fields: Any) -> Invitation:
    member = MembershipFactory()
    return Invitation.objects.create(
        organisation=member.organisation,
        email="new@unit.example",
        invited_by=member.user,
        invited_at=NOW,
        expires_at=NOW + timedelta(days=7),
        **fields,
    )


def api_key() -> ApiKey:
    member = MembershipFactory()
    return ApiKey.objects.create(
        organisation=member.organisation, user=member.user, label="x", prefix="abc", secret_hash=HASH, created_at=NOW
    )


def stored_file() -> StoredFile:
    return StoredFile.objects.create(sha256=HASH, name="a.pdf", media_type="application/pdf", size=1, uploaded_at=NOW)


def message() -> uuid.UUID:
    return notify("member-removed", key="m", at=NOW, user_id=UserFactory().pk, params={"organisation": "A"}).pk


def same_email() -> None:
    UserFactory(email="wang@unit.example")
    run("UPDATE accounts_user SET email = 'WANG@unit.example' WHERE id = %s", UserFactory().pk)


def two_appointments(first: Role, second: Role) -> None:
    person = AppointmentFactory(role=first).user
    run(
        "INSERT INTO accounts_appointment (id, user_id, role, province, since_at) VALUES (%s, %s, %s, '', %s)",
        uuid.uuid4(),
        person.pk,
        second,
        NOW,
    )


def same_code() -> None:
    known = OrganisationFactory()
    run("UPDATE accounts_organisation SET uscc = %s WHERE id = %s", known.uscc, organisation())


def same_identity() -> None:
    for _turn in range(2):
        run(
            "UPDATE accounts_organisation SET identity_cipher = 'x', identity_hash = %s WHERE id = %s",
            HASH,
            organisation(kind=OrganisationKind.INDIVIDUAL, uscc=""),
        )


def second_membership() -> None:
    member = MembershipFactory()
    run(
        "INSERT INTO accounts_membership (id, user_id, organisation_id, is_manager, since_at)"
        " VALUES (%s, %s, %s, false, %s)",
        uuid.uuid4(),
        member.user_id,
        member.organisation_id,
        NOW,
    )


def second_invitation() -> None:
    first = invitation()
    run(
        "INSERT INTO accounts_invitation (id, organisation_id, email, invited_by_id, invited_at, expires_at)"
        " VALUES (%s, %s, 'NEW@unit.example', %s, %s, %s)",
        uuid.uuid4(),
        first.organisation_id,
        first.invited_by_id,
        NOW,
        NOW + timedelta(days=1),
    )


def redeemed(at: datetime) -> Invitation:
    made = invitation()
    run(
        "UPDATE accounts_invitation SET redeemed_at = %s, redeemed_by_id = %s WHERE id = %s",
        at,
        UserFactory().pk,
        made.pk,
    )
    return made


def appointment(role: Role = Role.EXAMINER, **fields: Any) -> uuid.UUID:
    return AppointmentFactory(role=role, **fields).pk


def change(table: str, assignment: str, pk: Any) -> int:
    return run(f"UPDATE {table} SET {assignment} WHERE id = %s", pk)


def delete(table: str, pk: Any) -> int:
    return run(f"DELETE FROM {table} WHERE id = %s", pk)


def ended(make: Callable[[], uuid.UUID], table: str, column: str) -> uuid.UUID:
    pk = make()
    change(table, f"{column} = now()", pk)
    return pk


def event() -> int:
    return audit.record("test", UserFactory(), by=Actor.system("test"), at=NOW).pk


def owed() -> int:
    outbox.enqueue("accounts.send_mail", key="k", at=NOW)
    return OutboxMessage.objects.get(key="k").pk


def mandate(**fields: Any) -> uuid.UUID:
    agency = OrganisationFactory(kind=OrganisationKind.AGENCY)
    return MandateFactory(agency=agency, principal=OrganisationFactory(), **fields).pk


REFUSED: dict[str, Callable[[], Any]] = {
    "user_email_once": same_email,
    "appointment_office_roles_only": lambda: two_appointments(Role.EXAMINER, Role.PATENTEE),
    "appointment_officer_has_province": lambda: appointment(Role.OFFICER),
    "appointment_officer_has_province (others none)": lambda: appointment(Role.EXAMINER, province="33"),
    "appointment_once_at_a_time": lambda: two_appointments(Role.EXAMINER, Role.EXAMINER),
    "appointment_ends_after_start": lambda: change("accounts_appointment", "ended_at = '2020-01-01'", appointment()),
    "appointment_kept": lambda: delete("accounts_appointment", appointment()),
    "appointment_as_made": lambda: change("accounts_appointment", "role = 'approver'", appointment()),
    "appointment_ended_for_good": lambda: change(
        "accounts_appointment", "ended_at = NULL", ended(appointment, "accounts_appointment", "ended_at")
    ),
    "exclusive: examiner becomes auditor": lambda: two_appointments(Role.EXAMINER, Role.AUDITOR),
    "exclusive: administrator becomes approver": lambda: two_appointments(Role.ADMINISTRATOR, Role.APPROVER),
    "exclusive: administrator becomes auditor": lambda: two_appointments(Role.ADMINISTRATOR, Role.AUDITOR),
    "organisation_uscc_once": same_code,
    "organisation_uscc_form": lambda: change("accounts_organisation", "uscc = '91330100O000000000'", organisation()),
    "organisation_mainland_unit_has_uscc": lambda: change("accounts_organisation", "uscc = ''", organisation()),
    "organisation_verified_has_time": lambda: change("accounts_organisation", "verified_at = NULL", organisation()),
    "organisation_verified_has_time (others none)": lambda: change(
        "accounts_organisation", "verification = 'pending'", organisation()
    ),
    "organisation_identity_once": same_identity,
    "organisation_identity_sealed_and_hashed": lambda: change(
        "accounts_organisation",
        f"identity_hash = '{HASH}'",
        organisation(kind=OrganisationKind.INDIVIDUAL, uscc=""),
    ),
    "organisation_identity_of_individuals": lambda: change(
        "accounts_organisation", f"identity_cipher = 'x', identity_hash = '{HASH}'", organisation()
    ),
    "organisation_kept": lambda: delete("accounts_organisation", organisation()),
    "membership_once_at_a_time": second_membership,
    "membership_ends_after_start": lambda: change(
        "accounts_membership", "ended_at = '2020-01-01'", MembershipFactory(is_manager=False).pk
    ),
    "membership_kept": lambda: delete("accounts_membership", MembershipFactory().pk),
    "membership_of_the_same_two": lambda: run(
        "UPDATE accounts_membership SET user_id = %s WHERE id = %s", UserFactory().pk, MembershipFactory().pk
    ),
    "membership_keeps_a_manager (leaves)": lambda: change(
        "accounts_membership", "ended_at = now()", MembershipFactory().pk
    ),
    "membership_keeps_a_manager (stops)": lambda: change(
        "accounts_membership", "is_manager = false", MembershipFactory().pk
    ),
    "invitation_redeemed_by_somebody": lambda: change("accounts_invitation", f"redeemed_at = '{NOW}'", invitation().pk),
    "invitation_redeemed_or_withdrawn": lambda: (
        change("accounts_invitation", "withdrawn_at = now()", (made := invitation()).pk),
        run(
            "UPDATE accounts_invitation SET redeemed_at = %s, redeemed_by_id = invited_by_id WHERE id = %s",
            NOW,
            made.pk,
        ),
    ),
    "invitation_redeemed_in_time": lambda: redeemed(NOW + timedelta(days=7)),
    "invitation_period_in_order": lambda: change("accounts_invitation", "expires_at = invited_at", invitation().pk),
    "invitation_one_open_each": second_invitation,
    "invitation_redeemed_once": lambda: change(
        "accounts_invitation", f"redeemed_at = '{NOW + timedelta(hours=1)}'", redeemed(NOW).pk
    ),
    "invitation_kept": lambda: delete("accounts_invitation", invitation().pk),
    "mandate_between_two": lambda: MandateFactory(agency=(one := OrganisationFactory()), principal=one),
    "mandate_period_in_order": lambda: mandate(until_on="2023-01-01"),
    "mandate_of_known_acts": lambda: mandate(acts=[]),
    "mandate_by_patent_is_for_statements": lambda: mandate(acts=["licenses"], patent_numbers=["202410000001.X"]),
    "mandate_as_granted": lambda: change("accounts_mandate", "scope = 'everything'", mandate()),
    "mandate_revoked_for_good": lambda: change(
        "accounts_mandate", "revoked_at = NULL", ended(mandate, "accounts_mandate", "revoked_at")
    ),
    "mandate_kept": lambda: delete("accounts_mandate", mandate()),
    "inbox_one_addressee": lambda: run(
        "INSERT INTO accounts_inboxmessage (id, code, params, url, file_url, key, at)"
        " VALUES (%s, 'x', '{}', '', '', 'y', now())",
        uuid.uuid4(),
    ),
    "inbox_kept": lambda: delete("accounts_inboxmessage", message()),
    "inbox_as_served": lambda: change("accounts_inboxmessage", "params = '{}'", message()),
    "inbox key once": lambda: run(
        "INSERT INTO accounts_inboxmessage (id, code, params, url, file_url, key, at, user_id)"
        " SELECT %s, code, params, url, file_url, key, at, user_id FROM accounts_inboxmessage WHERE id = %s",
        uuid.uuid4(),
        message(),
    ),
    "apikey_hash_is_sha256": lambda: run(
        "INSERT INTO accounts_apikey (id, organisation_id, user_id, label, prefix, secret_hash, created_at)"
        " SELECT %s, organisation_id, user_id, label, 'other', 'plain', created_at FROM accounts_apikey WHERE id = %s",
        uuid.uuid4(),
        api_key().pk,
    ),
    "apikey_revoked_after_made": lambda: change("accounts_apikey", "revoked_at = '2020-01-01'", api_key().pk),
    "apikey_kept": lambda: delete("accounts_apikey", api_key().pk),
    "apikey_as_made": lambda: change("accounts_apikey", f"secret_hash = '{'b' * 64}'", api_key().pk),
    "apikey_revoked_for_good": lambda: change(
        "accounts_apikey", "revoked_at = NULL", ended(lambda: api_key().pk, "accounts_apikey", "revoked_at")
    ),
    "audit_append_only (update)": lambda: change("core_auditevent", "event = 'other'", event()),
    "audit_append_only (delete)": lambda: delete("core_auditevent", event()),
    "audit_no_truncate": lambda: run("TRUNCATE core_auditevent CASCADE"),
    "outbox_done_or_parked": lambda: change("core_outboxmessage", "done_at = now(), parked_at = now()", owed()),
    "outbox key once": lambda: run(
        "INSERT INTO core_outboxmessage (topic, key, payload, created_at, due_at, attempts, last_error)"
        " SELECT topic, key, payload, created_at, due_at, attempts, last_error FROM core_outboxmessage WHERE id = %s",
        owed(),
    ),
    "counter_not_negative": lambda: run(
        "UPDATE core_counter SET value = -1 WHERE name = %s", Counter.objects.create(name="n").pk
    ),
    "file_hash_is_sha256": lambda: change("core_storedfile", "sha256 = 'x'", stored_file().pk),
    "file_not_empty": lambda: change("core_storedfile", "size = 0", stored_file().pk),
    "file_kept": lambda: delete("core_storedfile", stored_file().pk),
}


# Triggers that protect rows as they are speak for all of them; the others name themselves.
PROTECTIONS = ("_kept", "_as_made", "_as_granted", "_as_served", "_for_good", "_same_two", "_once", "_only")
SAID = {
    "exclusive:": "appointment_exclusive_roles",
    "inbox": "accounts_inboxmessage_key",
    "outbox": "core_outboxmessage_key",
    "counter_not_negative": "core_counter_value_check",
}
NAMED = {"user_email_once", "organisation_uscc_once", "organisation_identity_once", "appointment_office_roles_only"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    said = refusal_of(REFUSED[name])
    known = name.split(" ")[0]
    if known.endswith("_truncate"):
        wanted = "kept for ever"
    elif known.endswith(PROTECTIONS) and known not in NAMED:
        wanted = "pgtrigger: Cannot"
    else:
        wanted = SAID.get(known, known)
    assert wanted in said


@pytest.mark.django_db
def test_the_lawful_changes_pass():
    """The same statements within the rules succeed, so the refusals above are not of the SQL itself."""
    second = MembershipFactory(organisation=MembershipFactory().organisation)
    assert change("accounts_membership", "ended_at = now(), is_manager = false", second.pk) == 1
    assert change("accounts_invitation", "withdrawn_at = now()", invitation().pk) == 1
    assert change("accounts_appointment", "ended_at = now()", appointment()) == 1
    assert change("accounts_inboxmessage", "read_at = now()", message()) == 1
    assert change("accounts_apikey", "revoked_at = now()", api_key().pk) == 1
    two_appointments(Role.EXAMINER, Role.APPROVER)
    assert AuditEvent.objects.filter(pk=event()).exists()


@pytest.mark.django_db
def test_a_rejected_organisation_frees_its_code():
    rejected = OrganisationFactory(verification="rejected", verified_at=None)
    assert OrganisationFactory(uscc=rejected.uscc).uscc == rejected.uscc
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(uscc=rejected.uscc)


@pytest.mark.django_db
def test_an_ended_role_excludes_nothing():
    person = AppointmentFactory(role=Role.EXAMINER, ended_at=LONG_AGO).user
    assert AppointmentFactory(user=person, role=Role.AUDITOR).role == Role.AUDITOR
