"""Domain signals of this app. They are sent inside the transaction of the act, so a receiver that fails undoes it."""

from django.dispatch import Signal

# An organisation's identity was confirmed. Keyword arguments: organisation (accounts.models.Organisation),
# by (core.lifecycle.Actor), at (datetime). The register links the patentees that it knows under the same identity.
organisation_verified = Signal()
