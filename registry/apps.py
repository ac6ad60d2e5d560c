"""App configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the app with Django."""

    name = "registry"
