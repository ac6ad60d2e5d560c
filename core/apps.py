"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the app with Django."""

    name = "core"
