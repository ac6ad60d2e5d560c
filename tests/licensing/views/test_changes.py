"""Having a record changed: by either side, on the page and by the API; what was typed stays."""

import re

import pytest
from django.urls import reverse

from licensing.actions.changing import record_change
from licensing.actions.deciding import record_filing
from licensing.models import FilingChange
from tests.api_client import Program, pdf
from tests.cast import NOW

NEW = "Pearl River Cooling"


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def filing(scene, cast):
    return record_filing(filing_id=scene.filing().pk, by=cast.examiner.actor, at=NOW)


def form(**changed):
    return {"item": "licensee", "after": NEW, "grounds": "Renamed.", "proof": pdf("proof"), **changed}


def test_the_licensee_asks_and_both_sides_follow_it(filing, cast) -> None:
    client = cast.enterprise.client()
    address = reverse("licensing:filing_change", args=[filing.pk])
    page = client.get(address).content.decode()
    assert "Canton Cooling" in page and "Lakeside University" in page
    assert client.post(address, form()).status_code == 302
    change = FilingChange.objects.get()
    proof = reverse("licensing:change_proof", args=[filing.pk, change.pk])
    assert client.get(proof).getvalue().startswith(b"%PDF")
    record_change(change_id=change.pk, by=cast.examiner.actor, at=NOW)
    for person in (cast.enterprise, cast.patentee):
        seen = person.client().get(reverse("licensing:filing", args=[filing.pk])).content.decode()
        assert re.findall(r"<dt>(?:Before|After) the change</dt><dd class=\"summary__value\">(.*?)</dd>", seen) == [
            "Canton Cooling",
            NEW,
        ]
        license = person.client().get(reverse("licensing:license", args=[filing.license_id])).content.decode()
        assert f"Canton Cooling → {NEW}" in license
    assert cast.patentee.client().get(proof).status_code == 404


def test_who_asked_takes_it_back_on_the_page_and_by_the_api(filing, cast) -> None:
    client = cast.enterprise.client()
    seen = reverse("licensing:filing", args=[filing.pk])
    for by_program in (False, True):
        client.post(reverse("licensing:filing_change", args=[filing.pk]), form())
        change = FilingChange.objects.get(status="requested")
        address = reverse("licensing:change_take_back", args=[filing.pk, change.pk])
        page = client.get(seen).content.decode()
        assert address in page
        assert reverse("licensing:filing_change", args=[filing.pk]) not in page  # one change at a time
        assert address not in cast.patentee.client().get(seen).content.decode()
        assert NEW in client.get(address).content.decode()
        for person in (cast.patentee, cast.rival):
            assert person.client().post(address).status_code == 404
            program = Program(person)
            assert program.post(f"my/filings/{filing.pk}/changes/{change.pk}/take-back/").status_code == 404
        if by_program:
            own = Program(cast.enterprise)
            answer = own.post(f"my/filings/{filing.pk}/changes/{change.pk}/take-back/")
            assert (answer.status_code, answer.json()["changes"][-1]["status"]) == (200, "taken_back")
            again = own.post(f"my/filings/{filing.pk}/changes/{change.pk}/take-back/")
            assert again.status_code == 409
        else:
            assert client.post(address).status_code == 302
        change.refresh_from_db()
        assert change.status == "taken_back"
        assert client.get(address).status_code == 404


def test_a_refusal_keeps_what_was_typed(filing, cast) -> None:
    address = reverse("licensing:filing_change", args=[filing.pk])
    answer = cast.enterprise.client().post(address, {"item": "licensee", "after": NEW, "grounds": "Renamed."})
    page = answer.content.decode()
    assert (answer.status_code, FilingChange.objects.count()) == (422, 0)
    for said in ("The change of the licensee&#x27;s name is not proved.", f'value="{NEW}"', "Renamed."):
        assert said in page


def test_others_find_nothing_and_what_is_not_recorded_does_not_change(filing, scene, cast) -> None:
    address = reverse("licensing:filing_change", args=[filing.pk])
    for person in (cast.rival, cast.examiner):
        assert [person.client().get(address).status_code, person.client().post(address).status_code] == [404, 404]
    waiting = scene.filing(scene.license(filing.license.statement, by=cast.rival, number="V-9"), by=cast.rival)
    assert cast.rival.client().get(reverse("licensing:filing_change", args=[waiting.pk])).status_code == 404


def test_a_program_asks_and_reads_the_change(filing, cast) -> None:
    program = Program(cast.enterprise)
    answer = program.upload(f"my/filings/{filing.pk}/changes/", **form())
    [change] = answer.json()["changes"]
    assert (answer.status_code, change["item"], change["before"], change["after"], change["status"]) == (
        201, "licensee", "Canton Cooling", NEW, "requested"
    )  # fmt: skip
    again = program.upload(f"my/filings/{filing.pk}/changes/", **form(after="Delta"))
    assert (again.status_code, [item["rule"] for item in again.json()["violations"]]) == (422, ["H3"])
    said = program.upload(f"my/filings/{filing.pk}/changes/", **form(), changed_on="2020-01-01")
    assert (said.status_code, list(said.json()["errors"])) == (400, ["changed_on"])
    assert Program(cast.rival).upload(f"my/filings/{filing.pk}/changes/", **form()).status_code == 404
