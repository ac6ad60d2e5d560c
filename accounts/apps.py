"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the app with Django."""

    name = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Make outbox handlers, notices and the API's key scheme known."""
        for module in ("accounts.notifications", "accounts.letters", "accounts.notices", "accounts.api.schema"):
            import_module(module)
