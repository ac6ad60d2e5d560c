"""The page on which a filer takes more time, and the remedies on the page of a refused statement."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from registry.actions import approving, examining
from registry.queries.work import work_items
from tests.cast import NOW
from tests.factories.patents import PledgeFactory
from tests.factories.statements import ISSUE_DAY, approved, publish

MISSED = ("Period for correction missed: cancel it to file anew", date(2026, 5, 2))


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def extend_url(statement) -> str:
    return reverse("registry:extend", args=[statement.pk])


def test_the_filer_chooses_between_two_last_days_and_says_why(cast):
    statement = cast.statement_in("correction")
    browser = cast.patentee.client()
    assert extend_url(statement) in browser.get(reverse("registry:draft", args=[statement.pk])).content.decode()
    page = text_of(browser.get(extend_url(statement)))
    assert "6 May 2026 (by 1 month)" in page
    assert "2 June 2026 (by 2 months)" in page
    said = browser.post(extend_url(statement), {"months": "", "reasons": "等待检索结果。"})
    assert "An extension is of 1 to 2 whole months." in text_of(said)
    assert "等待检索结果。" in said.content.decode()
    assert browser.post(extend_url(statement), {"months": "2", "reasons": "等待检索结果。"}).status_code == 302
    page = browser.get(reverse("registry:draft", args=[statement.pk]))
    assert "until 2 June 2026" in text_of(page)
    assert extend_url(statement) not in page.content.decode()


@pytest.mark.parametrize("status", ["submitted", "examining", "announced"])
def test_where_nothing_is_to_be_corrected_nothing_is_extended(cast, status):
    statement = cast.statement_in(status)
    response = cast.patentee.client().post(extend_url(statement), {"months": "1", "reasons": "x"})
    assert response.url == reverse("registry:draft", args=[statement.pk])


def test_between_the_end_of_the_period_and_its_consequence_the_filer_is_told_what_can_still_be_done(cast):
    statement = cast.statement_in("correction")
    draft = reverse("registry:draft", args=[statement.pk])
    for day, shown in ((2, "Correct the statement and send it back."), (3, "The period for correction is over.")):
        with time_machine.travel(NOW.replace(month=4, day=day), tick=False):
            page = cast.patentee.client().get(draft)
            assert shown in text_of(page)
            assert (extend_url(statement) in page.content.decode()) is (day == 2)
            assert reverse("registry:statement_cancel", args=[statement.pk]) in page.content.decode()
            check = reverse("registry:statement_check", args=[statement.pk])
            assert (check in page.content.decode()) is (day == 2)
            assert "Please name the contact person." in text_of(page)
            [item] = work_items(cast.patentee.actor, NOW.replace(month=4, day=day))
            told = ("Statement to correct", date(2026, 4, 2)) if day == 2 else MISSED
            assert (str(item.title), item.due_on) == told
    with time_machine.travel(NOW.replace(month=4, day=3), tick=False):
        browser = cast.patentee.client()
        assert "until 2 May 2026" in text_of(browser.get(draft))
        assert browser.get(extend_url(statement)).url == browser.get(check).url == draft
        late = browser.post(check)
        assert "Cancel this statement, then file a new one" in text_of(late)


def test_a_refused_statement_says_why_in_the_words_and_the_language_of_its_reader(cast):
    statement = cast.statement_in("examining")
    PledgeFactory(patent=statement.patent, pledgee="First Bank", since_on=NOW.date())
    examiner, approver = cast.examiner.actor, cast.approver.actor
    with override("zh-hans"):
        examining.propose_refusal(statement=statement, reasons="An idea for later.", by=examiner, at=NOW)
        approving.send_back(statement=statement, reasons="Name the ground.", by=approver, at=NOW)
        later = NOW + timedelta(hours=1)
        examining.propose_refusal(statement=statement, reasons="The patent is pledged.", by=examiner, at=later)
    browser, address = cast.patentee.client(), reverse("registry:draft", args=[statement.pk])
    assert "The patent is pledged." not in text_of(browser.get(address))  # nothing is decided yet
    approving.refuse(statement=statement, by=approver, at=later)
    page = text_of(browser.get(address))
    said = (
        "The patent is pledged.",
        "pledged to First Bank, who has not consented.",
        "Rule 86",
    )
    assert [words for words in said if words not in page] == []
    assert "An idea for later." not in page
    browser.cookies["django_language"] = "zh-hans"
    assert "质权人" in text_of(browser.get(address))


def test_a_statement_held_back_says_which_bar_stands_against_it(cast):
    statement = approved(cast)
    PledgeFactory(patent=statement.patent, pledgee="First Bank", since_on=NOW.date())
    publish(ISSUE_DAY)
    page = text_of(cast.patentee.client().get(reverse("registry:draft", args=[statement.pk])))
    said = ("Reasons of the office, 3 March 2026", "pledged to First Bank, who has not consented.", "Rule 86")
    assert [words for words in said if words not in page] == []


def test_a_refused_statement_shows_until_when_one_can_go_against_it(cast):
    statement = cast.statement_in("refused")
    page = text_of(cast.patentee.client().get(reverse("registry:draft", args=[statement.pk])))
    assert re.search(r"Reconsideration Law, Art. 20\): 65 days left ?, until 6 May 2026", page)  # day 60 is Labour Day
    assert re.search(r"Litigation Law, Art. 46\): 184 days left ?, until 2 September 2026", page)


def test_a_last_day_in_a_year_without_known_holidays_says_so(cast):
    with time_machine.travel(NOW.replace(month=12), tick=False):
        statement = cast.statement_in("correction", at=NOW.replace(month=12))
        page = text_of(cast.patentee.client().get(extend_url(statement)))
    assert "The public holidays of that year are not announced yet; the date may still move." in page
