"""Settings of the test suite: real PostgreSQL, real Valkey; only password hashing is cheaper."""

from config.settings.base import INSTALLED_APPS as _APPS
from config.settings.dev import *  # noqa: F403

INSTALLED_APPS = [*_APPS, "django_migration_linter"]  # make check

PASSWORD_HASHERS = ["accounts.hashers.FastArgon2Hasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Whitenoise warns about a folder that is not there, and warnings are errors here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
