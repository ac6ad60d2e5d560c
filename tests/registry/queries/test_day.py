"""The office's day: counts, ages in working days, what is due."""

from datetime import date, timedelta

import pytest

from registry.actions import examining
from registry.actions.calendar import change_day, make_calendar
from registry.queries.day import day_of
from tests.cast import NOW
from tests.factories.statements import approved, examining_now, passed, submitted

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=16)  # Wednesday of the third week: twelve working days on


def lines(person, at=LATER) -> dict:
    return {str(item.title): (item.count, item.age, item.due_on, item.overdue) for item in day_of(person.actor, at=at)}


def test_the_examiner_sees_their_desk_the_queue_and_what_comes_back(cast):
    submitted(cast)
    submitted(cast, at=NOW + timedelta(days=1))
    examining_now(cast)
    examining.request_correction(statement=examining_now(cast), reasons="请补正。", by=cast.examiner.actor, at=NOW)
    found = lines(cast.examiner)
    assert found["Statements on my desk"] == (1, 12, date(2026, 3, 16), True)
    assert found["Statements waiting for an examiner"] == (2, 12, date(2026, 3, 16), True)
    assert found["Corrections due from filers"] == (1, 12, date(2026, 4, 2), False)
    assert found["Endings to examine"] == (0, None, None, False)
    assert lines(cast.other_examiner)["Statements on my desk"] == (0, None, None, False)


def test_the_approver_sees_what_waits_for_a_second_person(cast):
    passed(cast)
    approved(cast)
    found = lines(cast.approver, at=NOW + timedelta(days=1))
    assert found["Statements to approve"] == (1, 1, None, False)
    assert found["Refusals to approve"] == (0, None, None, False)
    assert found["Approved, waiting for the next issue"] == (1, 1, date(2026, 3, 3), False)


def test_what_is_approved_is_due_on_the_next_day_of_the_calendar(cast):
    approved(cast)
    make_calendar(year=2026, by=cast.administrator.actor, at=NOW)
    change_day(day=date(2026, 3, 3), appears=False, reason="停电检修", by=cast.administrator.actor, at=NOW)
    assert lines(cast.approver, at=NOW)["Approved, waiting for the next issue"][2] == date(2026, 3, 6)


def test_others_have_no_such_day(cast):
    submitted(cast)
    assert day_of(cast.auditor.actor, at=LATER) == []
