"""The API's address book: every app's part under /api/v1/, its description and the page that explains it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from accounts.permissions import public
from core.api import no_such_address

METHODS = ("get", "post", "patch", "delete")


@public
def reference(request: HttpRequest) -> HttpResponse:
    """The API explained for people, from the same description that machines read."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "api/reference.html", {"groups": _groups(schema), "key_example": "Api-Key <prefix>.<secret>"})


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                groups.setdefault(item[method]["tags"][0], []).append(_operation(address, method, item[method]))
    return [{"name": name, "operations": found} for name, found in groups.items()]


def _operation(address: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": method.upper(),
        "address": address,
        "summary": said["summary"],
        "description": said.get("description", ""),
        "name": said["operationId"],
        "needs_key": {} not in said["security"],
        "parameters": [item["name"] for item in said.get("parameters", []) if item["in"] == "query"],
    }


urlpatterns = [
    path("", reference, name="api_reference"),
    path("openapi.yml", public(SpectacularAPIView.as_view(permission_classes=[])), name="openapi"),
    path("", include(("registry.api.urls", "registry"), namespace="api_registry")),
    path("", include(("licensing.api.urls", "licensing"), namespace="api_licensing")),
    path("", include(("mediation.api.urls", "mediation"), namespace="api_mediation")),
    re_path(r"^.", public(no_such_address), name="api_nothing"),
]
