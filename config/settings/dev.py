"""Development and demonstration (``make run``): embedded servers, mail written to files, nothing with legal effect."""

from config.settings import environment as env
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "development-only-key-without-any-protection-for-data-that-matters")
IDENTITY_KEYS = env.words("IDENTITY_KEYS", "ZGV2ZWxvcG1lbnQta2V5LW5vdC1mb3IgdXNlISEhISE=")
IDENTITY_HASH_KEY = env.text("IDENTITY_HASH_KEY", "development-only-hash-key")
DEVELOPMENT_MARK = True
IDENTITY_VERIFIER = "accounts.identity.DevelopmentVerifier"
PAYMENT_CHECKER = "licensing.payments.VoucherOnly"
SEAL = "core.pdf.DevelopmentSeal"
BULLETIN_SIGNER = "registry.signing.DevelopmentSigner"
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA", False)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
