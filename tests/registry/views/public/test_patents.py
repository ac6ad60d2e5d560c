"""The page of a patent."""

import pytest
from django.test import Client

from tests.factories.patents import EvaluationReportFactory, PledgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def test_it_says_what_the_register_knows(visitor, cast):
    patent = cast.co_owned_patent(utility_model=True)
    PledgeFactory(patent=patent)
    EvaluationReportFactory(patent=patent, reference="PJ2025000001")
    page = visitor.get(f"/patents/{patent.number}/").text
    for words in ("Lakeside University; Hillside Institute", "Bank of the Lake", "PJ2025000001: No defect found"):
        assert words in page


def test_every_writing_of_the_number_leads_to_one_address(visitor, cast):
    patent = cast.patent()
    digits = patent.number.split(".")[0]
    for written in (f"ZL{patent.number}", digits, patent.number.replace(".", "")):
        answer = visitor.get(f"/patents/{written}/")
        assert (answer.status_code, answer.url) == (302, f"/patents/{patent.number}/")


def test_an_unknown_day_of_grant_is_said(visitor, cast):
    patent = cast.patent(granted_on=None)
    assert "no statement can be filed" in visitor.get(f"/patents/{patent.number}/").text


@pytest.mark.parametrize("number", ["202110000001.9", "nonsense", "202410000001.X"])
def test_numbers_of_no_patent_are_not_found(visitor, db, number):
    assert visitor.get(f"/patents/{number}/").status_code == 404
