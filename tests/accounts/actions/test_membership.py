"""Inviting, joining, leaving, and that a manager stays."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections, connection

from accounts.actions.membership import (
    INVITATION_LASTS,
    invitation_link,
    invitation_of,
    invite,
    redeem_invitation,
    remove_member,
    set_manager,
    withdraw_invitation,
)
from accounts.models import ApiKey, Invitation, Membership
from accounts.queries import actor_for, members_of, open_invitations
from core import audit
from core.lifecycle import WrongRole
from core.rules import Refused
from tests.factories.people import MembershipFactory, UserFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def rules(refused) -> list[str]:
    return [violation.rule for violation in refused.value.violations]


@pytest.fixture
def invited(cast):
    """The enterprise's open invitation, and whom it is for."""
    colleague = UserFactory(email="colleague@unit.example")
    made = invite(cast.enterprise.organisation, email="Colleague@unit.example", by=cast.enterprise.actor, at=NOW)
    return made, colleague


def test_an_invitation_makes_a_member_and_tells_the_organisation(cast, invited):
    invitation, colleague = invited
    redeem_invitation(invitation, by=actor_for(colleague), at=NOW)
    assert {member.user for member in members_of(cast.enterprise.organisation)} == {cast.enterprise.user, colleague}
    assert not Membership.objects.get(user=colleague).is_manager
    assert [event.event for event in audit.history(cast.enterprise.organisation)] == ["invite", "join"]
    notices = cast.enterprise.organisation.inbox.values_list("code", "params")
    organisation = cast.enterprise.organisation.name
    assert list(notices) == [("member-joined", {"person": str(colleague), "organisation": organisation})]


def test_an_invitation_is_good_once(invited):
    invitation, colleague = invited
    redeem_invitation(invitation, by=actor_for(colleague), at=NOW)
    with pytest.raises(Refused) as refused:
        redeem_invitation(invitation, by=actor_for(colleague), at=NOW)
    assert rules(refused) == ["P11"]


def test_an_invitation_is_good_for_less_than_seven_days(invited):
    invitation, colleague = invited
    with pytest.raises(Refused) as refused:
        redeem_invitation(invitation, by=actor_for(colleague), at=NOW + INVITATION_LASTS)
    assert rules(refused) == ["P11"]
    redeem_invitation(invitation, by=actor_for(colleague), at=NOW + INVITATION_LASTS - timedelta(seconds=1))


def test_nobody_else_redeems_it(invited):
    with pytest.raises(Refused) as refused:
        redeem_invitation(invited[0], by=actor_for(UserFactory()), at=NOW)
    assert rules(refused) == ["P10"]


def test_a_new_invitation_withdraws_the_earlier(cast, invited):
    second = invite(cast.enterprise.organisation, email=invited[0].email, by=cast.enterprise.actor, at=NOW)
    assert list(open_invitations(cast.enterprise.organisation)) == [second]
    with pytest.raises(Refused):
        redeem_invitation(invited[0], by=actor_for(invited[1]), at=NOW)


def test_a_withdrawn_invitation_is_useless(cast, invited):
    withdraw_invitation(invited[0], by=cast.enterprise.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        redeem_invitation(invited[0], by=actor_for(invited[1]), at=NOW)
    assert rules(refused) == ["P11"]


def test_members_are_not_invited_again(cast):
    with pytest.raises(Refused) as refused:
        invite(cast.enterprise.organisation, email=cast.enterprise.user.email, by=cast.enterprise.actor, at=NOW)
    assert rules(refused) == ["P9"]


def test_only_managers_invite_remove_and_appoint(cast, invited):
    plain = MembershipFactory(organisation=cast.enterprise.organisation, is_manager=False)
    plain_actor = actor_for(plain.user)
    manager = Membership.objects.get(user=cast.enterprise.user)
    for act in (
        lambda: invite(cast.enterprise.organisation, email="x@unit.example", by=plain_actor, at=NOW),
        lambda: withdraw_invitation(invited[0], by=plain_actor, at=NOW),
        lambda: remove_member(manager, by=plain_actor, at=NOW),
        lambda: set_manager(plain, manages=True, by=plain_actor, at=NOW),
        lambda: remove_member(manager, by=cast.rival.actor, at=NOW),
    ):
        with pytest.raises(WrongRole):
            act()


def test_the_last_manager_neither_leaves_nor_stops(cast):
    MembershipFactory(organisation=cast.enterprise.organisation, is_manager=False)
    manager = Membership.objects.get(user=cast.enterprise.user)
    for act in (
        lambda: remove_member(manager, by=cast.enterprise.actor, at=NOW),
        lambda: set_manager(manager, manages=False, by=cast.enterprise.actor, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert rules(refused) == ["P12"]


def test_a_removed_member_loses_roles_and_keys_at_once(cast):
    member = MembershipFactory(organisation=cast.enterprise.organisation, is_manager=False)
    key = ApiKey.objects.create(
        organisation=member.organisation,
        user=member.user,
        label="x",
        prefix="abc",
        secret_hash="a" * 64,
        created_at=NOW,
    )
    assert actor_for(member.user, member.organisation_id).roles == {"patentee", "enterprise"}
    remove_member(member, by=cast.enterprise.actor, at=NOW)
    assert actor_for(member.user, member.organisation_id).roles == frozenset()
    key.refresh_from_db()
    assert key.revoked_at == NOW


def test_a_link_cannot_be_made_from_the_table(invited):
    token = invitation_link(invited[0]).split("/")[-2]
    assert invitation_of(token) == invited[0]
    assert invitation_of(invited[0].pk.hex) is None
    assert invitation_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def at_once(acts) -> list[str]:
    """Run the acts in threads that start together; return what became of each."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.violations[0].rule)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_many_hands_redeem_one_invitation_once():
    manager = MembershipFactory()
    colleague = UserFactory(email="colleague@unit.example")
    invitation = invite(manager.organisation, email=colleague.email, by=actor_for(manager.user), at=NOW)
    by = actor_for(colleague)
    outcomes = at_once([lambda: redeem_invitation(invitation, by=by, at=NOW)] * 12)
    assert outcomes == ["P11"] * 11 + ["done"]
    assert Membership.objects.filter(user=colleague).count() == 1
    assert Invitation.objects.get().redeemed_by == colleague


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_leave_one():
    for _round in range(5):
        one = MembershipFactory()
        two = MembershipFactory(organisation=one.organisation)
        by_one, by_two = actor_for(one.user), actor_for(two.user)
        outcomes = at_once(
            [lambda: remove_or_wrong(two, by_one), lambda: remove_or_wrong(one, by_two)]  # noqa: B023
        )
        assert len(outcomes) == 2
        assert members_of(one.organisation).filter(is_manager=True).count() == 1


def remove_or_wrong(membership, by):
    """Remove a colleague, unless one was removed meanwhile oneself."""
    try:
        remove_member(membership, by=by, at=NOW)
    except WrongRole:
        return


def test_what_is_over_changes_nothing_when_done_again(cast, invited):
    made, colleague = invited
    by = cast.enterprise.actor
    joined = redeem_invitation(made, by=actor_for(colleague, None), at=NOW)
    withdraw_invitation(made, by=by, at=NOW)
    made.refresh_from_db()
    assert (made.withdrawn_at, made.redeemed_by) == (None, colleague)
    assert set_manager(joined, manages=False, by=by, at=NOW).is_manager is False
    left = remove_member(joined, by=actor_for(colleague, cast.enterprise.organisation.pk), at=NOW)
    assert remove_member(joined, by=by, at=NOW + timedelta(days=1)).ended_at == left.ended_at
    said = [event.event for event in audit.history(cast.enterprise.organisation)]
    assert (said.count("leave"), said.count("remove member"), said.count("set manager")) == (1, 0, 0)
    assert not colleague.inbox.filter(code="member-removed").exists()
