"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app with Django."""

    name = "accounts"

    def ready(self) -> None:
        """Make outbox handlers, notices and the API's key scheme known."""
        for module in ("accounts.notifications", "accounts.letters", "accounts.notices", "accounts.api.schema"):
            import_module(module)
