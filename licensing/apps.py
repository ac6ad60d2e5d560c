"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    """Registers the app with Django, its notices, and what it tells the registry's public pages."""

    name = "licensing"
    verbose_name = _("Licenses")

    def ready(self) -> None:
        """Make the notices known and give the public pages their license counts, hear of bars."""
        from licensing import notifications  # noqa: F401
        from licensing.actions import hearing  # noqa: F401
        from licensing.queries.counts import license_counts
        from registry.queries.public import provide_license_counts

        provide_license_counts(license_counts)
