"""How often the API may be called: by key, or by address where no key is shown. Rates stand in the settings."""

from typing import Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle


class _Throttle(SimpleRateThrottle):
    def get_rate(self) -> str | None:
        """Return the rate of this scope as set now."""
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]


class KeyThrottle(_Throttle):
    """Calls with a key, counted by key."""

    scope = "key"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Return the counter of the key, None for calls without one."""
        key = getattr(request.auth, "pk", None)
        return key and self.cache_format % {"scope": self.scope, "ident": key}


class AddressThrottle(_Throttle):
    """Calls without a key, counted by the caller's address."""

    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Return the counter of the address, None for calls with a key."""
        if request.auth is not None:
            return None
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
