"""Who calls the API: an organisation's own software, with a key made by one of its members."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.keys import KEYWORD, api_key_of
from accounts.models import ApiKey, User
from accounts.queries import actor_for_key


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Api-Key <prefix>.<secret>``. Sets ``request.actor`` to the member for the organisation.

    A session is never looked at: the API has no forms and needs no protection against forged ones.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Return person and key, None where no key is sent.

        Raises:
            AuthenticationFailed: the key is malformed, unknown, revoked, or its maker no longer belongs to the
                organisation. The answer is the same for all of them.
        """
        scheme, _space, credentials = get_authorization_header(request).partition(b" ")
        # A browser's session must not act through the API, whatever the middleware found out about it.
        request._request.actor = None
        if scheme.lower() != KEYWORD.lower().encode():
            return None
        key = api_key_of(credentials.decode("latin-1").strip(), at=timezone.now())
        if key is None:
            raise AuthenticationFailed(_("This API key is not valid. Make a new one on the page of API keys."))
        request._request.actor = actor_for_key(key)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing key is answered with 401."""
        return KEYWORD
