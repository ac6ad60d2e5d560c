"""Signing in with a key: ``Authorization: Api-Key <prefix>.<secret>``."""

import hashlib
import hmac

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.queries import actor_for, current_memberships

SCHEME = "Api-Key"


def hash_secret(secret: str) -> str:
    """Return the stored form of a key's secret. The secret is random and long, so a plain hash suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeyAuthentication(BaseAuthentication):
    """The key's person acts for the key's organisation, as long as they belong to it."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Return person and key, None without a key.

        Raises:
            AuthenticationFailed: the key is malformed, unknown or revoked, or its person has left.
        """
        scheme, _space, rest = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        prefix, _dot, secret = rest.strip().partition(".")
        key = ApiKey.objects.select_related("user", "organisation").filter(prefix=prefix, revoked_at=None).first()
        if not hmac.compare_digest(hash_secret(secret), key.secret_hash if key else hash_secret("-")) or key is None:
            raise AuthenticationFailed(_("This key is not valid."))
        if not key.user.is_active or not current_memberships(key.user).filter(organisation=key.organisation).exists():
            raise AuthenticationFailed(_("This key is not valid."))
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now())
        request._request.actor = actor_for(key.user, key.organisation_id)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing key answers 401 and not 403."""
        return SCHEME
