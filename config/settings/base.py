"""Settings shared by every environment. What differs is read from the environment or set in dev, test and prod."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from config.settings import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# The address that QR codes and letters point to.
PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # unfold's default one would put its own site in place of ours
    "config.apps.ExaminerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "core",
    "accounts",
    "registry",
    "licensing",
    "mediation",
    "config.apps.ProjectConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ActorMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.people",
                "config.context.office",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(env.text("DATABASE_URL", "postgresql://localhost/registry"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
# In the database, not in the broker: limits on tries must hold, and requests succeed, while the broker is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Figures of searches, in the process itself: searching must not be able to push limits on tries out of the other.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

CELERY_BROKER_URL = REDIS_URL
# The broker is a doorbell: tasks carry no result and may be lost or doubled without harm (core/outbox.py).
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 0,  # whoever rings the bell of a dead broker must not wait
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Asia/Shanghai"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.NotOneself"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person: the new one takes the old one's place once confirmed
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds a confirmed password or second factor counts as fresh
ACCOUNT_FORMS = {
    "signup": "accounts.forms.signup.SignupForm",
    "login": "accounts.forms.entrance.LoginForm",
    "add_email": "accounts.forms.entrance.AddEmailForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "set_password": "accounts.forms.entrance.SetPasswordForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
# Wrong codes of a second factor, per person. Wrong passwords are counted by django-axes, per account and address.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.AuthenticateForm",
    "reauthenticate": "accounts.forms.entrance.SecondFactorForm",
    "activate_totp": "accounts.forms.entrance.ActivateTOTPForm",
}
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Patent Open License Registry"
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA", True)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says until when, and that stays true
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.lockout.account_tried"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_address"
# How many proxies of ours stand in front and add to X-Forwarded-For; 0 believes no header.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXY_COUNT", "0"))
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Keys for identity numbers at rest; the first encrypts, the others still decrypt (rotation).
IDENTITY_KEYS = env.words("IDENTITY_KEYS")
# Key of the hash that finds equal identity numbers; it never changes, or known numbers are no longer found.
IDENTITY_HASH_KEY = env.text("IDENTITY_HASH_KEY", "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "registry@localhost")

# Ports to what lies outside (docs/operations.md). The development ones say so on their face.
DEVELOPMENT_MARK = env.flag("DEVELOPMENT_MARK", False)
IDENTITY_VERIFIER = env.text("IDENTITY_VERIFIER", "accounts.identity.ManualVerifier")
PAYMENT_CHECKER = env.text("PAYMENT_CHECKER", "licensing.payments.VoucherOnly")
SEAL = env.text("SEAL", "core.pdf.NoSeal")
VIRUS_SCANNER = env.text("VIRUS_SCANNER", "")
BULLETIN_SIGNER = env.text("BULLETIN_SIGNER", "registry.signing.FileSigner")
BULLETIN_SIGNING_KEYS = env.words("BULLETIN_SIGNING_KEYS")
# The name of the bulletin's log, in every checkpoint; it never changes, or a new log begins.
BULLETIN_ORIGIN = env.text("BULLETIN_ORIGIN", "") or PUBLIC_BASE_URL.split("://", 1)[-1] + "/bulletin"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.wire.BoundedJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.wire.JsonAlways",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttles.KeyThrottle", "core.api.throttles.AddressThrottle"],
    "DEFAULT_THROTTLE_RATES": {"key": "1200/min", "address": "600/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.problem_details",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Patent Open License Registry",
    "DESCRIPTION": (
        "Everything public can be read without a key. An organisation's own software acts with a key made on the page"
        " of API keys; every act follows the same rules as the forms. Sums are strings in yuan, rates strings in"
        " percent, days ISO dates of China Standard Time. Accept-Language chooses zh-hans or en. Errors are problem"
        " details (RFC 9457). What a request may not set (numbers, states, times of receipt) is refused as unknown."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "StatementStatus": "registry.enums.StatementStatus",
        "EndingStatus": "registry.enums.EndingStatus",
        "PatentKind": "registry.enums.PatentKind",
        "EntryKind": "registry.enums.EntryKind",
        "EncumbranceKind": "registry.enums.EncumbranceKind",
        "StatementPaperKind": "registry.enums.PaperKind",
        "OwnPaperKind": "registry.api.own_shapes.OWN_PAPERS",
        "PaperConsentMethod": "registry.api.own_shapes.ON_PAPER",
        "BatchMode": "registry.enums.BatchMode",
        "FeeMode": "registry.enums.FeeMode",
        "TermMode": "registry.enums.TermMode",
        "NoticeStatus": "licensing.enums.NoticeStatus",
        "LicenseStatus": "licensing.enums.LicenseStatus",
        "FilingStatus": "licensing.enums.FilingStatus",
        "FilingChangeStatus": "licensing.enums.ChangeStatus",
        "FilingChangeItem": "licensing.enums.ChangeItem",
        "LicenseSide": "licensing.enums.FilingSide",
        "CaseStatus": "mediation.enums.CaseStatus",
        "CaseSide": "mediation.api.shapes.SIDES",
        "PaperSide": "mediation.enums.Side",
        "CasePaperKind": "mediation.enums.PaperKind",
    },
}

# The examiners' site wears the public pages' ink blue.
UNFOLD = {
    "SITE_TITLE": _("Examination desk"),
    "SITE_HEADER": _("Examination desk"),
    "SITE_SYMBOL": "gavel",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("img/mark.svg")}],
    "SITE_URL": "/workbench/",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {
        "primary": {
            "50": "#f1f6f8", "100": "#e3edf1", "200": "#c3d9e2", "300": "#93bacb", "400": "#5a94ad", "500": "#2f728f",
            "600": "#12435a", "700": "#0f3a4e", "800": "#0c3042", "900": "#0a2c3d", "950": "#061d29",
        },
    },
}  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"pikepdf": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
