"""The desk for changes of filings, and the office's own change on the desk of filings."""

import pytest
from django.urls import reverse

from licensing.actions.changing import request_change
from licensing.actions.deciding import record_filing
from licensing.enums import ChangeItem
from licensing.models import FilingChange
from tests.cast import NOW
from tests.licensing.scene import paper

NEW = "Pearl River Cooling"


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def filing(scene, cast):
    return record_filing(filing_id=scene.filing().pk, by=cast.examiner.actor, at=NOW)


@pytest.fixture
def desk(filing, cast) -> str:
    """The address of the desk of a change that waits."""
    said = {"item": ChangeItem.LICENSEE, "after": NEW, "grounds": "Renamed.", "proof": paper("new name")}
    change = request_change(filing_id=filing.pk, by=cast.enterprise.actor, at=NOW, **said)
    return reverse("admin:licensing_filingchange_change", args=[change.pk])


def test_the_examiner_sees_record_register_and_wish_and_records(desk, cast) -> None:
    client = cast.examiner.client()
    page = client.get(desk).content.decode()
    for said in ("Canton Cooling", NEW, "Lakeside University", "Renamed.", 'value="record"', 'value="refuse"'):
        assert said in page
    assert client.get(f"{desk.removesuffix('change/')}proof/").getvalue() == b"%PDF-1.7 new name"
    assert client.post(desk, {"step": "record"}).status_code == 302
    assert FilingChange.objects.get().status == "recorded"
    page = client.get(desk).content.decode()
    assert 'name="step"' not in page
    assert "Change requested" in page and "Record the change" in page


def test_refusing_without_reasons_says_the_article(desk, cast) -> None:
    answer = cast.examiner.client().post(desk, {"step": "refuse", "refuse-reasons": ""})
    assert (answer.status_code, "The reasons are missing." in answer.content.decode()) == (422, True)
    assert FilingChange.objects.get().status == "requested"


def test_it_waits_in_the_work_and_the_day_of_the_examiner(desk, cast) -> None:
    home = cast.examiner.client().get(reverse("admin:index")).content.decode()
    assert "Changes of filings to decide on" in home


def test_the_office_changes_a_record_of_its_own_motion(filing, cast) -> None:
    address = reverse("admin:licensing_filing_change", args=[filing.pk])
    said = {"step": "change", "change-item": "licensee", "change-after": NEW, "change-grounds": ""}
    client = cast.examiner.client()
    answer = client.post(address, said)
    assert (answer.status_code, "The grounds are missing." in answer.content.decode()) == (422, True)
    assert client.post(address, {**said, "change-grounds": "A slip of the pen."}).status_code == 302
    page = client.get(address).content.decode()
    assert f"Canton Cooling → {NEW}" in page


def test_others_find_no_desk(desk, cast) -> None:
    assert cast.auditor.client().get(desk).status_code == 200
    for person in (cast.mediator, cast.approver, cast.enterprise, cast.patentee):
        for address in (desk, f"{desk.removesuffix('change/')}proof/"):
            assert person.client().get(address).status_code == 404
