"""App configuration of Django's admin, replaced by the examiners' site."""

from django.contrib.admin.apps import AdminConfig


class ExaminerAdminConfig(AdminConfig):
    """Makes ``django.contrib.admin.site`` the examiners' site."""

    default_site = "config.admin.ExaminerSite"
