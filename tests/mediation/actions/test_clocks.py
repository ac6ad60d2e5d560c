"""The clocks of a case at the law's days, holidays included, and what silence means when they run out."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.lifecycle import Actor, IllegalStep
from core.models import AuditEvent
from core.rules import Refused
from mediation.actions.answering import answer
from mediation.actions.closing import close_overdue
from mediation.actions.extending import consent_to_extension, extend
from mediation.enums import CaseStatus, ClosingGround
from mediation.models import Case
from mediation.tasks import close_overdue as close_overdue_task

CLOCKS = Actor.system("mediation clocks")


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """That hour in Shanghai."""
    return (
        datetime(year, month, day, hour - 8, tzinfo=UTC)
        if hour >= 8
        else datetime(year, month, day - 1, 16 + hour, tzinfo=UTC)
    )


def sweep(moment: datetime) -> int:
    return close_overdue(by=CLOCKS, at=moment)


def test_the_clocks_of_an_ordinary_week(dispute) -> None:
    case = dispute.in_mediation()  # Monday 2 March 2026
    assert case.admission_due_on == date(2026, 3, 9)
    assert case.reply_due_on == date(2026, 3, 17)
    assert case.mediation_since_on == date(2026, 3, 2)
    assert case.ends_due_on == date(2026, 4, 1)


def test_a_term_that_ends_on_tomb_sweeping_day_moves_on(dispute) -> None:
    dispute.license  # noqa: B018  (taken before the clock moves)
    dispute.at = at(2026, 3, 6)  # thirty days later is Sunday 5 April, in the holiday of 4 to 6 April
    case = dispute.in_mediation()
    assert case.ends_due_on == date(2026, 4, 7)


def test_five_working_days_skip_the_national_holiday(dispute) -> None:
    dispute.license  # noqa: B018
    dispute.at = at(2026, 9, 30)  # 1 to 7 October are free, Saturday 10 October is worked
    assert dispute.requested().admission_due_on == date(2026, 10, 13)


def test_silence_counts_as_refusal_the_day_after_the_last(dispute) -> None:
    case = dispute.asked()
    assert sweep(at(2026, 3, 17, 23)) == 0
    assert sweep(at(2026, 3, 18, 0)) == 1
    case.refresh_from_db()
    assert (case.status, case.closing_ground) == (CaseStatus.REFUSED, ClosingGround.SILENCE)
    event = AuditEvent.objects.get(subject_id=case.pk, event="deem_refused")
    assert (event.actor_roles, event.basis) == ("system", "PRACTICE reply of the respondent")
    assert sweep(at(2026, 3, 19)) == 0


def test_a_late_answer_is_refused_even_before_the_sweep(dispute) -> None:
    case = dispute.asked()
    with pytest.raises(Refused) as refusal:
        answer(case=case, agrees=True, statement="", by=dispute.respondent.actor, at=at(2026, 3, 18))
    assert [violation.rule for violation in refusal.value.violations] == ["N1"]
    assert answer(
        case=case, agrees=True, statement="", by=dispute.respondent.actor, at=at(2026, 3, 17, 23)
    ).ends_due_on == date(2026, 4, 16)


def test_a_mediation_ends_with_its_time(dispute) -> None:
    case = dispute.in_mediation()
    assert sweep(at(2026, 4, 1, 23)) == 0
    with time_machine.travel(at(2026, 4, 2), tick=False):
        assert close_overdue_task() == 1
        assert close_overdue_task() == 0
    case.refresh_from_db()
    assert (case.status, case.closing_ground) == (CaseStatus.TIMED_OUT, ClosingGround.TIME)


def test_an_extension_moves_the_end_once(dispute, cast) -> None:
    case = dispute.in_mediation()
    for who in (dispute.applicant, dispute.respondent):
        with pytest.raises(Refused) as refusal:
            extend(case=case, by=cast.mediator.actor, at=dispute.at)
        assert [violation.rule for violation in refusal.value.violations] == ["E2"]
        consent_to_extension(case=case, by=who.actor, at=dispute.at)
    extended = extend(case=case, by=cast.mediator.actor, at=at(2026, 4, 1))
    assert extended.ends_due_on == date(2026, 5, 6)  # 1 May is in the Labour Day holiday of 1 to 5 May
    assert sweep(at(2026, 4, 2)) == 0
    for act in (lambda: extend(case=case, by=cast.mediator.actor, at=dispute.at),
                lambda: consent_to_extension(case=case, by=dispute.applicant.actor, at=dispute.at)):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            act()
        assert [violation.rule for violation in refusal.value.violations] == ["E1"]
    assert sweep(at(2026, 5, 7)) == 1


def test_what_has_run_out_is_not_extended(dispute, cast) -> None:
    case = dispute.in_mediation()
    dispute.both_consent(case)
    with pytest.raises(Refused) as refusal:
        extend(case=case, by=cast.mediator.actor, at=at(2026, 4, 2))
    assert [violation.rule for violation in refusal.value.violations] == ["E3"]


def test_a_request_that_the_office_leaves_lying_stays_open(dispute) -> None:
    case = dispute.requested()
    assert sweep(at(2026, 6, 1)) == 0
    assert Case.objects.get(pk=case.pk).status == CaseStatus.REQUESTED


def test_no_consent_before_the_mediation(dispute) -> None:
    with pytest.raises(IllegalStep):
        consent_to_extension(case=dispute.asked(), by=dispute.respondent.actor, at=dispute.at)
