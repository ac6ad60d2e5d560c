"""The office's pages of register events: what waits is shown with its reason, and tried again or set aside."""

from datetime import timedelta

import pytest

from registry.actions.events import take_in_events
from registry.models import ParkedEvent, RegisterEvent, WithdrawalDuty
from tests.cast import NOW
from tests.registry.actions.test_events import BY, received

pytestmark = pytest.mark.django_db
LISTS = "/examination/registry"


@pytest.fixture
def parked(cast):
    event = received(cast.patent(), "pledge_release", "2026-02-20", ref="Y9", pledgee="Bank of the Lake")
    take_in_events(events=[event], by=BY, at=NOW)
    return ParkedEvent.objects.get()


def page(parked):
    return f"{LISTS}/parkedevent/{parked.pk}/change/"


def test_an_examiner_sees_why_an_event_waits_and_sets_it_aside(cast, parked):
    client = cast.examiner.client()
    assert [item.pk for item in client.get(f"{LISTS}/parkedevent/").context["cl"].result_list] == [parked.pk]
    shown = client.get(page(parked))
    assert "no such entry in force" in shown.text
    assert "Bank of the Lake" in shown.text
    assert "Y9" in shown.text
    empty = client.post(page(parked), {"step": "dismiss", "dismiss-reason": ""})
    assert empty.status_code == 422
    assert client.post(page(parked), {"step": "dismiss", "dismiss-reason": "Wrong bank."}).status_code == 302
    parked.refresh_from_db()
    assert (parked.dismissed_by, parked.dismissal_reason) == (cast.examiner.user, "Wrong bank.")
    assert list(client.get(f"{LISTS}/parkedevent/").context["cl"].result_list) == []
    assert "Wrong bank." in client.get(page(parked)).text


def test_it_is_entered_once_it_fits(cast, parked):
    client = cast.examiner.client()
    client.post(page(parked), {"step": "retry"})
    parked.refresh_from_db()
    assert parked.applied_at is None
    event = received(parked.event.patent_number, "pledge", "2026-02-03", pledgee="Bank of the Lake")
    take_in_events(events=[event], by=BY, at=NOW)
    assert client.get(page(parked)).context["steps"] == []


def test_every_event_is_shown_as_received(cast, parked):
    client = cast.auditor.client()
    rows = client.get(f"{LISTS}/registerevent/", {"q": "Y9"}).context["cl"].result_list
    assert [row.reference for row in rows] == ["Y9"]
    text = client.get(f"{LISTS}/registerevent/{RegisterEvent.objects.get().pk}/change/").text
    assert all(word in text for word in ("Y9", "gazette", "Bank of the Lake", "no such entry"))
    assert client.get(page(parked)).context["steps"] == []
    for path in ("registerevent", "parkedevent", "withdrawalduty"):
        assert cast.patentee.client().get(f"{LISTS}/{path}/").status_code == 404


def event_page(event):
    return f"{LISTS}/registerevent/{event.pk}/change/"


def test_an_examiner_annuls_an_event_with_a_reason_and_it_stays_to_be_seen(cast):
    patent = cast.patent()
    take_in_events(events=[received(patent, "lapse", "2026-02-20", ref="Y9")], by=BY, at=NOW)
    event = RegisterEvent.objects.get()
    client = cast.examiner.client()
    assert [step.event for step in client.get(event_page(event)).context["steps"]] == ["annul"]
    empty = client.post(event_page(event), {"step": "annul", "annul-reason": ""})
    assert (empty.status_code, RegisterEvent.objects.count()) == (422, 1)
    said = {"step": "annul", "annul-reason": "It lapsed nowhere."}
    assert client.post(event_page(event), said).status_code == 302
    patent.refresh_from_db()
    assert patent.right_status == "in_force"
    shown = client.get(event_page(event))
    assert shown.context["steps"] == []
    assert "Annulled: it does not count" in shown.text and "It lapsed nowhere." in shown.text
    annulment = RegisterEvent.objects.get(kind="annulment")
    assert client.get(event_page(annulment)).context["steps"] == []
    listed = client.get(f"{LISTS}/registerevent/").context["cl"].result_list
    assert {row.kind: row.annulled for row in listed} == {"lapse": True, "annulment": False}
    assert "it does not count" in client.get(f"{LISTS}/patent/{patent.pk}/change/").text
    public = cast.rival.client().get(f"/patents/{patent.number}/").text
    assert "Lapse for unpaid annuity" in public and "it does not count" in public


def test_readers_see_no_button_to_annul_and_what_waits_is_not_annulled_but_set_aside(cast, parked):
    event = received(parked.event.patent_number, "lapse", "2026-02-20", ref="Y10")
    take_in_events(events=[event], by=BY, at=NOW)
    lapse = RegisterEvent.objects.get(reference="Y10")
    for person in (cast.approver, cast.auditor):
        assert person.client().get(event_page(lapse)).context["steps"] == []
    assert cast.examiner.client().get(event_page(parked.event)).context["steps"] == []


def test_duties_stand_in_the_order_of_their_days(cast):
    statement = cast.statement_in("announced")
    event = received(statement.patent, "annuity_late", "2026-03-03")
    take_in_events(events=[event], by=BY, at=NOW + timedelta(days=2))
    answer = cast.examiner.client().get(f"{LISTS}/withdrawalduty/")
    assert [duty.pk for duty in answer.context["cl"].result_list] == [WithdrawalDuty.objects.get().pk]
    assert "G3 Annuity not paid as prescribed" in answer.text
    assert f'href="/examination/registry/statement/{statement.pk}/change/' in answer.text
    assert 'data-label="Statement"' in answer.text
    assert "Select record" not in answer.text
    assert (
        list(cast.examiner.client().get(f"{LISTS}/withdrawalduty/", {"settled": "yes"}).context["cl"].result_list) == []
    )


@pytest.mark.parametrize(
    ("step", "said", "holders"),
    [
        ("assignment", {"coming": "River Works\nHill Works", "since_on": "2026-02-03"}, ["River Works", "Hill Works"]),
        ("name", {"old_name": "Lakeside University", "new_name": "Lake U", "since_on": "2026-02-03"}, ["Lake U"]),
    ],
)
def test_an_examiner_enters_a_change_of_holders(cast, step, said, holders):
    patent = cast.patent()
    address = f"{LISTS}/patent/{patent.pk}/change/"
    client = cast.examiner.client()
    answer = client.post(address, {"step": step, **{f"{step}-{name}": value for name, value in said.items()}})
    assert answer.status_code == 302
    assert [held.patentee.name for held in patent.ownerships.all()] == holders
    event = RegisterEvent.objects.get()
    assert (event.source, event.received_by) == ("office", str(cast.examiner.actor.label))
    listed = client.get(f"{LISTS}/registerevent/").text
    assert "The office" in listed
    assert event.reference not in listed


def test_what_contradicts_the_register_is_refused_to_a_person_at_once(cast):
    patent = cast.patent()
    said = {"step": "right", "right-right_status": "in_force", "right-since_on": "2026-02-03"}
    answer = cast.examiner.client().post(f"{LISTS}/patent/{patent.pk}/change/", said)
    assert answer.status_code == 422
    assert "The right has not lapsed" in answer.text
    assert not RegisterEvent.objects.exists()


def test_who_may_not_open_the_statements_is_not_led_to_their_duties(cast):
    assert cast.administrator.client().get(f"{LISTS}/registerevent/").status_code == 200
    assert cast.administrator.client().get(f"{LISTS}/withdrawalduty/").status_code == 404
    assert "withdrawalduty" not in cast.administrator.client().get(f"{LISTS}/registerevent/").text
