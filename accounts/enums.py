"""Choices of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What kind of unit or individual an organisation is."""

    ENTERPRISE = "enterprise", _("Enterprise")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    AGENCY = "agency", _("Patent agency")
    INDIVIDUAL = "individual", _("Individual")
    OTHER = "other", _("Other organisation")


class Residence(TextChoices):
    """Where a party resides: decides on the agency rule (LAW 18) and on technology export (GL V-11 §6)."""

    MAINLAND = "CN", _("Mainland China")
    HONG_KONG = "HK", _("Hong Kong")
    MACAO = "MO", _("Macao")
    TAIWAN = "TW", _("Taiwan")
    FOREIGN = "XX", _("Abroad")


class Verification(TextChoices):
    """Whether the organisation is who it says it is."""

    PENDING = "pending", _("Not verified yet")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Verification failed")


class MandateAct(TextChoices):
    """What a mandate lets an agency do for its principal."""

    STATEMENTS = "statements", _("File statements and correct them")
    WITHDRAWALS = "withdrawals", _("Withdraw statements")
    LICENSES = "licenses", _("Notices, licenses and their filing")
    MEDIATION = "mediation", _("Mediation")
