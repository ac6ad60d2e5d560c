"""The calendar of the bulletin: made by the office, changed with a reason, followed by the publisher."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit import history
from core.deadlines import SHANGHAI
from core.lifecycle import WrongRole
from core.rules import Refused
from registry import tasks
from registry.actions import calendar
from registry.models import BulletinIssue, CalendarDay, CalendarYear
from registry.queries.calendar import is_issue_day, next_issue_day, plan_of
from tests.cast import NOW, Cast
from tests.factories.statements import approved

pytestmark = pytest.mark.django_db


def made(cast: Cast, year=2026):
    return calendar.make_calendar(year=year, by=cast.approver.actor, at=NOW)


def change(cast: Cast, day, appears, reason="机房检修", **said):
    values = {"day": day, "appears": appears, "reason": reason, "by": cast.approver.actor, "at": NOW, **said}
    return calendar.change_day(**values)


def refused(act, *args, **said):
    with pytest.raises(Refused) as caught:
        act(*args, **said)
    return [violation.rule for violation in caught.value.violations]


def test_a_year_has_its_tuesdays_and_fridays_without_holidays(cast):
    """National Day 2026: 1 to 7 October are holidays (Friday the 2nd, Tuesday the 6th)."""
    made(cast)
    october = [day.on.day for day in CalendarDay.objects.filter(on__year=2026, on__month=10)]
    assert october == [9, 13, 16, 20, 23, 27, 30]
    assert {day.on.weekday() for day in CalendarDay.objects.all()} == {1, 4}


def test_a_year_whose_holidays_are_unknown_is_provisional_and_made_again_when_they_are_known(cast, monkeypatch):
    year = made(cast, 2027)
    assert (year.holidays_known, plan_of(2027).provisional, plan_of(2027).made) == (False, True, year)
    assert CalendarDay.objects.filter(on=date(2027, 10, 1)).exists()
    assert refused(made, cast, 2027) == ["K2"]
    change(cast, date(2027, 3, 3), True, "增发一期")
    monkeypatch.setattr(calendar, "holidays_known", lambda year: True)
    monkeypatch.setattr(calendar, "days_by_rule", lambda year: [date(2027, 1, 5), date(2027, 1, 8)])
    again = made(cast, 2027)
    assert (again.pk, again.holidays_known) == (year.pk, True)
    assert plan_of(2027).issue_days == [date(2027, 1, 5), date(2027, 1, 8), date(2027, 3, 3)]
    assert [event.event for event in history(year)] == ["make_calendar", "change_calendar", "make_calendar"]


def test_a_year_without_calendar_follows_the_rule_and_says_so(cast):
    assert plan_of(2026).made is None
    assert (is_issue_day(date(2026, 3, 3)), is_issue_day(date(2026, 3, 4))) == (True, False)
    assert plan_of(2027).provisional


def test_a_day_is_struck_out_and_another_put_in_with_the_reason_kept(cast):
    made(cast)
    change(cast, date(2026, 3, 3), False)
    change(cast, date(2026, 3, 4), True, "由3月3日改期")
    assert [is_issue_day(date(2026, 3, day)) for day in (3, 4, 6)] == [False, True, True]
    assert next_issue_day(date(2026, 3, 2)) == date(2026, 3, 4)
    event = history(CalendarYear.objects.get()).last()
    assert event.data == {"day": "2026-03-04", "appears": True, "reason": "由3月3日改期"}


@pytest.mark.parametrize(
    ("day", "appears", "reason", "rules"),
    [
        (date(2026, 3, 2), True, "x", ["K3"]),
        (date(2027, 3, 2), True, "x", ["K4"]),
        (date(2026, 3, 3), True, "x", ["K5"]),
        (date(2026, 3, 4), False, "x", ["K5"]),
        (date(2026, 3, 3), False, " ", ["K6"]),
    ],
)  # fmt: skip
def test_changes_that_are_none_are_refused_with_their_rule(cast, day, appears, reason, rules):
    made(cast)
    assert refused(change, cast, day, appears, reason) == rules
    assert not CalendarDay.objects.exclude(changed_at=None).exists()


def test_only_this_year_and_the_next_are_planned_and_once(cast):
    assert refused(made, cast, 2025) == refused(made, cast, 2028) == ["K1"]
    made(cast)
    assert refused(made, cast) == ["K2"]


def test_only_approvers_and_administrators_plan(cast):
    for person in (cast.examiner, cast.auditor, cast.patentee, cast.officer):
        with pytest.raises(WrongRole):
            calendar.make_calendar(year=2026, by=person.actor, at=NOW)
        with pytest.raises(WrongRole):
            change(cast, date(2026, 3, 3), False, by=person.actor)
    calendar.make_calendar(year=2026, by=cast.administrator.actor, at=NOW)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_calendarday SET appears = false",
        "UPDATE registry_calendarday SET changed_at = now()",
        "DELETE FROM registry_calendaryear",
    ],
)
def test_the_database_keeps_the_reason_and_the_year(cast, sql):
    made(cast)
    with pytest.raises((IntegrityError, Exception), match=r"constraint|pgtrigger"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_publisher_follows_the_calendar(cast, monkeypatch):
    made(cast)
    change(cast, date(2026, 3, 3), False)
    change(cast, date(2026, 3, 4), True)
    approved(cast)
    issued = []
    for day in (3, 4):
        moment = datetime(2026, 3, day, 10, tzinfo=SHANGHAI)
        monkeypatch.setattr(tasks.timezone, "now", lambda moment=moment: moment)
        tasks.publish_bulletin()
        issued.append(BulletinIssue.objects.count())
    assert issued == [0, 1]
