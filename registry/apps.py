"""App configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the app with Django."""

    name = "registry"

    def ready(self) -> None:
        """Make the app's notices known, and what it does when an organisation is verified."""
        from registry import notifications  # noqa: F401
        from registry.actions import identifying  # noqa: F401
