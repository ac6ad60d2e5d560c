"""App configuration."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Registers the app with Django, its notices, and what it tells the registry's public pages."""

    name = "licensing"

    def ready(self) -> None:
        """Make the notices known and give the public pages their license counts."""
        from licensing import notifications  # noqa: F401
