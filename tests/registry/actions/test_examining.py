"""The examiner's acts, as the office's rules and the filer would notice them."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, connections, transaction

from accounts.models import InboxMessage
from core.legal import setting
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.models import AuditEvent
from core.rules import Refused
from registry.actions import approving, correcting, drafting, examining
from registry.enums import StatementStatus
from registry.models import Statement
from tests.cast import NOW, Cast
from tests.factories.patents import PledgeFactory
from tests.factories.people import MembershipFactory
from tests.factories.statements import approved, examining_now, passed, publish, submitted

pytestmark = pytest.mark.django_db


def rules(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def test_the_next_statement_is_the_oldest_submitted_one():
    cast = Cast()
    first, second = submitted(cast), submitted(cast, at=NOW + timedelta(minutes=1))
    assert examining.pull_next(by=cast.examiner.actor, at=NOW) == first
    assert examining.pull_next(by=cast.other_examiner.actor, at=NOW) == second
    assert examining.pull_next(by=cast.examiner.actor, at=NOW) is None


def test_only_an_examiner_pulls():
    cast = Cast()
    with pytest.raises(WrongRole):
        examining.pull_next(by=cast.approver.actor, at=NOW)


def test_the_queue_keeps_an_examiner_away_from_their_own_organisations_statement():
    cast = Cast()
    statement = submitted(cast)
    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    own = examining.pull_next(by=cast.examiner.actor, at=NOW)
    assert own is None
    with pytest.raises(Refused) as refusal:
        examining.claim(statement=statement, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["C1"]


@pytest.mark.parametrize("party", ["filer", "agency"])
def test_the_queue_keeps_an_examiner_away_from_the_agency_and_from_a_filer_who_sold_the_patent(party):
    cast = Cast()
    statement = cast.statement_in("submitted", by=cast.agency)
    statement.patent.ownerships.update(patentee=cast.co_owner.patentee)
    organisation = statement.filed_by if party == "filer" else statement.agency
    MembershipFactory(user=cast.examiner.user, organisation=organisation)
    assert examining.pull_next(by=cast.examiner.actor, at=NOW) is None
    assert examining.pull_next(by=cast.other_examiner.actor, at=NOW) == statement


def test_the_database_refuses_an_examiner_of_a_co_owner_too():
    cast = Cast()
    statement = submitted(cast)
    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    with pytest.raises((IntegrityError, InternalError), match="own organisation"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(examiner=cast.examiner.user)


@pytest.mark.django_db(transaction=True)
def test_many_examiners_pulling_at_once_get_different_statements():
    cast = Cast()
    statements = {submitted(cast).pk for _ in range(4)}
    actors = [cast.official("examiner", f"Examiner {n}").actor for n in range(6)]
    got, barrier = [], threading.Barrier(6)

    def pull(actor: Actor):
        barrier.wait()
        try:
            found = examining.pull_next(by=actor, at=NOW)
            if found:
                got.append(found.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=pull, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got))
    assert set(got) <= statements
    assert len(got) + Statement.objects.filter(status=StatementStatus.SUBMITTED).count() == 4


def test_a_correction_gives_the_filer_one_month_and_the_reasons():
    """GL V-1 §4; the length is office practice: from 2 March 2026 to 2 April 2026."""
    cast = Cast()
    statement = examining.request_correction(
        statement=examining_now(cast), reasons="请明确支付期限。", by=cast.examiner.actor, at=NOW
    )
    assert (statement.status, statement.correction_due_on) == (StatementStatus.CORRECTION, date(2026, 4, 2))
    assert statement.examinations.get(event="request_correction").reasons == "请明确支付期限。"
    told = InboxMessage.objects.get(code="statement-correction_requested")
    assert (told.organisation_id, told.params["due_on"]) == (cast.patentee.organisation.pk, "2026-04-02")


def test_a_correction_without_reasons_is_refused():
    cast = Cast()
    with pytest.raises(Refused) as refusal:
        examining.request_correction(statement=examining_now(cast), reasons="  ", by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["E1"]


def test_what_is_not_corrected_in_time_is_deemed_not_submitted_one_month_after():
    cast = Cast()
    statement = examining.request_correction(
        statement=examining_now(cast), reasons="请明确支付期限。", by=cast.examiner.actor, at=NOW
    )
    by = Actor.system("correction period")
    assert statement.correction_due_on == date(2026, 4, 2)
    assert examining.lapse_overdue_corrections(by=by, at=NOW.replace(month=4, day=3)) == []
    assert examining.lapse_overdue_corrections(by=by, at=NOW.replace(month=5, day=2)) == []
    assert examining.lapse_overdue_corrections(by=by, at=NOW.replace(month=5, day=3)) == [statement]
    statement.refresh_from_db()
    assert statement.status == StatementStatus.LAPSED


def test_a_statement_on_which_a_bar_stands_does_not_pass():
    cast = Cast()
    statement = examining_now(cast)
    PledgeFactory(patent=statement.patent, since_on=date(2026, 3, 1))
    with pytest.raises(Refused) as refusal:
        examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["G4"]


def test_a_colleague_does_not_decide_at_anothers_desk():
    cast = Cast()
    with pytest.raises(Refused) as refusal:
        examining.pass_statement(statement=examining_now(cast), by=cast.other_examiner.actor, at=NOW)
    assert rules(refusal) == ["C3"]


def test_a_statement_handed_back_is_free_for_a_colleague():
    cast = Cast()
    statement = examining.hand_back(
        statement=examining_now(cast), reason="我下周外出。", by=cast.examiner.actor, at=NOW
    )
    assert (statement.status, statement.examiner_id) == (StatementStatus.SUBMITTED, None)
    taken = examining.claim(statement=statement, by=cast.other_examiner.actor, at=NOW)
    assert taken.examiner_id == cast.other_examiner.user.pk


def test_whoever_examined_does_not_approve():
    cast = Cast()
    statement = passed(cast)
    both = Actor(label="both", roles=frozenset({"examiner", "approver"}), user_id=cast.examiner.user.pk, is_office=True)
    with pytest.raises(Refused) as refusal:
        approving.approve(statement=statement, by=both, at=NOW)
    assert rules(refusal) == ["C2"]
    with pytest.raises(IntegrityError, match="statement_four_eyes"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(decided_by=cast.examiner.user)


def test_a_bar_that_arose_after_examination_stops_the_approval():
    cast = Cast()
    statement = passed(cast)
    PledgeFactory(patent=statement.patent, since_on=date(2026, 3, 1))
    with pytest.raises(Refused) as refusal:
        approving.approve(statement=statement, by=cast.approver.actor, at=NOW)
    assert rules(refusal) == ["G4"]


def test_a_refusal_needs_two_people_and_reasons_and_tells_the_remedies():
    cast = Cast()
    statement = examining_now(cast)
    with pytest.raises(Refused):
        examining.propose_refusal(statement=statement, reasons="", by=cast.examiner.actor, at=NOW)
    statement = examining.propose_refusal(
        statement=statement, reasons="许可费标准不明确。", by=cast.examiner.actor, at=NOW
    )
    assert statement.status == StatementStatus.REFUSAL_PROPOSED
    statement = approving.refuse(statement=statement, by=cast.approver.actor, at=NOW)
    assert statement.status == StatementStatus.REFUSED
    told = InboxMessage.objects.get(code="statement-refused", organisation=cast.patentee.organisation)
    assert (told.params["reconsideration_on"], told.params["suit_on"]) == ("2026-05-06", "2026-09-02")
    with pytest.raises(IllegalStep):
        approving.approve(statement=statement, by=cast.approver.actor, at=NOW)


def test_the_approver_sends_back_with_reasons_and_the_same_examiner_goes_on():
    cast = Cast()
    statement = approving.send_back(statement=passed(cast), reasons="请核对许可期限。", by=cast.approver.actor, at=NOW)
    assert (statement.status, statement.examiner_id) == (StatementStatus.EXAMINING, cast.examiner.user.pk)


def test_every_step_of_an_approved_statement_is_in_the_audit_trail():
    cast = Cast()
    statement = approved(cast)
    events = AuditEvent.objects.filter(subject_id=statement.pk).order_by("id").values_list("event", "to_status")
    steps = [(event, status) for event, status in events if status]
    assert steps[-4:] == [
        ("submit", "submitted"), ("claim", "examining"), ("pass", "passed"), ("approve", "approved")
    ]  # fmt: skip


OVER = {"fixed_amount": "20000000.01", "exception_request": "该专利为成套设备核心专利，许可费经评估。"}
LONG = {"explanation": "费" * 2001, "exception_request": "组合专利，计算说明较长。"}


@pytest.mark.parametrize(("entries", "rule"), [(OVER, "F8"), (LONG, "F7")], ids=["fee", "explanation"])
def test_what_exceeds_a_limit_passes_only_with_the_examiners_recorded_reason(entries, rule):
    """GL V-11 §3.3: the limits hold "generally"."""
    cast = Cast()
    with pytest.raises(Refused) as refusal:
        submitted(cast, **{**entries, "exception_request": ""})
    assert rules(refusal) == [rule]
    statement = examining_now(cast, **entries)
    for silence in ("", "   "):
        with pytest.raises(Refused) as refusal:
            examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW, override_reason=silence)
        assert rules(refusal) == [rule]
    examining.pass_statement(
        statement=statement, by=cast.examiner.actor, at=NOW, override_reason="评估报告支持该金额。"
    )
    assert statement.examinations.get(event="pass").reasons == "评估报告支持该金额。"
    event = AuditEvent.objects.get(event="pass", subject_id=statement.pk)
    assert (event.data, event.actor_user_id) == ({"override": "评估报告支持该金额。"}, cast.examiner.user.pk)
    approving.approve(statement=statement, by=cast.approver.actor, at=NOW)
    publish()
    statement.refresh_from_db()
    assert (statement.status, statement.cap_override_reason) == (StatementStatus.ANNOUNCED, "评估报告支持该金额。")


def test_there_is_no_exception_where_nothing_exceeds_a_limit():
    cast = Cast()
    statement = examining_now(cast, exception_request="以防万一。")
    with pytest.raises(Refused) as refusal:
        examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW, override_reason="可以。")
    assert rules(refusal) == ["E3"]
    assert examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW).cap_override_reason == ""


def test_an_exception_speaks_of_the_text_at_hand_and_is_asked_again_after_a_correction():
    cast = Cast()
    statement = examining_now(cast, **OVER)
    examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW, override_reason="评估支持。")
    approving.send_back(statement=statement, reasons="请核对。", by=cast.approver.actor, at=NOW)
    statement.refresh_from_db()
    assert statement.cap_override_reason == ""
    with pytest.raises(Refused) as refusal:
        examining.pass_statement(statement=statement, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["F8"]
    examining.request_correction(statement=statement, reasons="请说明。", by=cast.examiner.actor, at=NOW)
    drafting.save_draft(
        statement=statement, entries={"fixed_amount": "30000000", "exception_request": ""},
        by=cast.patentee.actor, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        correcting.correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refusal) == ["F8"]
    drafting.save_draft(statement=statement, entries=OVER, by=cast.patentee.actor, at=NOW)
    assert correcting.correct(statement=statement, by=cast.patentee.actor, at=NOW).status == StatementStatus.EXAMINING


def test_an_examiner_may_refuse_what_asks_for_an_exception():
    cast = Cast()
    statement = examining_now(cast, **OVER)
    examining.propose_refusal(statement=statement, reasons="评估不足以支持。", by=cast.examiner.actor, at=NOW)
    refused = approving.refuse(statement=statement, by=cast.approver.actor, at=NOW)
    assert refused.status == StatementStatus.REFUSED


def test_after_the_rounds_that_practice_allows_the_examiner_decides():
    cast = Cast()
    statement = examining_now(cast)
    by = cast.examiner.actor
    for _round in range(setting("correction_rounds", on=NOW.date()).whole):
        examining.request_correction(statement=statement, reasons="期限不清。", by=by, at=NOW)
        statement = correcting.correct(statement=statement, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Refused) as refusal:
        examining.request_correction(statement=statement, reasons="期限不清。", by=by, at=NOW)
    assert rules(refusal) == ["E2"]


def test_the_approver_says_why_a_proposal_comes_back():
    cast = Cast()
    statement = passed(cast)
    with pytest.raises(Refused) as refusal:
        approving.send_back(statement=statement, reasons=" ", by=cast.approver.actor, at=NOW)
    assert refusal.value.violations[0].field == "reasons"


def test_a_statement_held_back_at_publication_is_examined_again_by_whoever_resumes_it():
    cast = Cast()
    statement = approved(cast)
    pledge = PledgeFactory(patent=statement.patent)
    publish()
    statement.refresh_from_db()
    assert (statement.status, bool(statement.hold_reasons)) == (StatementStatus.HELD, True)
    pledge.delete()
    resumed = examining.resume(statement=statement, by=cast.other_examiner.actor, at=NOW)
    assert (resumed.status, resumed.examiner, resumed.decided_by, resumed.hold_reasons) == (
        StatementStatus.EXAMINING, cast.other_examiner.user, None, [],
    )  # fmt: skip
    done = examining.pass_statement(statement=resumed, by=cast.other_examiner.actor, at=NOW)
    assert done.status == StatementStatus.PASSED
