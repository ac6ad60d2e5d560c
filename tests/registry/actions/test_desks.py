"""Whose desk a statement lies on: handed back with a note, given to a colleague, put back into the queue."""

import pytest
from django.db import DatabaseError, transaction

from core.lifecycle import IllegalStep, WrongRole
from core.models import AuditEvent
from core.rules import Refused
from registry.actions import desks, examining
from registry.enums import StatementStatus
from registry.models import Statement
from tests.cast import NOW
from tests.factories.people import MembershipFactory
from tests.factories.statements import examining_now, passed, submitted

pytestmark = pytest.mark.django_db
REASON = "审查员休假两周。"


def rules(refusal) -> list[str]:
    return [item.rule for item in refusal.value.violations]


def give(cast, statement, to=None, who="approver", reason=REASON):
    to = to or cast.other_examiner.user
    return desks.reassign(statement=statement, to=to, reason=reason, by=getattr(cast, who).actor, at=NOW)


def test_a_second_person_gives_the_statement_of_an_absent_examiner_to_another(cast):
    statement = give(cast, examining_now(cast))
    assert (statement.status, statement.examiner) == (StatementStatus.EXAMINING, cast.other_examiner.user)
    assert statement.claimed_at == NOW
    event = AuditEvent.objects.get(event="reassign")
    assert event.data == {
        "from": str(cast.examiner.user.pk), "to": str(cast.other_examiner.user.pk), "reason": REASON
    }  # fmt: skip
    assert event.actor_user_id == cast.approver.user.pk
    assert cast.examiner.user.inbox.get().code == "statement-taken-over"
    assert cast.other_examiner.user.inbox.get().params["reason"] == REASON
    assert statement.examinations.get(event="reassign").reasons == REASON


def test_a_statement_at_its_filer_for_correction_comes_back_to_the_new_examiner(cast):
    statement = examining.request_correction(
        statement=examining_now(cast), reasons="请补正。", by=cast.examiner.actor, at=NOW
    )
    statement = give(cast, statement)
    assert (statement.status, statement.examiner) == (StatementStatus.CORRECTION, cast.other_examiner.user)


def test_or_puts_it_back_into_the_queue(cast):
    statement = desks.release(statement=examining_now(cast), reason=REASON, by=cast.approver.actor, at=NOW)
    assert (statement.status, statement.examiner_id, statement.claimed_at) == ("submitted", None, None)
    assert cast.examiner.user.inbox.get().params == {"number": statement.number, "reason": REASON}
    assert examining.pull_next(by=cast.other_examiner.actor, at=NOW) == statement


@pytest.mark.parametrize("who", ["examiner", "other_examiner", "administrator", "auditor", "patentee"])
def test_nobody_else_takes_a_statement_off_a_desk(cast, who):
    statement = examining_now(cast)
    with pytest.raises(WrongRole):
        give(cast, statement, who=who)
    with pytest.raises(WrongRole):
        desks.release(statement=statement, reason=REASON, by=getattr(cast, who).actor, at=NOW)


def test_a_reason_is_given(cast):
    statement = examining_now(cast)
    with pytest.raises(Refused) as refusal:
        give(cast, statement, reason=" ")
    assert rules(refusal) == ["E1"]
    with pytest.raises(Refused) as refusal:
        desks.release(statement=statement, reason="", by=cast.approver.actor, at=NOW)
    assert rules(refusal) == ["E1"]
    with pytest.raises(Refused) as refusal:
        examining.hand_back(statement=statement, reason="", by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["E1"]


@pytest.mark.parametrize("to", ["examiner", "approver", "patentee"])
def test_it_goes_to_another_person_who_is_an_examiner(cast, to):
    with pytest.raises(Refused) as refusal:
        give(cast, examining_now(cast), to=getattr(cast, to).user)
    assert rules(refusal) == ["E1"]


@pytest.mark.parametrize("ended", [None, NOW])
def test_it_never_goes_to_somebody_who_belongs_or_belonged_to_a_party(cast, ended):
    statement = examining_now(cast)
    MembershipFactory(user=cast.other_examiner.user, organisation=statement.filed_by, ended_at=ended)
    with pytest.raises(Refused) as refusal:
        give(cast, statement)
    assert rules(refusal) == ["C1"]
    with pytest.raises(DatabaseError, match="own organisation"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(examiner=cast.other_examiner.user)


@pytest.mark.parametrize("ended", [None, NOW])
def test_the_queue_keeps_a_former_member_s_matters_away(cast, ended):
    statement = submitted(cast)
    MembershipFactory(user=cast.examiner.user, organisation=statement.filed_by, ended_at=ended)
    assert examining.pull_next(by=cast.examiner.actor, at=NOW) is None
    with pytest.raises(Refused) as refusal:
        examining.claim(statement=statement, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["C1"]


def test_an_approver_of_a_party_moves_nothing(cast):
    statement = examining_now(cast)
    MembershipFactory(user=cast.approver.user, organisation=statement.filed_by, ended_at=NOW)
    with pytest.raises(Refused) as refusal:
        give(cast, statement)
    assert rules(refusal) == ["C1"]


def test_what_waits_for_approval_lies_on_nobody_s_desk(cast):
    with pytest.raises(IllegalStep):
        give(cast, passed(cast))


def test_a_note_stays_with_what_is_handed_back(cast):
    statement = examining.hand_back(
        statement=examining_now(cast), reason="已核对缴费情况。", by=cast.examiner.actor, at=NOW
    )
    note = statement.examinations.get(event="hand_back")
    assert (note.reasons, note.done_by) == ("已核对缴费情况。", cast.examiner.user)
