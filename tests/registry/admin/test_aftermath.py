"""The desk of what annulled events have left behind."""

import pytest

from registry.models import Aftermath
from tests.registry.actions.test_aftermath import AFTER, ended_by_office, wrong
from tests.registry.actions.test_annulling import annul

pytestmark = pytest.mark.django_db
LIST = "/examination/registry/aftermath/"


@pytest.fixture
def item(cast):
    ended_by_office(cast)
    annul(cast, wrong(), at=AFTER)
    return Aftermath.objects.get()


def test_an_examiner_reads_what_happened_and_says_what_was_done(cast, item):
    client, page = cast.examiner.client(), f"{LIST}{item.pk}/change/"
    assert [row.pk for row in client.get(LIST).context["cl"].result_list] == [item.pk]
    shown = client.get(page)
    assert all(word in shown.text for word in (item.statement.number, "Annuity late", "Entered on the wrong patent."))
    assert client.post(page, {"step": "settle", "settle-note": ""}).status_code == 422
    assert client.post(page, {"step": "settle", "settle-note": "Declared anew."}).status_code == 302
    item.refresh_from_db()
    assert (item.settled_by, item.note) == (cast.examiner.user, "Declared anew.")
    assert list(client.get(LIST).context["cl"].result_list) == []
    assert [row.pk for row in client.get(LIST, {"settled": "yes"}).context["cl"].result_list] == [item.pk]
    settled = client.get(page)
    assert (settled.context["steps"], "Declared anew." in settled.text) == ([], True)


def test_others_of_the_office_read_it_and_nobody_else(cast, item):
    page = f"{LIST}{item.pk}/change/"
    for person in (cast.approver, cast.auditor):
        assert person.client().get(page).context["steps"] == []
    assert cast.administrator.client().get(page).status_code == 404
    assert cast.patentee.client().get(page).status_code == 404
