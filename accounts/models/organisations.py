"""Organisations, their members, and mandates of agencies."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind, Residence, Verification
from accounts.models.people import User
from core.models import Identified, StoredFile


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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"),
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
                fields=["identity_hash"], condition=~Q(identity_hash=""), name="organisation_identity_once"
            ),
        ]

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

    def __str__(self) -> str:
        return f"{self.user} / {self.organisation}"


class Invitation(Identified):
    """An invitation to join an organisation, redeemed once by whoever holds its secret link."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
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
        ]

    def __str__(self) -> str:
        return self.email


class Mandate(Identified):
    """A power of attorney: the agency may act for the principal, in a scope and a period (GL V-11 §3.3; LAW 18)."""

    agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_held", verbose_name=_("agency")
    )
    principal = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_given", verbose_name=_("principal")
    )
    scope = models.CharField(_("scope"), max_length=300)
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
        ]

    def __str__(self) -> str:
        return f"{self.agency} → {self.principal}"
