"""Tells drf-spectacular about API keys. Imported when the app is ready."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from accounts.keys import KEYWORD


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """The ``Authorization: Api-Key …`` header in the OpenAPI document."""

    target_class = "accounts.api.authentication.ApiKeyAuthentication"
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the description of the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": f"{KEYWORD} <prefix>.<secret>",
        }
