"""Secrets at rest: encryption with rotating keys, and a keyed hash for equality (safety: identity numbers)."""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def seal(text: str) -> bytes:
    """Encrypt with the newest of ``settings.IDENTITY_KEYS``."""
    return _keys().encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Decrypt with whichever of the keys fits.

    Raises:
        ImproperlyConfigured: none of the keys fits; a rotation dropped a key that is still in use.
    """
    try:
        return _keys().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise ImproperlyConfigured("None of IDENTITY_KEYS decrypts this value; put the earlier key back.") from None


def keyed_hash(text: str) -> str:
    """Return 64 hex digits that are equal for equal texts and tell nothing without the key.

    The key is a setting of its own: it must outlive every rotation of the encryption keys.
    """
    key = settings.IDENTITY_HASH_KEY
    if not key:
        raise ImproperlyConfigured("Set IDENTITY_HASH_KEY to keep identity numbers.")
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _keys() -> MultiFernet:
    if not settings.IDENTITY_KEYS:
        raise ImproperlyConfigured("Set IDENTITY_KEYS to one or more Fernet keys.")
    return MultiFernet([Fernet(key) for key in settings.IDENTITY_KEYS])
