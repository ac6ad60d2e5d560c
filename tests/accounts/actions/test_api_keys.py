"""Keys for an organisation's own software: who makes and revokes them."""

import pytest

from accounts.actions.api_keys import create_api_key, revoke_api_key
from core import audit
from core.lifecycle import WrongRole
from tests.cast import NOW, TODAY
from tests.factories.people import MembershipFactory


def test_a_key_is_revoked_once_by_its_maker_or_a_manager(cast):
    made, text = create_api_key(label="ERP", by=cast.enterprise.actor, at=NOW)
    assert made.prefix and text.startswith(f"{made.prefix}.")
    for stranger in (cast.patentee, cast.administrator):
        with pytest.raises(WrongRole):
            revoke_api_key(made, by=stranger.actor, at=NOW)
    first = revoke_api_key(made, by=cast.enterprise.actor, at=NOW).revoked_at
    again = revoke_api_key(made, by=cast.enterprise.actor, at=NOW.replace(year=TODAY.year + 1))
    assert (again.revoked_at, [event.event for event in audit.history(made)]) == (
        first,
        ["create API key", "revoke API key"],
    )


def test_a_colleague_who_does_not_manage_revokes_only_their_own(cast):
    made, _text = create_api_key(label="ERP", by=cast.enterprise.actor, at=NOW)
    colleague = MembershipFactory(organisation=cast.enterprise.organisation, is_manager=False)
    by = type(cast.enterprise)(colleague.user, cast.enterprise.organisation).actor
    with pytest.raises(WrongRole):
        revoke_api_key(made, by=by, at=NOW)
    own, _text = create_api_key(label="script", by=by, at=NOW)
    assert revoke_api_key(own, by=by, at=NOW).revoked_at == NOW


def test_only_for_a_verified_organisation(cast):
    with pytest.raises(WrongRole):
        create_api_key(label="x", by=cast.examiner.actor, at=NOW)
