"""Whose turn it is and until when, state by state and while a withdrawal is owed or asked for; the lists say the same."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from core.deadlines import SHANGHAI, law_date
from registry.actions import calendar, ending
from registry.actions.ending_requests import request_withdrawal
from registry.actions.events import take_in_events
from registry.models import Statement
from registry.queries.duties import open_duty
from registry.queries.narrowing import TURNS, Wanted, narrowed
from registry.queries.progress import turn_of
from tests.cast import NOW
from tests.factories.statements import ISSUE_DAY, publish
from tests.registry.actions.test_events import BY, received

LATER = NOW + timedelta(days=3)


def turn(statement, at=NOW):
    """Who and until when; None where it is nobody's turn."""
    statement.refresh_from_db()
    found = turn_of(Statement.objects.get(pk=statement.pk), on=law_date(at))
    return found and (str(found.who), found.until)


def lists_with(statement, at=NOW) -> list[str]:
    """The turns under which the filer's list shows the statement."""
    mine = Statement.objects.filter(pk=statement.pk)
    return [name for name in TURNS if list(narrowed(mine, Wanted.read({"turn": name}), on=law_date(at)))]


@pytest.mark.parametrize(
    ("status", "who", "until", "listed"),
    [
        ("draft", "Lakeside University", None, "filer"),
        ("submitted", "the office", date(2026, 3, 16), "office"),  # ten working days
        ("examining", "the office", date(2026, 3, 16), "office"),
        ("correction", "Lakeside University", date(2026, 4, 2), "filer"),
        ("passed", "the office", None, "office"),
        ("refusal_proposed", "the office", None, "office"),
        ("approved", "the office", date(2026, 3, 3), "bulletin"),  # the next Tuesday
        ("held", "the office", None, "office"),
    ],
)
def test_each_state_waits_for_somebody_until_its_last_day(cast, status, who, until, listed):
    statement = cast.statement_in(status)
    assert turn(statement) == (who, until)
    assert lists_with(statement) == [listed]


@pytest.mark.parametrize("status", ["announced", "refused", "lapsed", "withdrawn", "expired"])
def test_what_is_in_order_or_over_waits_for_nobody(cast, status):
    statement = cast.statement_in(status)
    assert turn(statement) is None
    assert lists_with(statement) == ["nobody"]


def barred(cast, patent=None):
    """An announced statement whose patent was pledged afterwards: its patentee has to withdraw it."""
    statement = cast.statement_in("announced", patent)
    take_in_events(events=[received(statement.patent, "pledge", "2026-03-03", pledgee="Bank")], by=BY, at=LATER)
    return statement


def test_a_patentee_who_has_to_withdraw_reads_it_with_the_last_day_and_finds_it_first(cast):
    cast.statement_in("correction", at=NOW - timedelta(days=1))  # until 2 April: later
    statement = barred(cast)
    due = open_duty(statement).due_on
    assert turn(statement, LATER) == ("Lakeside University", due)
    assert lists_with(statement, LATER) == ["filer"]
    with time_machine.travel(LATER, tick=False):
        page = cast.patentee.client(accept_language="en").get("/my/statements/", {"turn": "filer", "sort": "until"})
        rows = {row["statement"]: row["turn"] for row in page.context["rows"]}
    assert (rows[statement].until, len(rows)) == (due, 2)
    assert sorted(rows, key=lambda one: rows[one].until) == list(rows)


def test_a_withdrawal_goes_from_the_patentees_to_the_office_and_into_the_bulletin(cast):
    statement = barred(cast, cast.co_owned_patent())
    due = open_duty(statement).due_on
    asked = request_withdrawal(
        statement=statement, grounds="已质押。", unconditional=True, papers=[], by=cast.patentee.actor, at=LATER
    )
    assert asked.status == "prepared"
    assert (turn(statement, LATER), lists_with(statement, LATER)) == (("Lakeside University", due), ["filer"])


def test_the_office_examines_a_withdrawal_and_the_next_issue_announces_it(cast):
    statement = cast.statement_in("announced")
    asked = request_withdrawal(
        statement=statement, grounds="专利将要转让。", unconditional=True,
        papers=[], by=cast.patentee.actor, at=NOW,
    )  # fmt: skip
    assert (turn(statement), lists_with(statement)) == (("the office", None), ["office"])
    asked = ending.pass_ending(ending=asked, by=cast.examiner.actor, at=NOW)
    assert (turn(statement), lists_with(statement)) == (("the office", None), ["office"])
    ending.approve_ending(ending=asked, by=cast.approver.actor, at=NOW)
    assert (turn(statement), lists_with(statement)) == (("the office", date(2026, 3, 3)), ["bulletin"])


def test_an_approved_statement_waits_for_the_issue_that_the_office_s_calendar_has_next(cast):
    statement = cast.statement_in("approved")
    said = {"by": cast.approver.actor, "at": NOW}
    calendar.make_calendar(year=2026, **said)
    calendar.change_day(day=date(2026, 3, 3), appears=False, reason="机房检修", **said)
    calendar.change_day(day=date(2026, 3, 4), appears=True, reason="由3月3日改期", **said)
    assert turn(statement) == ("the office", date(2026, 3, 4))
    on_the_day = datetime(2026, 3, 4, 8, tzinfo=SHANGHAI)
    assert turn(statement, on_the_day) == ("the office", date(2026, 3, 4))  # today's is still to come


def test_what_was_approved_after_today_s_issue_waits_for_the_next_one(cast):
    cast.statement_in("approved")
    publish(ISSUE_DAY)
    late = cast.statement_in("approved", at=ISSUE_DAY)
    assert turn(late, ISSUE_DAY) == ("the office", date(2026, 3, 6))
