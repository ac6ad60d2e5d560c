"""App configurations: the composition root itself, and Django's admin with its site replaced by the examiners'."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ProjectConfig(AppConfig):
    """Registers the composition root, so that its management commands are found."""

    name = "config"

    def ready(self) -> None:
        """Register the checks of an installation."""
        from config import checks  # noqa: F401


class ExaminerAdminConfig(AdminConfig):
    """Makes ``django.contrib.admin.site`` the examiners' site."""

    default_site = "config.admin.ExaminerSite"
