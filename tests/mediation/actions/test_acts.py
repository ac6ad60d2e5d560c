"""The acts of mediation: what they write, whom they tell, and what they refuse."""

import uuid

import pytest

from accounts.models import Appointment, InboxMessage
from accounts.roles import Role
from core.lifecycle import IllegalStep
from core.models import AuditEvent
from core.rules import Refused
from mediation.actions.admitting import admit, decline
from mediation.actions.answering import answer
from mediation.actions.assigning import assign_mediators, recuse, take_case
from mediation.actions.closing import close, leave, withdraw
from mediation.actions.extending import consent_to_extension
from mediation.actions.papers import submit_paper, withdraw_paper
from mediation.actions.representing import appoint_agency
from mediation.actions.requesting import begin_request, discard_request, request_mediation, save_request
from mediation.actions.sessions import cancel_session, record_session, schedule_session
from mediation.enums import Audience, CaseStatus, ClosingGround, DeclineGround, RecusalGround, SessionMode, Side
from mediation.models import Agreement, Case, Paper, Session
from tests.factories.people import MandateFactory, MembershipFactory
from tests.licensing.scene import paper as clean_file
from tests.mediation.scene import REQUEST


def rules_of(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def notices(person) -> list[str]:
    rows = InboxMessage.objects.filter(organisation=person.organisation) if person.organisation else (
        InboxMessage.objects.filter(user=person.user)
    )  # fmt: skip
    codes = rows.filter(code__startswith="mediation-").order_by("at", "code").values_list("code", flat=True)
    return [code.removeprefix("mediation-") for code in codes]


def test_a_request_is_numbered_without_gaps_and_told_to_the_office(dispute, cast) -> None:
    cast.mediator  # noqa: B018  (appointed before the request)
    case = dispute.requested()
    assert (case.number, case.status, case.requested_at) == ("MED202600001", CaseStatus.REQUESTED, dispute.at)
    assert (case.applicant, case.respondent) == (dispute.applicant.organisation, dispute.respondent.organisation)
    assert (notices(dispute.applicant), notices(cast.mediator)) == (["requested"], ["desk"])
    withdraw(case=case, by=dispute.applicant.actor, at=dispute.at)
    assert dispute.requested().number == "MED202600002"


def test_an_incomplete_request_is_not_sent_and_takes_no_number(dispute) -> None:
    case = dispute.draft(claim="", facts="", declared_proceedings="suit")
    with pytest.raises(Refused) as refusal:
        request_mediation(case=case, by=dispute.applicant.actor, at=dispute.at)
    assert rules_of(refusal) == ["M4", "M4", "M8"]
    case.refresh_from_db()
    assert (case.status, case.number, case.subject) == (CaseStatus.DRAFT, "", "fee_standard")


def test_a_second_case_between_the_same_parties_is_refused(dispute) -> None:
    dispute.requested()
    with pytest.raises(Refused) as refusal:
        dispute.requested()
    assert rules_of(refusal) == ["M11"]


@pytest.mark.parametrize("who", ["rival", "examiner", "agency"])
def test_only_those_concerned_begin_a_request(dispute, cast, who) -> None:
    person = getattr(cast, who)
    with pytest.raises(Case.DoesNotExist):
        begin_request(
            statement=dispute.license.statement,
            license=dispute.license,
            applicant_id=dispute.applicant.organisation.pk,
            by=person.actor,
            at=dispute.at,
        )


def test_the_rival_has_no_part_in_the_license(dispute, cast) -> None:
    with pytest.raises(Case.DoesNotExist):
        begin_request(
            statement=dispute.license.statement,
            license=dispute.license,
            applicant_id=cast.rival.organisation.pk,
            by=cast.rival.actor,
            at=dispute.at,
        )


def test_an_agency_brings_its_principals_case_and_is_named_in_it(dispute, cast) -> None:
    case = begin_request(
        statement=dispute.license.statement,
        license=dispute.license,
        applicant_id=cast.patentee.organisation.pk,
        by=cast.agency.actor,
        at=dispute.at,
    )
    save_request(case=case, values=REQUEST, by=cast.agency.actor, at=dispute.at)
    sent = request_mediation(case=case, by=cast.agency.actor, at=dispute.at)
    assert (sent.applicant_agency, sent.respondent) == (cast.agency.organisation, cast.enterprise.organisation)
    assert (notices(cast.agency), notices(cast.patentee)) == (["requested"], ["requested"])


def test_a_draft_is_saved_step_by_step_and_discarded(dispute) -> None:
    case = dispute.draft()
    with pytest.raises(KeyError):
        save_request(case=case, values={"number": "MED202600099"}, by=dispute.applicant.actor, at=dispute.at)
    with pytest.raises(Case.DoesNotExist):
        save_request(case=case, values={"claim": "x"}, by=dispute.respondent.actor, at=dispute.at)
    assert discard_request(case=case, by=dispute.applicant.actor, at=dispute.at).status == CaseStatus.DISCARDED
    with pytest.raises(Case.DoesNotExist):
        save_request(case=case, values={"claim": "x"}, by=dispute.applicant.actor, at=dispute.at)


def test_admission_names_mediators_and_asks_the_respondent(dispute, cast) -> None:
    dispute.mediators = [cast.mediator, *(cast.official(Role.MEDIATOR) for _number in range(2))]
    case = dispute.asked()
    assert case.assignments.filter(recused_at=None).count() == 3
    assert notices(dispute.respondent) == ["asked"]
    assert notices(dispute.mediators[1]) == ["assigned", "desk"]


@pytest.mark.parametrize("number", [0, 2])
def test_admission_takes_one_mediator_or_three(dispute, cast, number) -> None:
    case = dispute.requested()
    people = [cast.official(Role.MEDIATOR).user.pk for _one in range(number)]
    with pytest.raises(Refused) as refusal:
        admit(case=case, mediator_ids=people, by=cast.mediator.actor, at=dispute.at)
    assert rules_of(refusal) == ["R7"]


def test_a_mediator_with_ties_is_not_assigned_and_does_not_see_the_request(dispute, cast) -> None:
    case = dispute.requested()
    tied = cast.official(Role.MEDIATOR)
    MembershipFactory(user=tied.user, organisation=case.respondent)
    with pytest.raises(Refused) as refusal:
        admit(case=case, mediator_ids=[tied.user.pk], by=cast.mediator.actor, at=dispute.at)
    assert rules_of(refusal) == ["R2"]
    with pytest.raises(Case.DoesNotExist):
        admit(case=case, mediator_ids=[cast.mediator.user.pk], by=tied.actor, at=dispute.at)


def test_a_request_is_declined_on_a_ground_with_reasons(dispute, cast) -> None:
    case = dispute.requested()
    with pytest.raises(Refused) as refusal:
        decline(case=case, ground=DeclineGround.SUIT, reasons=" ", by=cast.mediator.actor, at=dispute.at)
    assert [(one.rule, one.basis[0].code) for one in refusal.value.violations] == [("M12", "M590 8")]
    done = decline(case=case, ground=DeclineGround.SUIT, reasons="Sued.", by=cast.mediator.actor, at=dispute.at)
    assert (done.status, done.decline_ground, done.closing_ground) == ("not_admitted", "suit", "not_admitted")
    assert notices(dispute.respondent) == []
    with pytest.raises((IllegalStep, Case.DoesNotExist)):
        admit(case=case, mediator_ids=[cast.mediator.user.pk], by=cast.mediator.actor, at=dispute.at)


def test_the_respondent_agrees_or_refuses_once(dispute) -> None:
    case = dispute.in_mediation()
    assert (case.answer.agrees, case.answer.statement) == (True, "We see it otherwise.")
    with pytest.raises(IllegalStep):
        answer(case=case, agrees=False, statement="", by=dispute.respondent.actor, at=dispute.at)
    withdraw(case=case, by=dispute.applicant.actor, at=dispute.at)
    second = dispute.asked()
    with pytest.raises(Case.DoesNotExist):
        answer(case=second, agrees=True, statement="", by=dispute.applicant.actor, at=dispute.at)
    with pytest.raises(IllegalStep):
        leave(case=second, by=dispute.respondent.actor, at=dispute.at)
    refused = answer(case=second, agrees=False, statement="", by=dispute.respondent.actor, at=dispute.at)
    assert (refused.status, refused.closing_ground) == (CaseStatus.REFUSED, ClosingGround.REFUSAL)


@pytest.mark.parametrize(
    ("ground", "status"),
    [("no_prospect", "failed"), ("absence", "failed"), ("suit", "preempted"), ("arbitration", "preempted")],
)
def test_a_mediator_closes_on_stated_grounds(dispute, ground, status) -> None:
    done = dispute.closed(ClosingGround(ground))
    assert (done.status, done.closing_ground, done.closing_note) == (status, ground, "Closed.")


def test_acts_of_others_find_no_case(dispute, cast) -> None:
    case = dispute.in_mediation()
    with pytest.raises(Case.DoesNotExist):
        close(case=case, ground=ClosingGround.SUIT, note="", by=dispute.other_mediator.actor, at=dispute.at)
    with pytest.raises(Case.DoesNotExist):
        withdraw(case=case, by=dispute.respondent.actor, at=dispute.at)
    with pytest.raises(Case.DoesNotExist):
        leave(case=case, by=cast.rival.actor, at=dispute.at)
    with pytest.raises(LookupError):
        close(case=case, ground=ClosingGround.TIME, note="", by=cast.mediator.actor, at=dispute.at)


def test_a_paper_is_refused_for_wrong_readers_and_closed_cases(dispute, cast) -> None:
    case = dispute.in_mediation()
    with pytest.raises(Refused) as refusal:
        dispute.paper(case, dispute.applicant, Audience.RESPONDENT)
    assert rules_of(refusal) == ["P2"]
    withdraw(case=case, by=dispute.applicant.actor, at=dispute.at)
    case.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        dispute.paper(case, dispute.applicant, Audience.JOINT)
    assert rules_of(refusal) == ["P1"]
    with pytest.raises(Case.DoesNotExist):
        submit_paper(case=case, file=clean_file("x"), kind="other", title="x", audience=Audience.JOINT,
                     by=cast.rival.actor, at=dispute.at)  # fmt: skip


def test_only_ones_own_paper_is_withdrawn(dispute) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.JOINT)
    with pytest.raises(Paper.DoesNotExist):
        withdraw_paper(case=case, paper_id=paper.pk, by=dispute.respondent.actor, at=dispute.at)
    withdraw_paper(case=case, paper_id=paper.pk, by=dispute.applicant.actor, at=dispute.at)
    with pytest.raises(Paper.DoesNotExist):
        withdraw_paper(case=case, paper_id=paper.pk, by=dispute.applicant.actor, at=dispute.at)
    events = AuditEvent.objects.filter(subject_id=paper.pk).order_by("id").values_list("event", "data__confidential")
    assert list(events) == [("submit_paper", False), ("withdraw_paper", False)]


def test_sessions_are_arranged_held_or_canceled(dispute, cast) -> None:
    case = dispute.in_mediation()
    past = {"audience": Audience.JOINT, "mode": SessionMode.ONLINE, "place": "", "by": cast.mediator.actor}
    with pytest.raises(Refused) as refusal:
        schedule_session(case=case, scheduled_at=dispute.at, at=dispute.at, **past)
    assert rules_of(refusal) == ["S1"]
    session = dispute.session(case, Audience.RESPONDENT)
    words = {"applicant_attended": False, "respondent_attended": True, "attendees": "", "minutes": "Heard."}
    with pytest.raises(Refused) as refusal:
        record_session(case=case, session_id=session.pk, by=cast.mediator.actor, at=dispute.at, **words)
    assert rules_of(refusal) == ["S2"]
    assert dispute.minutes(session, "Heard.").minutes == "Heard."
    with pytest.raises(Session.DoesNotExist):
        cancel_session(case=case, session_id=session.pk, by=cast.mediator.actor, at=dispute.at)
    other = dispute.session(case, Audience.JOINT)
    canceled = cancel_session(case=case, session_id=other.pk, by=cast.mediator.actor, at=dispute.at)
    assert canceled.canceled_at == dispute.at
    assert notices(dispute.applicant).count("session-canceled") == 1
    withdraw(case=case, by=dispute.applicant.actor, at=dispute.at)
    with pytest.raises(IllegalStep):
        dispute.session(case, Audience.JOINT)


def test_two_signatures_under_one_text_make_the_agreement(dispute) -> None:
    case = dispute.in_mediation()
    first = dispute.propose(case)
    dispute.sign(case, first, dispute.applicant)
    second = dispute.propose(case, result="The licensee pays 42,000 yuan.")
    assert (second.version, second.signatures.count()) == (2, 0)
    with pytest.raises(Refused) as refusal:
        dispute.sign(case, first, dispute.respondent)
    assert rules_of(refusal) == ["A2"]
    dispute.sign(case, second, dispute.respondent)
    with pytest.raises(Refused) as refusal:
        dispute.sign(case, second, dispute.respondent)
    assert rules_of(refusal) == ["A1"]
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_MEDIATION
    dispute.sign(case, second, dispute.applicant)
    case.refresh_from_db()
    assert (case.status, case.closing_ground) == (CaseStatus.AGREED, ClosingGround.AGREEMENT)
    assert Agreement.objects.get(effective_at=dispute.at).content_hash == second.content_hash
    assert notices(dispute.respondent).count("agreed") == 1


def test_nothing_is_signed_that_was_not_proposed(dispute) -> None:
    case = dispute.in_mediation()
    unreal = Agreement(content_hash="0" * 64)
    with pytest.raises(IllegalStep):
        dispute.sign(case, unreal, dispute.applicant)


def test_stepping_down_and_taking_over(dispute, cast) -> None:
    case = dispute.asked()
    with pytest.raises(Case.DoesNotExist):
        take_case(case=case, by=dispute.other_mediator.actor, at=dispute.at)
    recuse(case=case, ground=RecusalGround.RELATIVE, by=cast.mediator.actor, at=dispute.at)
    assert notices(dispute.other_mediator) == ["needs-mediator"]
    with pytest.raises(Case.DoesNotExist):
        take_case(case=case, by=cast.mediator.actor, at=dispute.at)
    taken = take_case(case=case, by=dispute.other_mediator.actor, at=dispute.at)
    assert taken.mediator == dispute.other_mediator.user


def test_whose_appointment_ended_since_signing_in_does_not_take_the_case(dispute, cast) -> None:
    case = dispute.asked()
    by = dispute.other_mediator.actor
    recuse(case=case, ground=RecusalGround.RELATIVE, by=cast.mediator.actor, at=dispute.at)
    Appointment.objects.filter(user_id=by.user_id).update(ended_at=dispute.at)
    with pytest.raises(Refused) as refusal:
        take_case(case=case, by=by, at=dispute.at)
    assert rules_of(refusal) == ["R1"]
    assert not case.assignments.filter(recused_at=None).exists()


def test_a_request_is_admitted_not_taken(dispute) -> None:
    with pytest.raises(IllegalStep):
        take_case(case=dispute.requested(), by=dispute.other_mediator.actor, at=dispute.at)


def test_an_agency_acts_when_its_side_names_it(dispute, cast) -> None:
    case = dispute.in_mediation()
    named = {"case": case, "by": dispute.respondent.actor, "at": dispute.at}
    assert appoint_agency(agency_id=cast.agency.organisation.pk, **named).respondent_agency == cast.agency.organisation
    with pytest.raises(Case.DoesNotExist):
        appoint_agency(case=case, agency_id=None, by=cast.agency.actor, at=dispute.at)
    assert appoint_agency(agency_id=None, **named).respondent_agency is None
    with pytest.raises(Refused) as refusal:
        appoint_agency(agency_id=uuid.uuid4(), **named)
    assert rules_of(refusal) == ["G1"]
    MembershipFactory(user=cast.mediator.user, organisation=cast.agency.organisation)
    with pytest.raises(Refused) as refusal:
        appoint_agency(agency_id=cast.agency.organisation.pk, **named)
    assert rules_of(refusal) == ["G1"]


def test_the_other_side_of_a_side() -> None:
    assert (Side.APPLICANT.other, Side.RESPONDENT.other) == (Side.RESPONDENT, Side.APPLICANT)


def test_only_who_has_the_request_before_them_assigns_mediators(dispute, cast) -> None:
    cast.mediator  # noqa: B018  (appointed before the request)
    case = dispute.requested()
    for person in (dispute.applicant, dispute.respondent, cast.examiner, cast.rival):
        with pytest.raises(Case.DoesNotExist):
            assign_mediators(case=case, mediator_ids=[cast.mediator.user.pk], by=person.actor, at=dispute.at)
    assert case.assignments.count() == 0


def test_a_closed_case_takes_no_act_of_its_people(dispute, cast) -> None:
    case = dispute.in_mediation()
    paper = dispute.paper(case, dispute.applicant, Audience.JOINT)
    made = dispute.propose(case)
    close(case=case, ground=ClosingGround.NO_PROSPECT, note="Closed.", by=cast.mediator.actor, at=dispute.at)
    with pytest.raises(Refused) as refusal:
        withdraw_paper(case=case, paper_id=paper.pk, by=dispute.applicant.actor, at=dispute.at)
    assert rules_of(refusal) == ["P1"]
    with pytest.raises(IllegalStep):
        recuse(case=case, ground=RecusalGround.RELATIVE, by=cast.mediator.actor, at=dispute.at)
    with pytest.raises(IllegalStep):
        appoint_agency(case=case, agency_id=None, by=dispute.applicant.actor, at=dispute.at)
    with pytest.raises(IllegalStep):
        dispute.sign(case, made, dispute.applicant)


def test_an_agency_of_the_other_side_is_refused(dispute, cast) -> None:
    case = dispute.in_mediation()
    agency = cast.agency.organisation
    appoint_agency(case=case, agency_id=agency.pk, by=dispute.respondent.actor, at=dispute.at)
    MandateFactory(agency=agency, principal=dispute.applicant.organisation)
    with pytest.raises(Refused) as refusal:
        appoint_agency(case=case, agency_id=agency.pk, by=dispute.applicant.actor, at=dispute.at)
    assert [(item.rule, str(item.message)) for item in refusal.value.violations] == [
        ("G1", "The agency cannot act for both sides.")
    ]


def test_of_several_mediators_one_who_steps_down_leaves_the_others_and_tells_no_desk(dispute, cast) -> None:
    dispute.mediators = [cast.mediator, dispute.other_mediator, cast.official(Role.MEDIATOR, "Third")]
    waiting = cast.official(Role.MEDIATOR, "Waiting")
    case = dispute.asked()
    recuse(case=case, ground=RecusalGround.RELATIVE, by=cast.mediator.actor, at=dispute.at)
    assert case.assignments.filter(recused_at=None).count() == 2
    assert "needs-mediator" not in notices(waiting)


def test_whoever_became_a_party_s_colleague_does_not_take_the_case(dispute, cast) -> None:
    case = dispute.asked()
    other = dispute.other_mediator
    recuse(case=case, ground=RecusalGround.RELATIVE, by=cast.mediator.actor, at=dispute.at)
    by = other.actor
    MembershipFactory(user=other.user, organisation=cast.agency.organisation)
    Case.objects.filter(pk=case.pk).update(respondent_agency=cast.agency.organisation)
    with pytest.raises((Refused, Case.DoesNotExist)):
        take_case(case=case, by=by, at=dispute.at)
    assert case.assignments.filter(recused_at=None).count() == 0


def test_a_side_consents_to_an_extension_once(dispute) -> None:
    case = dispute.in_mediation()
    first = consent_to_extension(case=case, by=dispute.applicant.actor, at=dispute.at)
    assert consent_to_extension(case=case, by=dispute.applicant.actor, at=dispute.at) == first
    assert notices(dispute.respondent).count("consent") == 1
