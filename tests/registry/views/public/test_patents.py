"""The page of a patent."""

import pytest
from django.test import Client

from registry.actions.events import take_in_events
from tests.cast import NOW
from tests.factories.patents import FACTS_AS_OF, EvaluationReportFactory, PledgeFactory
from tests.registry.actions.test_events import BY, received

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


def test_each_fact_has_its_own_time_and_source(visitor, cast):
    patent = cast.patent()
    events = [
        received(patent, "annuity_late", "2026-02-20"),
        received(patent, "assignment", "2026-02-21", to=["River Works"]),
    ]
    take_in_events(events=events, by=BY, at=NOW)
    answer = visitor.get(f"/patents/{patent.number}/")
    known = answer.context["known"]
    assert (known["annuity_state"].as_of, known["right_status"].as_of) == (NOW, FACTS_AS_OF)
    line = answer.context["lines"][0]
    assert (line.text, str(line.source), line.origin.as_of) == (
        "from Lakeside University to River Works",
        "gazette",
        NOW,
    )
    assert "from Lakeside University to River Works" in answer.text


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
