"""Appointments: who makes them, what excludes what, and that they count from the next request on."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actions.appointments import appoint, end_appointment
from accounts.models import Appointment, User
from accounts.queries import actor_for
from accounts.roles import Role
from core import audit
from core.lifecycle import WrongRole
from core.rules import Refused
from tests.factories.people import AppointmentFactory, UserFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.violations[0].rule


def test_an_appointment_counts_from_the_next_request_until_it_ends(cast, client):
    person = UserFactory()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    desk = reverse("admin:index")
    assert client.get(desk).status_code == 404
    made = appoint(person, role=Role.EXAMINER, by=cast.administrator.actor, at=NOW)
    assert client.get(desk).status_code == 200
    end_appointment(made, by=cast.administrator.actor, at=NOW)
    assert client.get(desk).status_code == 404
    assert [event.event for event in audit.history(made)] == ["appoint", "end appointment"]
    assert [message.code for message in person.inbox.order_by("key")] == ["appointed", "appointment-ended"]


def test_only_administrators_appoint_and_nobody_themselves(cast):
    for somebody in (cast.examiner, cast.auditor, cast.patentee):
        with pytest.raises(WrongRole):
            appoint(UserFactory(), role=Role.EXAMINER, by=somebody.actor, at=NOW)
    me = cast.administrator
    assert refusal(lambda: appoint(me.user, role=Role.EXAMINER, by=me.actor, at=NOW)) == "P16"


@pytest.mark.parametrize("exclusive", [Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("other", [Role.EXAMINER, Role.APPROVER, Role.MEDIATOR])
def test_whoever_runs_or_watches_holds_no_other_office(cast, exclusive, other):
    by = cast.administrator.actor
    for held, wanted in ((exclusive, other), (other, exclusive)):
        person = AppointmentFactory(role=held).user
        assert refusal(lambda: appoint(person, role=wanted, by=by, at=NOW)) == "P3"  # noqa: B023


def test_other_rules_of_appointments(cast):
    by = cast.administrator.actor
    examiner = AppointmentFactory(role=Role.EXAMINER).user
    assert refusal(lambda: appoint(examiner, role=Role.EXAMINER, by=by, at=NOW)) == "P2"
    assert refusal(lambda: appoint(UserFactory(), role=Role.PATENTEE, by=by, at=NOW)) == "P1"
    assert refusal(lambda: appoint(UserFactory(), role=Role.OFFICER, by=by, at=NOW)) == "P4"
    assert refusal(lambda: appoint(UserFactory(), role=Role.EXAMINER, province="33", by=by, at=NOW)) == "P4"
    assert appoint(examiner, role=Role.APPROVER, by=by, at=NOW).user == examiner
    assert actor_for(examiner).roles == {"examiner", "approver"}


def test_the_last_administrator_stays(cast):
    last = Appointment.objects.get(user=cast.administrator.user)
    assert refusal(lambda: end_appointment(last, by=cast.administrator.actor, at=NOW)) == "P17"


@pytest.mark.django_db
def test_the_command_makes_the_first_administrator_and_a_link_to_set_the_password(capsys, client):
    call_command("create_staff", "Chief@office.example", "Zhao Min", "administrator")
    said = capsys.readouterr().out
    path = said.strip().splitlines()[-1].removeprefix("http://localhost:8000")
    person = User.objects.get(email="chief@office.example")
    assert actor_for(person).roles == {"administrator"}
    form = client.get(path).url
    new = "a-quiet-lake-2026"
    client.post(form, {"password1": new, "password2": new})
    answer = client.post(reverse("account_login"), {"login": "chief@office.example", "password": new})
    assert answer.url == reverse("workbench")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["not-an-address", "Zhao", "administrator"], "not-an-address: "),
        (["a@b.example", "Zhao", "officer"], "A provincial officer, and nobody else, is appointed for a province."),
    ],
)
def test_the_command_says_what_is_wrong_and_makes_nobody(words, message):
    with pytest.raises(CommandError, match=message):
        call_command("create_staff", *words)
    assert not User.objects.exists()


def test_what_has_ended_ends_once(cast):
    made = appoint(UserFactory(), role=Role.EXAMINER, by=cast.administrator.actor, at=NOW)
    first = end_appointment(made, by=cast.administrator.actor, at=NOW).ended_at
    assert end_appointment(made, by=cast.administrator.actor, at=NOW.replace(year=2027)).ended_at == first
    assert [event.event for event in audit.history(made)] == ["appoint", "end appointment"]
