"""An organisation watches statements and patents: the buttons, the list, what it is told."""

from datetime import timedelta

import pytest
import time_machine

from registry.actions.events import take_in_events
from registry.models import Watch
from tests.cast import NOW
from tests.registry.actions.test_events import BY, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_statement_is_watched_from_its_page_and_no_more(cast):
    statement = cast.statement_in("announced")
    client = cast.rival.client()
    page = f"/statements/{statement.number}/"
    assert f'action="{page}watch/"' in client.get(page).text
    assert client.post(f"{page}watch/").url == page
    client.post(f"{page}watch/")
    watch = Watch.objects.get()
    assert (watch.organisation, watch.statement, watch.patent) == (cast.rival.organisation, statement, None)
    end = f"/my/watched/{watch.pk}/end/"
    assert f'action="{end}"' in client.get(page).text
    listed = client.get("/my/watched/")
    assert [row["watch"].pk for row in listed.context["rows"]] == [watch.pk]
    assert statement.number in listed.text
    assert client.post(end, {"back": "list"}).url == "/my/watched/"
    assert not Watch.objects.exists()


def test_a_patent_is_watched_and_every_new_entry_is_told(cast):
    patent = cast.patent()
    client = cast.rival.client()
    assert client.post(f"/patents/{patent.number}/watch/").url == f"/patents/{patent.number}/"
    event = received(patent, "license", "2026-03-01", license_kind="ordinary", licensee="River Works")
    take_in_events(events=[event], by=BY, at=NOW + timedelta(days=1))
    told = cast.rival.organisation.inbox.get(code="watched-event")
    assert (told.params["patent"], told.params["effective_on"]) == (f"ZL{patent.number}", "2026-03-01")
    assert told.url == f"/patents/{patent.number}/"


def test_nobody_ends_another_organisation_s_watch(cast):
    statement = cast.statement_in("announced")
    cast.rival.client().post(f"/statements/{statement.number}/watch/")
    watch = Watch.objects.get()
    assert cast.enterprise.client().post(f"/my/watched/{watch.pk}/end/").status_code == 404
    assert Watch.objects.filter(pk=watch.pk).exists()
    assert cast.enterprise.client().get("/my/watched/").context["rows"] == []


@pytest.mark.parametrize("status", ["draft", "submitted", "approved"])
def test_what_is_not_announced_cannot_be_watched(cast, status):
    statement = cast.statement_in(status)
    number = statement.number or "OL2026000001"
    assert cast.rival.client().post(f"/statements/{number}/watch/").status_code == 404
    assert not Watch.objects.exists()


def test_visitors_and_the_office_see_no_button(client, cast):
    statement = cast.statement_in("announced")
    page = f"/statements/{statement.number}/"
    assert "watch/" not in client.get(page).text
    assert "watch/" not in cast.examiner.client().get(page).text
