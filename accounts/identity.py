"""The port to whoever confirms that an organisation is who it says it is.

A verifier is asked once, when an organisation registers. It either decides at once or leaves the decision to an
administrator. Setting ``IDENTITY_VERIFIER`` names the class; a production system puts its own in place (the real-name
service of the state, a notary's, a bank's) by implementing :class:`IdentityVerifier`.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.enums import Verification
from accounts.models import Organisation
from core.rules import Text


class IdentityVerifier(Protocol):
    """What the registry needs of an identity check."""

    # Kept as "verified by" when the verifier decides by itself.
    name: str
    # What the person who registers an organisation is told about the check.
    explanation: Text

    def check(self, organisation: Organisation) -> Verification:
        """Return VERIFIED or REJECTED, or PENDING when a human has to decide. Must not write anything."""


class DevelopmentVerifier:
    """Accepts everybody and says so. Never use it where entries have legal effect."""

    name = "development identity check (nothing was checked)"
    explanation: Text = _(
        "Development system: the identity check accepts every organisation without looking and has no legal effect."
    )

    def check(self, organisation: Organisation) -> Verification:
        """Accept."""
        return Verification.VERIFIED


class ManualVerifier:
    """Leaves every decision to an administrator, who compares the papers."""

    name = "administrator"
    explanation: Text = _(
        "An administrator of the office compares these details with the official record. Until then you can prepare "
        "papers, but not submit them."
    )

    def check(self, organisation: Organisation) -> Verification:
        """Wait for the administrator."""
        return Verification.PENDING


def verifier() -> IdentityVerifier:
    """Return the configured identity check."""
    return import_string(settings.IDENTITY_VERIFIER)()
