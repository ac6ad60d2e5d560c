"""The desk of endings: its buttons, what is withheld and why, the papers that were sent."""

import re

import pytest
import time_machine
from django.urls import reverse

from accounts.queries import ACTING_SESSION_KEY, OFFICE
from registry.actions import ending, ending_requests
from registry.enums import EndingStatus
from tests.cast import NOW
from tests.factories.people import MembershipFactory
from tests.factories.statements import ISSUE_DAY, announced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_issue_day():
    with time_machine.travel(ISSUE_DAY, tick=False):
        yield


@pytest.fixture
def withdrawal(cast):
    return ending_requests.request_withdrawal(
        statement=announced(cast), grounds="调整许可策略。", unconditional=True, papers=[], by=cast.patentee.actor,
        at=ISSUE_DAY,
    )  # fmt: skip


def desk(thing) -> str:
    return reverse("admin:registry_ending_change", args=[thing.pk])


def buttons(response) -> list[str]:
    return re.findall(r'name="step" value="(\w+)"', response.content.decode())


def test_the_examiner_passes_it_and_a_second_person_approves(cast, withdrawal):
    examiner, approver = cast.examiner.client(), cast.approver.client(accept_language="en")
    assert buttons(examiner.get(desk(withdrawal))) == ["pass", "refuse"]
    examiner.post(desk(withdrawal), {"step": "pass"})
    assert buttons(approver.get(desk(withdrawal))) == ["send_back", "approve"]
    approver.post(desk(withdrawal), {"step": "approve"})
    withdrawal.refresh_from_db()
    assert withdrawal.status == EndingStatus.APPROVED
    page = approver.get(desk(withdrawal)).content.decode()
    assert "CH2026000001" in page


def test_a_refusal_is_told_on_paper(cast, withdrawal):
    said = {"step": "refuse", "refuse-reasons": "附有条件。"}
    assert cast.examiner.client().post(desk(withdrawal), said).status_code == 302
    assert withdrawal.office_papers.get().content["reasons"] == ["附有条件。"]


@pytest.mark.parametrize("who", ["examiner", "approver"])
@pytest.mark.parametrize("ended", [None, NOW])
def test_whoever_belongs_or_belonged_to_a_party_gets_no_button_and_is_told_why(cast, withdrawal, who, ended):
    person = getattr(cast, who)
    if who == "approver":
        ending.pass_ending(ending=withdrawal, by=cast.examiner.actor, at=ISSUE_DAY)
    client = person.client(accept_language="en")
    MembershipFactory(user=person.user, organisation=withdrawal.statement.filed_by, ended_at=ended)
    session = client.session
    session[ACTING_SESSION_KEY] = OFFICE
    session.save()
    response = client.get(desk(withdrawal))
    assert buttons(response) == []
    assert "You belong or belonged to an organisation" in response.content.decode()
