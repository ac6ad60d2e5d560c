"""App configuration."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    """Registers the app with Django."""

    name = "mediation"

    def ready(self) -> None:
        """Make the notices of this app known."""
        from mediation import notifications  # noqa: F401
