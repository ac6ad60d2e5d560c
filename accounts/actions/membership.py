"""Who belongs to an organisation: inviting, joining, leaving, managing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.letters import post
from accounts.models import ApiKey, Invitation, Membership, Organisation, User
from accounts.notifications import notify
from accounts.queries import is_manager, open_invitations
from accounts.rules import person_of, refusal
from core import audit
from core.lifecycle import Actor, WrongRole

INVITATION_LASTS = timedelta(days=7)
_SALT = "accounts.invitation"


@transaction.atomic
def invite(organisation: Organisation, *, email: str, by: Actor, at: datetime) -> Invitation:
    """Invite a colleague by e-mail for seven days. An earlier open invitation of the same address is withdrawn.

    Raises:
        WrongRole: only managers of the organisation invite.
        Refused: the person already belongs to it.
    """
    locked = _managed(organisation, "invite", by=by)
    if locked.memberships.filter(user__email__iexact=email, ended_at=None).exists():
        raise refusal("P9", _("This person already belongs to the organisation."), field="email")
    for earlier in open_invitations(locked).select_for_update().filter(email__iexact=email):
        _withdraw(earlier, by=by, at=at)
    invitation = Invitation.objects.create(
        organisation=locked,
        email=email.lower(),
        invited_by_id=person_of(by, "invite"),
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    audit.record("invite", locked, by=by, at=at, data={"invitation": str(invitation.pk)})
    _send(invitation, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Make an invitation useless. Withdrawing twice, or one that was redeemed, changes nothing."""
    _managed(invitation.organisation, "withdraw invitation", by=by)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.redeemed_at is None and locked.withdrawn_at is None:
        _withdraw(locked, by=by, at=at)


@transaction.atomic
def redeem_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> Membership:
    """Join the organisation. An invitation is good once, in its time, for the person it was sent to.

    Raises:
        Refused: it was used, withdrawn, is too old, or was sent to somebody else.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=invitation.organisation_id)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    person = User.objects.get(pk=person_of(by, "join"))
    if locked.email.lower() != person.email.lower():
        raise refusal(
            "P10",
            _("This invitation was sent to another e-mail address."),
            remedy=_("Sign in with the address that got the invitation, or ask for one to your own address."),
        )
    if locked.redeemed_at is not None or locked.withdrawn_at is not None or not at < locked.expires_at:
        raise refusal(
            "P11",
            _("This invitation is no longer good: it was used, withdrawn, or is older than seven days."),
            remedy=_("Ask the person who invited you for a new one."),
        )
    locked.redeemed_at = at
    locked.redeemed_by = person
    locked.save(update_fields=["redeemed_at", "redeemed_by"])
    membership, _made = Membership.objects.get_or_create(
        user=person, organisation=organisation, ended_at=None, defaults={"since_at": at}
    )
    audit.record("join", organisation, by=by, at=at, data={"invitation": str(locked.pk)})
    notify(
        "member-joined",
        key=f"member-joined:{locked.pk}",
        at=at,
        organisation_id=organisation.pk,
        params={"person": str(person), "organisation": organisation.name},
        url=reverse("accounts:organisation"),
    )
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: Actor, at: datetime) -> Membership:
    """End a membership: a manager removes a colleague, or somebody leaves by themselves. Their API keys end with it.

    Raises:
        WrongRole: neither a manager of the organisation nor the person concerned.
        Refused: the organisation would be left without a manager.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    leaves = membership.user_id == by.user_id
    if not leaves and not is_manager(by, organisation.pk):
        raise WrongRole("organisation", "remove member", by.roles)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is not None:
        return locked
    _keep_a_manager(locked)
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    ApiKey.objects.filter(organisation=organisation, user_id=locked.user_id, revoked_at=None).update(revoked_at=at)
    event = "leave" if leaves else "remove member"
    audit.record(event, organisation, by=by, at=at, data={"person": str(locked.user_id)})
    if not leaves:
        notify(
            "member-removed",
            key=f"member-removed:{locked.pk}",
            at=at,
            user_id=locked.user_id,
            params={"organisation": organisation.name},
        )
    return locked


@transaction.atomic
def set_manager(membership: Membership, *, manages: bool, by: Actor, at: datetime) -> Membership:
    """Give or take the right to manage members.

    Raises:
        WrongRole: only managers of the organisation do so.
        Refused: the organisation would be left without a manager.
    """
    organisation = _managed(membership.organisation, "set manager", by=by)
    locked = Membership.objects.select_for_update().get(pk=membership.pk, ended_at=None)
    if locked.is_manager == manages:
        return locked
    if not manages:
        _keep_a_manager(locked)
    locked.is_manager = manages
    locked.save(update_fields=["is_manager"])
    data = {"person": str(locked.user_id), "manages": manages}
    audit.record("set manager", organisation, by=by, at=at, data=data)
    return locked


def invitation_link(invitation: Invitation) -> str:
    """Return the secret path that redeems the invitation."""
    return reverse("accounts:join", args=[signing.Signer(salt=_SALT).sign(invitation.pk.hex)])


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a link, None for a link we did not make."""
    try:
        pk = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation").filter(pk=pk).first()


def _managed(organisation: Organisation, what: str, *, by: Actor) -> Organisation:
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not is_manager(by, locked.pk):
        raise WrongRole("organisation", what, by.roles)
    return locked


def _withdraw(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    data = {"invitation": str(invitation.pk)}
    audit.record("withdraw invitation", invitation.organisation, by=by, at=at, data=data)


def _keep_a_manager(membership: Membership) -> None:
    others = Membership.objects.filter(organisation_id=membership.organisation_id, is_manager=True, ended_at=None)
    if membership.is_manager and not others.exclude(pk=membership.pk).exists():
        raise refusal(
            "P12",
            _("The organisation would be left without anybody who manages its members."),
            remedy=_("Let another member manage first."),
        )


def _send(invitation: Invitation, *, at: datetime) -> None:
    text = render_to_string(
        "accounts/mail/invitation.txt",
        {"invitation": invitation, "url": settings.PUBLIC_BASE_URL + invitation_link(invitation)},
    )
    subject = _now("Invitation to %(organisation)s") % {"organisation": invitation.organisation.name}
    post(subject, text, [invitation.email], at=at)
