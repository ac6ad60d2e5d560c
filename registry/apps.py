"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Registers the app with Django."""

    name = "registry"
    verbose_name = _("Register and bulletin")

    def ready(self) -> None:
        """Make known the app's notices, what the outbox delivers, and what happens when an organisation is verified."""
        from registry import consent_notices, notifications, tasks  # noqa: F401
        from registry.actions import identifying  # noqa: F401
