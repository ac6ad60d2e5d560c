"""More time for a correction: once, in time; the lapse does not come before the last day."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from accounts.models import InboxMessage
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused
from registry.actions.correcting import correct
from registry.actions.examining import lapse_overdue_corrections
from registry.actions.extending import extend_correction
from registry.models import Statement
from tests.cast import NOW, Cast

LAST = NOW + (date(2026, 4, 2) - NOW.date())
SYSTEM = Actor.system("correction period")


def extend(cast, statement, *, months=2, at=NOW, by=None):
    return extend_correction(
        statement=statement, months=months, reasons="等待检索结果。", by=by or cast.patentee.actor, at=at
    )


def test_the_period_of_a_month_becomes_one_of_three_and_both_sides_are_told(cast):
    statement = cast.statement_in("correction")
    assert (statement.correction_asked_on, statement.correction_due_on) == (date(2026, 3, 2), date(2026, 4, 2))
    done = extend(cast, statement, at=LAST)
    assert (done.status, done.correction_due_on, done.correction_extended_months) == ("correction", date(2026, 6, 2), 2)
    told = InboxMessage.objects.filter(code__in=["statement-correction_extended", "statement-extension_taken"])
    assert {(item.code, item.params["due_on"]) for item in told} == {
        ("statement-correction_extended", "2026-06-02"),
        ("statement-extension_taken", "2026-06-02"),
    }
    assert lapse_overdue_corrections(by=SYSTEM, at=LAST + timedelta(days=31)) == []
    assert correct(statement=done, by=cast.patentee.actor, at=LAST + timedelta(days=61)).status == "examining"


def test_a_second_extension_is_refused(cast):
    statement = cast.statement_in("correction")
    extend(cast, statement, months=1)
    with pytest.raises(Refused) as refused:
        extend(cast, statement, months=1)
    assert [item.rule for item in refused.value.violations] == ["T2"]


def test_after_the_last_day_it_is_too_late_even_before_the_lapse_has_run(cast):
    statement = cast.statement_in("correction")
    with pytest.raises(Refused) as refused:
        extend(cast, statement, at=LAST + timedelta(days=1))
    assert [item.rule for item in refused.value.violations] == ["T1"]


def test_nobody_else_extends_and_nothing_else_is_extended(cast):
    statement = cast.statement_in("correction")
    for person in (cast.rival, cast.co_owner, cast.agency):
        with pytest.raises(Statement.DoesNotExist):
            extend(cast, statement, by=person.actor)
    with pytest.raises(IllegalStep):
        extend(cast, cast.statement_in("examining"))


@pytest.mark.django_db(transaction=True)
def test_an_extension_and_the_lapse_at_once_leave_one_of_both():
    """The last day is over for the lapse, still running for the extension: whoever comes second finds it changed."""
    cast = Cast()
    outcomes = []
    for _round in range(4):
        statement = cast.statement_in("correction")
        barrier, filer = threading.Barrier(2), cast.patentee.actor

        def lapse(barrier=barrier):
            barrier.wait()
            lapse_overdue_corrections(by=SYSTEM, at=LAST + timedelta(days=31))
            connections.close_all()

        def ask(barrier=barrier, statement=statement, filer=filer):
            barrier.wait()
            try:
                extend(cast, statement, at=LAST, by=filer)
            except IllegalStep:
                pass
            finally:
                connections.close_all()

        threads = [threading.Thread(target=act) for act in (lapse, ask)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statement.refresh_from_db()
        outcomes.append((statement.status, statement.correction_due_on))
    assert set(outcomes) <= {("lapsed", date(2026, 4, 2)), ("correction", date(2026, 6, 2))}
