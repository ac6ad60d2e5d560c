"""The desk of filings that were decided on an event annulled now."""

import re

import pytest
from django.urls import reverse

from licensing.models import FilingAftermath
from tests.licensing.actions.test_aftermath import annul, recorded, refused, take_in

pytestmark = pytest.mark.django_db
LIST = "/examination/licensing/filingaftermath/"


@pytest.fixture
def item(scene, cast):
    filing = scene.filing()
    take_in(filing, "annuity_late")
    refused(filing, cast)
    annul(cast)
    return FilingAftermath.objects.get()


def test_an_examiner_reads_what_happened_and_says_what_was_done(cast, item):
    client, page = cast.examiner.client(), f"{LIST}{item.pk}/change/"
    assert [row.pk for row in client.get(LIST).context["cl"].result_list] == [item.pk]
    shown = client.get(page)
    said = (item.filing.license.number, "Annuity late", "Entered on the wrong patent.", "理由。", "may file again")
    assert all(word in shown.text for word in said)
    assert "Recorded name" not in shown.text
    assert reverse("admin:licensing_filing_change", args=[item.filing_id]) in shown.text
    assert client.post(page, {"step": "settle", "settle-note": ""}).status_code == 422
    assert client.post(page, {"step": "settle", "settle-note": "Both file again."}).status_code == 302
    item.refresh_from_db()
    assert (item.settled_by, item.note) == (cast.examiner.user, "Both file again.")
    assert list(client.get(LIST).context["cl"].result_list) == []
    assert [row.pk for row in client.get(LIST, {"settled": "yes"}).context["cl"].result_list] == [item.pk]
    settled = client.get(page)
    assert (settled.context["steps"], "Both file again." in settled.text) == ([], True)


def test_the_desk_of_a_filing_leads_to_what_an_annulled_event_left_of_it(scene, cast, item):
    link = f'<a href="{LIST}{item.pk}/change/">'
    client = cast.examiner.client()
    desk = reverse("admin:licensing_filing_change", args=[item.filing_id])
    assert link in client.get(desk).text
    again = client.get(reverse("admin:licensing_filing_change", args=[scene.filing(item.filing.license).pk]))
    assert (again.status_code, re.findall(rf"{LIST}[0-9a-f-]+/change/", again.text)) == (200, [])


def test_a_mistaken_name_stands_beside_the_register_s(scene, cast):
    filing = scene.filing()
    take_in(filing, "change_of_name", from_="Lakeside University", to="Lakeside Technical")
    recorded(filing, cast)
    annul(cast)
    shown = cast.examiner.client().get(f"{LIST}{FilingAftermath.objects.get().pk}/change/").text
    assert all(word in shown for word in ("Lakeside Technical", "Lakeside University", "Change the record"))


def test_others_of_the_office_read_it_and_nobody_else(cast, item):
    page = f"{LIST}{item.pk}/change/"
    assert cast.auditor.client().get(page).context["steps"] == []
    for person in (cast.administrator, cast.enterprise, cast.patentee):
        assert person.client().get(page).status_code == 404
