"""What the database refuses by itself: raw SQL against each constraint and trigger, on rows made by the real acts."""

import uuid
from datetime import date

import pytest
from django.db import connection

from licensing.actions.changing import refuse_change, request_change
from licensing.actions.deciding import record_filing
from licensing.actions.ending import propose_termination
from licensing.enums import ChangeItem
from licensing.models import FilingPaper
from tests import rows
from tests.cast import NOW
from tests.database import refusal_of
from tests.factories.files import StoredFileFactory
from tests.licensing.scene import later, paper

HASH = "a" * 64
COPIES = {
    "licensing_notice": "id, statement_id, licensee_id, status, terms, terms_hash, due_at_start, licensee_name,"
    " licensee_uscc, licensee_residence, licensee_address, contact_name, contact_phone, contact_email,"
    " intended_start_on, signed_name, served_by_id, served_at, served_on, closed_at",
    "licensing_payment": "id, notice_id, amount, paid_on, voucher_number, voucher_key, bank, bank_key, account_tail,"
    " proof_id, proof_sha256, added_by_id, added_at",
    "licensing_receipt": "id, notice_id, amount, received_on, organisation_id, confirmed_by_id, confirmed_at",
    "licensing_license": "id, notice_id, number, statement_id, licensee_id, status, served_on, paid_on, effective_on,"
    " ends_on, ended_on, terms_hash, verification_code, obtained_at",
    "licensing_filing": "id, license_id, number, status, side, applicant_id, handler_name, submitted_by_id,"
    " submitted_at, submitted_on, due_on, is_late, is_export, is_represented, decided_by_id, decided_at, recorded_on,"
    " canceled_on, reasons, violations",
    "licensing_filingchange": "id, filing_id, item, before, after, grounds, status, side, applicant_id, proof_id,"
    " requested_by_id, requested_at, requested_on, decided_by_id, decided_at, changed_on, reasons",
}


@pytest.fixture
def world(scene, cast):
    """A license of the enterprise with a filing, and a waiting notice of the rival, all under one statement."""
    statement = scene.announced()
    license = scene.license(statement)
    waiting = scene.notice(statement, by=cast.rival)
    return {
        "statement": statement.pk, "license": license.pk, "notice": license.notice.pk, "waiting": waiting.pk,
        "payment": license.notice.payments.get().pk, "filing": scene.filing(license).pk,
        "enterprise": cast.enterprise.organisation.pk, "patentee": cast.patentee.organisation.pk,
        "rival": cast.rival.organisation.pk, "staff": cast.enterprise.user.pk, "examiner": cast.examiner.user.pk,
    }  # fmt: skip


def refused(sql: str, *values, by: str) -> None:
    """Run the statement; it must fail, for the application and for the owner, who is told what refused it."""
    with connection.cursor() as cursor:
        said = refusal_of(lambda: cursor.execute(sql, values))
    assert by in said, said


def copy_refused(table: str, source: uuid.UUID, by: str, **changed) -> None:
    """Insert a copy of a row with some columns changed; it must be refused."""
    columns = [name.strip() for name in COPIES[table].split(",")]
    taken = {"id": uuid.uuid4(), **changed}
    chosen = ", ".join("%s" if name in taken else name for name in columns)
    values = [taken[name] for name in columns if name in taken]
    refused(f"INSERT INTO {table} ({COPIES[table]}) SELECT {chosen} FROM {table} WHERE id = %s", *values, source, by=by)


FRESH_PAYMENT = {"voucher_key": "X9", "bank_key": "other", "proof_sha256": HASH}

NOTICE_COPIES = [
    ({}, "notice_one_waiting_per_licensee"),
    ({"licensee_id": "patentee"}, "own licensee"),
    ({"served_on": date(2026, 3, 1), "served_at": "2026-03-01T02:00Z"}, "while the statement is effective"),
    ({"served_on": date(2026, 3, 3)}, "notice_day_is_its_time"),
    ({"terms_hash": "short"}, "notice_terms_hashed"),
    ({"due_at_start": -1}, "notice_due_not_negative"),
    ({"licensee_address": ""}, "notice_names_the_licensee"),
    ({"signed_name": ""}, "notice_is_signed"),
    ({"status": "completed", "closed_at": NOW}, "notice_begins_at_the_beginning"),
    ({"closed_at": NOW}, "notice_closed_has_time"),
]
PAYMENT_COPIES = [
    ({"proof_sha256": HASH, "paid_on": date(2026, 3, 1)}, "payment_voucher_once"),
    ({"proof_sha256": HASH, "bank_key": "other"}, "payment_voucher_once_a_day"),
    ({"voucher_key": "X9"}, "payment_proof_once"),
    ({**FRESH_PAYMENT, "amount": 0}, "payment_positive"),
    ({**FRESH_PAYMENT, "paid_on": date(2026, 3, 3)}, "payment_not_in_future"),
    ({**FRESH_PAYMENT, "proof_sha256": "x"}, "payment_proof_hashed"),
    ({**FRESH_PAYMENT, "voucher_key": ""}, "payment_voucher_identified"),
    ({**FRESH_PAYMENT, "account_tail": "12a4"}, "payment_account_tail_form"),
]
FRESH_LICENSE = {"number": "LIC2026000009", "verification_code": "0" * 16}
LICENSE_COPIES = [
    ({"number": "LIC2026000009"}, "license_verification_code_key"),
    ({"verification_code": "0" * 16}, "license_number_key"),
    (FRESH_LICENSE, "license_notice_id_key"),
    ({"number": "LIC-1"}, "license_number_form"),
    ({**FRESH_LICENSE, "verification_code": "O" * 16}, "license_code_form"),
    ({**FRESH_LICENSE, "effective_on": date(2026, 3, 3)}, "license_effective_on_the_later_day"),
    ({**FRESH_LICENSE, "effective_on": date(2026, 3, 1)}, "while its statement is not effective"),
    ({**FRESH_LICENSE, "ends_on": date(2099, 1, 1)}, "outlasts its patent"),
    ({**FRESH_LICENSE, "ends_on": date(2026, 3, 1)}, "license_ends_after_start"),
    ({**FRESH_LICENSE, "terms_hash": HASH}, "says what its notice says"),
    ({**FRESH_LICENSE, "licensee_id": "rival"}, "says what its notice says"),
    ({**FRESH_LICENSE, "paid_on": None}, "before the sum due at the start is paid"),
    ({**FRESH_LICENSE, "notice_id": "waiting", "licensee_id": "rival"}, "before the sum due at the start is paid"),
    ({**FRESH_LICENSE, "status": "expired", "ended_on": date(2026, 3, 2)}, "license_begins_at_the_beginning"),
]
FILING_COPIES = [
    ({}, "filing_one_standing_per_license"),
    ({"applicant_id": "rival"}, "one of its sides"),
    ({"side": "licensor"}, "one of its sides"),
    ({"is_late": True}, "filing_late_iff_after_due"),
    ({"submitted_on": date(2026, 3, 3)}, "filing_day_is_its_time"),
    ({"status": "recorded", "number": "X2026980000009"}, "filing_begins_at_the_beginning"),
    ({"number": "X2026980000009"}, "filing_numbered_iff_recorded"),
    ({"decided_by_id": "staff"}, "filing_decided_by_somebody"),
    ({"canceled_on": date(2026, 3, 3)}, "filing_canceled_has_status"),
]


def _known(world, changed):
    return {name: world.get(value, value) if isinstance(value, str) else value for name, value in changed.items()}


@pytest.mark.parametrize(("changed", "by"), NOTICE_COPIES)
def test_notices(world, changed, by) -> None:
    copy_refused("licensing_notice", world["waiting"], by, **_known(world, changed))


@pytest.mark.parametrize(("changed", "by"), PAYMENT_COPIES)
def test_payments(world, changed, by) -> None:
    copy_refused("licensing_payment", world["payment"], by, **changed)


@pytest.mark.parametrize(("changed", "by"), LICENSE_COPIES)
def test_licenses(world, changed, by) -> None:
    copy_refused("licensing_license", world["license"], by, **_known(world, changed))


@pytest.mark.parametrize(("changed", "by"), FILING_COPIES)
def test_filings(world, changed, by) -> None:
    copy_refused("licensing_filing", world["filing"], by, **_known(world, changed))


@pytest.mark.parametrize(
    ("table", "row", "change"),
    [
        ("notice", "waiting", "terms = '{}'::jsonb"),
        ("notice", "waiting", "terms_hash = repeat('b', 64)"),
        ("notice", "waiting", "due_at_start = 0"),
        ("notice", "waiting", "served_at = served_at - interval '1 day', served_on = served_on - 1"),
        ("notice", "waiting", "licensee_name = 'Other'"),
        ("payment", "payment", "amount = 1"),
        ("payment", "payment", "notice_id = notice_id"),
        ("license", "license", "effective_on = effective_on - 1"),
        ("license", "license", "ends_on = ends_on - 1"),
        ("license", "license", "number = 'LIC2026000099'"),
        ("license", "license", "terms_hash = repeat('b', 64)"),
        ("license", "license", "verification_code = repeat('0', 16)"),
        ("license", "license", "licensee_id = statement_id"),
        ("filing", "filing", "due_on = due_on + 1"),
        ("filing", "filing", "is_late = true"),
        ("filing", "filing", "applicant_id = license_id"),
    ],
)
def test_what_was_served_obtained_or_filed_never_changes(world, table, row, change) -> None:
    refused(f"UPDATE licensing_{table} SET {change} WHERE id = %s", world[row], by="pgtrigger: Cannot update")


@pytest.mark.parametrize(
    ("table", "row"),
    [("notice", "waiting"), ("payment", "payment"), ("license", "license"), ("filing", "filing")],
)
def test_nothing_is_deleted(world, table, row) -> None:
    refused(f"DELETE FROM licensing_{table} WHERE id = %s", world[row], by="pgtrigger: Cannot")


@pytest.mark.parametrize("table", ["payment", "receipt", "terminationproposal", "filingpaper"])
def test_nothing_is_emptied(world, table) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else pending checks refuse it first
    refused(f"TRUNCATE licensing_{table} CASCADE", by="kept for ever")


@pytest.mark.parametrize(
    ("table", "row", "change"),
    [
        ("notice", "notice", "status = 'waiting', closed_at = NULL"),
        ("license", "license", "status = 'nonsense'"),
        ("filing", "filing", "status = 'revoked'"),
    ],
)
def test_no_step_outside_the_table(world, table, row, change) -> None:
    refused(f"UPDATE licensing_{table} SET {change} WHERE id = %s", world[row], by=f"lifecycle {table}")


def test_a_license_over_has_its_day(world) -> None:
    refused(
        "UPDATE licensing_license SET status = 'expired' WHERE id = %s", world["license"], by="license_over_has_day"
    )
    outside = "UPDATE licensing_license SET status = 'expired', ended_on = ends_on + 1 WHERE id = %s"
    refused(outside, world["license"], by="license_ended_within_term")


def test_an_examiner_of_a_side_decides_nothing(world) -> None:
    sql = (
        "UPDATE licensing_filing SET status = 'refused', reasons = 'x', decided_at = now(), decided_by_id = %s"
        " WHERE id = %s"
    )
    refused(sql, world["staff"], world["filing"], by="own organisation")


def test_refusals_have_reasons(world) -> None:
    sql = "UPDATE licensing_filing SET status = 'refused', decided_at = now(), decided_by_id = %s WHERE id = %s"
    refused(sql, world["examiner"], world["filing"], by="filing_refused_with_reasons")


def test_a_filing_number_stays(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)

    refused(
        "UPDATE licensing_filing SET number = 'X2026980000077' WHERE id = %s", filing.pk,
        by="pgtrigger: Cannot update",
    )  # fmt: skip


def test_an_agreement_comes_from_the_other_side(scene, cast) -> None:
    license = scene.license()
    proposal = propose_termination(
        license_id=license.pk, last_day_on=date(2026, 3, 9), reason="x", by=cast.enterprise.actor, at=NOW
    )
    refused(
        "INSERT INTO licensing_terminationagreement (id, proposal_id, agreed_for_id, agreed_by_id, agreed_at)"
        " VALUES (%s, %s, %s, %s, now())",
        uuid.uuid4(), proposal.pk, cast.enterprise.organisation.pk, cast.enterprise.user.pk, by="other side",
    )  # fmt: skip


def test_a_receipt_is_given_once_and_not_for_the_future(scene, cast) -> None:
    license = scene.license()
    row = (cast.patentee.organisation.pk, cast.patentee.user.pk)
    sql = (
        "INSERT INTO licensing_receipt (id, notice_id, amount, received_on, organisation_id, confirmed_by_id,"
        " confirmed_at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
    )
    refused(sql, uuid.uuid4(), license.notice.pk, -1, date(2026, 3, 2), *row, NOW, by="receipt_not_negative")
    refused(sql, uuid.uuid4(), license.notice.pk, 1, date(2026, 3, 3), *row, NOW, by="receipt_not_in_future")


def test_no_notice_after_the_end_of_the_statement(scene, cast) -> None:
    notice = scene.notice()
    cast._withdraw(notice.statement, later(2))

    copy_refused(
        "licensing_notice", notice.pk, "while the statement is effective",
        licensee_id=cast.rival.organisation.pk, served_on=date(2026, 3, 5), served_at="2026-03-05T02:00Z",
    )  # fmt: skip


def test_two_licenses_of_one_licensee_never_overlap(scene, cast) -> None:
    """The exclusion constraint itself: a second notice with its own payment, past every other check."""
    statement = scene.announced(fee_mode="free", fixed_amount="")
    first = scene.notice(statement).license
    columns = COPIES["licensing_notice"]
    chosen = columns.replace("id,", "%s,", 1).replace(" status,", " 'waiting',").replace("closed_at", "NULL")
    second = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO licensing_notice ({columns}) SELECT {chosen} FROM licensing_notice WHERE id = %s",
            [second, first.notice.pk],
        )
    copy_refused(
        "licensing_license", first.pk, "license_one_at_a_time",
        notice_id=second, number="LIC2026000009", verification_code="0" * 16,
    )  # fmt: skip


def test_the_terms_of_a_license_are_hashed(world) -> None:
    rows.refused_sql(
        "UPDATE licensing_license SET terms_hash = 'x' WHERE id = %s", world["license"], by="license_terms_hashed"
    )


def test_a_filing_number_is_given_once_and_its_papers_are_of_a_known_kind(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    columns = COPIES["licensing_filing"]
    chosen = columns.replace("id,", "gen_random_uuid(),", 1).replace("license_id", "gen_random_uuid()")
    copy = f"INSERT INTO licensing_filing ({columns}) SELECT {chosen} FROM licensing_filing WHERE id = %s"
    rows.refused_sql(copy, filing.pk, by="filing_number_once")
    file = StoredFileFactory()
    rows.refused(
        lambda: FilingPaper(filing=filing, kind="other", file=file, added_at=NOW),
        "filing_paper_kind_known",
        past_triggers=True,
        kind="letter",
    )


def test_the_proposal_to_end_a_license_has_a_reason(scene, cast) -> None:
    proposal = propose_termination(
        license_id=scene.license().pk, last_day_on=date(2026, 3, 9), reason="x", by=cast.enterprise.actor, at=NOW
    )
    rows.refused_sql(
        "UPDATE licensing_terminationproposal SET reason = '' WHERE id = %s", proposal.pk, by="termination_has_reason"
    )


CHANGE_COPIES = [
    ({"status": "recorded"}, "filing_change_begins_at_the_beginning"),
    ({"item": "price"}, "filing_change_item_known"),
    ({"after": "Canton Cooling"}, "filing_change_says_what_and_why"),
    ({"grounds": ""}, "filing_change_says_what_and_why"),
    ({"applicant_id": None}, "filing_change_side_has_applicant"),
    ({"proof_id": None}, "filing_change_of_name_is_proved"),
    ({"decided_by_id": "staff"}, "filing_change_decided_by_somebody"),
    ({"changed_on": date(2026, 3, 2)}, "filing_change_has_its_day"),
    ({"requested_on": date(2026, 3, 3)}, "filing_change_day_is_its_time"),
    ({"applicant_id": "rival"}, "requested by one of its sides"),
    ({"side": "licensor"}, "requested by one of its sides"),
    ({"filing_id": "other"}, "only what is recorded changes"),
]
CHANGE_UPDATES = [
    ("after = 'Rival'", "filing_change_as_requested"),
    ("status = 'closed', changed_on = '2026-03-02'", "filing_change_has_its_day"),
    ("status = 'recorded', changed_on = '2026-03-02'", "filing_change_decided_by_somebody"),
    (
        "status = 'refused', decided_by_id = '{examiner}', decided_at = now()",
        "filing_change_refused_with_reasons",
    ),
    (
        "status = 'refused', decided_by_id = '{staff}', decided_at = now(), reasons = 'No.'",
        "nobody decides on a change for their own organisation",
    ),
]


@pytest.fixture
def change(world, scene, cast):
    """A change of the enterprise's recorded filing that waits; ``other`` is a filing that is not recorded."""
    record_filing(filing_id=world["filing"], by=cast.examiner.actor, at=NOW)
    other = scene.license(scene.announced(later(1)), by=cast.rival, at=later(1), number="V-9")
    world["other"] = scene.filing(other, by=cast.rival, at=later(1)).pk
    said = {"item": ChangeItem.LICENSEE, "after": "Pearl River Cooling", "grounds": "Renamed."}
    return request_change(filing_id=world["filing"], proof=paper("name"), by=cast.enterprise.actor, at=NOW, **said)


@pytest.mark.parametrize(("changed", "by"), CHANGE_COPIES)
def test_changes(world, change, cast, changed, by) -> None:
    refuse_change(change_id=change.pk, reasons="No.", by=cast.examiner.actor, at=NOW)
    begun = {"status": "requested", "decided_by_id": None, "decided_at": None, "reasons": ""}
    copy_refused("licensing_filingchange", change.pk, by, **{**begun, **_known(world, changed)})


def test_one_change_waits(change) -> None:
    copy_refused("licensing_filingchange", change.pk, "filing_change_one_waiting")


@pytest.mark.parametrize(("columns", "by"), CHANGE_UPDATES)
def test_changes_are_decided_by_the_law(world, change, columns, by) -> None:
    refused(f"UPDATE licensing_filingchange SET {columns.format(**world)} WHERE id = %s", change.pk, by=by)


def test_what_the_office_changes_of_its_own_motion_nobody_takes_back(world, change, cast) -> None:
    refuse_change(change_id=change.pk, reasons="No.", by=cast.examiner.actor, at=NOW)
    columns = COPIES["licensing_filingchange"]
    own = {"id": "gen_random_uuid()", "status": "'requested'", "side": "''", "reasons": "''"}
    own |= dict.fromkeys(["applicant_id", "proof_id", "decided_by_id", "decided_at"], "NULL")
    chosen = ", ".join(own.get(name.strip(), name) for name in columns.split(","))
    sql = f"INSERT INTO licensing_filingchange ({columns}) SELECT {chosen} FROM licensing_filingchange RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (made,) = cursor.fetchone()
    by = "filing_change_taken_back_by_a_side"
    refused("UPDATE licensing_filingchange SET status = 'taken_back' WHERE id = %s", made, by=by)


def test_changes_are_kept(change) -> None:
    refused("DELETE FROM licensing_filingchange WHERE id = %s", change.pk, by="filing_change_kept")


def test_only_a_hash_identifies_a_printed_certificate(world) -> None:
    refused(
        "INSERT INTO licensing_printedcertificate (id, license_id, sha256, printed_at) VALUES (%s, %s, 'x', now())",
        uuid.uuid4(), world["license"], by="printed_certificate_has_hash",
    )  # fmt: skip
