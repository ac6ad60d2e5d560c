"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Registers the app with Django."""

    name = "registry"
    verbose_name = _("Register and bulletin")

    def ready(self) -> None:
        """Make the app's notices known, and what it does when an organisation is verified."""
        from registry import notifications  # noqa: F401
        from registry.actions import identifying  # noqa: F401
