"""What the database refuses on the bare wire, whoever writes."""

import re
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.roles import Role
from mediation.actions.extending import extend
from mediation.actions.papers import withdraw_paper
from mediation.enums import Audience
from mediation.models import Agreement, MediatorAssignment, SessionRecord
from tests.database import refusal_of
from tests.factories.people import MembershipFactory
from tests.rows import refused_sql

HASH = "a" * 64
FIXED = "pgtrigger: Cannot (update|delete|update or delete) rows"


def refused(sql: str, *values, saying: str) -> None:
    with connection.cursor() as cursor:
        said = refusal_of(lambda: cursor.execute(sql, values))
    assert re.search(saying, said), said


def update(case, **columns) -> tuple[str, list]:
    names = ", ".join(f"{name} = %s" for name in columns)
    return f"UPDATE mediation_case SET {names} WHERE id = %s", [*columns.values(), case.pk]


def copy_of(table: str, row, **changed) -> tuple[str, list]:
    """An INSERT that copies a row under a new id with some columns changed."""
    names = [field.column for field in row._meta.concrete_fields]
    values = {"id": uuid.uuid4(), **changed}
    picked = ", ".join("%s" if name in values else name for name in names)
    order = [values[name] for name in names if name in values]
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {picked} FROM {table} WHERE id = %s", [*order, row.pk]


def refuse(statement: tuple[str, list], saying: str) -> None:
    refused(statement[0], *statement[1], saying=saying)


def test_parties_differ(dispute) -> None:
    case = dispute.draft()
    refuse(update(case, respondent_id=case.applicant_id), "case_parties_differ")


def test_an_agency_stands_on_one_side(dispute, cast) -> None:
    case = dispute.draft()
    agency = cast.agency.organisation.pk
    refuse(update(case, applicant_agency_id=agency, respondent_agency_id=agency), "case_agency_of_one_side")
    refuse(update(case, applicant_agency_id=case.respondent_id), "case_agency_of_one_side")
    refuse(update(case, respondent_agency_id=case.applicant_id), "case_agency_of_one_side")


def test_a_request_is_numbered_and_complete(dispute) -> None:
    case = dispute.draft()
    refuse(update(case, status="requested"), "case_numbered_iff_requested|case_request_complete")
    refuse(update(case, number="MED202600009"), "case_numbered_iff_requested")


def test_a_number_is_given_once(dispute, cast) -> None:
    case = dispute.requested()
    assert case.number == "MED202600001"
    draft = dispute.draft()
    fields = {
        "number": case.number,
        "status": "requested",
        "requested_at": dispute.at,
        "admission_due_on": "2026-03-09",
    }
    refuse(update(draft, **fields, requested_by_id=case.requested_by_id), "case_number_once")


def test_one_open_case_per_license_and_pair(dispute) -> None:
    dispute.requested()
    draft = dispute.draft()
    fields = {"number": "MED202600077", "status": "requested", "requested_at": dispute.at}
    fields |= {"requested_by_id": draft.created_by_id, "admission_due_on": "2026-03-09"}
    refuse(update(draft, **fields), "case_one_open_per_license_and_pair")
    turned = {"applicant_id": draft.respondent_id, "respondent_id": draft.applicant_id}
    refuse(update(draft, **fields, **turned), "case_one_open_per_license_and_pair")


def test_a_case_enters_as_a_draft(dispute) -> None:
    case = dispute.requested()
    refuse(copy_of("mediation_case", case, number="MED202600002"), "Cannot insert rows")


def test_the_request_stays_as_it_was_sent(dispute) -> None:
    case = dispute.requested()
    for change in ({"claim": "More."}, {"facts": "Other."}, {"subject": "term"}, {"number": "MED202699999"}):
        refuse(update(case, **change), FIXED)
    refuse(update(case, admission_due_on="2030-01-01"), FIXED)


def test_a_closed_case_rests(dispute) -> None:
    case = dispute.agreed()
    refuse(update(case, closing_note="Otherwise."), FIXED)
    refuse(update(case, status="in_mediation"), FIXED + "|not a lawful step")


def test_no_case_is_ever_deleted(dispute) -> None:
    case = dispute.draft()
    refused("DELETE FROM mediation_case WHERE id = %s", case.pk, saying=FIXED)


def test_an_admitted_case_has_mediators(dispute) -> None:
    case = dispute.requested()
    fields = {"status": "asked", "decided_at": dispute.at, "reply_due_on": "2026-03-20"}
    refuse(update(case, **fields), "one mediator or three")


def test_mediation_begins_with_consent_and_ends_with_signatures(dispute) -> None:
    case = dispute.asked()
    begun = {"status": "in_mediation", "mediation_since_on": "2026-03-02", "ends_due_on": "2026-04-01"}
    refuse(update(case, **begun), "consent of the respondent")


def test_an_agreement_needs_both_signatures(dispute) -> None:
    case = dispute.in_mediation()
    made = dispute.propose(case)
    closed = {"status": "agreed", "closed_at": dispute.at, "closing_ground": "agreement"}
    refuse(update(case, **closed), "signatures of both sides")
    dispute.sign(case, made, dispute.applicant)
    refused(
        "UPDATE mediation_agreement SET effective_at = now() WHERE id = %s", made.pk, saying="both sides have signed"
    )


def test_closing_has_its_ground(dispute) -> None:
    case = dispute.in_mediation()
    refuse(update(case, status="failed"), "case_closed_has_ground")
    refuse(update(case, closing_ground="time"), "case_closed_has_ground")
    refuse(update(case, decline_ground="suit"), "case_not_admitted_has_ground")


def _past_triggers(statement: tuple[str, list], by: str) -> None:
    refused_sql(statement[0], *statement[1], by=by)


def test_a_case_that_waits_for_an_answer_or_is_mediated_has_its_term(dispute) -> None:
    asked = {"status": "asked", "decided_at": dispute.at}
    _past_triggers(update(dispute.requested(), **asked), "case_asked_has_term")


def test_mediation_has_a_term_that_ends_after_its_start(dispute) -> None:
    case = dispute.in_mediation()
    _past_triggers(update(case, mediation_since_on=None), "case_mediation_has_term")
    _past_triggers(update(case, ends_due_on=None), "case_mediation_has_term")
    _past_triggers(update(case, ends_due_on=case.mediation_since_on), "case_ends_after_start")


def test_an_agreement_is_in_effect_or_replaced_and_minutes_say_something(dispute) -> None:
    case = dispute.in_mediation()
    made = dispute.propose(case)
    sql = "UPDATE mediation_agreement SET superseded_at = now(), effective_at = now() WHERE id = %s"
    _past_triggers((sql, [made.pk]), "agreement_effective_or_replaced")
    record = dispute.minutes(dispute.session(case, Audience.JOINT), "They met.")
    _past_triggers(
        copy_of("mediation_sessionrecord", record, session_id=uuid.uuid4(), minutes=""), "session_record_has_minutes"
    )


def test_an_extension_needs_two_consents_and_comes_once(dispute, cast) -> None:
    case = dispute.in_mediation()
    longer = {"ends_due_on": "2026-05-01", "extended_at": dispute.at}
    refuse(update(case, **longer), "both sides must consent")
    refuse(update(case, ends_due_on="2026-05-01"), "extended once")
    dispute.both_consent(case)
    extend(case=case, by=cast.mediator.actor, at=dispute.at)
    refuse(update(case, ends_due_on="2027-01-01"), "extended once")


def test_nobody_mediates_their_own_organisations_matter(dispute, cast) -> None:
    case = dispute.requested()
    for organisation in (case.applicant, case.respondent):
        person = cast.official(Role.MEDIATOR)
        MembershipFactory(user=person.user, organisation=organisation)
        with pytest.raises(DatabaseError, match="own organisation"), transaction.atomic():
            _assign(case, person, dispute.at)


def test_only_appointed_mediators_three_at_most(dispute, cast) -> None:
    case = dispute.requested()
    with pytest.raises(DatabaseError, match="appointed mediator"), transaction.atomic():
        _assign(case, cast.examiner, dispute.at)
    for _number in range(3):
        _assign(case, cast.official(Role.MEDIATOR), dispute.at)
    with pytest.raises(DatabaseError, match="at most three"), transaction.atomic():
        _assign(case, cast.official(Role.MEDIATOR), dispute.at)


def _assign(case, person, at) -> None:
    MediatorAssignment.objects.create(case=case, mediator=person.user, assigned_by_id=person.user.pk, assigned_at=at)


def test_an_agency_of_a_mediators_own_is_kept_out(dispute, cast) -> None:
    MembershipFactory(user=cast.mediator.user, organisation=cast.agency.organisation)
    case = dispute.asked()
    refuse(update(case, respondent_agency_id=cast.agency.organisation.pk), "one of its people mediates")


def test_a_mediator_who_stepped_down_stays_out(dispute, cast) -> None:
    case = dispute.asked()
    row = case.assignments.get()
    refuse(copy_of("mediation_mediatorassignment", row), "mediator_once_per_case")
    sql = "UPDATE mediation_mediatorassignment SET {} WHERE id = %s"
    refused(sql.format("recused_at = now()"), row.pk, saying="mediator_recused_with_ground")
    refused(sql.format("mediator_id = assigned_by_id, assigned_at = now()"), row.pk, saying=FIXED)
    with connection.cursor() as cursor:
        cursor.execute(sql.format("recused_at = now(), recusal_ground = 'interest'"), [row.pk])
    refused(sql.format("recused_at = NULL, recusal_ground = ''"), row.pk, saying=FIXED)
    refused("DELETE FROM mediation_mediatorassignment WHERE id = %s", row.pk, saying=FIXED)


def test_readers_of_a_paper_never_change(dispute) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.APPLICANT)
    refused("UPDATE mediation_paper SET audience = 'joint' WHERE id = %s", paper.pk, saying=FIXED)
    refused("DELETE FROM mediation_paper WHERE id = %s", paper.pk, saying=FIXED)
    connection.check_constraints()
    refused("TRUNCATE mediation_paper CASCADE", saying="kept for ever")


def test_a_side_addresses_itself_or_both(dispute) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.APPLICANT)
    for audience in ("respondent", "mediators"):
        refuse(copy_of("mediation_paper", paper, audience=audience), "paper_audience_of_its_side")
    refuse(copy_of("mediation_paper", paper, title=""), "paper_has_title")
    refuse(copy_of("mediation_paper", paper, file_id=None), "paper_has_file_or_withdraws")


def test_only_ones_own_paper_is_withdrawn_once_before_the_same_readers(dispute) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.APPLICANT)
    change = {"file_id": None, "withdraws_id": paper.pk}
    refuse(copy_of("mediation_paper", paper, **change, audience="joint"), "paper of its own")
    refuse(copy_of("mediation_paper", paper, **change, side="respondent", audience="respondent"), "paper of its own")
    withdraw_paper(case=case, paper_id=paper.pk, by=dispute.applicant.actor, at=dispute.at)
    refuse(copy_of("mediation_paper", paper, **change), "withdraws_id")


def test_a_closed_case_takes_no_papers(dispute) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.JOINT)
    made = dispute.propose(case)
    dispute.sign(case, made, dispute.applicant)
    dispute.sign(case, made, dispute.respondent)
    refuse(copy_of("mediation_paper", paper), "takes no papers")


def test_sessions_and_minutes_keep_their_readers(dispute) -> None:
    case = dispute.in_mediation()
    session = dispute.session(case, Audience.APPLICANT)
    record = dispute.minutes(session, "They would pay more.")
    refused("UPDATE mediation_session SET audience = 'joint' WHERE id = %s", session.pk, saying=FIXED)
    refuse(copy_of("mediation_session", session, audience="mediators"), "session_with_a_party")
    refused("DELETE FROM mediation_session WHERE id = %s", session.pk, saying=FIXED)
    sql = "UPDATE mediation_sessionrecord SET minutes = 'x' WHERE id = %s"
    refused(sql, record.pk, saying=FIXED)
    assert SessionRecord.objects.get().minutes == "They would pay more."


def test_the_words_of_an_agreement_are_fixed(dispute) -> None:
    case = dispute.in_mediation()
    made = dispute.propose(case)
    sql = "UPDATE mediation_agreement SET {} WHERE id = %s"
    refused(sql.format("result = 'Nothing is paid.'"), made.pk, saying=FIXED)
    refuse(copy_of("mediation_agreement", made, version=2), "agreement_one_proposed_per_case")
    refuse(copy_of("mediation_agreement", made), "agreement_version_once")
    refuse(copy_of("mediation_agreement", made, version=2, content_hash="x"), "agreement_hash_form")
    refuse(copy_of("mediation_agreement", made, version=2, result=""), "agreement_complete")
    dispute.sign(case, made, dispute.applicant)
    dispute.sign(case, made, dispute.respondent)
    refused(sql.format("effective_at = NULL"), made.pk, saying=FIXED)
    refused(sql.format("superseded_at = now()"), made.pk, saying=FIXED)
    refused("DELETE FROM mediation_agreement WHERE id = %s", made.pk, saying=FIXED)


def test_a_signature_stands_under_the_text_once(dispute) -> None:
    case = dispute.in_mediation()
    made = dispute.propose(case)
    dispute.sign(case, made, dispute.applicant)
    row = Agreement.objects.get().signatures.get()
    table = "mediation_agreementsignature"
    refuse(copy_of(table, row), "signature_once_per_side")
    refuse(copy_of(table, row, side="respondent", content_hash=HASH), "as it is")
    refuse(copy_of(table, row, side="mediator"), "signature_of_a_party")
    refuse(copy_of(table, row, side="respondent", signed_name=""), "signature_has_name")
    refused(f"DELETE FROM {table} WHERE id = %s", row.pk, saying=FIXED)


def test_answers_and_consents_stay(dispute) -> None:
    case = dispute.in_mediation()
    refused("UPDATE mediation_answer SET agrees = false", saying=FIXED)
    dispute.both_consent(case)
    refused("DELETE FROM mediation_extensionconsent", saying=FIXED)
    row = case.extension_consents.first()
    refuse(copy_of("mediation_extensionconsent", row), "extension_consent_once")
    refuse(copy_of("mediation_extensionconsent", row, side="mediator"), "extension_consent_of_a_party")
