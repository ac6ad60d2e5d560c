"""API keys: how their text is made, and which key a text is. Only the secret's hash is kept."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import ApiKey, Membership

KEYWORD = "Api-Key"

# Enough to see that a key is alive, without a write for each call.
_USE_NOTED_EVERY = timedelta(minutes=5)


def new_secret() -> tuple[str, str]:
    """Return a fresh prefix (public, names the key) and secret (256 bits, shown once)."""
    return secrets.token_hex(5), secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret in hex. It is random and long, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def api_key_of(text: str, *, at: datetime) -> ApiKey | None:
    """Return the key that ``<prefix>.<secret>`` opens now, noting its use; None for any that does not."""
    prefix, _dot, secret = text.partition(".")
    key = ApiKey.objects.select_related("user", "organisation").filter(prefix=prefix[:12]).first()
    kept = key.secret_hash if key is not None else "0" * 64
    if not hmac.compare_digest(kept, hash_secret(secret)) or key is None or key.revoked_at is not None:
        return None
    member = Membership.objects.filter(user_id=key.user_id, organisation_id=key.organisation_id, ended_at=None)
    if not key.user.is_active or not member.exists():
        return None
    _note_use(key, at=at)
    return key


def _note_use(key: ApiKey, *, at: datetime) -> None:
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - _USE_NOTED_EVERY)
    ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=at)
