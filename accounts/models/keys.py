"""Keys with which an organisation's own software calls the API."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User
from core.models import Identified


class ApiKey(Identified):
    """A secret shown once; only its hash is kept. Acts done with it are the acts of ``user`` for ``organisation``."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_keys")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    label = models.CharField(_("label"), max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(secret_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106
                name="apikey_hash_is_sha256",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None) | models.Q(revoked_at__gte=models.F("created_at")),
                name="apikey_revoked_after_made",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="apikey_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="apikey_as_made", exclude=["last_used_at", "revoked_at"]),
            pgtrigger.Protect(
                name="apikey_revoked_for_good",
                operation=pgtrigger.UpdateOf("revoked_at"),
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label
