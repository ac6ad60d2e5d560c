"""What waits for whom, on the workbench."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse

from registry.actions.answering import (
    ask_pledgees,
    consent_to_withdrawal,
    decline_as_pledgee,
    decline_consent,
    decline_withdrawal,
)
from registry.actions.consenting import ask_consents, give_consent
from registry.actions.drafting import save_draft
from registry.actions.ending_requests import request_withdrawal
from registry.models import Ownership
from registry.queries import work
from registry.queries.content import content_hash
from registry.queries.work import MOST_LINES, work_items
from tests.cast import NOW, TODAY
from tests.factories.patents import PledgeFactory


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        ("draft", "patentee", [("Drafts to complete", None, 1)]),
        ("correction", "patentee", [("Statement to correct", date(2026, 4, 2), 1)]),
        ("submitted", "patentee", []),
        ("submitted", "examiner", [("Statements waiting for an examiner", date(2026, 3, 16), 1)]),
        ("examining", "examiner", [("Statements on your desk", date(2026, 3, 16), 1)]),
        ("examining", "other_examiner", []),
        ("passed", "approver", [("Statements to approve", date(2026, 3, 16), 1)]),
        ("refusal_proposed", "approver", [("Refusals to approve", date(2026, 3, 16), 1)]),
        ("held", "examiner", [("Statements held back at publication", date(2026, 3, 16), 1)]),
        ("submitted", "rival", []),
        ("submitted", "auditor", []),
    ],
)
def test_each_status_waits_for_the_right_person(cast, status, who, expected):
    cast.statement_in(status)
    items = work_items(getattr(cast, who).actor, NOW)
    assert [(str(item.title), item.due_on, item.count) for item in items] == expected


def lines_of(person, at=NOW):
    return [(str(item.title), item.about, item.count) for item in work_items(person.actor, at)]


@pytest.mark.parametrize("answer", ["consent", "decline"])
def test_a_co_owner_sees_the_consent_that_is_wanted_until_it_is_given_or_declined(cast, answer):
    statement = cast.draft(cast.co_owned_patent())
    assert lines_of(cast.co_owner) == []
    ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    about = f"{statement.patent} {statement.patent.title} · {statement.filed_by}"
    assert lines_of(cast.co_owner) == [("Your consent is wanted", about, 1)]
    said = {"statement": statement, "read_hash": content_hash(statement), "by": cast.co_owner.actor, "at": NOW}
    if answer == "consent":
        give_consent(**said)
    else:
        decline_consent(**said, reason="")
    assert lines_of(cast.co_owner) == []


@pytest.mark.parametrize("answer", [consent_to_withdrawal, partial(decline_withdrawal, reason="")])
def test_a_withdrawal_waits_for_a_co_owner_until_it_answers(cast, answer):
    patent, third = cast.co_owned_patent(), cast.member("River Works", holds=True)
    statement = cast.statement_in("announced", patent)
    Ownership.objects.create(patent=patent, patentee=third.patentee, position=3)
    ending = request_withdrawal(
        statement=statement, grounds="产品停产。", unconditional=True, papers=(), by=cast.patentee.actor, at=NOW
    )
    about = f"{statement.number} {statement.patent.title}"
    line = ("Your consent to a withdrawal is wanted", about, 1)
    assert [lines_of(cast.co_owner), lines_of(third)] == [[line], [line]]
    answer(ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=NOW)
    assert [lines_of(cast.co_owner), lines_of(third)] == [[], [line]]


def test_a_text_waits_for_a_pledgee_until_it_declines_and_a_changed_one_waits_again(cast):
    bank, statement = cast.member("Harbor Bank"), cast.draft()
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=TODAY)
    ask_pledgees(statement=statement, by=cast.patentee.actor, at=NOW)
    about = f"{statement.patent} {statement.patent.title} · {statement.filed_by}"
    line = ("Your consent as pledgee is wanted", about, 1)
    assert lines_of(bank) == [line]
    decline_as_pledgee(statement=statement, read_hash=content_hash(statement), reason="", by=bank.actor, at=NOW)
    assert lines_of(bank) == []
    save_draft(statement=statement, entries={"fixed_amount": "1"}, by=cast.patentee.actor, at=NOW)
    assert lines_of(bank) == [line]


def test_many_of_a_kind_are_one_line_that_leads_to_all_of_them(cast):
    for count in range(1, MOST_LINES + 2):
        statement = cast.draft(cast.co_owned_patent())
        ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
        if count == MOST_LINES:
            assert len(lines_of(cast.co_owner)) == MOST_LINES
    [item] = work_items(cast.co_owner.actor, NOW)
    assert (str(item.title), item.url, item.count) == (
        "Texts that wait for your consent", reverse("registry:consents"), MOST_LINES + 1,
    )  # fmt: skip


def test_of_many_corrections_the_line_tells_the_day_of_the_first(cast, monkeypatch):
    monkeypatch.setattr(work, "MOST_LINES", 2)
    days = [NOW, NOW, NOW - timedelta(days=10)]
    statements = [cast.statement_in("correction", at=day) for day in days]
    [item] = work_items(cast.patentee.actor, NOW)
    assert (str(item.title), item.due_on, item.count) == ("Statements to correct", date(2026, 3, 20), 3)
    shown = [row["statement"].pk for row in cast.patentee.client().get(item.url).context["rows"]]
    assert (shown[0], set(shown)) == (statements[-1].pk, {one.pk for one in statements})
