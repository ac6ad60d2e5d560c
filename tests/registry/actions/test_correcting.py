"""Corrections in time, and cancellation while a statement is under way."""

from datetime import timedelta

import pytest

from accounts.models import InboxMessage
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import save_draft
from tests.cast import NOW


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def test_a_correction_is_checked_hashed_anew_and_told_to_the_examiner(cast):
    statement = cast.statement_in("correction")
    before = statement.content_hash
    save_draft(statement=statement, entries={"contact_name": ""}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F2"]
    save_draft(statement=statement, entries={"contact_name": "Zhao Min"}, by=cast.patentee.actor, at=NOW)
    done = correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert (done.status, done.content_hash != before) == ("examining", True)
    assert InboxMessage.objects.get(user=cast.examiner.user).code == "statement-corrected"


def test_a_correction_is_in_time_on_its_last_day_and_late_on_the_next(cast):
    statement = cast.statement_in("correction")
    last = NOW + (statement.correction_due_on - NOW.date())
    with pytest.raises(Refused) as refused:
        correct(statement=statement, by=cast.patentee.actor, at=last + timedelta(days=1))
    assert rules(refused) == ["P3"]
    assert correct(statement=statement, by=cast.patentee.actor, at=last).status == "examining"


@pytest.mark.parametrize("status", ["draft", "announced", "refused", "lapsed", "expired"])
def test_what_is_not_under_way_cannot_be_canceled(cast, status):
    statement = cast.statement_in(status)
    with pytest.raises(IllegalStep):
        cancel(statement=statement, by=cast.patentee.actor, at=NOW)


@pytest.mark.parametrize("status", ["submitted", "examining", "correction", "passed", "approved", "held"])
def test_what_is_under_way_can_be_canceled_even_half_corrected(cast, status):
    statement = cast.statement_in(status)
    if status == "correction":
        save_draft(statement=statement, entries={"fee_mode": ""}, by=cast.patentee.actor, at=NOW)
    assert cancel(statement=statement, by=cast.patentee.actor, at=NOW).status == "canceled"
