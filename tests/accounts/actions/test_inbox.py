"""Opening a notice: only in one's own inbox, and only the first time counts."""

from datetime import timedelta

import pytest

from accounts.actions.inbox import mark_read
from accounts.models import InboxMessage
from accounts.notifications import notify
from tests.cast import NOW


def test_a_notice_is_read_by_whom_it_is_for_and_once(cast):
    notify(
        "member-joined",
        key="k",
        at=NOW,
        organisation_id=cast.enterprise.organisation.pk,
        params={"person": "Li", "organisation": "X"},
    )
    message = InboxMessage.objects.get()
    for person in (cast.rival, cast.administrator):
        with pytest.raises(InboxMessage.DoesNotExist):
            mark_read(message, by=person.actor, at=NOW)
    assert InboxMessage.objects.get().read_at is None
    mark_read(message, by=cast.enterprise.actor, at=NOW)
    mark_read(message, by=cast.enterprise.actor, at=NOW + timedelta(days=1))
    assert InboxMessage.objects.get().read_at == NOW
