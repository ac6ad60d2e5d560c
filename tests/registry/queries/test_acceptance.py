"""Whether a statement can be accepted now, with the register's word of the same minute."""

from datetime import timedelta

import pytest

from registry.enums import AnnuityState
from registry.models import Patent
from registry.queries.acceptance import acceptance_of
from tests.cast import NOW
from tests.factories.patents import FACTS_AS_OF, PledgeFactory


def answer(statement, at=NOW):
    statement.refresh_from_db()
    found = acceptance_of(statement, at=at)
    return found.open, [item.rule for item in found.violations]


def test_an_announced_statement_is_open_from_its_announcement_day(cast):
    statement = cast.statement_in("announced")
    assert answer(statement) == (True, [])
    assert answer(statement, NOW - timedelta(days=1)) == (False, ["A1"])
    assert acceptance_of(statement, at=NOW).as_of == FACTS_AS_OF


@pytest.mark.parametrize(("status", "rule"), [("approved", "A1"), ("withdrawn", "A2"), ("revoked", "A2")])
def test_one_that_is_not_announced_is_closed(cast, status, rule):
    assert answer(cast.statement_in(status), NOW + timedelta(days=1)) == (False, [rule])


def test_a_lapse_or_pledge_closes_it_the_same_minute(cast):
    statement = cast.statement_in("announced")
    Patent.objects.filter(pk=statement.patent_id).update(annuity_state=AnnuityState.LATE)
    PledgeFactory(patent=statement.patent)
    assert answer(statement) == (False, ["G3", "G4"])
    Patent.objects.filter(pk=statement.patent_id).update(annuity_state=AnnuityState.PAID)
    statement.patent.pledges.update(released_on=NOW.date())
    assert answer(statement) == (True, [])
