"""Production: every secret comes from the environment and HTTPS is assumed in front."""

from config.settings import environment as env
from config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("SECRET_KEY")
IDENTITY_KEYS = env.text("IDENTITY_KEYS").split(",")
IDENTITY_HASH_KEY = env.text("IDENTITY_HASH_KEY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
