"""App configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the app with Django."""

    name = "registry"

    def ready(self) -> None:
        """Make the app's notices known."""
        from registry import notifications  # noqa: F401
