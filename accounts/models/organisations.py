"""Organisations, their members, and mandates of agencies."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import MandateAct, OrganisationKind, Residence, Verification
from accounts.models.people import User
from core.models import Identified, StoredFile

# An organisation without anybody who can invite or remove members could never mend that by itself. The row of the
# organisation is locked first, so that two managers who remove each other at the same moment cannot both succeed.
KEEP_A_MANAGER = """
    PERFORM 1 FROM accounts_organisation WHERE id = NEW.organisation_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE organisation_id = NEW.organisation_id AND is_manager AND ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'organisation % would be left without a manager', NEW.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_keeps_a_manager';
    END IF;
    RETURN NULL;
"""


def kept(name: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses deletion: what once was explains old acts for ever."""
    return pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete)


class Organisation(Identified):
    """A unit or an individual that acts in the registry; it may be patentee and licensee at once."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("legal name"), max_length=200)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    residence = models.CharField(_("residence"), max_length=2, choices=Residence, default=Residence.MAINLAND)
    province = models.CharField(_("province"), max_length=2, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    # Encrypted identity number of an individual and its keyed hash for equality (safety.md §1.9).
    identity_cipher = models.BinaryField(null=True, editable=False)
    identity_hash = models.CharField(max_length=64, blank=True, editable=False)
    verification = models.CharField(
        _("identity check"), max_length=10, choices=Verification, default=Verification.PENDING
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            # A failed identity check frees the code and the number: an impostor must not keep the real owner out.
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc="") & ~Q(verification=Verification.REJECTED),
                name="organisation_uscc_once",
            ),
            models.CheckConstraint(
                condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"), name="organisation_uscc_form"
            ),
            models.CheckConstraint(
                condition=~Q(residence=Residence.MAINLAND) | Q(kind=OrganisationKind.INDIVIDUAL) | ~Q(uscc=""),
                name="organisation_mainland_unit_has_uscc",
            ),
            models.CheckConstraint(
                condition=Q(verification=Verification.VERIFIED, verified_at__isnull=False)
                | (~Q(verification=Verification.VERIFIED) & Q(verified_at=None)),
                name="organisation_verified_has_time",
            ),
            models.UniqueConstraint(
                fields=["identity_hash"],
                condition=~Q(identity_hash="") & ~Q(verification=Verification.REJECTED),
                name="organisation_identity_once",
            ),
            models.CheckConstraint(
                condition=Q(identity_cipher=None, identity_hash="")
                | Q(identity_cipher__isnull=False, identity_hash__regex=r"^[0-9a-f]{64}$"),
                name="organisation_identity_sealed_and_hashed",
            ),
            models.CheckConstraint(
                condition=Q(identity_hash="") | Q(kind=OrganisationKind.INDIVIDUAL),
                name="organisation_identity_of_individuals",
            ),
        ]
        triggers = [kept("organisation")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_agency(self) -> bool:
        """Whether it may act for others under a mandate."""
        return self.kind == OrganisationKind.AGENCY


class Membership(Identified):
    """A person's right to act for an organisation. Ended by a time, never deleted, so that old acts stay explained."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    is_manager = models.BooleanField(_("may manage members"), default=False)
    since_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_at=None), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since_at")), name="membership_ends_after_start"
            ),
        ]
        triggers = [
            kept("membership"),
            pgtrigger.ReadOnly(name="membership_of_the_same_two", fields=["user", "organisation", "since_at"]),
            pgtrigger.Trigger(
                name="membership_keeps_a_manager",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=KEEP_A_MANAGER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} / {self.organisation}"


class Invitation(Identified):
    """An invitation to join an organisation, redeemed once, by the person whose address it was sent to.

    The link carries the id with a signature; nothing in this table suffices to redeem it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(redeemed_at=None, redeemed_by=None)
                | Q(redeemed_at__isnull=False, redeemed_by__isnull=False),
                name="invitation_redeemed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at=None) | Q(withdrawn_at=None), name="invitation_redeemed_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at=None) | Q(redeemed_at__gte=F("invited_at"), redeemed_at__lt=F("expires_at")),
                name="invitation_redeemed_in_time",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_period_in_order"),
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(redeemed_at=None, withdrawn_at=None),
                name="invitation_one_open_each",
            ),
        ]
        triggers = [
            kept("invitation"),
            pgtrigger.Protect(
                name="invitation_redeemed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__redeemed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.email


def every_act() -> list[str]:
    """Return everything that a mandate can cover."""
    return list(MandateAct.values)


class Mandate(Identified):
    """A power of attorney: the agency may act for the principal, in a scope and a period (GL V-11 §3.3; LAW 18)."""

    agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_held", verbose_name=_("agency")
    )
    principal = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_given", verbose_name=_("principal")
    )
    scope = models.CharField(_("scope"), max_length=300)
    acts = ArrayField(
        models.CharField(max_length=20, choices=MandateAct), default=every_act, verbose_name=_("what the agency may do")
    )
    # Canonical numbers; empty: all patents. Only statements and their withdrawal go patent by patent.
    patent_numbers = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("patents it is for")
    )
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("to and including"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("power of attorney")
    )

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(condition=~Q(agency=F("principal")), name="mandate_between_two"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="mandate_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(acts__len__gt=0, acts__contained_by=list(MandateAct.values)), name="mandate_of_known_acts"
            ),
            models.CheckConstraint(
                condition=Q(patent_numbers=[])
                | Q(acts__contained_by=[MandateAct.STATEMENTS.value, MandateAct.WITHDRAWALS.value]),
                name="mandate_by_patent_is_for_statements",
            ),
        ]
        triggers = [
            kept("mandate"),
            pgtrigger.ReadOnly(name="mandate_as_granted", exclude=["revoked_at"]),
            pgtrigger.Protect(
                name="mandate_revoked_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]

    @property
    def acts_said(self) -> list[str]:
        """The acts in words."""
        return [str(MandateAct(act).label) for act in self.acts]

    def __str__(self) -> str:
        return f"{self.agency} → {self.principal}"
