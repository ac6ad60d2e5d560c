"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    """Registers the app with Django."""

    name = "mediation"
    verbose_name = _("Mediation")

    def ready(self) -> None:
        """Make the notices of this app known."""
        from mediation import notifications  # noqa: F401
