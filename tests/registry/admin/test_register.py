"""The office's pages of the register: who sees them, and that their buttons enter facts."""

import pytest

from registry.models import Patentee, Pledge
from tests.factories.patents import PatenteeFactory, PledgeFactory

pytestmark = pytest.mark.django_db


def page(thing):
    return f"/examination/registry/{thing._meta.model_name}/{thing.pk}/change/"


def test_the_office_finds_a_patent_by_number_title_and_holder(cast):
    patent = cast.patent(title="Coolant loop")
    client = cast.examiner.client()
    for words in (patent.number, "Coolant", "Lakeside"):
        answer = client.get("/examination/registry/patent/", {"q": words})
        assert [item.pk for item in answer.context["cl"].result_list] == [patent.pk]
    assert cast.patentee.client().get("/examination/registry/patent/").status_code == 404


def test_an_examiner_enters_a_pledge_and_its_end(cast):
    patent = cast.patent()
    client = cast.examiner.client()
    said = {"step": "pledge", "pledge-pledgee": "Bank of the Lake", "pledge-since_on": "2025-03-01"}
    assert client.post(page(patent), said).status_code == 302
    pledge = Pledge.objects.get(patent=patent)
    assert pledge.pledgee == "Bank of the Lake"
    event = f"end-{pledge.pk}"
    client.post(page(patent), {"step": event, f"{event}-until_on": "2025-06-01"})
    pledge.refresh_from_db()
    assert str(pledge.released_on) == "2025-06-01"


def test_what_is_refused_keeps_what_was_typed_and_names_the_rule(cast):
    patent = cast.patent()
    said = {"step": "pledge", "pledge-pledgee": "Bank of the Lake", "pledge-since_on": "2999-03-01"}
    answer = cast.examiner.client().post(page(patent), said)
    assert answer.status_code == 422
    assert "This day is still to come." in answer.text
    assert "Bank of the Lake" in answer.text
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("name", ["approver", "auditor"])
def test_others_of_the_office_only_read(cast, name):
    patent = cast.patent()
    PledgeFactory(patent=patent)
    answer = getattr(cast, name).client().get(page(patent))
    assert answer.status_code == 200
    assert answer.context["steps"] == []
    assert "Bank of the Lake" in answer.text


def test_an_administrator_identifies_a_holder_by_credit_code(cast):
    patentee = PatenteeFactory(name="Old name")
    unit = cast.enterprise.organisation
    client = cast.administrator.client()
    wrong = client.post(page(patentee), {"step": "identify", "identify-uscc": "nonsense"})
    assert "Choose an organisation" in wrong.text
    client.post(page(patentee), {"step": "identify", "identify-uscc": unit.uscc})
    assert Patentee.objects.get(pk=patentee.pk).organisation == unit
