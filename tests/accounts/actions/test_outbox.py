"""A parked message is tried again when an administrator says so, and the log says who did."""

import pytest

from accounts.actions.outbox import retry_parked
from core import audit
from core.lifecycle import WrongRole
from core.models import OutboxMessage
from core.rules import Refused
from tests.cast import NOW


@pytest.fixture
def parked(db):
    return OutboxMessage.objects.create(
        topic="core.nothing", key="k:1", payload={}, due_at=NOW, attempts=5, parked_at=NOW, created_at=NOW
    )


def test_an_administrator_lets_it_be_tried_five_times_more(cast, parked, no_worker):
    retry_parked(parked, by=cast.administrator.actor, at=NOW)
    parked.refresh_from_db()
    assert (parked.parked_at, parked.attempts, parked.due_at) == (None, 0, NOW)
    event = audit.history(cast.administrator.user).get(event="retry outbox message")
    assert event.data == {"key": "k:1", "topic": "core.nothing"}


def test_what_is_not_parked_is_left_alone(cast, parked, no_worker):
    OutboxMessage.objects.update(parked_at=None, attempts=2)
    with pytest.raises(Refused) as refused:
        retry_parked(parked, by=cast.administrator.actor, at=NOW)
    assert [item.rule for item in refused.value.violations] == ["P19"]
    parked.refresh_from_db()
    assert parked.attempts == 2


@pytest.mark.parametrize("who", ["examiner", "auditor", "patentee"])
def test_nobody_else(cast, parked, no_worker, who):
    with pytest.raises(WrongRole):
        retry_parked(parked, by=getattr(cast, who).actor, at=NOW)
