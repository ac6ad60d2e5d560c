"""App configuration."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    """Registers the app with Django."""

    name = "mediation"
