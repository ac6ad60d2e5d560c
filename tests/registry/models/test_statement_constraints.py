"""Every constraint and trigger of statements, papers, consents and endings, met by raw SQL.

Each case is one statement that the database must refuse, named after what refuses it; beside it stands a lawful
twin where the refusal could have another cause.
"""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from registry.models import (
    Declination,
    Ending,
    EndingConsent,
    OwnerConsent,
    Statement,
    StatementPaper,
    StatementVersion,
)
from tests.cast import NOW
from tests.database import refusal_of
from tests.factories.files import StoredFileFactory

pytestmark = pytest.mark.django_db
STATEMENT, PAPER, CONSENT, ENDING = (
    model._meta.db_table for model in (Statement, StatementPaper, OwnerConsent, Ending)
)


def run(sql: str, **values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)


def refused(sql: str, by: str, **values) -> None:
    """Run the SQL and see it refused by the named constraint or trigger."""
    said = refusal_of(lambda: run(sql, **values))
    assert by in said, said


def kept(statement) -> None:
    """Keep the text that is about to be sent."""
    StatementVersion.objects.create(
        statement=statement, number=1, content={}, content_hash="a" * 64, sent_by=statement.created_by, sent_at=NOW
    )


def change(statement, columns: str, **values) -> str:
    return f"UPDATE {STATEMENT} SET {columns} WHERE id = '{statement.pk}'"


# In which status, which columns, and what refuses it.
COLUMNS = [
    # a submitted statement is complete and keeps to the caps
    ("draft", "status = 'submitted'", "statement_fee_complete", {"fee_mode": ""}),
    ("draft", "status = 'submitted'", "statement_term_complete", {"term_mode": ""}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"contact_name": ""}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"explanation": ""}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"signed_name": ""}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"undertakes_no_exclusive": False}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"undertakes_open_to_all": False}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"undertakes_keep_in_force": False}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"undertakes_export_rules": False}),
    ("draft", "status = 'submitted'", "statement_content_complete", {"typed": {"contact_phone": "x"}}),
    ("draft", "status = 'submitted'", "statement_fixed_cap", {"fixed_amount": "20000000.01"}),
    ("draft", "status = 'submitted'", "statement_rate_cap", {"fee_mode": "royalty_sales", "royalty_rate": "20.01"}),
    ("draft", "status = 'submitted'", "statement_rate_cap", {"fee_mode": "royalty_profit", "royalty_rate": "40.01"}),
    ("draft", "status = 'submitted'", "statement_explanation_brief", {"explanation": "费" * 2001}),
    ("draft", "cap_override_reason = 'granted'", "statement_override_by_somebody", {}),
    ("announced", "cap_override_reason = 'granted'", "statement_announcement_frozen", {}),
    ("submitted", "exception_request = 'asked'", "statement_content_frozen", {}),
    ("draft", "status = 'submitted', number = ''", "statement_submitted_is_numbered", {}),
    ("draft", "status = 'submitted', submitted_at = NULL", "statement_submitted_is_numbered", {}),
    ("draft", "status = 'submitted', content_hash = 'x'", "statement_submitted_is_numbered", {}),
    # sums
    ("draft", "fixed_amount = 0", "statement_sums_positive", {}),
    ("draft", "fixed_amount = -1", "statement_sums_positive", {}),
    ("draft", "royalty_rate = 0", "statement_sums_positive", {}),
    ("draft", "unit_price = 0", "statement_sums_positive", {}),
    ("draft", "fixed_amount = 1e12", "overflow", {}),
    # status
    ("draft", "status = 'announced'", "not a lawful step", {}),
    ("submitted", "status = 'draft'", "not a lawful step", {}),
    ("submitted", "status = 'passed'", "not a lawful step", {}),
    ("announced", "status = 'approved'", "not a lawful step", {}),
    ("submitted", "status = 'examining'", "statement_examined_by_somebody", {}),
    ("correction", "examiner_id = NULL", "statement_examined_by_somebody", {}),
    ("correction", "correction_due_on = NULL, correction_extended_months = 1", "statement_correction_has_term", {}),
    ("examining", "status = 'correction'", "statement_correction_has_term", {}),
    (
        "examining",
        "status = 'correction', correction_asked_on = '2026-03-02', correction_due_on = '2026-03-02'",
        "statement_correction_has_term",
        {},
    ),
    # the correction period: extended once, by two months at most, never moved otherwise
    ("correction", "correction_due_on = '2026-05-04'", "statement_extended_once", {}),
    ("correction", "correction_asked_on = '2026-03-03'", "statement_extended_once", {}),
    (
        "correction",
        "correction_extended_months = 3, correction_due_on = '2026-07-02'",
        "statement_extension_not_too_long",
        {},
    ),
    (
        "correction",
        "correction_extended_months = 1, correction_due_on = '2026-03-09'",
        "statement_extended_once",
        {},
    ),
    ("passed", "status = 'approved'", "statement_decided_by_somebody", {}),
    ("passed", "decided_by_id = examiner_id", "statement_four_eyes", {}),
    ("approved", "status = 'announced'", "statement_effective_iff_announced", {}),
    ("submitted", "effective_on = '2026-03-02'", "statement_effective_iff_announced", {}),
    ("announced", "ended_on = '2020-01-01'", "statement_ends_after_start", {}),
    # the text after it was sent
    ("submitted", "fixed_amount = 1", "statement_content_frozen", {}),
    ("submitted", "signed_name = 'Another'", "statement_content_frozen", {}),
    ("submitted", "explanation = 'changed'", "statement_content_frozen", {}),
    ("approved", "term_months = 12", "statement_content_frozen", {}),
    ("announced", "contact_phone = '1'", "statement_content_frozen", {}),
    ("announced", "number = 'OL2026999999'", "statement_announcement_frozen", {}),
    ("announced", "effective_on = '2026-01-01'", "statement_announcement_frozen", {}),
    ("announced", "submitted_at = now()", "statement_announcement_frozen", {}),
    ("announced", "content_hash = repeat('b', 64)", "statement_announcement_frozen", {}),
    ("withdrawn", "effective_on = '2026-01-01'", "statement_announcement_frozen", {}),
]
SENT = {"number": "OL2026777777", "submitted_at": NOW, "content_hash": "a" * 64}


@pytest.mark.parametrize(("status", "columns", "by", "before"), COLUMNS)
def test_a_column_is_refused(cast, status, columns, by, before):
    statement = cast.statement_in(status)
    if status == "draft":
        if "royalty_rate" in before:
            before = {**before, "fixed_amount": None}
        Statement.objects.filter(pk=statement.pk).update(**{**SENT, **before})
    refused(change(statement, columns), names.get(by, by))


# A pgtrigger protection names the table, not itself, in its sentence.
names = {
    "statement_content_frozen": "Cannot update rows from registry_statement",
    "statement_announcement_frozen": "Cannot update rows from registry_statement",
}


def test_the_same_draft_without_the_fault_is_submitted(cast):
    statement = cast.draft()
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    refused(change(statement, "status = 'submitted'"), "what is sent is kept word for word")
    kept(statement)
    run(change(statement, "status = 'submitted'"))
    statement.refresh_from_db()
    assert statement.status == "submitted"


@pytest.mark.parametrize(
    ("excess", "by"),
    [
        ({"fixed_amount": "20000000.01"}, "statement_fixed_cap"),
        ({"fee_mode": "royalty_sales", "fixed_amount": None, "royalty_rate": "20.01"}, "statement_rate_cap"),
        ({"explanation": "费" * 2001}, "statement_explanation_brief"),
    ],
    ids=["fixed", "rate", "explanation"],
)
def test_what_exceeds_a_limit_waits_for_the_override_it_asks_for(cast, excess, by):
    """GL V-11 §3.3. Asked for, it may be sent, examined and refused; passed, approved and announced it never is."""
    statement = cast.draft()
    fields = {**SENT, **excess, "exception_request": "该专利为核心专利。", "examiner": cast.examiner.user}
    Statement.objects.filter(pk=statement.pk).update(**fields)
    kept(statement)
    run(change(statement, "status = 'submitted'"))
    run(change(statement, "status = 'examining'"))
    refused(change(statement, "status = 'passed'"), by)
    run(change(statement, "status = 'refusal_proposed'"))
    run(change(statement, "status = 'examining'"))
    run(change(statement, "status = 'passed', cap_override_reason = 'granted'"))
    refused(change(statement, "cap_override_reason = ''"), by)
    refused(change(statement, "examiner_id = NULL"), "statement_")


@pytest.mark.parametrize(
    ("plan", "total"),
    [("[]", "100"), ('[{"due_months": 0, "amount": "100"}]', "100"),
     ('[{"due_months": 0, "amount": "50"}, {"due_months": 6, "amount": "50"}]', "100.01")],
)  # fmt: skip
def test_statement_instalments_add_up(cast, plan, total):
    statement = cast.draft(fee_mode="instalments", instalments=[
        {"due_months": "0", "amount": "1"}, {"due_months": "6", "amount": "1"}])  # fmt: skip
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    columns = f"status = 'submitted', instalments = '{plan}', fixed_amount = {total}"
    refused(change(statement, columns), "instalments must be two or more")


def test_statement_filed_by_patentee(cast):
    statement = cast.draft()
    Statement.objects.filter(pk=statement.pk).update(**SENT, filed_by=cast.rival.organisation)
    OwnerConsent.objects.create(
        statement=statement,
        patentee=cast.patentee.patentee,
        method="online",
        content_hash="a" * 64,
        given_by=cast.patentee.user,
        given_at=NOW,
    )
    refused(change(statement, "status = 'submitted'"), "only a registered patentee files")


@pytest.mark.parametrize("method", ["online", "document"])
def test_statement_consented_by_all(cast, method):
    statement = cast.draft(cast.co_owned_patent())
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    paper = StoredFileFactory() if method == "document" else None
    given = {"patentee": cast.co_owner.patentee, "given_by": cast.co_owner.user, "given_at": NOW, "paper": paper}
    OwnerConsent.objects.create(statement=statement, method=method, content_hash="b" * 64, **given)
    refused(change(statement, "status = 'submitted'"), "every patentee consents to exactly this text")
    OwnerConsent.objects.create(statement=statement, method=method, content_hash="a" * 64, **given)
    kept(statement)
    run(change(statement, "status = 'submitted'"))


@pytest.mark.parametrize("patent", [{"granted_on": "2026-03-03"}, {"granted_on": None}])
def test_statement_within_patent_after_the_grant(cast, patent):
    statement = cast.draft(cast.patent(**patent))
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    refused(change(statement, "status = 'submitted'"), "within the life of its patent")


def test_statement_within_patent_before_its_end(cast):
    statement = cast.draft(term_mode="until", term_until="2041-03-10")
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    refused(change(statement, "status = 'submitted'"), "within the life of its patent")


def test_statement_begins_at_the_beginning(cast):
    statement = cast.statement_in("announced")
    copy = f"""INSERT INTO {STATEMENT} SELECT (jsonb_populate_record(s, jsonb_build_object(
        'id', %(id)s::text, 'number', 'OL2026888888', 'status', 'ended'))).* FROM {STATEMENT} AS s WHERE id = %(old)s"""
    refused(copy, "Cannot insert rows from registry_statement", id=str(uuid.uuid4()), old=statement.pk)


def test_statement_number_once(cast):
    first, second = cast.statement_in("submitted"), cast.statement_in("submitted")
    refused(change(second, f"number = '{first.number}'"), "statement_number_once")


def test_statement_one_examined_per_patent(cast):
    first = cast.statement_in("submitted")
    second = cast.draft(first.patent)
    Statement.objects.filter(pk=second.pk).update(**SENT)
    refused(change(second, "status = 'submitted'"), "statement_one_examined_per_patent")


def successor(cast, earlier, replaces):
    draft = cast.draft(earlier.patent)
    Statement.objects.filter(pk=draft.pk).update(**SENT, replaces=replaces)
    return draft


def withdrawal(cast, statement, status):
    ending = Ending.objects.create(
        statement=statement,
        kind="withdrawal",
        grounds="转让",
        content_hash="a" * 64,
        requested_by=cast.patentee.user,
        requested_at=NOW,
    )
    for step in ("requested", "passed", "approved")[: ("prepared", "requested", "passed", "approved").index(status)]:
        Ending.objects.filter(pk=ending.pk).update(status=step)
    return ending


@pytest.mark.parametrize("ended", [None, "prepared"])
def test_statement_succeeds_a_withdrawn_one(cast, ended):
    earlier = cast.statement_in("announced")
    draft = successor(cast, earlier, earlier)
    if ended:
        withdrawal(cast, earlier, ended)
    refused(change(draft, "status = 'submitted'"), "the statement in effect is withdrawn first")


def test_statement_beside_a_withdrawal_names_what_it_replaces(cast):
    earlier = cast.statement_in("announced")
    withdrawal(cast, earlier, "approved")
    refused(
        change(successor(cast, earlier, None), "status = 'submitted'"), "the statement in effect is withdrawn first"
    )


def test_statement_one_in_effect_per_patent(cast):
    earlier = cast.statement_in("announced")
    withdrawal(cast, earlier, "approved")
    draft = cast.draft(earlier.patent)
    Statement.objects.filter(pk=draft.pk).update(replaces=earlier)
    draft.refresh_from_db()
    cast._submit(draft, NOW)
    for step in ("_claim", "_pass", "_approve"):
        draft.refresh_from_db()
        getattr(cast, step)(draft, NOW)
    columns = f"status = 'announced', effective_on = '2026-03-03', announced_in_id = '{earlier.announced_in_id}'"
    refused(change(draft, columns), "statement_one_in_effect_per_patent")


def test_statement_replaces_in_order(cast):
    stranger, never, draft = cast.statement_in("announced"), cast.statement_in("submitted"), cast.draft()
    for other in (stranger, never):
        refused(change(draft, f"replaces_id = '{other.pk}'"), "a statement replaces one on its patent")
    refused(change(stranger, f"replaces_id = '{stranger.pk}'"), "Cannot update rows from registry_statement")


@pytest.mark.parametrize("column", ["examiner_id", "decided_by_id"])
def test_statement_no_own_case(cast, column):
    statement = cast.statement_in("submitted")
    refused(change(statement, f"{column} = '{cast.patentee.user.pk}'"), "nobody decides on a statement of their own")


@pytest.mark.parametrize("status", ["submitted", "announced", "refused", "canceled"])
def test_statement_kept(cast, status):
    statement = cast.statement_in(status)
    refused(f"DELETE FROM {STATEMENT} WHERE id = '{statement.pk}'", "Cannot delete rows from registry_statement")


@pytest.fixture
def paper(cast):
    statement = cast.statement_in("submitted")
    return StatementPaper(
        statement=statement, kind="other", file=StoredFileFactory(), added_by=cast.patentee.user, added_at=NOW
    )


@pytest.mark.parametrize(
    ("kind", "by"), [("joke", "paper_of_known_kind"), ("withdrawal_consent", "paper_of_ending_names_it")]
)
def test_paper_kind(paper, kind, by):
    paper.kind = kind
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        paper.save(force_insert=True)


def test_paper_kept_and_unchanged(paper):
    paper.save(force_insert=True)
    refused(f"DELETE FROM {PAPER} WHERE id = '{paper.pk}'", "a paper that was filed is kept")
    refused(f"UPDATE {PAPER} SET kind = 'power_of_attorney' WHERE id = '{paper.pk}'", "Cannot update rows")


@pytest.fixture
def consent(cast):
    statement = cast.draft(cast.co_owned_patent())
    cast.consent_of_all(statement)
    return statement.consents.get()


@pytest.mark.parametrize(
    ("columns", "by"),
    [
        ({}, "consent_once"),
        ({"method": "document", "content_hash": "c" * 64}, "consent_on_paper_has_paper"),
        ({"method": "agreement", "content_hash": "c" * 64, "binds": ["x"]}, "consent_on_paper_has_paper"),
        ({"method": "online", "content_hash": "c" * 64, "binds": ["x"]}, "consent_agreement_binds_somebody"),
        ({"content_hash": "the text"}, "consent_to_exact_text"),
    ],
)
def test_consent_insert(consent, columns, by):
    values = {
        "statement": consent.statement,
        "patentee": consent.patentee,
        "method": "online",
        "content_hash": consent.content_hash,
        "given_by": consent.given_by,
        "given_at": NOW,
        **columns,
    }
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        OwnerConsent.objects.create(**values)


@pytest.mark.parametrize(
    "sql", [f"UPDATE {CONSENT} SET content_hash = repeat('c', 64)", f"DELETE FROM {CONSENT}", f"TRUNCATE {CONSENT}"]
)
def test_consent_append_only(consent, sql):
    refused(sql, "registry_ownerconsent")


@pytest.fixture
def ending(cast):
    return withdrawal(cast, cast.statement_in("announced"), "requested")


@pytest.mark.parametrize(
    ("columns", "by"),
    [
        ("status = 'announced'", "not a lawful step"),
        ("status = 'approved'", "not a lawful step"),
        ("kind = 'revocation'", "ending_as_requested"),
        ("grounds = '其他'", "ending_as_requested"),
        ("falsehood = true", "ending_as_requested"),
        ("deviation = 'x'", "ending_as_requested"),
    ],
)
def test_ending_update(ending, columns, by):
    refused(f"UPDATE {ENDING} SET {columns} WHERE id = '{ending.pk}'", by)


def test_ending_four_eyes(ending, cast):
    who = cast.examiner.user.pk
    sql = f"UPDATE {ENDING} SET examiner_id = '{who}', decided_by_id = '{who}' WHERE id = '{ending.pk}'"
    refused(sql, "ending_four_eyes")


@pytest.mark.parametrize("column", ["examiner_id", "decided_by_id"])
def test_ending_no_own_case(ending, cast, column):
    sql = f"UPDATE {ENDING} SET {column} = '{cast.patentee.user.pk}' WHERE id = '{ending.pk}'"
    refused(sql, "nobody decides on a statement of their own organisation")


def test_ending_announced_has_entry(ending, cast):
    Ending.objects.filter(pk=ending.pk).update(status="passed", examiner=cast.examiner.user)
    Ending.objects.filter(pk=ending.pk).update(status="approved", decided_by=cast.approver.user, decided_at=NOW)
    refused(f"UPDATE {ENDING} SET status = 'announced' WHERE id = '{ending.pk}'", "ending_announced_has_entry")


def test_ending_one_open_per_statement(ending):
    with pytest.raises(DatabaseError, match="ending_one_open_per_statement"), transaction.atomic():
        Ending.objects.create(
            statement=ending.statement,
            kind="termination",
            status="requested",
            suggested_kind="termination",
            grounds="x",
            requested_by=ending.requested_by,
            requested_at=NOW,
        )


@pytest.mark.parametrize(
    ("columns", "by"),
    [
        ({"kind": "withdrawal", "content_hash": "a" * 64, "grounds": ""}, "ending_has_grounds"),
        ({"kind": "withdrawal"}, "ending_withdrawal_has_hash"),
        ({"kind": "termination"}, "ending_kind_follows_the_facts"),
        ({"kind": "termination", "suggested_kind": "revocation"}, "ending_kind_follows_the_facts"),
        (
            {"kind": "withdrawal", "suggested_kind": "termination", "content_hash": "a" * 64},
            "ending_kind_follows_the_facts",
        ),
        ({"kind": "withdrawal", "deviation": "x", "content_hash": "a" * 64}, "ending_kind_follows_the_facts"),
        (
            {"kind": "termination", "suggested_kind": "termination", "falsehood": True},
            "ending_falsehood_calls_for_revocation",
        ),
    ],
)
def test_ending_kind(ending, columns, by):
    Ending.objects.filter(pk=ending.pk).update(status="canceled")
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        Ending.objects.create(
            **{"statement": ending.statement, "grounds": "x", **columns},
            requested_by=ending.requested_by,
            requested_at=NOW,
        )


@pytest.mark.parametrize("status", ["requested", "approved"])
def test_ending_begins_at_the_beginning(ending, status):
    Ending.objects.filter(pk=ending.pk).update(status="canceled")
    with pytest.raises(DatabaseError, match="Cannot insert rows from registry_ending"), transaction.atomic():
        Ending.objects.create(
            statement=ending.statement,
            kind="withdrawal",
            grounds="x",
            content_hash="a" * 64,
            status=status,
            requested_by=ending.requested_by,
            requested_at=NOW,
        )


def test_ending_withdrawn_by_all(cast):
    ending = withdrawal(cast, cast.statement_in("announced", cast.co_owned_patent()), "prepared")
    step = f"UPDATE {ENDING} SET status = 'requested' WHERE id = '{ending.pk}'"
    refused(step, "every patentee consents to the withdrawal")
    given = {"ending": ending, "patentee": cast.co_owner.patentee, "given_by": cast.co_owner.user, "given_at": NOW}
    with transaction.atomic():
        EndingConsent.objects.create(**given, content_hash="b" * 64)
        refused(step, "every patentee consents to the withdrawal")
        transaction.set_rollback(True)
    EndingConsent.objects.create(**given, content_hash="a" * 64)
    run(step)


def test_answers_are_kept_as_given(cast):
    ending = withdrawal(cast, cast.statement_in("announced", cast.co_owned_patent()), "prepared")
    EndingConsent.objects.create(
        ending=ending, patentee=cast.co_owner.patentee, content_hash="a" * 64, given_by=cast.co_owner.user, given_at=NOW
    )
    Declination.objects.create(
        statement=ending.statement,
        ending=ending,
        organisation=cast.co_owner.organisation,
        content_hash="a" * 64,
        declined_by=cast.co_owner.user,
        declined_at=NOW,
    )
    for table in ("registry_endingconsent", "registry_declination"):
        refused(f"UPDATE {table} SET content_hash = repeat('c', 64)", table)
        refused(f"DELETE FROM {table}", table)
    for model, by in ((EndingConsent, "ending_consent_once"), (Declination, "declination_once")):
        table = model._meta.db_table
        columns = _columns(model)
        refused(f"INSERT INTO {table} (id, {columns}) SELECT gen_random_uuid(), {columns} FROM {table}", by)


def _columns(model) -> str:
    return ", ".join(field.column for field in model._meta.concrete_fields if not field.primary_key)


def test_ending_kept(ending):
    refused(f"DELETE FROM {ENDING} WHERE id = '{ending.pk}'", "Cannot delete rows from registry_ending")
