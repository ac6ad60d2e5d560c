"""App configuration."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Registers the app with Django."""

    name = "licensing"
