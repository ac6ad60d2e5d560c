"""Many hands on one case at once: exactly one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.lifecycle import Actor, IllegalStep
from core.models import AuditEvent
from mediation.actions.closing import close, close_overdue, leave, withdraw
from mediation.actions.requesting import request_mediation
from mediation.enums import ClosingGround
from mediation.models import Case
from tests.mediation.actions.test_clocks import at
from tests.mediation.scene import Dispute

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dispute(transactional_db, settings, tmp_path) -> Dispute:
    from tests.cast import Cast

    settings.MEDIA_ROOT = tmp_path
    return Dispute(Cast())


def together(*acts) -> list[str]:
    """Run the acts at the same moment; return ``won`` or the name of the refusal for each."""
    start = Barrier(len(acts))

    def run(act) -> str:
        try:
            start.wait(timeout=30)
            act()
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_a_case_is_closed_once_whoever_closes_it(dispute) -> None:
    case = dispute.in_mediation()
    mediator, applicant, respondent = dispute.cast.mediator.actor, dispute.applicant.actor, dispute.respondent.actor
    ways = [
        lambda: close(case=case, ground=ClosingGround.NO_PROSPECT, note="", by=mediator, at=dispute.at),
        lambda: withdraw(case=case, by=applicant, at=dispute.at),
        lambda: leave(case=case, by=respondent, at=dispute.at),
    ]
    results = together(*ways * 4)
    assert results == [IllegalStep.__name__] * 11 + ["won"]
    assert AuditEvent.objects.filter(subject_id=case.pk, to_status__in=("failed", "withdrawn", "refused")).count() == 1


def test_the_clock_runs_twice_and_closes_once(dispute) -> None:
    case = dispute.asked()
    results = together(*[lambda: close_overdue(by=Actor.system("clocks"), at=at(2026, 4, 20))] * 6)
    assert results == ["won"] * 6
    assert AuditEvent.objects.filter(subject_id=case.pk, event="deem_refused").count() == 1


def test_two_drafts_of_one_dispute_make_one_case(dispute) -> None:
    drafts = [dispute.draft() for _number in range(4)]
    results = together(
        *[
            lambda draft=draft: request_mediation(case=draft, by=dispute.applicant.actor, at=dispute.at)
            for draft in drafts
        ]
    )
    assert results == ["Refused"] * 3 + ["won"]
    assert list(Case.objects.exclude(number="").values_list("number", flat=True)) == ["MED202600001"]
